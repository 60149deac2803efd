# SPDX-License-Identifier: EUPL-1.2
"""The handlers' queue of claims: by deadline and risk with the machine's reasons; search that folds Ä."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from ennakko.kernel.access import Actor, require, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.access.tables import Refused
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.numbering import as_registered
from ennakko.kernel.people.names import folded
from ennakko.services.summer_voucher.access_claims import PROTECTED
from ennakko.services.summer_voucher.claim_states import CLAIM_HANDLE, CLAIM_NAMES, OPEN_CLAIMS, ClaimState
from ennakko.services.summer_voucher.claim_wording import (
    ASKED_OF_STAFF,
    NOTHING_OPEN,
    PROPOSED,
    SHORT,
    WAITS_FOR_REGISTER,
)
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import number_2026
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.services.summer_voucher.reasons import CLERKS
from ennakko.values.texts import Text, text

ROW = "summer_voucher_claim_row"
SORTS = {
    "due": ("due", f"-{ROW}__risk", "id"),
    "risk": (f"{ROW}__risk", "due", "id"),
    "opened": ("opened_at", "id"),
    "employer": (f"{ROW}__search", "id"),
    "state": ("state", "due", "id"),
    "handler": ("handler__name", "due", "id"),
}
SHOWN = (
    "service", "kind", "number", "state", "opened_at", "due", "paused_since", "closed_at", "data", "facts",
    "handler__name", f"{ROW}__case", f"{ROW}__risk", f"{ROW}__value_cents", f"{ROW}__waits_for",
    f"{ROW}__claim__employer_name", f"{ROW}__claim__organisation", f"{ROW}__claim__sent_at",
)  # fmt: skip
"""What a line of the queue is made of: a page of fifty is read in half the time."""
RETURNED, LATE, CLOSED = "returned", "late", "closed"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the handlers' queue. `view` is the machine's reason in a phrase, `flags` how many are open in all.

    `proposed` is "", "accepted" or "rejected".
    """

    case: Case
    row: ClaimRow
    employer: str
    business_id: str
    youth: str
    number: str
    state: Text
    sent_on: date
    due: date | None
    late: bool
    handler: str
    asked: Text
    view: Text
    flags: int
    risk: int
    value_cents: int
    proposed: str


def _all(actor: Actor) -> "QuerySet[Case]":
    require(actor, CLAIM_HANDLE)
    rows = Case.objects.filter(service=SERVICE, kind="claim", emptied_at=None)
    if PROTECTED_CLERK in actor.roles:
        # Whoever is the named clerk too sees theirs on the desk for it, not among everybody's.
        rows = rows.exclude(PROTECTED)
    return visible(actor, CLAIM_HANDLE, rows)


def _open(actor: Actor) -> "QuerySet[Case]":
    """As "not closed", not by their states: the database then reads them along the index of due days."""
    return _all(actor).filter(closed_at=None)


def _closed(actor: Actor) -> "QuerySet[Case]":
    return _all(actor).filter(closed_at__isnull=False)


def _returned(actor: Actor) -> "QuerySet[Case]":
    # Their keys first: they are few, and the database would else look through every claim for them.
    asked = ClaimRow.objects.filter(account_asked_at__isnull=False, case__isnull=False).values_list("case", flat=True)
    return _all(actor).filter(pk__in=[key for key in asked if key is not None])


def queue(
    actor: Actor,
    *,
    on: date,
    states: Iterable[str] = (),
    mine: bool = False,
    words: str = "",
    sort: str = "due",
    descending: bool = False,
) -> "QuerySet[Case]":
    """Open claims for staff: by due day, then risk. `states` of claim_states.ClaimState, "late", "returned", "closed".

    "returned" are decided claims whose payment came back, "closed" all that are open no longer. `words`: a number
    (case, voucher, business id) or names, Ä folded. `sort`: due, risk, opened, employer, state, handler. Related rows
    come along: `lines_of` needs no query.
    """
    wanted = set(states)
    rows = _returned(actor) if RETURNED in wanted else _closed(actor) if CLOSED in wanted else _open(actor)
    if LATE in wanted:
        rows = rows.filter(due__lt=on, paused_since=None)
    if chosen := wanted & set(CLAIM_NAMES):
        rows = rows.filter(state__in=sorted(chosen))
    if mine:
        rows = rows.filter(handler=actor.staff)
    first, *rest = SORTS.get(sort, SORTS["due"])
    ordering = F(first).desc(nulls_last=True) if descending else F(first).asc(nulls_last=True)
    return (
        _with_words(rows, words).select_related("handler", f"{ROW}__claim", f"{ROW}__voucher").order_by(ordering, *rest)
    )


def keys_of(rows: "QuerySet[Case]", sort: str, *, descending: bool = False) -> "QuerySet[Any, int]":
    """The keys of the cases that `queue` gives, in its order.

    By employer they are read along the index of names: what is asked of each case stands behind its row.
    """
    if sort != "employer":
        return rows.values_list("pk", flat=True)
    asked = rows.order_by().select_related(None).filter(pk=OuterRef("case"))
    order = "-search" if descending else "search"
    return ClaimRow.objects.filter(Exists(asked)).order_by(order, "case").values_list("case", flat=True)


def _with_words(rows: "QuerySet[Case]", words: str) -> "QuerySet[Case]":
    said = words.strip()
    if not said:
        return rows
    by_words = Q()
    for word in folded(said).split():
        by_words &= Q(**{f"{ROW}__search__contains": word})
    found = by_words | Q(number=as_registered(said))
    typed = number_2026.decode(said)
    if typed is not None:
        found |= Q(**{f"{ROW}__voucher__number": typed})
    return rows.filter(found)


def in_order(keys: Iterable[int]) -> list[Case]:
    """The cases of some keys in the keys' order, with what `lines_of` needs.

    For one page of `queue` or `search`: sort keys alone (`.values_list("pk", flat=True)`), and read what is shown. Of
    the drafts, the largest part of a case by far, only what they come to.
    """
    wanted = list(keys)
    rows = Case.objects.select_related("handler", f"{ROW}__claim").only(*SHOWN)
    found = rows.annotate(drafted=KT("draft__outcome")).in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def lines_of(cases: Iterable[Case], *, on: date) -> list[ClaimLine]:
    """The lines of a page of the queue."""
    return [_line(case, on) for case in cases]


def _line(case: Case, on: date) -> ClaimLine:
    row = case.summer_voucher_claim_row
    waits = case.state == ClaimState.AWAITING_DECISION
    return ClaimLine(
        case=case,
        row=row,
        employer=row.claim.employer_name,
        business_id=row.claim.organisation,
        youth=str(case.data.get("youth", "")),
        number=case.number,
        state=CLAIM_NAMES[case.state],
        sent_on=timezone.localtime(row.claim.sent_at).date(),
        due=case.due,
        late=case.due is not None and case.due < on and case.paused_since is None and case.closed_at is None,
        handler=case.handler.name if case.handler is not None else "",
        asked=ASKED_OF_STAFF[case.state],
        view=_view(case, row),
        flags=len(case.facts.get("open", ())),
        risk=row.risk,
        value_cents=row.value_cents,
        proposed=_drafted(case) if waits else "",
    )


def _drafted(case: Case) -> str:
    """What the draft comes to, "" where there is none; as `in_order` reads it, or in the case itself."""
    if "drafted" in case.__dict__:
        return str(case.__dict__["drafted"] or "")
    return str((case.draft or {}).get("outcome", ""))


def _view(case: Case, row: ClaimRow) -> Text:
    if case.state == ClaimState.AWAITING_DECISION and (drafted := _drafted(case)):
        return PROPOSED[drafted]
    if case.state == ClaimState.SUBMITTED and row.waits_for:
        return WAITS_FOR_REGISTER
    open_ones = [SHORT[rule] for rule in case.facts.get("open", ()) if rule in SHORT]
    if not open_ones:
        return NOTHING_OPEN
    more = f" (+{len(open_ones) - 1})" if len(open_ones) > 1 else ""
    first = open_ones[0]
    return text(fi=first.fi + more, sv=first.sv + more, en=first.en + more)


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """Open claims by state, plus "mine", "late", "returned" (payments that came back) and "all"; three queries."""
    rows = _all(actor).filter(state__in=OPEN_CLAIMS)
    late = Q(due__lt=on, paused_since=None)
    mine = Q(handler=actor.staff) if actor.staff is not None else Q(pk__in=[])
    grouped = rows.order_by().values("state").annotate(
        n=Count("pk"), late=Count("pk", filter=late), mine=Count("pk", filter=mine)
    )  # fmt: skip
    found = list(grouped)
    by_state = {one["state"]: one["n"] for one in found}
    return {
        **{str(state): by_state.get(state, 0) for state in OPEN_CLAIMS},
        "mine": sum(one["mine"] for one in found),
        "late": sum(one["late"] for one in found),
        "returned": _returned(actor).count(),
        "all": sum(by_state.values()),
    }


def counted_as(state: str, *, mine: bool) -> str | None:
    """Under which name `counts` has the number of claims that `queue` gives for one choice; None: it has not."""
    if mine:
        return None if state else "mine"
    return state if state in {*OPEN_CLAIMS, LATE, RETURNED} else None if state else "all"


def search(actor: Actor, words: str, *, on: date) -> "QuerySet[Case]":
    """Claims, closed ones too, by number, business id, employer or youth; newest first. Nothing said finds nothing."""
    rows = _all(actor)
    found = _with_words(rows, words) if words.strip() else rows.none()
    return found.select_related("handler", f"{ROW}__claim", f"{ROW}__voucher").order_by("-opened_at", "-id")


def ready(actor: Actor) -> "QuerySet[Case]":
    """Claims that the machine found clean and an official may release in bulk, oldest first."""
    rows = _all(actor).filter(state=ClaimState.READY)
    return rows.select_related("handler", f"{ROW}__claim", f"{ROW}__voucher").order_by("opened_at", "id")


def protected(actor: Actor) -> "QuerySet[Case]":
    """Open claims of the protected, for the named clerk alone; raises Refused."""
    if PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, CLAIM_HANDLE)
    rows = Case.objects.filter(PROTECTED, service=SERVICE, kind="claim", state__in=OPEN_CLAIMS)
    return rows.select_related("handler", f"{ROW}__claim", f"{ROW}__voucher").order_by("due", "id")


def case_of(number: str) -> Case | None:
    """The claim's case of a registration number."""
    rows = Case.objects.filter(service=SERVICE, kind="claim", number=as_registered(number), emptied_at=None)
    return rows.select_related("handler", f"{ROW}__claim", f"{ROW}__voucher__person").first()
