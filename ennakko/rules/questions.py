# SPDX-License-Identifier: Apache-2.0
"""Finding out what a worked case asks: a case is known by the facts it gives, and answered in its own words.

Where two questions take the same facts, a case given whole tells by its area which of them it asks; without one the
first is answered. The words (keys, codes, page names, status numbers) are those of the City's earlier services, so that
their cases can be used as they are; the rules themselves stand in each service's dated modules and know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.rules.errors import EvaluationError

AREA = "area"
"""The key by which a case given whole tells what it is about."""

Case = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: it is asked by a case that gives all these facts, in the areas named or, if none are, in any.

    `told`: only a case that tells its area asks it; the same facts without an area ask something else.
    """

    needs: frozenset[str]
    answer: Callable[[Case], Answer]
    areas: frozenset[str] = frozenset()
    told: bool = False

    def asked_by(self, case: Case, area: str | None) -> bool:
        """Whether a case asks this; `area` is what the case says that it is about, None when it does not say."""
        if not self.needs <= case.keys():
            return False
        return not self.told if area is None else not self.areas or area in self.areas


def question(
    answer: Callable[[Case], Answer], *needs: str, area: str | Sequence[str] = (), told: bool = False
) -> Question:
    """A question asked by these facts, in this area or these areas; `told`: only where the case tells the area."""
    return Question(frozenset(needs), answer, frozenset((area,) if isinstance(area, str) else area), told)


def asked(case: Case, questions: Sequence[Question]) -> Question:
    """The first question whose facts the case gives; raises EvaluationError when it asks none of them."""
    area = case.get(AREA)
    for each in questions:
        if each.asked_by(case, area if isinstance(area, str) else None):
            return each
    known = "; ".join(", ".join(sorted(each.needs)) for each in questions if each.needs)
    raise EvaluationError(
        f"The case gives {', '.join(sorted(map(str, case))) or 'nothing'}. Give the facts of one question: {known}."
    )


def answer_to(case: Case, questions: Sequence[Question]) -> Answer:
    """The answer to the first question whose facts the case gives; raises EvaluationError when it asks none."""
    return asked(case, questions).answer(case)


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
        bounds = (
            f"{least}–{most}"
            if None not in (least, most)
            else f"at most {most}"
            if least is None
            else f"{least} or more"
        )
        raise EvaluationError(f"{key} must be {bounds}, not {value}")
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
