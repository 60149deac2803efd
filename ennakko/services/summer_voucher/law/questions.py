# SPDX-License-Identifier: EUPL-1.2
"""Finding out what a worked case asks: a case is known by the facts it gives, and answered in its own words.

The words (keys, codes, page names, status numbers) are those of the City's earlier service, so that its cases and its
clients can be used as they are; the rules themselves stand in the dated modules and know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.rules.errors import EvaluationError

Case = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: it is asked by a case that gives all these facts."""

    needs: frozenset[str]
    answer: Callable[[Case], Answer]


def question(answer: Callable[[Case], Answer], *needs: str) -> Question:
    """A question asked by these facts."""
    return Question(frozenset(needs), answer)


def asked(case: Case, questions: Sequence[Question]) -> Question:
    """The first question whose facts the case gives; raises EvaluationError when it asks none of them."""
    for each in questions:
        if each.needs <= case.keys():
            return each
    known = "; ".join(", ".join(sorted(each.needs)) for each in questions)
    raise EvaluationError(
        f"The case gives {', '.join(sorted(case)) or 'nothing'}. Give the facts of one question: {known}"
    )


def day(case: Case, key: str) -> date:
    """A date of a case; raises EvaluationError that names the key."""
    try:
        return date.fromisoformat(case[key])
    except (TypeError, ValueError):
        raise EvaluationError(f"{key} must be a day such as 2026-06-01, not {case[key]!r}") from None


def number(case: Case, key: str, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number of a case; raises EvaluationError that names the key and its bounds."""
    value = case[key]
    if type(value) is not int:
        raise EvaluationError(f"{key} must be a whole number, not {value!r}")
    if (least is not None and value < least) or (most is not None and value > most):
        raise EvaluationError(f"{key} must be {least}–{most}, not {value}")
    return value


def mapping(case: Case, key: str) -> Mapping[str, Any]:
    """An object of a case; raises EvaluationError that names the key."""
    value = case[key]
    if not isinstance(value, Mapping):
        raise EvaluationError(f"{key} must be an object with its facts by name, not {value!r}")
    return value


def listed(case: Case, key: str) -> Sequence[Any]:
    """An array of a case, empty when it is not given; raises EvaluationError that names the key."""
    value = case.get(key, ())
    if not isinstance(value, list | tuple):
        raise EvaluationError(f"{key} must be an array, not {value!r}")
    return value


def words(case: Case, key: str) -> str | None:
    """A text of a case or None; raises EvaluationError that names the key."""
    value = case.get(key)
    if value is not None and not isinstance(value, str):
        raise EvaluationError(f"{key} must be text or null, not {value!r}")
    return value
