# SPDX-License-Identifier: EUPL-1.2
"""Reading the values of a case as JSON has them; refusals say what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import Answer as Answer
from ennakko.rules.questions import Case as Case
from ennakko.rules.questions import Question as Question
from ennakko.rules.questions import answer_to as answer_to
from ennakko.rules.questions import question as question

LARGEST: Final = 10**12
"""Cents: more than any family has, and still exact everywhere."""
MOST_PEOPLE: Final = 100


def day(value: object, key: str) -> date:
    """A day, also from a moment of it; raises EvaluationError that names the key."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) >= 10 and value[4] == "-" == value[7]:
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            pass  # the sentence below says what to write
    raise EvaluationError(f'{key} must be a day of the calendar, as "2026-01-15", not {shown(value)}.')


def known_day(case: Case, key: str) -> date | None:
    """A day of a case, None when it is not given."""
    value = case.get(key)
    return None if value is None else day(value, key)


def number(value: object, key: str, *, least: int | None = None, most: int = LARGEST) -> Decimal:
    """A number exactly as it is written, within limits; raises EvaluationError that names the key."""
    found = _decimal(value)
    if found is None:
        raise EvaluationError(f'{key} must be a number, as 1.5 or "1.5", not {shown(value)}.')
    if found > most or found < (-most if least is None else least):
        raise EvaluationError(f"{key} is {found}: write {'at least' if least is not None else 'within'} "
                              f"{f'{least} and at most {most}' if least is not None else f'±{most}'}.")  # fmt: skip
    return found


def whole(value: object, key: str, *, least: int | None = None, most: int = LARGEST) -> int:
    """A whole number within limits (sums are whole cents); raises EvaluationError that names the key."""
    found = number(value, key, least=least, most=most)
    if found != found.to_integral_value():
        raise EvaluationError(f"{key} must be a whole number, not {shown(value)}; sums are in cents.")
    return int(found)


def truth(case: Case, key: str) -> bool:
    """Yes or no, no when it is not given; raises EvaluationError that names the key."""
    value = case.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise EvaluationError(f"{key} must be true or false, not {shown(value)}.")


def word(case: Case, key: str, known: Sequence[str]) -> str:
    """One of the known words, in any case of letters; raises EvaluationError that lists them."""
    value = case.get(key)
    if isinstance(value, str) and value.upper() in known:
        return value.upper()
    raise EvaluationError(f"{key} must be one of {', '.join(known)}, not {shown(value)}.")


def items(value: object, key: str) -> Sequence[Any]:
    """A list, empty when it is not given; raises EvaluationError that names the key."""
    if value is None:
        return ()
    if isinstance(value, list | tuple) and len(value) <= MOST_PEOPLE:
        return value
    raise EvaluationError(f"{key} must be a list of at most {MOST_PEOPLE}, not {shown(value)}.")


def rows(value: object, key: str) -> Sequence[Case]:
    """A list of objects, empty when it is not given; raises EvaluationError that names the key."""
    found = items(value, key)
    if not all(isinstance(one, Mapping) for one in found):
        raise EvaluationError(f'{key} must be a list of objects, as "{key}": [{{…}}], not {shown(value)}.')
    return found


def shown(value: object) -> str:
    """A value as a sentence quotes it."""
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"


def _decimal(value: object) -> Decimal | None:
    # JSON has one kind of number: it is taken as it is written, never as the nearest binary fraction.
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 18 and len(found.as_tuple().digits) < 40 else None
