# SPDX-License-Identifier: EUPL-1.2
"""What the service does by itself: looks ahead each day, checks applications, keeps deadlines, destroys what is old."""

from datetime import date, datetime

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.offers.models import Run
from ennakko.services.summer_voucher import offer
from ennakko.services.summer_voucher.actions import checking, retention
from ennakko.values.texts import text

MACHINE = SYSTEM("summer-voucher")


def look_ahead(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Offers to whom changes in the registers entitle; sent once an official has released the year's first run.

    Nobody is looked at before the year's first run has been made: that is the officials' moment.
    """
    round = str(on.year)
    if not Run.objects.filter(service=offer.SERVICE, round=round, released_at__isnull=False).exists():
        return JobReport({"offers_made": 0})

    def told(done: int, of: int) -> None:
        progress(done, of)

    report = offer.anticipate(on=on, at=at, actor=MACHINE, progress=told)
    released = 0
    for run in Run.objects.filter(service=offer.SERVICE, round=round, complete_at__isnull=False, released_at=None):
        released += offer.release(run, actor=MACHINE, at=at, on=on).released
    return JobReport({"offers_made": report.offers_made, "released": released, "objecting": report.objecting})


def check_new(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Check the applications that have been confirmed since; those whom the registers could not answer wait."""
    return JobReport(checking.check_new(at=at, on=on, actor=MACHINE))


def check_again(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Look at the registers again for open applications, and let what nobody answered go to a handler."""
    return JobReport(checking.check_again(at=at, on=on, actor=MACHINE))


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy what the retention table no longer lets stand."""
    return JobReport(retention.destroy_old(on=on, at=at, wall=clock.wall(), actor=MACHINE))


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
)  # fmt: skip
