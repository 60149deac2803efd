# SPDX-License-Identifier: EUPL-1.2
"""Whom the demo's year is about: employers and residents of the registers, and what each application came to.

Everything is drawn from the keys: the same city has the same year at every start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Final

import polars as pl

from ennakko.kernel.access import Actor
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.registers import contacts, snapshots
from ennakko.values.dates import add_months

MOST, FEWEST, RESIDENTS_FOR_ONE = 150, 45, 2_000
"""Applications of the year: so many in a city, a third of it in a village."""
DAYS: Final = 360
MOST_LETTERS: Final = 24
LONG: Final = 100
"""Days out of work of those who are hired or order a letter."""
FIRST_DRAWN: Final = 5000
"""Person keys below this are personas: their letters and applications are theirs to make."""
TRADES: Final = {"56": 8, "47": 7, "81": 6, "88": 5, "43": 4, "49": 3, "62": 3, "94": 3, "10": 2, "96": 2, "46": 2}
"""How readily an industry (two digits) hires with the benefit; any other a quarter."""
JOBS: Final = {
    "56": "Keittiötyöntekijä", "47": "Myyjä", "81": "Siivooja", "88": "Hoiva-avustaja", "43": "Rakennustyöntekijä",
    "49": "Kuljettaja", "62": "Tukihenkilö", "94": "Järjestösihteeri", "10": "Leipuri", "96": "Pesulatyöntekijä",
    "46": "Varastotyöntekijä",
}  # fmt: skip
REFORM: Final = date(2026, 1, 1)
"""Before this day the benefit was paid beside a pay subsidy (conditions 4 and 5 §)."""
LATE_WAYS: Final = ("received", "taken", "asked", "proposed", "proposed_refusal")
"""Of the last weeks, in turn: what has become of the applications so far."""
CHANGES: Final = ("recovered", "proposed", "opened", "cancelled", "told", "recovered")
"""What has become, in turn, of the notices that the work ended early."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of the year's applications are late, refused, cancelled and ended early; every other is granted."""

    applications: int

    @property
    def late(self) -> int:
        return max(self.applications // 5, len(LATE_WAYS))

    @property
    def refused(self) -> int:
        return self.applications // 12

    @property
    def cancelled(self) -> int:
        return self.applications // 18

    @property
    def ended(self) -> range:
        """Those of the granted ones whose work ended early."""
        first = self.late + self.refused + self.cancelled
        return range(first, first + max(self.applications // 12, len(CHANGES)))

    def way(self, number: int) -> str:
        """What becomes of an application, by its number."""
        if number < self.late:
            return LATE_WAYS[number % len(LATE_WAYS)]
        rest = number - self.late
        return "refused" if rest < self.refused else "cancelled" if rest < self.refused + self.cancelled else "granted"


def shares_of(residents: int) -> Shares:
    """The year's applications in a city of so many residents."""
    return Shares(min(MOST, FEWEST + residents // RESIDENTS_FOR_ONE))


def unit(*parts: object) -> float:
    """A number from 0 to below 1 that follows from the parts alone."""
    said = "\x1f".join(str(part) for part in parts).encode()
    return int.from_bytes(blake2b(said, digest_size=6).digest()) / 2**48


def acting_for(business_id: str, name: str) -> Actor:
    """Whoever acts for an employer, with the mandates for its matters."""
    return Actor(
        "organisation", f"demo-{business_id}", name=name, strong=True, organisation=business_id,
        mandates=frozenset({SIGNATORY, GRANTS, EMPLOYMENT}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """One application to come: whose, of whom, on which day, and what becomes of it.

    `ends`: the work ends early, and `change` is what becomes of the notice of it.
    """

    key: str
    employer: Actor
    industry: str
    association: bool
    first_name: str
    surname: str
    identity_code: str
    sent: date
    start: date
    end: date
    way: str
    ends: date | None = None
    change: str = ""

    @property
    def subsidised(self) -> bool:
        """Whether a pay subsidy is had for the work, as the older conditions asked."""
        return self.start < REFORM

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that are attached."""
        return ("employment_contract", "pay_subsidy_decision") if self.subsidised else ("employment_contract",)

    @property
    def days_to_take(self) -> int:
        """Working days and waiting, from the sending."""
        return 2 + int(unit(self.key, "take") * 8)

    @property
    def days_to_propose(self) -> int:
        return 1 + int(unit(self.key, "propose") * 6)

    @property
    def days_to_decide(self) -> int:
        return 1 + int(unit(self.key, "decide") * 4)

    def _association(self) -> dict[str, str]:
        """What only an association is asked."""
        return {"business_activity": "yes", "manager_available": "yes"} if self.association else {}

    def raw(self) -> dict[str, Any]:
        """The application as the employer writes it."""
        first, _, last = self.employer.name.partition(" ")
        pay = 1900 + 50 * int(unit(self.key, "pay") * 28)
        return {
            "iban": iban_of(self.employer.organisation or ""), "contact_first_name": first,
            "contact_last_name": last, "contact_phone": f"040 {int(unit(self.key, 'phone') * 10**7):07d}",
            "contact_email": f"palkat@{self.employer.organisation}.yritys.example", "language": "fi",
            "de_minimis_aid": "no", "negotiations": "no", **self._association(),
            "employees": [
                {
                    "first_name": self.first_name, "last_name": self.surname,
                    "identity_code": self.identity_code, "lives_here": "yes",
                    "job_title": JOBS.get(self.industry[:2], "Avustaja"), "start": _written(self.start),
                    "end": _written(self.end), "weekly_hours": "37,5", "monthly_pay": str(pay),
                    "other_expenses": str(round(pay * 0.2)), "apprenticeship": "no",
                    "pay_subsidy": "granted" if self.subsidised else "not_granted",
                    **({"pay_subsidy_percent": "50"} if self.subsidised else {}), "consent_by": "online",
                }
            ],
        }  # fmt: skip


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def iban_of(business_id: str) -> str:
    """An account that belongs to nobody, of an employer."""
    body = f"7{int(unit(business_id, 'iban') * 10**13):013d}"
    check = 98 - int(f"{body}151800") % 97
    return f"FI{check:02d}{body}"


Employer = tuple[str, str, str, bool]
"""Business id, the contact person's name, industry, whether it is an association."""


def plans(on: date) -> list[Plan]:
    """The year's applications, the earliest first; one of the last weeks is about somebody under non-disclosure."""
    shares, employers = shares_of(snapshots.current().residents), _employers()
    persons = seekers(on)[MOST_LETTERS : MOST_LETTERS + shares.applications]
    protected = seekers(on, protected=True)[:1]
    if not employers or not persons:
        return []
    known = {row["person"]: row for row in contacts([*persons, *protected]).to_dicts()}
    found = [_plan(number, known[person], employers, shares, on) for number, person in enumerate(persons)]
    found += [replace(_plan(0, known[one], employers, shares, on), key="demo-protected") for one in protected]
    return sorted(found, key=lambda one: (one.sent, one.key))


def _plan(number: int, contact: dict[str, Any], employers: Sequence[Employer], shares: Shares, on: date) -> Plan:
    key, way, ends, change = f"demo-{number}", shares.way(number), None, ""
    if number < shares.late or way == "cancelled":  # what is cancelled is soon forgotten
        sent = on - timedelta(days=10 + number % 28)
    elif number in shares.ended:
        sent = on - timedelta(days=150 + 7 * (number % 20))
    else:
        sent = on - timedelta(days=45 + int((1 - unit(key, "day") ** 0.8) * (DAYS - 45)))
    business_id, name, industry, association = employers[int(unit(key, "employer") ** 1.5 * len(employers))]
    start = sent + timedelta(days=int(unit(key, "start") * 40) - 25)
    months = (6, 6, 8, 10, 11)[int(unit(key, "months") * 5)]
    if number in shares.ended:
        place = number - shares.ended.start
        months, change = 11, CHANGES[place % len(CHANGES)]
        ends = on - timedelta(days=12 + 3 * place) if change != "recovered" else start + timedelta(days=60 + place)
    return Plan(
        key, acting_for(business_id, name), industry, association, contact["given_names"].split()[0],
        contact["surname"], contact["identity_code"], sent, start, add_months(start, months) - timedelta(days=1), way,
        ends, change,
    )  # fmt: skip


def _employers() -> list[Employer]:
    """Companies and associations as they readily hire: business id, contact's name, industry, is it an association."""
    found = pl.read_parquet(snapshots.current().file("companies")).filter(
        (pl.col("employees") >= 1) & (pl.col("founded") < date(2024, 1, 1)) & pl.col("form").is_in(["oy", "ry"])
    )
    rows: list[tuple[str, str, str]] = found.select("business_id", "industry", "form").rows()
    weighed = sorted(rows, key=lambda row: unit("benefit", row[0]) ** (1 / TRADES.get(row[1][:2], 0.25)), reverse=True)
    return [(business_id, _name(business_id), industry, form == "ry") for business_id, industry, form in weighed[:60]]


FIRST: Final = ("Anna", "Mikko", "Sari", "Timo", "Kaisa", "Johan", "Maria", "Ville", "Leena", "Omar")
LAST: Final = ("Aalto", "Berg", "Heino", "Koivu", "Lund", "Noor", "Salo", "Toivonen", "Virta", "Ylinen")


def _name(business_id: str) -> str:
    return f"{FIRST[int(unit(business_id, 'f') * 10)]} {LAST[int(unit(business_id, 'l') * 10)]}"


def seekers(on: date, *, protected: bool = False) -> Sequence[int]:
    """Residents who have been out of work for months, drawn; those under non-disclosure, or all others."""
    snapshot = snapshots.current()
    people = pl.read_parquet(
        snapshot.file("residents"), columns=["person", "non_disclosure", "alive", "moved_out", "birth_date"]
    ).filter(
        (pl.col("person") >= FIRST_DRAWN) & (pl.col("non_disclosure") == protected)
        & pl.col("alive") & pl.col("moved_out").is_null()
    )  # fmt: skip
    work = pl.read_parquet(snapshot.file("activity"), columns=["person", "unemployed_since"]).drop_nulls()
    found = people.join(work, on="person").filter(pl.col("unemployed_since") < on - timedelta(days=LONG))
    return sorted((int(person) for person in found["person"].to_list()), key=lambda person: unit(person, "seeks"))
