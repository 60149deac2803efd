# SPDX-License-Identifier: EUPL-1.2
"""Reading the values of a case as JSON has them: days, sums, percentages, with what to write instead of a wrong one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from ennakko.rules.errors import EvaluationError

Case = Mapping[str, Any]
LARGEST: Final = 10**12
"""Cents: more than any city has, and still exact everywhere."""

_PLAIN: Final = re.compile(r"([0-9]{1,10})(?:\.([0-9]{1,2}))?").fullmatch
_HUNDRED: Final = Decimal(100)
_ONE: Final = Decimal(1)


def first_of(case: Case, names: Sequence[str]) -> tuple[str, Any]:
    """The first of these keys that the case gives a value for, and the value; the first name and None if none does."""
    for name in names:
        value = case.get(name)
        if value is not None:
            return name, value
    return names[0], None


@lru_cache(maxsize=8192)
def _day(written: str) -> date | None:
    if len(written) != 10 or written[4] != "-" or written[7] != "-":
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def day(value: object, key: str) -> date:
    """A day; raises EvaluationError that names the key."""
    if isinstance(value, str):
        found = _day(value)
        if found is not None:
            return found
    elif type(value) is date:
        return value
    raise EvaluationError(f'{key} must be a day of the calendar, as "2026-01-15", not {_shown(value)}.')


def known_day(case: Case, key: str) -> date | None:
    """A day of a case, None when it is not given."""
    value = case.get(key)
    return None if value is None else day(value, key)


def cents(value: object, key: str) -> int:
    """A sum in euros as cents, parts of a cent rounded half up; raises EvaluationError that names the key."""
    found = _plain_hundredths(value)
    if found is None:
        exact = _decimal(value)
        if exact is None:
            raise EvaluationError(f'{key} must be euros, as 3200 or "3200.50", not {_shown(value)}.')
        found = int((exact * _HUNDRED).quantize(_ONE, ROUND_HALF_UP))
    if abs(found) > LARGEST:
        raise EvaluationError(f"{key} is too large: at most {LARGEST // 100} euros.")
    return found


def hundredths(value: object, key: str, *, most: int = 10_000) -> int:
    """A percentage above 0 in hundredths of a per cent: "93.3" is 9330; raises EvaluationError that names the key."""
    found = _plain_hundredths(value)
    if found is None:
        exact = _decimal(value)
        scaled = None if exact is None else exact * _HUNDRED
        found = 0 if scaled is None or scaled != scaled.to_integral_value() else int(scaled)
    if not 0 < found <= most:
        raise EvaluationError(
            f"{key} must be a percentage above 0 and at most {most // 100}, as 50 or 93.3, not {_shown(value)}."
        )
    return found


def exact(value: object, key: str) -> Fraction:
    """A number exactly as it is written; raises EvaluationError that names the key."""
    found = _decimal(value)
    if found is None:
        raise EvaluationError(f'{key} must be a number, as 1.5 or "1.5", not {_shown(value)}.')
    return Fraction(found)


def rows(case: Case, key: str) -> Sequence[Case]:
    """The rows of a case, none when they are not given; raises EvaluationError that names the key."""
    found = case.get(key) or ()
    if not isinstance(found, list | tuple) or not all(isinstance(one, Mapping) for one in found):
        raise EvaluationError(f'{key} must be an array of objects, as "{key}": [{{…}}], not {_shown(found)}.')
    return found


def truth(case: Case, key: str) -> bool | None:
    """Yes or no, None when it is not given; raises EvaluationError that names the key."""
    value = case.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise EvaluationError(f"{key} must be true or false, not {_shown(value)}.")


def words(case: Case, key: str) -> str:
    """A text, empty when it is not given; raises EvaluationError that names the key."""
    value = case.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise EvaluationError(f"{key} must be text, not {_shown(value)}.")


def whole(value: object, key: str) -> int:
    """A whole number; raises EvaluationError that names the key."""
    found = _decimal(value)
    if found is None or found != found.to_integral_value() or abs(found) > LARGEST:
        raise EvaluationError(f"{key} must be a whole number, not {_shown(value)}.")
    return int(found)


def _plain_hundredths(value: object) -> int | None:
    """The hundredths of a number as it nearly always is written, without the decimal machinery; else None."""
    if type(value) is int:
        return value * 100
    plain = _PLAIN(value) if type(value) is str else None
    return None if plain is None else int(plain[1]) * 100 + int((plain[2] or "").ljust(2, "0"))


def _decimal(value: object) -> Decimal | None:
    # JSON has one kind of number: it is taken as it is written, never as the nearest binary fraction.
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found.adjusted() < 18 and len(found.as_tuple().digits) < 40 else None


def _shown(value: object) -> str:
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"
