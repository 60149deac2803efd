# SPDX-License-Identifier: EUPL-1.2
"""Instalments, payslips and notices of changes as pages and desks show them; constant queries for any list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum

from ennakko.kernel import audit, documents
from ennakko.kernel.access import Actor, visible
from ennakko.kernel.cases.models import Case
from ennakko.kernel.documents.models import Document
from ennakko.services.hiring_benefit import taxes
from ennakko.services.hiring_benefit.access_money import EMPLOYER, SEE_PAYMENTS
from ennakko.services.hiring_benefit.actions.payslips import PAYSLIP
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import AidReport, Alteration, Application, Instalment, TaxCheck
from ennakko.services.hiring_benefit.states import BenefitState, InstalmentState
from ennakko.services.hiring_benefit.states_money import (
    CHANGE_NAMES,
    FOR_HANDLER,
    INSTALMENT_NAMES,
    OPEN_CHANGES,
    ChangeState,
)
from ennakko.services.hiring_benefit.wording_money import KIND_WORDS
from ennakko.values.texts import Text

OF_APPLICATION = ("hiring_benefit_alteration", "hiring_benefit_application__employee__person")
"""What the access table looks at on an application's case, read with it: the checks of a page then ask nothing more."""
KINDS_OF_STATE = {
    InstalmentState.PAID: "success", InstalmentState.COMPLETED: "success", InstalmentState.PAYMENT_FAILED: "error",
    InstalmentState.PENDING: "alert", InstalmentState.CANCELLED: "neutral", InstalmentState.WAITING: "neutral",
}  # fmt: skip
SORTS = {"due": "due", "employer": "application__employer_name", "sum": "payable_cents", "state": "state"}


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One instalment as it is shown: its state in words with a colour, what was taken off it."""

    row: Instalment
    name: Text
    kind: str
    off_cents: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One notice as it is shown: its state in words with a colour, the sum that was decided."""

    row: Alteration
    title: Text
    name: Text
    kind: str
    cents: int
    can_correct: bool


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The money of one granted benefit: instalments, payslips, notices, what is asked of the employer now."""

    application: Application
    instalments: tuple[InstalmentLine, ...]
    changes: tuple[ChangeLine, ...]
    payslips: tuple[Document, ...]
    asked: Instalment | None
    failed: bool
    granted_cents: int
    recovered_cents: int
    can_tell: bool


def of_case(case: Case) -> MoneyView | None:
    """The money of an application; None where nothing has been granted. Who may see it is the caller's to check."""
    application = Application.objects.select_related("case", "employee__person").filter(case=case).first()
    if application is None:
        return None
    rows = [_instalment_line(row) for row in application.instalments.select_related("decision").order_by("number")]
    if not rows:
        return None
    found = application.alterations.select_related("case__handler").order_by("pk")
    changes = tuple(_change_line(row) for row in found)
    counted = [one for one in changes if one.row.annulled_at is None]
    asked = next((one.row for one in rows if one.row.state == InstalmentState.REQUESTED), None)
    return MoneyView(
        application, tuple(rows), changes, tuple(documents.of(f"case:{case.pk}", kind=PAYSLIP)), asked,
        any(one.row.state == InstalmentState.PAYMENT_FAILED for one in rows),
        sum(one.row.amount_cents for one in rows),
        sum(one.row.deducted_cents + one.row.invoiced_cents for one in counted),
        case.state == BenefitState.GRANTED,
    )  # fmt: skip


def own_case(actor: Actor, number: str) -> Case | None:
    """A granted application of the organisation that the actor acts for."""
    found = Case.objects.filter(number=number, kind="benefit", organisation=actor.organisation or "-", emptied_at=None)
    case = found.select_related("hiring_benefit_application").first()
    return case if case is not None and EMPLOYER.allows(actor, case) else None


def asked_of(actor: Actor) -> "QuerySet[Instalment]":
    """Instalments for which something is asked of the organisation that the actor acts for; one query."""
    states = [InstalmentState.REQUESTED, InstalmentState.PAYMENT_FAILED]
    found = Instalment.objects.filter(application__organisation=actor.organisation or "-", state__in=states)
    return found.select_related("application__case").order_by("due", "pk")


def staff_case(actor: Actor, number: str) -> Case | None:
    """An application that a member of staff may see."""
    found = Case.objects.filter(number=number, kind="benefit", emptied_at=None)
    return visible(actor, SEE_PAYMENTS, found).select_related(*OF_APPLICATION, "handler").first()


def change_of(cases: "QuerySet[Case]", number: str) -> Alteration | None:
    """The notice of a number among some cases."""
    found = Alteration.objects.filter(case__number=number, case__in=cases)
    return found.select_related("case__handler", "application__case", "application__employee__person").first()


def own_change(actor: Actor, number: str) -> Alteration | None:
    """A notice of the organisation that the actor acts for."""
    return change_of(Case.objects.filter(organisation=actor.organisation or "-", kind="alteration"), number)


def staff_change(actor: Actor, number: str) -> Alteration | None:
    """A notice that a member of staff may see."""
    return change_of(visible(actor, SEE_PAYMENTS, Case.objects.filter(kind="alteration", emptied_at=None)), number)


def look(actor: Actor, application: Application, case: Case, at: datetime) -> None:
    """A member of staff looked at the money of an application: the employee sees that in the log of reads."""
    person = application.employee.person_id
    if person is not None:
        audit.read(actor, SERVICE, person, ["payments"], "", at, f"payments of {case.number}")


def listed(
    actor: Actor, *, states: Iterable[str], sort: str = "due", descending: bool = False
) -> "QuerySet[Instalment]":
    """Instalments in some states that the actor may see, sorted."""
    cases = visible(actor, SEE_PAYMENTS, Case.objects.filter(kind="benefit", emptied_at=None))
    found = Instalment.objects.filter(application__case__in=cases, state__in=list(states))
    order = f"{'-' if descending else ''}{SORTS.get(sort, 'due')}"
    return found.select_related("application__case").order_by(order, "pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many instalments stand in each state, those that the actor may see."""
    cases = visible(actor, SEE_PAYMENTS, Case.objects.filter(kind="benefit", emptied_at=None))
    found = Instalment.objects.filter(application__case__in=cases).order_by().values_list("state")
    return dict(found.annotate(rows=Count("pk")))


def open_changes(actor: Actor) -> Sequence[ChangeLine]:
    """Notices that wait for somebody, the oldest first."""
    cases = visible(actor, SEE_PAYMENTS, Case.objects.filter(kind="alteration", state__in=list(OPEN_CHANGES)))
    found = Alteration.objects.filter(case__in=cases).select_related("case__handler", "application__case")
    return [_change_line(row) for row in found.order_by("told_at", "pk")]


@dataclass(frozen=True, slots=True)
class AidStanding:
    """How many grants the register has not taken, and those of them that it could not take."""

    untold: int
    failed: int


def aid_standing() -> AidStanding:
    """Where the register of aid stands; one query."""
    state = AidReport.State
    found = AidReport.objects.aggregate(
        waiting=Count("pk", filter=Q(state=state.WAITING)), failed=Count("pk", filter=Q(state=state.FAILED))
    )
    return AidStanding(found["waiting"] + found["failed"], found["failed"])


def due_cents(on: date) -> int:
    """What is accepted and not paid yet, in cents."""
    found = Instalment.objects.filter(state=InstalmentState.ACCEPTED, due__lte=on)
    return int(found.aggregate(cents=Sum("payable_cents"))["cents"] or 0)


def to_handle(counted: dict[str, int]) -> int:
    """How many instalments wait for a handler."""
    return sum(counted.get(state, 0) for state in FOR_HANDLER)


Mark = tuple[bool | None, Text]
"""Whether something is in order (None: a person says), and in words."""


def tax_marks(application: Application) -> dict[int, Mark]:
    """What the tax debt register said of the employer before each instalment, by its number."""
    rows = TaxCheck.objects.filter(application=application, moment=TaxCheck.Moment.PAYMENT)
    return {row.part: taxes.standing_of(row) for row in rows}


@dataclass(frozen=True, slots=True)
class WageLine:
    """One pay as the incomes register told it."""

    paid_on: date
    cents: int
    start: date
    end: date


def wages_of(row: Instalment) -> tuple[WageLine, ...]:
    """The pay that the incomes register told of for an instalment, the earliest first."""
    days = ("paid_on", "start", "end")
    return tuple(
        WageLine(cents=one["cents"], **{name: date.fromisoformat(one[name]) for name in days})
        for one in row.wages or ()
    )  # fmt: skip


def _instalment_line(row: Instalment) -> InstalmentLine:
    kind = KINDS_OF_STATE.get(InstalmentState(row.state), "info")
    return InstalmentLine(row, INSTALMENT_NAMES[row.state], kind, row.amount_cents - row.payable_cents)


def _change_line(row: Alteration) -> ChangeLine:
    state = row.case.state
    kind = "neutral" if state == ChangeState.CANCELLED else "success" if state == ChangeState.HANDLED else "info"
    return ChangeLine(
        row,
        KIND_WORDS[row.kind],
        CHANGE_NAMES[state],
        kind,
        row.deducted_cents + row.invoiced_cents,
        state == ChangeState.RECEIVED,
    )  # fmt: skip
