# SPDX-License-Identifier: EUPL-1.2
"""One application's desk: facts with their sources, the rule's trace, calculation, marks, earlier and related ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.facts import sources
from ennakko.kernel import audit, documents, organisations
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.models import Case, Decision, InformationRequest
from ennakko.kernel.cases.queries import latest_decision
from ennakko.kernel.documents.models import Document
from ennakko.rules.decision import Reason
from ennakko.services.hiring_benefit import employees, review
from ennakko.services.hiring_benefit.actions.calculating import in_force
from ennakko.services.hiring_benefit.actions.changing import COUNTED
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.desk_words import LABELS, NO, REGISTERS, TOLD_BY, YES
from ennakko.services.hiring_benefit.estimating import conditions_of
from ennakko.services.hiring_benefit.law.texts_2021 import span
from ennakko.services.hiring_benefit.models import Application, Calculation, DecisionText, FieldChange
from ennakko.services.hiring_benefit.queries import previous
from ennakko.services.hiring_benefit.queries.previous import EarlierRow
from ennakko.services.hiring_benefit.review import Mark
from ennakko.services.hiring_benefit.states import BENEFIT_NAMES, HANDLE
from ennakko.services.hiring_benefit.weighing import weigh
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

RELATED = 10
READ = ("name", "birth_date")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact on the desk: what, its value, from where; `changed`: staff have changed it."""

    key: str
    label: Text
    value: Text | str
    source: Text
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another application of the same employer."""

    number: str
    state: Text
    sent_on: date
    same_employee: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page. `used` is the answer of `hiring-benefit.previous-benefits` for the days in force.

    `stale`: what the calculation is made of was changed after it was made.
    """

    case: Case
    row: Application
    employee: str
    state: Text
    facts: tuple[tuple[str, tuple[Fact, ...]], ...]
    conditions: tuple[Reason, ...]
    calculation: Calculation | None
    stale: bool
    marks: tuple[Mark, ...]
    earlier: tuple[EarlierRow, ...]
    used: dict[str, Any]
    aid: tuple[tuple[date, str, int, bool], ...]
    related: tuple[Related, ...]
    changes: tuple[FieldChange, ...]
    documents: tuple[Document, ...]
    requests: tuple[InformationRequest, ...]
    words: DecisionText | None
    decision: Decision | None


def desk(actor: Actor, case: Case, *, at: datetime, on: date) -> Desk:
    """The desk for staff; the look at the employee's data is logged. Raises Refused. Queries are constant."""
    require(actor, HANDLE, case)
    row = Application.objects.select_related("employee__person", "case").get(case=case)
    employee = row.employee
    if employee.person_id is not None:
        audit.read(actor, SERVICE, employee.person_id, READ, "", at, f"application {case.number} handled")
    calculation = in_force(row)
    judged = weigh(row, calculation, actor=actor, at=at, on=on)
    start, end = (calculation.start, calculation.end) if calculation else (row.start, row.end)
    earlier = previous.rows_of(row.organisation, previous.indexes_of(row), apart_from=row.pk)
    changes = tuple(FieldChange.objects.filter(application=row).order_by("-at", "-pk"))
    changed = {one["field"] for change in changes for one in change.changes}
    return Desk(
        case=case,
        row=row,
        employee=employees.name_of(employee),
        state=BENEFIT_NAMES[case.state],
        facts=tuple(_groups(row, changed)),
        conditions=tuple(sorted(conditions_of(judged.decision), key=_deciding_first)),
        calculation=calculation,
        stale=calculation is not None and _changed_since(case, changes),
        marks=review.marks_of(row),
        earlier=tuple(earlier),
        used=previous.count(earlier, start, end, on=on, apprenticeship=bool(row.apprenticeship)),
        aid=tuple(_aid(row)),
        related=tuple(_related(row)),
        changes=changes,
        documents=tuple(documents.of(f"case:{case.pk}")),
        requests=tuple(case.information_requests.order_by("asked_at")),
        words=DecisionText.objects.filter(application=row).first(),
        decision=latest_decision(case),
    )


def _changed_since(case: Case, changes: Iterable[FieldChange]) -> bool:
    """Whether a figure of the calculation was corrected after the last one, by the order of what happened."""
    counted = {one.pk for one in changes if any(field["field"] in COUNTED for field in one.changes)}
    for event in case.events.filter(verb__in=("calculate", "take", "change")).order_by("-sequence"):
        if event.verb != "change":
            return False
        if event.details.get("change") in counted:
            return True
    return False


def _deciding_first(reason: Reason) -> int:
    return {False: 0, None: 1, True: 2}[reason.holds]


def _groups(row: Application, changed: set[str]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    yield "work", tuple(_work(row, changed))
    yield "pay", tuple(_pay(row, changed))
    yield "employee", tuple(_employee(row, changed))
    yield "employer", tuple(_employer(row, changed))


def _fact(key: str, value: Text | str, changed: set[str], source: Text | None = None) -> Fact:
    return Fact(key, LABELS[key], value, source or TOLD_BY["staff" if key in changed else "employer"], key in changed)


def _work(row: Application, changed: set[str]) -> Iterator[Fact]:
    yield Fact(
        "start", LABELS["period"], span(row.start, row.end), TOLD_BY["employer"], bool(changed & {"start", "end"})
    )
    yield _fact("job_title", row.job_title, changed)
    yield _fact("weekly_hours", _hours(row.weekly_hours), changed)
    yield _fact("collective_agreement", row.collective_agreement, changed)
    yield _fact("apprenticeship", _yes(row.apprenticeship), changed)
    yield _fact("role_description", row.role_description, changed)


def _pay(row: Application, changed: set[str]) -> Iterator[Fact]:
    for key in ("pay_cents", "vacation_cents", "other_cents"):
        yield _fact(key, _money(getattr(row, key)), changed)
    yield _fact("pay_subsidy", LABELS[row.pay_subsidy], changed)
    if row.other_support is not None:
        yield _fact("other_support", _yes(row.other_support), changed)


def _employee(row: Application, changed: set[str]) -> Iterator[Fact]:
    employee = row.employee
    code = employees.shortened(employees.code_of(employee))
    yield _fact("employee_name", employees.name_of(employee), changed)
    yield _fact("identity_code", code, changed)
    known = employee.person_id is not None
    yield Fact(
        "register", LABELS["register"], YES if known else NO, sources.get("population-register").title
    )  # fmt: skip


def _employer(row: Application, changed: set[str]) -> Iterator[Fact]:
    known = organisations.known(row.organisation)
    register = REGISTERS.get(known.source) if known is not None else None
    yield _fact("organisation", row.organisation, changed, register)
    address = " ".join(
        one for one in (f"{row.street_address},", row.postal_code, row.post_office) if one.strip(",")
    )  # fmt: skip
    yield _fact("street_address", address, changed, register)
    industry = known.industry_text if known is not None and known.industry == row.industry else ""
    yield _fact("industry", f"{row.industry} {industry}".strip(), changed, register)
    contact = ", ".join(
        one for one in (f"{row.contact_first_name} {row.contact_last_name}".strip(), row.contact_phone,
                        row.contact_email) if one
    )  # fmt: skip
    yield Fact(
        "contact", LABELS["contact"], contact, TOLD_BY["employer"], any(one.startswith("contact") for one in changed)
    )
    yield _fact("iban", f"{row.iban[:4]} … {row.iban[-4:]}" if row.iban else "", changed)
    if row.business_activity is not None:
        yield _fact("business_activity", _yes(row.business_activity), changed)
    if row.manager_available is not None:
        yield _fact("manager_available", _yes(row.manager_available), changed)
    yield _fact("negotiations", row.negotiations_description or _yes(row.negotiations), changed)


def _aid(row: Application) -> Iterator[tuple[date, str, int, bool]]:
    """Aid that counts or may count: day, granter, cents, whether the employer told of it."""
    for one in row.de_minimis_rows.all():
        yield one.granted_on, one.granter, one.amount_cents, True
    for own in organisations.aid_rows(row.organisation):
        if own.withdrawn_at is None:
            yield own.granted_on, own.granter, own.amount_cents, False


def _related(row: Application) -> Iterator[Related]:
    others = Application.objects.filter(organisation=row.organisation).exclude(pk=row.pk)
    index = row.employee.identity_code_index
    for one in others.select_related("case", "employee").order_by("-sent_at")[:RELATED]:
        same = bool(index) and getattr(one, "employee", None) is not None and one.employee.identity_code_index == index
        yield Related(one.case.number, BENEFIT_NAMES[one.case.state], one.received_on, same)


def _yes(value: bool | None) -> Text | str:
    return "" if value is None else YES if value else NO


def _money(cents: int | None) -> Text | str:
    return "" if cents is None else text(**{language: format_money(cents, language) for language in LANGUAGES})


def _hours(hundredths: int | None) -> Text | str:
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    plain = f"{whole}" + (f",{rest:02}".rstrip("0") if rest else "")
    return text(fi=f"{plain} h", sv=f"{plain} h", en=f"{plain.replace(',', '.')} h")
