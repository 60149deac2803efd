# SPDX-License-Identifier: Apache-2.0
"""The Finnish personal identity code: reading, making, masking (Act 661/2009 11 §, Decree 128/2010 2 §)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

CENTURY_SIGNS: dict[int, str] = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}
"""Century → its signs in the order of issue; those after the first are in use since 2023."""

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_TEMPORARY = 900
FIRST_INDIVIDUAL, LAST_INDIVIDUAL = 2, 999

_CENTURY_OF_SIGN = {sign: century for century, signs in CENTURY_SIGNS.items() for sign in signs}
_FORM = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-Y])")


class InvalidIdentityCode(ValueError):
    """The text is not a personal identity code; the message says why and never repeats the code."""


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """What an identity code tells of its holder."""

    birth_date: date
    sex: Literal["f", "m"]
    individual: int
    temporary: bool


def parse(code: str) -> IdentityCode:
    """Read a code; raises InvalidIdentityCode for anything but capitals, no blanks and a right check character."""
    parts = _FORM.fullmatch(code)
    if parts is None:
        raise InvalidIdentityCode("A code is ddmmyy, a century sign, three digits and a check character")
    day, month, year, sign, serial, check = parts.groups()
    try:
        birth_date = date(_CENTURY_OF_SIGN[sign] + int(year), int(month), int(day))
    except ValueError:
        raise InvalidIdentityCode("The code begins with a day that does not exist") from None
    individual = int(serial)
    if individual < FIRST_INDIVIDUAL:
        raise InvalidIdentityCode("Individual numbers begin at 002")
    if check_character(birth_date, individual) != check:
        raise InvalidIdentityCode("The check character does not fit")
    return IdentityCode(birth_date, "m" if individual % 2 else "f", individual, individual >= FIRST_TEMPORARY)


def is_valid(code: str) -> bool:
    """Whether the text is a code, a temporary one included."""
    try:
        parse(code)
    except InvalidIdentityCode:
        return False
    return True


def check_character(birth_date: date, individual: int) -> str:
    """The last character: the remainder of ddmmyynnn by 31, as a character; the century does not count."""
    return CHECK_CHARACTERS[int(f"{birth_date:%d%m%y}{individual:03}") % len(CHECK_CHARACTERS)]


def compose(birth_date: date, individual: int, century_variant: int = 0) -> str:
    """The code of a birth date and individual number (2–999).

    `century_variant` picks among the century's signs, counted round: 0 is the first ("-" or "A").
    Raises ValueError for a birth date outside 1800–2099 or an individual number outside 2–999.
    """
    signs = CENTURY_SIGNS.get(birth_date.year // 100 * 100)
    if signs is None:
        raise ValueError(f"No century sign for the year {birth_date.year}")
    if not FIRST_INDIVIDUAL <= individual <= LAST_INDIVIDUAL:
        raise ValueError(f"An individual number is 2–999, not {individual}")
    sign = signs[century_variant % len(signs)]
    return f"{birth_date:%d%m%y}{sign}{individual:03}{check_character(birth_date, individual)}"


def mask(code: str | None) -> str:
    """A code for a handler's list: six stars and the last four characters; empty for none."""
    return f"******{code[-4:]}" if code else ""


def is_test(code: str) -> bool:
    """Whether a valid code is a temporary one (individual number 900–999): never issued to people, used in tests."""
    try:
        return parse(code).temporary
    except InvalidIdentityCode:
        return False
