# SPDX-License-Identifier: EUPL-1.2
"""What was read for a decision, as its letter tells it: no code of a register stands in a letter."""

from typing import Any

from ennakko.kernel.cases.kinds import ReadFact
from ennakko.kernel.cases.letter import facts_read
from ennakko.kernel.cases.models import Decision
from ennakko.services.hiring_benefit.employer_words import KINDS
from ennakko.values.texts import Text, text


def read_of(decision: Decision) -> tuple[ReadFact, ...]:
    """The facts of a decision on the benefit."""
    return facts_read(decision, {"employer_kind": _kind, "weekly_hours": lambda whole: _hours(int(whole), decision)})


def _kind(code: Any) -> Text:
    known = KINDS.get(str(code))
    return known if known is not None else text(fi=str(code), sv=str(code), en=str(code))


def _hours(whole: int, decision: Decision) -> Text:
    """Hours a week as the employer told them: the rule takes whole hours, and a letter tells all of 37,5."""
    row = getattr(decision.case, "hiring_benefit_application", None)
    told = row.weekly_hours if row is not None and row.weekly_hours is not None else whole * 100
    written = f"{(told if told // 100 == whole else whole * 100) / 100:g}"
    return text(fi=written.replace(".", ","), sv=written.replace(".", ","), en=written)
