# SPDX-License-Identifier: Apache-2.0
"""The international bank account number (ISO 13616): its form and its check digits."""

from __future__ import annotations

import re

_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_LENGTHS = {"FI": 18, "SE": 24, "EE": 20, "NO": 15, "DK": 18, "DE": 22, "LV": 21, "LT": 20}
"""Lengths of the accounts that employers here use; others are judged by form and check digits."""


def normalised(iban: str) -> str:
    """The number as banks exchange it: capitals, no blanks."""
    return "".join(iban.split()).upper()


def is_valid(iban: str) -> bool:
    """Whether the check digits fit (remainder 1 by 97) and the length is the country's; blanks and case are free."""
    plain = normalised(iban)
    if not _FORM.fullmatch(plain) or len(plain) != _LENGTHS.get(plain[:2], len(plain)):
        return False
    digits = "".join(str(int(character, 36)) for character in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def country(iban: str) -> str:
    """The two-letter country of the account."""
    return normalised(iban)[:2]


def grouped(iban: str) -> str:
    """The number as people read it, in groups of four: FI21 1234 5600 0007 85."""
    plain = normalised(iban)
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
