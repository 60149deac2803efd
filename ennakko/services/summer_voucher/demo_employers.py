# SPDX-License-Identifier: EUPL-1.2
"""The demo's employers of a season: who they are, whose vouchers each claims, on which day, and what is odd about it.

Everything is drawn from the year and the keys of the vouchers: the same city has the same season at every start.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final

import polars as pl

from ennakko.kernel.access import Actor
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.organisations.models import BankAccount
from ennakko.kernel.registers import snapshots
from ennakko.services.summer_voucher.models import Claim

TRADES: Final = {
    "56": 10, "47": 9, "93": 7, "81": 5, "88": 5, "94": 4, "85": 3, "90": 3, "96": 3, "55": 2, "62": 2, "41": 2,
    "43": 2, "46": 2, "73": 2, "49": 1, "10": 1, "95": 1,
}  # fmt: skip
"""How readily an industry (two digits) hires the young for the summer; any other a quarter."""
OTHERS: Final = 0.25
JOBS: Final = {
    "56": "restaurant_and_cafe", "55": "restaurant_and_cafe", "47": "retail", "46": "retail",
    "93": "sports_and_leisure", "90": "sports_and_leisure", "81": "gardening_and_agriculture",
    "41": "maintenance_and_construction", "43": "maintenance_and_construction", "62": "office_and_media",
    "73": "office_and_media", "85": "service", "88": "service", "94": "service", "96": "service",
}  # fmt: skip
KEY: Final = "demo-{}-"
"""How the keys of a season's claims begin."""
BUSY: Final = (0, 3)
"""Weekdays on which something happens: Monday and Thursday."""
SIZES: Final = (1, 1, 2, 2, 3, 4, 6)
"""How many of the young an employer takes."""
KNOWN_SIZE: Final = 2
"""How many each of the personas' organisations takes, whose accounts the city knows already."""
FIRST_NAMES: Final = ("Anna", "Mikko", "Sari", "Timo", "Kaisa", "Johan", "Maria", "Ville", "Leena", "Omar", "Eva")
LAST_NAMES: Final = ("Aalto", "Berg", "Heino", "Järvinen", "Koivu", "Lund", "Mäki", "Noor", "Salo", "Toivonen")
LATE, SHORT_HOURS, TAKES_BACK, PLAIN = "late", "short_hours", "takes_back", "plain"
ODD: Final = ((0.02, LATE), (0.05, SHORT_HOURS), (0.065, TAKES_BACK))
"""Shares of claims that come too late, tell of too few hours, or are taken back."""


def unit(*parts: object) -> float:
    """A number from 0 to below 1 that follows from the parts alone."""
    said = "\x1f".join(str(part) for part in parts).encode()
    return int.from_bytes(blake2b(said, digest_size=6).digest()) / 2**48


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation of the register with somebody who acts for it; `iban` is what she tells the first time.

    `known`: the city knows its account from before the season, for it is one of the personas'.
    """

    business_id: str
    industry: str
    language: str
    contact: str
    iban: str
    known: bool

    @property
    def actor(self) -> Actor:
        """Whoever acts for it, with the mandates for its matters."""
        return Actor(
            "organisation", f"demo-{self.business_id}", name=self.contact, strong=True, organisation=self.business_id,
            mandates=frozenset({SIGNATORY, GRANTS, EMPLOYMENT}),
        )  # fmt: skip

    @property
    def contact_fields(self) -> dict[str, str]:
        """The contact person as written in a claim."""
        first, _, last = self.contact.partition(" ")
        number = int(unit(self.business_id, "phone") * 10**7)
        return {
            "contact_name": self.contact,
            "contact_email": f"{first}.{last}@{self.business_id}.yritys.example".lower().replace("ä", "a"),
            "contact_phone": f"+358 40 {number // 10_000:03d} {number % 10_000:04d}",
        }

    @property
    def job(self) -> str:
        """The kind of work."""
        return JOBS.get(self.industry[:2], "other")


@dataclass(frozen=True, slots=True)
class Plan:
    """One claim to come of a year's vouchers: whose, of which (keys), on which day, and what is odd about it."""

    year: int
    number: int
    employer: Employer
    vouchers: tuple[int, ...]
    day: date
    way: str


def employers(most: int, year: int) -> list[Employer]:
    """So many employers at most: first those whose accounts the city knows, then others as their trades hire."""
    found = pl.read_parquet(
        snapshots.current().file("companies"), columns=["business_id", "industry", "language", "employees", "founded"]
    ).filter((pl.col("employees") >= 1) & (pl.col("founded") < date(year, 1, 1)))
    rows = {row["business_id"]: row for row in found.iter_rows(named=True)}
    known = [one for one in sorted(_known(year)) if one in rows]
    weighed = sorted(
        (one for one in rows if one not in known),
        key=lambda one: unit(year, one) ** (1 / TRADES.get(rows[one]["industry"][:2], OTHERS)),
        reverse=True,
    )
    chosen = [*known, *weighed][:most]
    return [_employer(one, rows[one]["industry"], rows[one]["language"], one in known) for one in chosen]


def _known(year: int) -> set[str]:
    """Organisations whose account stood before anybody claimed: its first was not made by a claim of the season."""
    claimed = set(Claim.objects.filter(key__startswith=KEY.format(year)).values_list("organisation", flat=True))
    held = BankAccount.objects.values_list("organisation__business_id", "iban")
    return {one for one, iban in held if one not in claimed or iban not in (iban_of(one), iban_of(one, nth=1))}


def _employer(business_id: str, industry: str, language: str, known: bool) -> Employer:
    first = FIRST_NAMES[int(unit(business_id, "first") * len(FIRST_NAMES))]
    last = LAST_NAMES[int(unit(business_id, "last") * len(LAST_NAMES))]
    return Employer(business_id, industry, language or "fi", f"{first} {last}", iban_of(business_id), known)


def iban_of(business_id: str, *, nth: int = 0) -> str:
    """An account number of the right form that is the organisation's alone; `nth` gives another."""
    plain = "5" + f"{nth % 10}" + "".join(filter(str.isdigit, business_id)).rjust(12, "0")
    check = 98 - int(f"{plain}{int('F', 36)}{int('I', 36)}00") % 97
    return f"FI{check:02d}{plain}"


def plans(vouchers: Iterable[int], *, year: int, first: date, deadline: date) -> list[Plan]:
    """Whose vouchers are claimed by whom on which day, the claims in the order of their numbers.

    `first`: the first day on which anybody claims; `deadline`: the last day that is in time.
    """
    waiting = sorted(vouchers, key=lambda one: unit(year, one, "order"))
    firms = employers(max(len(waiting), 1), year)
    return [
        _plan(number, employer, some, year, first, deadline)
        for number, (employer, some) in enumerate(_dealt(waiting, firms), 1)
    ]


def _dealt(waiting: Sequence[int], firms: Sequence[Employer]) -> Iterator[tuple[Employer, tuple[int, ...]]]:
    """Claims: an employer's youths in one, or each in a claim of their own."""
    left = list(waiting)
    for employer in firms:
        drawn = SIZES[int(unit(employer.business_id, "size") * len(SIZES))]
        size = KNOWN_SIZE if employer.known else drawn
        some, left = tuple(left[:size]), left[size:]
        if not some:
            return
        if unit(employer.business_id, "together") < 0.6:
            yield employer, some
        else:
            yield from ((employer, (one,)) for one in some)


def _plan(number: int, employer: Employer, vouchers: tuple[int, ...], year: int, first: date, deadline: date) -> Plan:
    drawn = unit(year, number, "way")
    way = next((name for most, name in ODD if drawn < most), PLAIN)
    if way == LATE:
        day = deadline + timedelta(days=2 + int(unit(year, number, "late") * 8))
    else:
        # Most claim as soon as the season is over, some only when the deadline is near.
        day = first + timedelta(days=int((deadline - first).days * unit(year, number, "day") ** 1.7))
    return Plan(year, number, employer, vouchers, busy_day(day), way)


def busy_day(day: date) -> date:
    """The first Monday or Thursday from a day on: things happen on two days a week, so that a season is soon lived."""
    return day + timedelta(days=next(days for days in range(7) if (day + timedelta(days=days)).weekday() in BUSY))
