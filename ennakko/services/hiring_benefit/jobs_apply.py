# SPDX-License-Identifier: EUPL-1.2
"""What applications need every day: employees are asked once more, and what is old is destroyed."""

from datetime import date, datetime

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.services.hiring_benefit.actions import consenting, retention
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.values.texts import text

MACHINE = SYSTEM(SERVICE)


def remind(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Ask employees who have not answered once more, and tell employers that an answer is missing."""
    return JobReport(consenting.remind(at=at))


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy the applications whose time is over."""
    return JobReport(retention.destroy_old(on=on, at=at, actor=MACHINE))


APPLY_JOBS = (
    Job(
        "hiring-benefit.remind-employees",
        text(fi="Muistuta työntekijöitä vahvistuksesta", sv="Påminn de anställda om bekräftelsen",
             en="Remind employees of the confirmation"),
        remind,
    ),
    Job(
        "hiring-benefit.destroy-old",
        text(fi="Hävitä vanhat palkkauslisän hakemukset", sv="Förstör gamla ansökningar om anställningstillägg",
             en="Destroy old applications for the hiring benefit"),
        destroy_old,
    ),
)  # fmt: skip
