# SPDX-License-Identifier: EUPL-1.2
"""Vouchers looked up: a person's own, those given this year, one by its number."""

from datetime import date

import polars as pl

from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.states import LIVE


def given(on: date) -> pl.DataFrame:
    """Own fact `voucher_given` of everybody: columns person, voucher_given (true for the year's holders)."""
    held = Voucher.objects.filter(year=on.year, state__in=LIVE, person__isnull=False)
    persons = list(held.order_by("person").values_list("person", flat=True))
    return pl.DataFrame(
        {
            "person": pl.Series(persons, dtype=pl.Int64),
            "voucher_given": pl.Series([True] * len(persons), dtype=pl.Boolean),
        }
    )


def given_to(person: int, on: date) -> bool:
    """Own fact `voucher_given` for one person."""
    return Voucher.objects.filter(year=on.year, state__in=LIVE, person=person).exists()


def of_person(person: int) -> list[Voucher]:
    """A person's vouchers, newest first."""
    return list(Voucher.objects.filter(person=person).order_by("-year", "-sequence"))


def of_offer(offer: int) -> Voucher | None:
    """The voucher that an offer gives, the newest of them when it was reissued."""
    return Voucher.objects.filter(offer=offer).order_by("-sequence").first()


def shown(voucher: Voucher) -> str:
    """The number as people see it: `31n-022`."""
    return number.encode(voucher.number)


def by_number(typed: object) -> Voucher | None:
    """The voucher of a number as somebody typed it; None for a number that is none. Raises TypeError for no text."""
    read = number.decode(typed)
    return None if read is None else Voucher.objects.filter(number=read).first()


def holder(voucher: Voucher) -> str:
    """Whose voucher it is, by name: the register's, or the application's for whom the registers do not know."""
    if voucher.person is not None:
        return f"{voucher.person.given_names} {voucher.person.surname}"
    case = voucher.case
    row = getattr(case, "summer_voucher_application", None)
    return f"{row.first_name} {row.last_name}".strip() if row is not None else "–"
