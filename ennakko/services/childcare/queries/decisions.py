# SPDX-License-Identifier: EUPL-1.2
"""Matters of places and fees as the city's own people see them: queues, counts, one matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from ennakko.kernel.access import Actor, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.cases.models import Case, Decision
from ennakko.services.childcare.fees import told_in_words
from ennakko.services.childcare.models import Call
from ennakko.services.childcare.queries.call_list import WHY
from ennakko.services.childcare.states_cases import FEE_NAMES, HANDLE, HANDLE_FEES, OPEN_STATES, PLACE_NAMES
from ennakko.values.texts import Text

SERVICE = "childcare"
PLACES, FEES = ("place", "preschool-place"), ("fee",)


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of a queue. `view`: the machine's view in words; sums in cents a month."""

    case: Case
    child: str
    unit: Text | str
    starts: date
    state: Text
    view: Text | str
    cents: int | None
    as_offered: bool


def queue(actor: Actor, kinds: Sequence[str], *, state: str = "") -> "QuerySet[Case]":
    """Open matters that the actor may handle, the most urgent first; the protected stand in no queue."""
    action = HANDLE_FEES if "fee" in kinds else HANDLE
    rows = Case.objects.filter(service=SERVICE, kind__in=kinds, state__in=[state] if state else OPEN_STATES)
    found: QuerySet[Case] = visible(actor, action, rows.exclude(subject__non_disclosure=True))
    return found.select_related("subject").order_by("due", "opened_at", "pk")


def protected(actor: Actor) -> "QuerySet[Case]":
    """Open matters of children under non-disclosure: for the named clerk alone."""
    rows = Case.objects.filter(service=SERVICE, kind__in=(*PLACES, *FEES), state__in=OPEN_STATES)
    if PROTECTED_CLERK not in actor.roles:
        return rows.none()
    return rows.filter(subject__non_disclosure=True).select_related("subject").order_by("due", "pk")


def counts(actor: Actor, kinds: Sequence[str], *, on: date) -> dict[str, int]:
    """How many wait, by state, and how many are late; one query and one more."""
    rows = queue(actor, kinds).order_by()
    found: dict[str, int] = dict.fromkeys(OPEN_STATES, 0)
    found |= dict(rows.values_list("state").annotate(n=Count("pk")))
    return found | {"all": sum(found.values()), "late": rows.filter(due__lt=on).count()}


def lines(cases: Sequence[Case]) -> list[Line]:
    """Matters as lines; one query for the calls that hold some of them up."""
    waiting = dict(
        Call.objects.filter(offer__in=[one.offer_id for one in cases if one.offer_id], done_at=None)
        .order_by("asked_at")
        .values_list("offer", "why")
    )
    return [_line(one, waiting.get(one.offer_id or 0)) for one in cases]


def _line(case: Case, call: str | None) -> Line:
    names = FEE_NAMES if case.kind == "fee" else PLACE_NAMES
    child = f"{case.subject.given_names} {case.subject.surname}" if case.subject else ""
    draft = case.draft or {}
    view: Text | str = WHY[call] if call else told_in_words(case.data) if case.kind == "fee" else ""
    unit = case.data["unit_name"]
    return Line(
        case, child, Text(unit["fi"], unit.get("sv") or unit["fi"], unit.get("en") or unit["fi"]),
        date.fromisoformat(case.data["starts"]), names[case.state], view, draft.get("amount_cents"),
        bool(case.data.get("as_offered", True)),
    )  # fmt: skip


def found(actor: Actor, number: str, kinds: Sequence[str]) -> Case | None:
    """One matter that the actor may handle, decided ones too."""
    action = HANDLE_FEES if "fee" in kinds else HANDLE
    rows = Case.objects.filter(service=SERVICE, kind__in=kinds, number=number)
    row: Case | None = visible(actor, action, rows).select_related("subject", "offer__run").first()
    return row


def decision_of(case: Case) -> Decision | None:
    """The latest decision of a matter."""
    return case.decisions.order_by("-decided_at", "-pk").first()
