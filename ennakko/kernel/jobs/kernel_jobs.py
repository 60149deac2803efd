# SPDX-License-Identifier: EUPL-1.2
"""The kernel's own jobs: messages are delivered and reads sealed."""

from dataclasses import asdict
from datetime import date, datetime

from ennakko.kernel import audit, clock
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.messages.delivery import deliver_due
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


KERNEL_JOBS = (
    Job("deliver-messages", text(fi="Lähetä viestit", sv="Skicka meddelanden", en="Send messages"), deliver, "minute"),
    Job(
        "seal-reads",
        text(fi="Sinetöi katselutiedot", sv="Försegla läsloggen", en="Seal the log of reads"),
        seal_reads,
        "minute",
    ),
)
