# SPDX-License-Identifier: EUPL-1.2
"""An application beside the conditions: what is known of it, what the law says of that, what the benefit would be.

What nobody may read is not known, and what is not known is never taken to hold: it is a person's to find out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.kernel.access import Actor
from ennakko.kernel.organisations.models import Aid
from ennakko.kernel.ready import Given, Ready
from ennakko.kernel.registers import NoSnapshot, permitted, person_facts
from ennakko.rules.decision import Decision, Reason
from ennakko.services.hiring_benefit import sheets
from ennakko.services.hiring_benefit.actions import letters
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.estimating import conditions_of
from ennakko.services.hiring_benefit.law.names import SUBSIDISED
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.services.hiring_benefit.models import Application, DeMinimisRow
from ennakko.services.hiring_benefit.queries import previous
from ennakko.services.hiring_benefit.sheets import Counted

REGISTERED = ("municipality", "unemployed_since")
"""What the registers could tell of the employee, each where the city has a permit for it."""


@dataclass(frozen=True, slots=True)
class AidHad:
    """De minimis aid that counts: granted by us or told by the employer; cents."""

    granted_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What the machine found. `facts` are JSON values; `counted` is the benefit by the sheet of the application."""

    decision: Decision
    counted: Counted
    facts: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """yes, no or unknown."""
        return str(self.decision.outcome)

    @property
    def benefit_cents(self) -> int | None:
        """The benefit in all, None where it cannot be calculated yet."""
        return self.counted.total_cents

    def reasons(self, *, holds: bool | None) -> tuple[Reason, ...]:
        """The conditions that hold, do not hold, or are not known."""
        return tuple(one for one in conditions_of(self.decision) if one.holds is holds)


def judge(
    application: Application,
    *,
    on: date,
    index: str = "",
    aid: Iterable[AidHad] = (),
    registered: Mapping[str, Any] | None = None,
) -> Judged:
    """An application judged on a day, stored or not: `index` is the keyed hash of the employee's identity code.

    `aid`: what the application tells of aid from others; the city's own ledger is read here.
    """
    counted = sheets.count(sheets.of_application(application), on=on)
    earlier = previous.rows_of(application.organisation, [index], apart_from=application.pk)
    facts = facts_of(application, counted, earlier, aid=aid, registered=registered or {}, on=on)
    return Judged(HiringBenefitEligible.decide(on, facts), counted, _as_json(facts))


def judge_stored(application: Application, *, actor: Actor, at: datetime, on: date) -> Judged:
    """A stored application judged again, with what the registers may tell of its employee."""
    employee = application.employee
    told = [AidHad(one.granted_on, one.amount_cents) for one in _told.all(application=application.pk)]
    known = registered_facts(employee.person_id, actor=actor, at=at, on=on, reason=f"application {application.case}")
    known |= facts_of_letter(application.letter_code)
    return judge(application, on=on, index=employee.identity_code_index, aid=told, registered=known)


def registered_facts(person: int | None, *, actor: Actor, at: datetime, on: date, reason: str) -> dict[str, Any]:
    """What the registers tell of the employee, as far as the city has a permit; each reading is logged."""
    if person is None:
        return {}
    allowed = [name for name in REGISTERED if permitted(SERVICE, [name], on)]
    if not allowed:
        return {}
    try:
        found = person_facts(person, allowed, purpose=SERVICE, on=on, actor=actor, at=at, reason=reason)
    except NoSnapshot:
        return {}
    return {name: value for name, value in (found or {}).items() if value is not None}


def facts_of_letter(code: str) -> dict[str, Any]:
    """What the personal letter that an application was begun with tells of the employee; `code` is the letter's key."""
    return letters.known_by_letter(int(code)) if code.isdigit() else {}


def facts_of(
    application: Application,
    counted: Counted,
    earlier: Iterable[previous.EarlierRow],
    *,
    aid: Iterable[AidHad],
    registered: Mapping[str, Any],
    on: date,
) -> dict[str, Any]:
    """The facts of the rule by name; one that is not known is left out."""
    apprenticeship = bool(application.apprenticeship)
    used = previous.count(earlier, application.start, application.end, on=on, apprenticeship=apprenticeship)
    told: dict[str, Any] = {
        "employer_kind": application.employer_kind,
        "business_activity": application.business_activity,
        "manager_available": application.manager_available,
        "pay_subsidy": application.pay_subsidy in SUBSIDISED,
        "apprenticeship": apprenticeship,
        "weekly_hours": None if application.weekly_hours is None else application.weekly_hours // 100,
        "benefit_start": application.start,
        "benefit_end": application.end,
        "rules_of": application.rules_of,
        "applied_on": application.received_on,
        "benefit_cents": counted.total_cents,
        "used_days": used["days_used"],
        "overlaps_earlier": used["overlaps"],
        **registered,
    }
    facts = {name: value for name, value in told.items() if value is not None}
    facts["aid"] = [{"granted_on": one.granted_on, "aid_cents": one.cents} for one in (*aid, *_ledger(application))]
    return facts


_told: Ready[DeMinimisRow] = Ready(lambda: DeMinimisRow.objects.filter(application=Given("application")))
_granted: Ready[Aid] = Ready(lambda: Aid.objects.filter(organisation=Given("organisation"), withdrawn_at=None))


def _ledger(application: Application) -> list[AidHad]:
    """The city's own ledger of the employer, but for what this very application was granted."""
    own = f"{SERVICE}:{application.case_id}"
    rows = _granted.all(organisation=application.organisation)
    return [AidHad(one.granted_on, one.amount_cents) for one in rows if one.reference != own]


def _as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [{name: plain(one) for name, one in row.items()} for row in value]
        return value.isoformat() if isinstance(value, date) else value

    return {name: plain(value) for name, value in facts.items()}
