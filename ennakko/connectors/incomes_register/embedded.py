# SPDX-License-Identifier: EUPL-1.2
"""The incomes register with no outside world: the wages of the demo, always the same for a person, employer and period.

Days, hours and pay follow from the three; whoever claims in the demo asks here first and tells the same, so that most
claims are confirmed. Within a season the job takes some weeks of it. One in twenty-five was never reported, and one in
twenty-five was reported at half of the usual pay.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from ennakko.kernel import clock
from ennakko.kernel.organisations.ports import WagePayment
from ennakko.values.periods import Period

NEVER_REPORTED, REPORTED_LOW, OUT_OF = 7, 11, 25
PAY_DAY = 15
LEAST_HOURS, MOST_A_WEEK = 60, 37
ONE_JOB = 45
"""Days; in a longer period the job takes only a part."""
WEEKS = (2, 3, 4, 4, 5)


@dataclass(frozen=True, slots=True)
class EmbeddedWages:
    """Tells payments whose day has come."""

    today: Callable[[], date] = clock.today

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        """The wages of a job in a period, paid on the 15th of the month after each of its months."""
        seed = int.from_bytes(sha256(f"{identity_code} {business_id} {period.start}".encode()).digest()[:6])
        if seed % OUT_OF == NEVER_REPORTED:
            return ()
        months = list(_months(_job(seed, period)))
        days = sum(one.days for one in months)
        hours = _hours(seed, days)
        hourly = 1_000 + seed // 100 % 6 * 50
        if seed % OUT_OF == REPORTED_LOW:
            hourly //= 2
        told, found = 0, []
        for number, month in enumerate(months, 1):
            share = hours * sum(one.days for one in months[:number]) // days - told
            told += share
            found.append(WagePayment(_pay_day(month), share * hourly, Decimal(share), month))
        today = self.today()
        return tuple(one for one in found if one.paid_on <= today)


def _job(seed: int, period: Period) -> Period:
    """The days of work: a short period whole, of a longer one some weeks from Monday to Friday."""
    if period.end is not None and period.days <= ONE_JOB:
        return period
    end = period.end or period.start.replace(month=12, day=31)
    monday = period.start + timedelta(days=-period.start.weekday() % 7)
    weeks = WEEKS[seed // 7 % len(WEEKS)]
    room = max((end - monday).days // 7 - weeks, 0)
    start = monday + timedelta(weeks=seed // 37 % (room + 1))
    return Period(start, min(start + timedelta(days=7 * weeks - 3), end))


def _hours(seed: int, days: int) -> int:
    """Whole hours: at least those that a short job has, else between half and full time by the week."""
    weeks = max(days / 7, 1.0)
    return max(LEAST_HOURS, int(weeks * (20 + seed % (MOST_A_WEEK - 20))))


def _months(period: Period) -> Iterator[Period]:
    start, end = period.start, period.end or period.start
    while start <= end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Period(start, min(end, following - timedelta(days=1)))
        start = following


def _pay_day(month: Period) -> date:
    return (month.start.replace(day=1) + timedelta(days=32)).replace(day=PAY_DAY)
