# SPDX-License-Identifier: EUPL-1.2
"""Payments in `tick`: batches made, sent, confirmed, and destroyed when their time is over."""

import logging
from dataclasses import asdict
from datetime import date, datetime

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.payments import batching, confirming, retention, sending
from ennakko.kernel.payments.formats import paying_services
from ennakko.kernel.payments.models import Batch
from ennakko.kernel.payments.states import BatchState
from ennakko.values.texts import text

log = logging.getLogger(__name__)


def make(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Finish batches that lack their file, then make one of whatever is due, for each service.

    A service whose file cannot be written does not hold up the others; the job fails after them, and is tried again.
    """
    made = lines = 0
    failures: list[Exception] = []
    for unwritten in Batch.objects.filter(state=BatchState.MADE).order_by("pk"):
        try:
            batching.write_file(unwritten, at=at)
        except Exception as error:
            log.exception("The file of the batch %s cannot be written", unwritten.reference)
            failures.append(error)
    for service in paying_services():
        try:
            while (batch := batching.make_batch(service, on=on, at=at, actor=SYSTEM("payments.make"))) is not None:
                made, lines = made + 1, lines + batch.lines_count
                progress(lines)
        except Exception as error:
            log.exception("The batch of the service %s cannot be made", service)
            failures.append(error)
    if failures:
        raise failures[0]
    return JobReport({"batches": made, "lines": lines})


def send(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Send what is released; it waits between tries by the wall's time."""
    batches = sending.send_due(actor=SYSTEM("payments.send"), at=at, wall=clock.wall())
    sent = sum(batch.sent_at is not None for batch in batches)
    return JobReport({"sent": sent, "not_taken": len(batches) - sent})


def confirm(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Fetch, store, acknowledge and apply what the other side has confirmed."""
    return JobReport(asdict(confirming.fetch(at=at, progress=progress)))


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Take the payees out of payments whose time is over."""
    return JobReport({"emptied": retention.destroy_old(on, at=at, actor=SYSTEM("payments"))})


def seal_again(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Seal lines and files again once there is a new key."""
    return JobReport({"resealed": retention.rotate_keys(by=SYSTEM("payments"), at=at, progress=progress)})


JOBS = (
    Job("payments.make", text(fi="Kokoa maksatuserät", sv="Sammanställ omgångarna", en="Make payment batches"), make),
    Job(
        "payments.send",
        text(fi="Lähetä maksatuserät", sv="Skicka omgångarna", en="Send payment batches"),
        send,
        "minute",
    ),
    Job(
        "payments.confirm",
        text(fi="Hae maksupalautteet", sv="Hämta betalningsbeskeden", en="Fetch payment confirmations"),
        confirm,
        "minute",
    ),
    Job(
        "payments.destroy-old",
        text(fi="Hävitä vanhat maksutiedot", sv="Förstör gamla betalningsuppgifter", en="Destroy old payment data"),
        destroy_old,
    ),
    Job(
        "payments.reseal",
        text(
            fi="Sinetöi maksutiedot uudella avaimella",
            sv="Försegla betalningsuppgifterna med ny nyckel",
            en="Seal the payment data with the new key",
        ),
        seal_again,
    ),
)
