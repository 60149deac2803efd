# SPDX-License-Identifier: EUPL-1.2
"""The scheduled work of the handling: questions that nobody answered in time go back to their handler."""

from datetime import date, datetime

from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.services.hiring_benefit.actions import handling
from ennakko.values.texts import text


def lapse(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Take back into handling what was not answered by its day."""
    return JobReport({"lapsed": handling.lapse(at=at, on=on)})


HANDLER_JOBS = (
    Job(
        "hiring-benefit.lapse",
        text(
            fi="Palauta käsittelyyn hakemukset, joiden lisätietoja ei saatu",
            sv="Återför till handläggning de ansökningar som inte kompletterades",
            en="Take back into handling applications whose information did not come",
        ),
        lapse,
    ),
)  # fmt: skip
