# SPDX-License-Identifier: EUPL-1.2
"""A refusal as a value: what it is about, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be taken as it is.

    `field` names the field or is empty; `code` is for machines and the decision log; `text` is what the person reads,
    with what to do; `cite` the paragraph of the act that it rests on.
    """

    code: str
    text: Text
    field: str = ""
    cite: str = ""

    def about(self, field: str) -> Refusal:
        """The same refusal, said of a field."""
        return Refusal(self.code, self.text, field, self.cite)
