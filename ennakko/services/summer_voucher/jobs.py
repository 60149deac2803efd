# SPDX-License-Identifier: EUPL-1.2
"""What the service does by itself: looks ahead each day, checks applications, keeps deadlines, destroys what is old."""

from datetime import date, datetime, timedelta

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.offers.models import Run
from ennakko.services.summer_voucher import conditions, offer, same_again
from ennakko.services.summer_voucher.actions import (
    checking,
    claim_checking,
    claim_reminders,
    claim_retention,
    nudges,
    retention,
)
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import Experiment
from ennakko.values.texts import text

MACHINE = SYSTEM("summer-voucher")
LATE_BY = timedelta(days=3)
"""A day of nudging that nobody ticked is made up for within this; later it is let be."""


def look_ahead(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Offers to whom changes in the registers entitle; sent once an official has released the year's first run.

    Nobody is looked at before the year's first run has been made: that is the officials' moment.
    """
    round = str(on.year)
    if not Run.objects.filter(
        service=offer.SERVICE, audience="people", round=round, released_at__isnull=False
    ).exists():
        return JobReport({"offers_made": 0})

    def told(done: int, of: int) -> None:
        progress(done, of)

    report = offer.anticipate(on=on, at=at, actor=MACHINE, progress=told)
    released = 0
    waiting = Run.objects.filter(service=offer.SERVICE, audience="people", round=round, complete_at__isnull=False)
    for run in waiting.filter(released_at=None):
        released += offer.release(run, actor=MACHINE, at=at, on=on).released
    return JobReport({"offers_made": report.offers_made, "released": released, "objecting": report.objecting})


def check_new(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Check the applications that have been confirmed since; those whom the registers could not answer wait."""
    return JobReport(checking.check_new(at=at, on=on, actor=MACHINE))


def check_again(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Look at the registers again for open applications, and let what nobody answered go to a handler."""
    return JobReport(checking.check_again(at=at, on=on, actor=MACHINE))


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy what the retention table no longer lets stand: claims first, then vouchers, then youths."""
    claims = claim_retention.destroy_old(on=on, at=at, wall=clock.wall(), actor=MACHINE)
    return JobReport({**claims, **retention.destroy_old(on=on, at=at, wall=clock.wall(), actor=MACHINE)})


def check_claims(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Check again the claims that wait for a register that was silent, and let unanswered questions lapse."""
    return JobReport(claim_checking.check_again(at=at, on=on, actor=MACHINE))


def nudge(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Register the experiment of a day of nudging when it comes, tell those whose turn it is, write results down."""
    registered = 0
    for day in nudges.days_of(on.year):
        if day <= on <= day + LATE_BY and not Experiment.objects.filter(pk=nudges.id_of(day)).exists():
            registered += nudges.register(day, actor=MACHINE, at=at, on=on) is not None
    told = nudges.nudge_due(actor=MACHINE, at=at, on=on)
    return JobReport({"registered": registered, **told, "settled": nudges.settle(actor=MACHINE, at=at, on=on)})


def propose_again(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Once a year, from the day of the profile: proposals to last year's employers, for an official to release."""
    day = conditions.decided("same_again_day", conditions.last_of_year(on.year))
    made = Run.objects.filter(service=SERVICE, audience="organisations", round=str(on.year), complete_at__isnull=False)
    season = conditions.decided("work_start", conditions.last_of_year(on.year))
    if day is None or season is None or not day <= on < season or made.exists():
        return JobReport({"offers_made": 0})
    return JobReport({"offers_made": same_again.propose(on=on, at=at, actor=MACHINE).offers_made})


def remind_of_claims(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Tell employers with an unsent claim that the deadline is near."""
    return JobReport({"told": claim_reminders.remind(at=at, on=on)})


JOBS = (
    Job(
        "summer-voucher.look-ahead",
        text(fi="Tee setelit uusille oikeutetuille", sv="Gör sedlar åt nya berättigade",
             en="Make vouchers for the newly entitled"),
        look_ahead,
    ),
    Job(
        "summer-voucher.check-new",
        text(fi="Tarkista uudet hakemukset", sv="Kontrollera nya ansökningar", en="Check new applications"),
        check_new,
        every="minute",
    ),
    Job(
        "summer-voucher.check-again",
        text(fi="Tarkista avoimet hakemukset uudelleen", sv="Kontrollera öppna ansökningar på nytt",
             en="Check open applications again"),
        check_again,
    ),
    Job(
        "summer-voucher.destroy-old",
        text(fi="Hävitä vanhat hakemukset ja setelit", sv="Förstör gamla ansökningar och sedlar",
             en="Destroy old applications and vouchers"),
        destroy_old,
    ),
    Job(
        "summer-voucher.check-claims",
        text(fi="Tarkista työnantajien hakemukset uudelleen", sv="Kontrollera arbetsgivarnas ansökningar på nytt",
             en="Check employers' claims again"),
        check_claims,
        every="hour",
    ),
    Job(
        "summer-voucher.nudge",
        text(fi="Muistuta käyttämättömistä seteleistä", sv="Påminn om oanvända sedlar", en="Nudge unused vouchers"),
        nudge,
    ),
    Job(
        "summer-voucher.same-again",
        text(fi="Ehdota samaa viime vuoden työnantajille", sv="Föreslå detsamma för fjolårets arbetsgivare",
             en="Propose the same to last year's employers"),
        propose_again,
    ),
    Job(
        "summer-voucher.remind-of-claims",
        text(fi="Muistuta lähettämättömistä hakemuksista", sv="Påminn om ansökningar som inte skickats",
             en="Remind of claims not sent"),
        remind_of_claims,
    ),
)  # fmt: skip
