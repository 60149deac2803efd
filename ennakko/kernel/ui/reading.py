# SPDX-License-Identifier: EUPL-1.2
"""What people write in a field as a value, or a sentence on what to write instead; for pages and interfaces alike."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ennakko.values import iban
from ennakko.values.money import euros
from ennakko.values.texts import Text, text

MOST_DIGITS: Final = 12
LARGEST_KEY: Final = 2**63 - 1
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
EMPTY = text(fi="Täytä tämä kohta.", sv="Fyll i den här punkten.", en="Fill in this field.")
TOO_LONG = text(
    fi="Lyhennä: tähän mahtuu {longest} merkkiä.",
    sv="Förkorta: här ryms {longest} tecken.",
    en="Shorten this: there is room for {longest} characters.",
)
WRONG_DATE = text(
    fi="Kirjoita päivä muodossa 1.6.2026.", sv="Skriv dagen så här: 1.6.2026.", en="Write the day like 1.6.2026."
)
WRONG_NUMBER = text(
    fi="Kirjoita luku numeroina väliltä {least}–{most}, esimerkiksi 37,5.",
    sv="Skriv ett tal mellan {least} och {most} med siffror, till exempel 37,5.",
    en="Write a number from {least} to {most} in figures, for example 37.5.",
)
WRONG_WHOLE = text(
    fi="Kirjoita kokonaisluku väliltä {least}–{most}.",
    sv="Skriv ett heltal mellan {least} och {most}.",
    en="Write a whole number from {least} to {most}.",
)
WRONG_SUM = text(
    fi="Kirjoita summa euroina, esimerkiksi 2500 tai 2500,50.",
    sv="Skriv summan i euro, till exempel 2500 eller 2500,50.",
    en="Write the sum in euros, for example 2500 or 2500.50.",
)
WRONG_CHOICE = text(fi="Valitse yksi vaihtoehdoista.", sv="Välj ett av alternativen.", en="Choose one of the options.")
WRONG_EMAIL = text(
    fi="Tarkista sähköpostiosoite. Sen pitää olla muotoa nimi@esimerkki.fi.",
    sv="Kontrollera e-postadressen. Den ska se ut så här: namn@exempel.fi.",
    en="Check the e-mail address. It looks like name@example.fi.",
)
WRONG_PHONE = text(
    fi="Kirjoita puhelinnumero muodossa 040 123 4567.",
    sv="Skriv telefonnumret så här: 040 123 4567.",
    en="Write the phone number like 040 123 4567.",
)
WRONG_POSTCODE = text(
    fi="Kirjoita postinumero viitenä numerona, esimerkiksi 00100.",
    sv="Skriv postnumret med fem siffror, till exempel 00100.",
    en="Write the postcode with five digits, for example 00100.",
)
WRONG_IBAN = text(
    fi="Tarkista tilinumero: se alkaa FI ja siinä on sen jälkeen 16 numeroa.",
    sv="Kontrollera kontonumret: det börjar med FI och har sedan 16 siffror.",
    en="Check the account number: it begins with FI and has 16 digits after that.",
)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_EMAIL = re.compile(
    r"[^\s@\"(),:;<>\[\]\\]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})", re.IGNORECASE
)
_PHONE = re.compile(r"(?:\+358|0)[0-9]{2,12}")
_YES, _NO = frozenset({"true", "1", "on", "yes"}), frozenset({"false", "0", "no"})


class Unreadable(ValueError):
    """What was written is no such value; `text` says what to write instead."""

    def __init__(self, says: Text) -> None:
        super().__init__(says.en)
        self.text = says


def words(value: Any, *, longest: int) -> str:
    """A text without the blanks around it; raises Unreadable for one that is too long or no text."""
    if value is None or isinstance(value, bool | list | dict | tuple):
        return ""
    said = str(value).replace("\x00", "").strip()
    if len(said) > longest:
        raise Unreadable(TOO_LONG.format(longest=longest))
    return said


def day(value: Any) -> date:
    """A day written as 1.6.2026 or 2026-06-01; raises Unreadable."""
    if type(value) is date:
        return value
    said = _BLANKS.sub("", str(value))
    finnish = _DAY.fullmatch(said)
    try:
        found = date(*(int(part) for part in reversed(finnish.groups()))) if finnish else date.fromisoformat(said)
    except ValueError:
        raise Unreadable(WRONG_DATE) from None
    if not EARLIEST <= found <= LATEST:
        raise Unreadable(WRONG_DATE)
    return found


def hundredths(value: Any, *, least: int, most: int) -> int:
    """A number such as "37,5" in hundredths, between whole limits; raises Unreadable."""
    wrong = Unreadable(WRONG_NUMBER.format(least=least, most=most))
    said = _BLANKS.sub("", str(value)).lower().removesuffix("h").replace(",", ".")
    try:
        exact = Decimal(said) * 100 if len(said) <= MOST_DIGITS and not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        raise wrong from None
    if not exact.is_finite() or exact != exact.to_integral_value() or not least * 100 <= exact <= most * 100:
        raise wrong
    return int(exact)


def whole(value: Any, *, least: int, most: int) -> int:
    """A whole number between limits; raises Unreadable."""
    said = _BLANKS.sub("", str(value))
    if isinstance(value, bool) or not said.isascii() or not said.isdigit() or len(said) > MOST_DIGITS:
        raise Unreadable(WRONG_WHOLE.format(least=least, most=most))
    if not least <= int(said) <= most:
        raise Unreadable(WRONG_WHOLE.format(least=least, most=most))
    return int(said)


def cents(value: Any, *, least: int, most: int) -> int:
    """A sum such as "2 500,50 €" in cents, between limits in cents; raises Unreadable."""
    said = _BLANKS.sub("", str(value)).removesuffix("€")
    try:
        found = euros(said) if len(said) <= MOST_DIGITS and not isinstance(value, bool) else -1
    except ValueError:
        raise Unreadable(WRONG_SUM) from None
    if not least <= found <= most:
        raise Unreadable(WRONG_SUM)
    return found


def yes_or_no(value: Any) -> bool:
    """Yes or no, however a page or an interface says it; raises Unreadable."""
    said = value if isinstance(value, bool) else str(value).strip().lower()
    if said is True or said in _YES:
        return True
    if said is False or said in _NO:
        return False
    raise Unreadable(WRONG_CHOICE)


def one_of(value: Any, choices: Collection[str]) -> str:
    """One of some codes; raises Unreadable."""
    if not isinstance(value, str) or value not in choices:
        raise Unreadable(WRONG_CHOICE)
    return value


def email(value: Any, *, longest: int = 254) -> str:
    """An e-mail address; raises Unreadable."""
    said = words(value, longest=longest)
    if not _EMAIL.fullmatch(said):
        raise Unreadable(WRONG_EMAIL)
    return said


def finnish_phone(value: Any) -> str:
    """A Finnish telephone number without blanks and dashes; raises Unreadable."""
    said = re.sub(r"[\s().\-/\u00a0]", "", str(value))
    if not _PHONE.fullmatch(said):
        raise Unreadable(WRONG_PHONE)
    return said


def postcode(value: Any) -> str:
    """Five digits; raises Unreadable."""
    said = str(value).strip()
    if not re.fullmatch(r"[0-9]{5}", said):
        raise Unreadable(WRONG_POSTCODE)
    return said


def finnish_iban(value: Any) -> str:
    """A Finnish account number as banks exchange it; raises Unreadable."""
    said = iban.normalised(str(value))
    if not said.startswith("FI") or len(said) != 18 or not iban.is_valid(said):
        raise Unreadable(WRONG_IBAN)
    return said


def row_keys(sent: Sequence[str], *, most: int) -> list[int]:
    """The rows that were ticked, at most so many; what is no key of a row is left out."""
    keys = (int(one) for one in sent[:most] if one.isascii() and one.isdecimal() and len(one) < 20)
    return [one for one in keys if one <= LARGEST_KEY]
