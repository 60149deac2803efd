# SPDX-License-Identifier: EUPL-1.2
"""An application judged as it would be granted now: by the days and the sum of its calculation in force."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from ennakko.kernel.access import Actor
from ennakko.kernel.registers.versions import from_stored
from ennakko.rules.decision import Decision, Reason
from ennakko.services.hiring_benefit import sheets
from ennakko.services.hiring_benefit.judging import Judged, judge_stored
from ennakko.services.hiring_benefit.law.names import SUBSIDISED
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.services.hiring_benefit.queries import previous
from ennakko.values.texts import text

CONFIRMED: Final = text(
    fi="{condition} (käsittelijä on tarkistanut)",
    sv="{condition} (kontrollerat av handläggaren)",
    en="{condition} (checked by the handler)",
)
"""How a condition reads that a person found to hold, where the machine could not."""


def weigh(
    application: Application, calculation: Calculation | None, *, actor: Actor, at: datetime, on: date
) -> Judged:  # fmt: skip
    """The application judged on a day with its calculation's days, sum and subsidies; each register read is logged."""
    found = judge_stored(application, actor=actor, at=at, on=on)
    if calculation is None:
        return found
    facts = {**found.facts, **_of(application, calculation, on=on)}
    decision = HiringBenefitEligible.decide(on, from_stored(facts, HiringBenefitEligible.definition.inputs))
    return Judged(decision, sheets.count(sheets.of_calculation(calculation), on=on), facts)


def _of(application: Application, calculation: Calculation, *, on: date) -> dict[str, Any]:
    """What the calculation tells instead of the application, as JSON."""
    sheet = sheets.of_calculation(calculation)
    used = previous.counted(application, calculation.start, calculation.end, on=on)
    return {
        "benefit_start": calculation.start.isoformat(),
        "benefit_end": calculation.end.isoformat(),
        "benefit_cents": calculation.total_cents,
        "pay_subsidy": sheet.pay_subsidy in SUBSIDISED or bool(sheet.subsidies),
        "used_days": used["days_used"],
        "overlaps_earlier": used["overlaps"],
    }


def conditions_by_step(decision: Decision) -> Mapping[str, Reason]:
    """The reasons of a decision by step."""
    return {one.step: one for one in decision.reasons}
