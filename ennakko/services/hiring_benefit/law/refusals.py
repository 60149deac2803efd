# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be taken or calculated as it is: what it is about, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ennakko.rules.errors import EvaluationError
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. `field` names the field or is empty; `code` is for machines; `text` is what the person reads."""

    code: str
    text: Text
    field: str = ""
    cite: str = ""


class Refused(EvaluationError):
    """A case that cannot be calculated as it is, with every reason at once."""

    def __init__(self, reasons: Sequence[Refusal]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(one.text.en for one in self.reasons))


def refuse(code: str, text: Text, field: str = "", cite: str = "") -> Refused:
    """An exception with one reason, to be raised."""
    return Refused((Refusal(code, text, field, cite),))
