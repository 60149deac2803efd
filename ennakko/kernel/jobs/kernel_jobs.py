# SPDX-License-Identifier: EUPL-1.2
"""The kernel's own jobs: messages are delivered, reads sealed, silent registers asked again."""

from dataclasses import asdict
from datetime import date, datetime

from ennakko.kernel import audit, clock
from ennakko.kernel.access import SYSTEM, tries
from ennakko.kernel.jobs.log_retention import ERASE_LOG
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.messages.delivery import deliver_due
from ennakko.kernel.organisations.asking import refresh_stale
from ennakko.kernel.organisations.retention import destroy_old
from ennakko.values.texts import text


def deliver(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Deliver the messages that are due; the outbox waits by the wall's time, not by business time."""
    return JobReport(asdict(deliver_due(clock.wall(), at=at, progress=progress)))


def seal_reads(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Seal the reads logged since the last time into the audit chain."""
    sealed = 0
    while count := audit.seal(at):
        sealed += count
        progress(sealed)
    return JobReport({"sealed": sealed})


def refresh_organisations(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Ask the registers again about organisations of which they were silent."""
    asked, told = refresh_stale(at=at, progress=progress)
    return JobReport({"asked": asked, "told": told})


def destroy_of_organisations(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy what is kept of organisations no longer: who acted, former contact people, accounts, old aid."""
    return JobReport(destroy_old(on=on, wall=clock.wall(), at=at, actor=SYSTEM("organisations")))


def forget_tries(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Forget how often something was tried, by the wall's time."""
    return JobReport({"forgotten": tries.forget(clock.wall())})


KERNEL_JOBS = (
    Job("deliver-messages", text(fi="Lähetä viestit", sv="Skicka meddelanden", en="Send messages"), deliver, "minute"),
    Job(
        "seal-reads",
        text(fi="Sinetöi katselutiedot", sv="Försegla läsloggen", en="Seal the log of reads"),
        seal_reads,
        "minute",
    ),
    Job(
        "organisations.refresh",
        text(fi="Kysy rekistereistä uudelleen", sv="Fråga registren på nytt", en="Ask the registers again"),
        refresh_organisations,
        "hour",
    ),
    ERASE_LOG,
    Job(
        "forget-tries",
        text(fi="Unohda yritykset", sv="Glöm försöken", en="Forget the tries"),
        forget_tries,
        "hour",
    ),
    Job(
        "organisations.destroy-old",
        text(
            fi="Hävitä organisaatioiden vanhat tiedot",
            sv="Förstör organisationers gamla uppgifter",
            en="Destroy old details of organisations",
        ),
        destroy_of_organisations,
    ),
)
