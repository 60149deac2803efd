# SPDX-License-Identifier: Apache-2.0
"""The Finnish business ID, 1234567-1 (Business Information Act 244/2001, 9 §)."""

from __future__ import annotations

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(r"([0-9]{7})-([0-9])")


def check_digit(number: int) -> int | None:
    """The check digit of a seven-digit number; None where the remainder is 1, as such numbers are not given."""
    if not 0 <= number <= 9_999_999:
        raise ValueError(f"A business ID has seven digits before its check digit, not {number}")
    remainder = sum(int(digit) * weight for digit, weight in zip(f"{number:07}", _WEIGHTS, strict=True)) % 11
    return None if remainder == 1 else (11 - remainder) % 11


def compose(number: int) -> str:
    """The business ID of a seven-digit number; raises ValueError for a number that is never given."""
    check = check_digit(number)
    if check is None:
        raise ValueError(f"{number} is never given: its remainder is 1")
    return f"{number:07}-{check}"


def is_valid(business_id: str) -> bool:
    """Whether the text is a business ID in its official form, 1234567-1."""
    parts = _FORM.fullmatch(business_id)
    return parts is not None and check_digit(int(parts[1])) == int(parts[2])
