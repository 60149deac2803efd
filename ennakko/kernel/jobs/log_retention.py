# SPDX-License-Identifier: EUPL-1.2
"""The job that erases the log's old details: what was done after ten years, who looked after five (parameters.toml)."""

from datetime import date, datetime, time

from django.utils import timezone

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.audit.queries import classes_before
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.national import figure
from ennakko.values.dates import add_years
from ennakko.values.texts import text

LOOKS = frozenset({"reads", "sign-in"})
"""Retention classes of who looked and who signed in; all others tell what was done."""


def erase_old_details(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Erase the log's details whose time is over, class by class; the chain still verifies."""
    erased = 0
    for looks, name in ((True, "read_log_years"), (False, "log_years")):
        years = figure(name, on)
        first_kept = timezone.make_aware(datetime.combine(add_years(on, -years), time.min))
        for retention in classes_before(first_kept):
            if (retention in LOOKS) == looks:
                why = f"{years} years are over"
                erased += audit.erase(retention, first_kept, actor=SYSTEM("erase-log"), at=at, reason=why)
                progress(erased)
    return JobReport({"erased": erased})


ERASE_LOG = Job(
    "erase-log",
    text(fi="Hävitä lokin vanhat tiedot", sv="Förstör loggens gamla uppgifter", en="Erase old details of the log"),
    erase_old_details,
)
