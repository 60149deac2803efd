# SPDX-License-Identifier: EUPL-1.2
"""What the service does by itself around letters and outcomes: ends, forgets and asks."""

from datetime import date, datetime, timedelta

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.services.hiring_benefit.actions import letters, outcomes
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.letter_manifest import KEPT_DAYS
from ennakko.services.hiring_benefit.models import BenefitLetter
from ennakko.services.hiring_benefit.models.letters import WITHDRAWN
from ennakko.values.texts import text

MACHINE = SYSTEM(SERVICE)


def keep_letters(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """End letters whose consent or waiver is gone, and remove those withdrawn long ago."""
    ended = letters.end_lapsed(at=at, actor=MACHINE)
    old = BenefitLetter.objects.filter(state=WITHDRAWN, withdrawn_at__lt=at - timedelta(days=KEPT_DAYS))
    removed = old.count()
    old.delete()
    return JobReport({"ended": ended, "removed": removed})


def ask_outcomes(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Ask the employers of six and twelve months ago whether the work goes on."""
    return JobReport({"asked": outcomes.ask_due(at=at, on=on)})


LOOK_JOBS = (
    Job(
        f"{SERVICE}.keep-letters",
        text(fi="Lisäkirjeiden päättyminen", sv="Tilläggsbrev som upphör", en="Letters that end"), keep_letters,
    ),
    Job(
        f"{SERVICE}.ask-outcomes",
        text(fi="Kysymys työn jatkumisesta", sv="Frågan om arbetet fortsätter", en="Asking whether the work goes on"),
        ask_outcomes,
    ),
)  # fmt: skip
