# SPDX-License-Identifier: EUPL-1.2
"""The handlers' queue of applications: by deadline, with the machine's view; search that folds Ä.

The queue tells of employers and jobs; whom an application is about stands on its desk. Those of an employee under
non-disclosure stand in no list or search: only the named clerk sees those.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ennakko.kernel import keys
from ennakko.kernel.access import Actor, Refused, require, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.cases.models import Case, Letter
from ennakko.kernel.cases.numbering import as_registered
from ennakko.kernel.people.names import folded
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit import employees, queue_words
from ennakko.services.hiring_benefit.access import FEW, PROTECTED
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Application, Employee, ReviewKind, ReviewMark
from ennakko.services.hiring_benefit.reasons import CLERKS
from ennakko.services.hiring_benefit.review_words import TITLES
from ennakko.services.hiring_benefit.states import BENEFIT_NAMES, HANDLE, OPEN, BenefitState
from ennakko.values.identity_code import is_valid
from ennakko.values.texts import Text, text

ROW = "hiring_benefit_application"
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due", "id"),
    "opened": (f"{ROW}__received_on", "id"),
    "employer": (f"{ROW}__search", "id"),
    "start": (f"{ROW}__start", "id"),
    "value": (f"{ROW}__ranked_cents", "id"),
    "state": ("state", "due", "id"),
    "handler": ("handler__name", "due", "id"),
}
BY_INDEX: Mapping[str, str] = {
    "employer": "search", "start": "start", "opened": "received_on", "value": "ranked_cents",
}  # fmt: skip
"""Sortings by a column of the application that has an index and is never empty."""
LONG = 5_000
SHOWN = (
    "service", "kind", "number", "state", "due", "paused_since", "closed_at", "handler__name",
    *(f"{ROW}__{name}" for name in (
        "case", "employer_name", "job_title", "received_on", "start", "eligibility", "benefit_cents"
    )),
)  # fmt: skip
"""What a line of the queue tells: an application holds five times as much, which is not read for it."""
LATE = "late"
TELLING_MARKS = frozenset({BenefitState.HANDLING, BenefitState.ADDITIONAL_INFORMATION_NEEDED})
"""States in which what is still to be looked at is the machine's view."""


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One line of the queue; `view` is the machine's view in a phrase, `doubtful` when a condition fails."""

    case: Case
    row: Application
    employer: str
    job: str
    state: Text
    asked: Text
    view: Text
    doubtful: bool
    due: date | None
    late: bool
    handler: str
    value_cents: int | None
    news: bool


def _all(actor: Actor) -> "QuerySet[Case]":
    require(actor, HANDLE)
    rows = Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, emptied_at=None)
    if PROTECTED_CLERK in actor.roles:
        # Whoever is the named clerk too sees theirs on the desk for it, not among everybody's.
        rows = rows.exclude(PROTECTED)
    return visible(actor, HANDLE, rows)


def _open(actor: Actor) -> "QuerySet[Case]":
    return _all(actor).filter(state__in=OPEN)


def queue(
    actor: Actor, *, on: date, states: Iterable[str] = (), mine: bool = False, sort: str = "due",
    descending: bool = False,
) -> "QuerySet[Case]":  # fmt: skip
    """Open applications for staff, by default the most urgent first. `states` of BenefitState, or "late"."""
    rows = _chosen(_open(actor), actor, on=on, states=states, mine=mine)
    first, *rest = SORTS.get(sort, SORTS["due"])
    if descending:
        return rows.order_by(F(first).desc(nulls_last=True), *(f"-{one}" for one in rest))
    return rows.order_by(F(first).asc(nulls_last=True), *rest)


def _chosen(rows: "QuerySet[Case]", actor: Actor, *, on: date, states: Iterable[str], mine: bool) -> "QuerySet[Case]":
    wanted = set(states)
    if LATE in wanted:
        rows = rows.filter(due__lt=on, paused_since=None)
    if chosen := wanted & set(BENEFIT_NAMES):
        rows = rows.filter(state__in=sorted(chosen))
    if mine:
        rows = rows.filter(handler=actor.staff)
    return rows


def counted_as(state: str, *, mine: bool) -> str | None:
    """The name by which `counts` tells how many applications such a queue holds; None where it does not."""
    if mine:
        return None if state else "mine"
    return state or "all" if state in ("", LATE, *OPEN) else None


def keys_of(
    actor: Actor, *, on: date, states: Iterable[str] = (), mine: bool = False, sort: str = "due",
    descending: bool = False, many: int,
) -> "QuerySet[Any, int]":  # fmt: skip
    """The keys of a queue in its order, to be cut into pages; `many`: how many they are, 0 where nobody knows.

    Sorted by a column of the application, a long queue is read along that column's index until the page is full;
    a short one is sorted: there most of what the index holds is closed. `in_order` says what the actor may see of it.
    """
    column = BY_INDEX.get(sort)
    if column is None or many < LONG:
        found = queue(actor, on=on, states=states, mine=mine, sort=sort, descending=descending)
        return found.values_list("pk", flat=True)
    require(actor, HANDLE)
    every = Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, emptied_at=None, state__in=OPEN)
    chosen = _chosen(every, actor, on=on, states=states, mine=mine)
    # The few are left out here and not inside: PostgreSQL would look them up again for each application.
    rows = Application.objects.filter(Exists(chosen.filter(pk=OuterRef("case")))).exclude(
        pk__in=FEW.values("application")
    )
    order = (f"-{column}", "-case") if descending else (column, "case")
    return rows.order_by(*order).values_list("case", flat=True)


def search(actor: Actor, words: str) -> "QuerySet[Case]":
    """Applications, closed ones too, the newest first; nothing said finds nothing.

    By number, business id or every word of the employer's name; an employee by the whole identity code or the whole
    name, exactly: those are stored sealed.
    """
    said = words.strip()
    if not said:
        return _all(actor).none()
    employer = Q()
    for word in folded(said).split():
        employer &= Q(search__contains=word)
    hashes = [*(keys.indexes_of(said.upper()) if is_valid(said.upper()) else ())]
    named = employees_named(said)
    found = Application.objects.filter(employer).order_by().values("case")
    of_employee = Q(identity_code_index__in=hashes) if hashes else Q(name_index__in=named) if named else Q(pk__in=[])
    persons = Employee.objects.filter(of_employee).order_by().values("application__case")
    rows = _all(actor).filter(Q(pk__in=found) | Q(number=as_registered(said)) | Q(pk__in=persons))
    return rows.order_by("-opened_at", "-id")


def employees_named(said: str) -> list[str]:
    """The hashes of a whole name, wherever the given names end, in either order."""
    words = said.split()
    splits = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    both = [*splits, *((last, first) for first, last in splits)]
    return list(dict.fromkeys(employees.name_index(first, last) for first, last in both))


_in_state: Ready[Case] = Ready(
    lambda: Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, emptied_at=None, state=Given("state"))
)
_late: Ready[Case] = Ready(
    lambda: Case.objects.filter(
        service=SERVICE, kind=BENEFIT_CASE, emptied_at=None, state__in=OPEN, due__lt=Given("on"), paused_since=None
    )
)
_of_handler: Ready[Case] = Ready(
    lambda: Case.objects.filter(handler=Given("staff"), closed_at=None).only("service", "kind", "state")
)
_few: Ready[Employee] = Ready(lambda: FEW.only("application"))


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """Open applications by state, plus "mine", "late" and "all".

    Each number is asked for by itself, and the few under non-disclosure are taken away afterwards: so the database
    counts within an index and looks at no application, a third of the time of one statement that gives them all.
    """
    require(actor, HANDLE)
    few = [case for case in _cases_of(_few.all()) if _is_open(case)]
    hidden = {case.pk for case in few}
    found = {str(state): _in_state.count(state=state) - sum(case.state == state for case in few) for state in OPEN}
    late = sum(case.due is not None and case.due < on and case.paused_since is None for case in few)
    own = _of_handler.all(staff=actor.staff) if actor.staff is not None else []
    return {
        **found,
        "mine": sum(_is_open(case) and case.pk not in hidden for case in own),
        "late": _late.count(on=on) - late,
        "all": sum(found.values()),
    }


def _cases_of(few: Sequence[Employee]) -> "Iterable[Case]":
    """Their cases, asked for by keys where there are any: joined, PostgreSQL went through all the others."""
    if not few:
        return ()
    shown = ("service", "kind", "state", "due", "paused_since", "handler")
    return Case.objects.filter(**{f"{ROW}__in": [one.application_id for one in few]}).only(*shown)


def _is_open(case: Case) -> bool:
    return (case.service, case.kind) == (SERVICE, BENEFIT_CASE) and case.state in OPEN


def in_order(found: Iterable[int], actor: Actor) -> list[Case]:
    """Of the cases of some keys those that the actor may see, in the keys' order, with what `lines_of` needs.

    Sort keys alone, read what is shown.
    """
    wanted = list(found)
    rows = visible(actor, HANDLE, Case.objects.select_related("handler", ROW).only(*SHOWN)).in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


def lines_of(cases: Sequence[Case], *, on: date) -> list[BenefitLine]:
    """The lines of a page of the queue; two queries however many."""
    open_marks = _open_marks([case.hiring_benefit_application.pk for case in cases])
    news = set(
        Letter.objects.filter(case__in=[case.pk for case in cases], inward=True, read_at=None).values_list(
            "case", flat=True
        )
    )
    return [_line(case, open_marks, news, on) for case in cases]


def _line(case: Case, open_marks: Mapping[int, list[str]], news: set[int], on: date) -> BenefitLine:
    row = case.hiring_benefit_application
    view = _view(case, row, open_marks.get(row.pk))
    return BenefitLine(
        case=case, row=row, employer=row.employer_name, job=row.job_title, state=BENEFIT_NAMES[case.state],
        asked=queue_words.ASKED[case.state], view=view, doubtful=view is queue_words.FAILS, due=case.due,
        late=case.due is not None and case.due < on and case.paused_since is None and case.closed_at is None,
        handler=case.handler.name if case.handler is not None else "", value_cents=row.benefit_cents,
        news=case.pk in news,
    )  # fmt: skip


def _view(case: Case, row: Application, marks: list[str] | None) -> Text:
    if case.state not in TELLING_MARKS or marks is None:
        return queue_words.BY_ELIGIBILITY.get(row.eligibility, queue_words.OPEN)
    if not marks:
        return queue_words.ALL_IN_ORDER
    title = TITLES[marks[0]]
    if len(marks) == 1:
        return queue_words.TO_LOOK_AT.format(title=title)
    more = str(len(marks) - 1)
    return queue_words.TO_LOOK_AT_MANY.format(title=title, more=text(fi=more, sv=more, en=more))


def _open_marks(applications: Iterable[int]) -> dict[int, list[str]]:
    """Of each application that has been looked at: the marks not in order, in the order of the ten."""
    rows = ReviewMark.objects.filter(application__in=list(applications), replaced_at=None)
    standing: dict[int, dict[str, bool | None]] = {}
    # A person's mark of a kind counts over the machine's: those come last.
    for key, kind, holds in rows.order_by("-machine").values_list("application", "kind", "holds"):
        standing.setdefault(key, {})[kind] = holds
    return {
        key: [str(kind) for kind in ReviewKind if kind in found and found[kind] is not True]
        for key, found in standing.items()
    }


def protected(actor: Actor) -> "QuerySet[Case]":
    """Open applications about the protected, for the named clerk alone; raises Refused."""
    if PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, HANDLE)
    return Case.objects.filter(PROTECTED, service=SERVICE, kind=BENEFIT_CASE, state__in=OPEN).order_by("due", "id")


def case_of(number: str) -> Case | None:
    """The application's case of a registration number."""
    rows = Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, number=as_registered(number), emptied_at=None)
    return rows.select_related("handler", f"{ROW}__employee__person").first()
