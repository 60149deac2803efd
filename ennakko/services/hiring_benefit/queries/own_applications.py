# SPDX-License-Identifier: EUPL-1.2
"""An employer's own applications, and an employee's: what stands where, what is asked, what can be done now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require, visible
from ennakko.kernel.bulk import among
from ennakko.kernel.cases.models import Case, Decision, InformationRequest
from ennakko.kernel.cases.queries import unread as unread_of
from ennakko.services.hiring_benefit import as_written, employees
from ennakko.services.hiring_benefit.access import APPLY, CONFIRM
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.law.states_2026 import MESSAGES
from ennakko.services.hiring_benefit.models import Application, Employee
from ennakko.services.hiring_benefit.states import OWN, BenefitState, EmployeeConsent
from ennakko.services.hiring_benefit.wording import CONSENTS, SAID_BY_HER, SHOWN
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One application as its employer sees it: received and proposed ones as being handled, a decision at once.

    `kind`: how the state is coloured. `question` is what is asked until `answer_due`. `consent` tells where the
    employee's confirmation stands; `consent_missing` that the employer can do something about it.
    """

    application: Application
    case: Case
    employee: str
    state: Text
    kind: str
    question: str
    answer_due: date | None
    consent: Text
    consent_missing: bool
    decision: Decision | None
    unread: int
    can_complete: bool
    can_write: bool

    @property
    def hours(self) -> str:
        """Hours a week as they are written."""
        return as_written.hundredths(self.application.weekly_hours)

    @property
    def waits(self) -> bool:
        """Whether the employer is asked for something."""
        return self.can_complete or (self.consent_missing and self.case.closed_at is None)


KINDS = {BenefitState.GRANTED: "success", BenefitState.REFUSED: "error", BenefitState.CANCELLED: "neutral",
         BenefitState.ADDITIONAL_INFORMATION_NEEDED: "alert"}  # fmt: skip
MISSING = frozenset({EmployeeConsent.REFUSED, EmployeeConsent.WITHDRAWN, EmployeeConsent.NOT_ASKED})


def applications(actor: Actor) -> list[OwnApplication]:
    """The organisation's applications, the last sent first; the same number of queries however many. Raises Refused."""
    require(actor, APPLY)
    return _shown(_visible(actor).order_by("-opened_at", "-pk"))


def application(actor: Actor, number: str) -> OwnApplication | None:
    """One of the organisation's applications by its number; None where it has no such one. Raises Refused."""
    require(actor, APPLY)
    found = _shown(_visible(actor).filter(number=number))
    return found[0] if found else None


def sent_with(actor: Actor, key: str) -> list[OwnApplication]:
    """The applications of one sending, in order."""
    require(actor, APPLY)
    rows = _visible(actor).filter(hiring_benefit_application__key=key)
    return _shown(rows.order_by("hiring_benefit_application__position"))


def just_sent(sent: Iterable[Application]) -> list[OwnApplication]:
    """The applications of a sending right after it, as `sent_with` would read them back: nothing has followed yet."""
    return [_one(row.case, None, None, 0) for row in sent]


def _visible(actor: Actor) -> Any:
    rows = Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, emptied_at=None)
    return visible(actor, OWN, rows).select_related("hiring_benefit_application__employee")


def _shown(rows: Iterable[Case]) -> list[OwnApplication]:
    cases = list(rows)
    keys = [one.pk for one in cases]
    asked = {
        one.case_id: one
        for one in InformationRequest.objects.filter(case__in=among(keys), answered_at=None).order_by("-due", "-pk")
    }
    decided = {
        one.case_id: one for one in Decision.objects.filter(case__in=among(keys)).order_by("decided_at", "pk")
    }  # fmt: skip
    letters = unread_of(keys, for_party=True)
    return [_one(one, asked.get(one.pk), decided.get(one.pk), letters.get(one.pk, 0)) for one in cases]


def _one(case: Case, asked: InformationRequest | None, decision: Decision | None, unread: int) -> OwnApplication:
    row: Application = case.hiring_benefit_application
    employee = row.employee
    waiting = case.state == BenefitState.ADDITIONAL_INFORMATION_NEEDED
    return OwnApplication(
        application=row,
        case=case,
        employee=employees.name_of(employee),
        state=SHOWN[case.state],
        kind=KINDS.get(BenefitState(case.state), "info"),
        question=asked.question if asked is not None and waiting else "",
        answer_due=asked.due if asked is not None and waiting else None,
        consent=CONSENTS[employee.consent],
        consent_missing=employee.consent in MISSING,
        decision=decision,
        unread=unread,
        can_complete=waiting,
        can_write=case.state in MESSAGES,
    )


@dataclass(frozen=True, slots=True)
class Employment:
    """An application as the employee it is about sees it: who asked, what was told, what she has said."""

    employee: Employee
    application: Application
    case: Case
    name: str
    state: Text
    consent: str
    said: Text
    can_answer: bool

    @property
    def hours(self) -> str:
        """Hours a week as they are written."""
        return as_written.hundredths(self.application.weekly_hours)

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for."""
        return self.can_answer and self.consent == EmployeeConsent.ASKED


def employments(actor: Actor) -> list[Employment]:
    """The applications about a resident, the last first; only her own."""
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        return []
    rows = visible(actor, CONFIRM, Employee.objects.filter(emptied_at=None))
    rows = rows.select_related("application__case", "person").order_by("-application__sent_at")
    return [_employment(one) for one in rows]


def employment(actor: Actor, number: str) -> Employment | None:
    """One of them by the number of its case."""
    return next((one for one in employments(actor) if one.case.number == number), None)


def _employment(row: Employee) -> Employment:
    case = row.application.case
    return Employment(
        employee=row,
        application=row.application,
        case=case,
        name=employees.name_of(row),
        state=SHOWN[case.state],
        consent=row.consent,
        said=SAID_BY_HER[row.consent],
        can_answer=case.closed_at is None,
    )


def looked_at(one: OwnApplication, *, actor: Actor, at: Any) -> None:
    """The employer read what stands of the employee: she sees it in her log."""
    person = one.application.employee.person_id
    if person is not None:
        audit.read(actor, SERVICE, person, ["name", "identity_code"], "", at, f"application {one.case.number} read")
