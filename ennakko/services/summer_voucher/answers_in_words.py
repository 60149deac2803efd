# SPDX-License-Identifier: EUPL-1.2
"""The answers of an application in words, for checking them before they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ennakko.kernel.ui.filters import say
from ennakko.services.summer_voucher.forms import LANGUAGES, field_of
from ennakko.services.summer_voucher.steps import Answers, Step
from ennakko.services.summer_voucher.wording import GROUPS, NO, REASON_NAMES, YES


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: what was asked, the answer in words, and the page on which it can be changed."""

    label: str
    answer: str
    step: str


def rows_of(answers: Answers, steps: Sequence[Step]) -> list[AnswerRow]:
    """The answers in the order of the pages."""
    return [
        AnswerRow(str(field_of(name).label), in_words(name, answers.values.get(name)), step.name)
        for step in steps
        for name in step.fields
    ]


def in_words(name: str, value: Any) -> str:
    """An answer as people read it."""
    if name == "target_group":
        return say(GROUPS[value]) if value in GROUPS else "–"
    if name == "language":
        return dict(LANGUAGES).get(value, "–")
    if name == "additional_info_user_reasons":
        return "; ".join(say(REASON_NAMES[one]) for one in value or () if one in REASON_NAMES) or "–"
    if isinstance(value, bool):
        return say(YES if value else NO)
    return str(value or "–")
