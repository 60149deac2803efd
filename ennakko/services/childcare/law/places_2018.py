# SPDX-License-Identifier: EUPL-1.2
"""How full a unit is (Decree 753/2018, 1 §), and when a place must be there (Act 540/2018, 17 §)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from ennakko.values.dates import add_months, add_years

FOUR = Decimal("0.0001")
HUNDREDTH = Decimal("0.01")


def occupancy_percent(coefficients: Decimal, educators: Decimal | None, children_each: int) -> Decimal | None:
    """The children's coefficients of the educators' seats, per cent with one decimal; None without educators."""
    if educators is None or educators <= 0:
        return None
    share = (coefficients / (educators * children_each)).quantize(FOUR, ROUND_HALF_EVEN)
    return (share * 100).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def educators_of(minutes: int, coefficient: Decimal, children_each: int, day_minutes: int) -> Decimal:
    """How many educators one's presence comes to: a day is 7 h 39 min, the coefficient is of the children cared for."""
    share = Fraction(minutes, day_minutes) * Fraction(coefficient) / children_each
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(FOUR, ROUND_HALF_EVEN)


def due_date(
    kind: str,
    sent: date,
    *,
    preferred: date | None,
    urgent: bool,
    transfer: bool,
    attachments: Sequence[date],
    after_start: bool,
    months: int,
    days: int,
) -> date | None:
    """When the place is due at the latest; None for a transfer, and for an urgent one without its proof.

    Pre-school is due the day it is sent. Urgent: two weeks from the sending or the first proof, whichever is later.
    `after_start`: never before the day that was asked for.
    """
    if transfer:
        return None
    if kind == "PRESCHOOL":
        return sent
    if urgent:
        return max(sent, min(attachments)) + timedelta(days=days) if attachments else None
    due = add_months(sent, months)
    return max(due, preferred) if after_start and preferred is not None else due


def child_coefficient(
    *,
    under_three: bool,
    part_day: bool,
    own: Decimal | None,
    in_family: bool,
    away: bool,
    assistance: Decimal,
    each: tuple[int, int, int],
) -> Decimal:
    """How many seats a child takes (act 12 §). `each`: children of 3 and over, under 3, part-day for one educator.

    `own` is what the service chosen says of children of three and over; under three, and always in family day care, a
    child takes 7/4; a child who is away takes none.
    """
    over, under, part = each
    if away:
        return Decimal(0)
    young = (Decimal(over) / under).quantize(HUNDREDTH, ROUND_HALF_UP)
    if under_three or in_family:
        share = young
    elif own is not None:
        share = own
    else:
        share = (Decimal(over) / part).quantize(HUNDREDTH, ROUND_HALF_UP) if part_day else Decimal(1)
    return share * assistance


def over_three_from(born: date) -> date:
    """From when a voucher is that of a child of three: the first of a month on or after the third birthday."""
    third = add_years(born, 3)
    return third if third.day == 1 else add_months(third.replace(day=1), 1)


def care_end(born: date, start: date) -> date:
    """The last day of a place in day care: 31 July of the year of turning six; past that, the coming 31 July."""
    six = date(born.year + 6, 7, 31)
    if start <= six:
        return six
    return date(start.year + (start > date(start.year, 7, 31)), 7, 31)


def relative_proximity(wished: int, alternatives: Sequence[int]) -> int:
    """How many metres longer the way would be to the nearest of the other places; below zero: one is nearer."""
    return min(alternatives) - wished
