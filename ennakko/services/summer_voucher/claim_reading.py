# SPDX-License-Identifier: EUPL-1.2
"""Reading a raw claim: text as people write it becomes dates, hours and cents, or a sentence on what to write."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ennakko.services.summer_voucher.claim_values import (
    HIRED_WITHOUT,
    JOB_TYPES,
    MOST_ROWS,
    ClaimValues,
    RowValues,
    ToCorrect,
    raw_rows,
)
from ennakko.services.summer_voucher.claim_wording import MISREAD
from ennakko.services.summer_voucher.law import fields
from ennakko.services.summer_voucher.law.number_2026 import decode
from ennakko.values import iban
from ennakko.values.money import euros
from ennakko.values.texts import LANGUAGES, Text, text

LONGEST: Final[Mapping[str, int]] = {
    "contact_name": 256, "contact_email": 254, "contact_phone": 64, "iban": 64, "bic": 11, "payee_name": 256,
    "payee_address": 512, "bank_name": 256, "bank_address": 512, "invoicer_name": 256, "invoicer_email": 254,
    "invoicer_phone": 64, "street_address": 256, "postal_code": 10, "post_office": 64, "number": 64, "surname": 256,
    "work_postal_code": 5, "description": 4096,
}  # fmt: skip
"""The longest text of each field, in characters."""
MOST_HOURS, MOST_CENTS, MOST_DIGITS = 100_000, 10_000_000, 12
EARLIEST: Final = date(2015, 1, 1)

WRONG_DATE = text(
    fi="Kirjoita päivä muodossa 1.6.2026.", sv="Skriv dagen så här: 1.6.2026.", en="Write the day like 1.6.2026."
)
WRONG_HOURS = text(
    fi="Kirjoita tunnit numeroina, esimerkiksi 60 tai 72,5.",
    sv="Skriv timmarna med siffror, till exempel 60 eller 72,5.",
    en="Write the hours in figures, for example 60 or 72.5.",
)
WRONG_PAY = text(
    fi="Kirjoita palkka euroina, esimerkiksi 612,50.",
    sv="Skriv lönen i euro, till exempel 612,50.",
    en="Write the pay in euros, for example 612.50.",
)
WRONG_CHOICE = text(fi="Valitse yksi vaihtoehdoista.", sv="Välj ett av alternativen.", en="Choose one of the options.")
WRONG_IBAN = text(
    fi="Tarkista tilinumero: jokin numero tai kirjain on väärin.",
    sv="Kontrollera kontonumret: någon siffra eller bokstav är fel.",
    en="Check the account number: a digit or letter is wrong.",
)
NO_ROWS = text(
    fi="Lisää ainakin yksi kesäseteli.", sv="Lägg till minst en sommarsedel.", en="Add at least one voucher."
)
TOO_MANY_ROWS = text(
    fi="Yhdessä hakemuksessa voi olla enintään {most} seteliä. Tee lopuista toinen hakemus.",
    sv="En ansökan kan ha högst {most} sedlar. Gör en ny ansökan för resten.",
    en="A claim holds at most {most} vouchers. Make another claim for the rest.",
)
TWICE = text(
    fi="Sama seteli on hakemuksessa kahdesti. Poista toinen.",
    sv="Samma sedel finns två gånger i ansökan. Ta bort den ena.",
    en="The same voucher is in the claim twice. Remove one.",
)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_SPELLED = {"true": True, "1": True, "on": True, "yes": True}


@dataclass(frozen=True, slots=True)
class Read:
    """A raw claim as it could be read, and what to correct in it."""

    values: ClaimValues
    refusals: tuple[ToCorrect, ...] = ()


class _Wrong(ValueError):
    def __init__(self, says: Text) -> None:
        super().__init__(says.en)
        self.text = says


def read(raw: Mapping[str, Any], *, complete: bool = True) -> Read:
    """A raw claim read; never raises for what people write. `complete`: what must be there to send is asked for."""
    wrong: list[ToCorrect] = []
    taker = _Taker(raw, wrong)
    told = {name: taker.plain(name) for name in CLAIM_TEXTS}
    told["language"] = told["language"] if told["language"] in LANGUAGES else "fi"
    told["iban"], told["bic"] = iban.normalised(told["iban"])[:34], _BLANKS.sub("", told["bic"]).upper()
    separate = _yes(raw.get("is_separate_invoicer"))
    rows = raw_rows(raw)
    taken = tuple(_row(row, position, wrong, complete) for position, row in enumerate(rows[:MOST_ROWS]))
    if len(rows) > MOST_ROWS:
        wrong.append(ToCorrect("rows", TOO_MANY_ROWS.format(most=MOST_ROWS)))
    if complete:
        if not rows:
            wrong.append(ToCorrect("rows", NO_ROWS))
        _check_claim(told, separate, taker)
    counted = {name: _count(raw.get(name)) for name in ("typed_fields", "keystrokes")}
    values = ClaimValues(**told, is_separate_invoicer=separate, rows=taken, **counted)  # type: ignore[arg-type]
    return Read(values, tuple(wrong))


def read_row(raw: Mapping[str, Any], *, position: int = 0) -> tuple[RowValues, tuple[ToCorrect, ...]]:
    """One row by itself, as when a claim is corrected."""
    wrong: list[ToCorrect] = []
    return _row(raw, position, wrong, True), tuple(wrong)


CLAIM_TEXTS = (
    "contact_name", "contact_email", "contact_phone", "language", "iban", "bic", "payee_name", "payee_address",
    "bank_name", "bank_address", "invoicer_name", "invoicer_email", "invoicer_phone", "street_address", "postal_code",
    "post_office",
)  # fmt: skip
CHECKED = {
    "contact_email": fields.email, "contact_phone": fields.phone_number, "invoicer_email": fields.email,
    "invoicer_phone": fields.phone_number,
}  # fmt: skip


class _Taker:
    """Takes fields of one mapping, and remembers what was wrong with them."""

    def __init__(self, raw: Mapping[str, Any], wrong: list[ToCorrect], row: int | None = None) -> None:
        self._raw, self._wrong, self._row = raw, wrong, row

    def refuse(self, field: str, says: Text) -> None:
        self._wrong.append(ToCorrect(field, says, self._row))

    def plain(self, field: str) -> str:
        value = self._raw.get(field)
        if value is None or isinstance(value, bool | list | dict | tuple):
            return ""
        said = str(value).replace("\x00", "").strip()
        longest = LONGEST.get(field)
        if longest is not None and len(said) > longest:
            self.refuse(field, fields.TOO_LONG.format(longest=longest))
            return said[:longest]
        return said

    def typed(self, field: str, how: "Callable[[Any], Any]", *, needed: bool) -> Any:
        value = self._raw.get(field)
        if value is None or value == "":
            if needed:
                self.refuse(field, fields.EMPTY)
            return None
        try:
            return how(value)
        except _Wrong as error:
            self.refuse(field, error.text)
            return None


def _check_claim(told: Mapping[str, str], separate: bool, taker: _Taker) -> None:
    people = ("contact", "invoicer") if separate else ("contact",)
    for field in (f"{who}_{what}" for who in people for what in ("name", "email", "phone")):
        if not told[field]:
            taker.refuse(field, fields.EMPTY)
        elif field in CHECKED and (found := CHECKED[field](told[field])) is not None:
            taker.refuse(field, found.text)
    if not told["iban"]:
        taker.refuse("iban", fields.EMPTY)
    elif not iban.is_valid(told["iban"]):
        taker.refuse("iban", WRONG_IBAN)


def _row(raw: Mapping[str, Any], position: int, wrong: list[ToCorrect], complete: bool) -> RowValues:
    taker = _Taker(raw, wrong, position)
    told = {name: taker.plain(name) for name in ("number", "surname", "work_postal_code", "description")}
    if complete:
        for name in ("number", "surname"):
            if not told[name]:
                taker.refuse(name, fields.EMPTY)
    if told["number"] and decode(told["number"]) is None:
        taker.refuse("number", MISREAD)
    if told["work_postal_code"] and fields.postcode(told["work_postal_code"]) is not None:
        taker.refuse("work_postal_code", fields.WRONG_POSTCODE)
    return RowValues(
        **told,
        work_start=taker.typed("work_start", day, needed=complete),
        work_end=taker.typed("work_end", day, needed=complete),
        hours=taker.typed("hours", hundredths, needed=complete),
        pay_cents=taker.typed("pay", cents, needed=complete),
        job_type=taker.typed("job_type", _among(JOB_TYPES), needed=False) or "",
        hired_without=taker.typed("hired_without", _among(HIRED_WITHOUT), needed=complete) or "",
        confirmed=_yes(raw.get("confirmed")),
    )


def day(value: Any) -> date:
    """A day written as 1.6.2026 or 2026-06-01; raises ValueError with `.text`."""
    if isinstance(value, date):
        return value
    said = _BLANKS.sub("", str(value))
    finnish = _DAY.fullmatch(said)
    try:
        found = date(*(int(part) for part in reversed(finnish.groups()))) if finnish else date.fromisoformat(said)
    except ValueError:
        raise _Wrong(WRONG_DATE) from None
    if not EARLIEST <= found <= date(2100, 1, 1):
        raise _Wrong(WRONG_DATE)
    return found


def hundredths(value: Any) -> int:
    """Hours such as "60", "72,5" or 72.5 as hundredths of an hour; raises ValueError with `.text`."""
    said = _BLANKS.sub("", str(value)).lower().removesuffix("h").replace(",", ".")
    try:
        exact = Decimal(said) * 100 if len(said) <= MOST_DIGITS and not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        raise _Wrong(WRONG_HOURS) from None
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 <= exact <= MOST_HOURS:
        raise _Wrong(WRONG_HOURS)
    return int(exact)


def cents(value: Any) -> int:
    """Pay such as "612,50", "1 200 €" or 612.5 in cents; raises ValueError with `.text`."""
    said = _BLANKS.sub("", str(value)).removesuffix("€")
    try:
        found = euros(said) if len(said) <= MOST_DIGITS and not isinstance(value, bool) else -1
    except ValueError:
        raise _Wrong(WRONG_PAY) from None
    if not 0 <= found <= MOST_CENTS:
        raise _Wrong(WRONG_PAY)
    return found


def _among(choices: tuple[str, ...]) -> "Callable[[Any], str]":
    def chosen(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise _Wrong(WRONG_CHOICE)
        return value

    return chosen


def _yes(value: Any) -> bool:
    return value is True or (isinstance(value, str) and _SPELLED.get(value.lower(), False))


def _count(value: Any) -> int | None:
    """A count of fields or keystrokes, as the page told it; nonsense is no count."""
    said = str(value)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 4 and not isinstance(value, bool) else None
