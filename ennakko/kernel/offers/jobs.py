# SPDX-License-Identifier: EUPL-1.2
"""What offers need done every day: looked at again, reminded of, ended, destroyed; and marked sent once they left."""

from datetime import date, datetime

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.offers.ending import destroy_unanswered, expire
from ennakko.kernel.offers.models import Run
from ennakko.kernel.offers.rechecking import withdraw_changed
from ennakko.kernel.offers.releasing import note_sent, remind
from ennakko.kernel.offers.states import OPEN
from ennakko.values.texts import text

MACHINE = SYSTEM("offers")


def look_again(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Take back offers whose facts have changed, before anybody is reminded of them."""
    runs = list(Run.objects.filter(complete_at__isnull=False, offers__state__in=OPEN).distinct().order_by("id"))
    withdrawn = 0
    for done, run in enumerate(runs, 1):
        withdrawn += withdraw_changed(run, actor=MACHINE, at=at, on=on)
        progress(done, len(runs))
    return JobReport({"runs": len(runs), "withdrawn": withdrawn})


def end_unanswered(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """End what nobody answered in time: by the service's default, or without one."""
    return JobReport({"ended": expire(on, at=at, actor=MACHINE)})


def remind_of_open(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Plan the reminders that are due."""
    return JobReport({"planned": remind(on, at=at, actor=MACHINE)})


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy offers that ended unanswered longer ago than they are kept."""
    return JobReport({"destroyed": destroy_unanswered(on, at=at, actor=MACHINE)})


def mark_sent(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Mark the offers whose message has left."""
    return JobReport({"sent": note_sent(at)})


JOBS = (
    Job(
        "offers.look-again",
        text(fi="Tarkista avoimet tarjoukset", sv="Kontrollera öppna erbjudanden", en="Look at open offers again"),
        look_again,
    ),
    Job(
        "offers.end-unanswered",
        text(fi="Päätä vastaamattomat tarjoukset", sv="Avsluta obesvarade erbjudanden", en="End unanswered offers"),
        end_unanswered,
    ),
    Job(
        "offers.remind",
        text(fi="Muistuta tarjouksista", sv="Påminn om erbjudanden", en="Remind of offers"),
        remind_of_open,
    ),
    Job(
        "offers.destroy-old",
        text(fi="Hävitä vanhat tarjoukset", sv="Förstör gamla erbjudanden", en="Destroy old offers"),
        destroy_old,
    ),
    Job(
        "offers.mark-sent",
        text(fi="Merkitse lähteneet tarjoukset", sv="Markera skickade erbjudanden", en="Mark offers that have left"),
        mark_sent,
        every="minute",
    ),
)
