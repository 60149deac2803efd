# SPDX-License-Identifier: EUPL-1.2
"""What the draft of a decision must hold before it goes on, and which decisions go together (act 19 §, 20 §)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ennakko.services.hiring_benefit.law import application_texts_2026 as words
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.law.states_2026 import BATCH_OPEN

ACCEPTED, REJECTED = "accepted", "rejected"
PROPOSE, WRITE, CITE = 2, 3, "act 19 §"
"""The steps of a draft: from 2 on it proposes something, from 3 on it has its texts."""

FIELDS: Final = ("decision_text", "justification_text")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: what it proposes, whether the benefit is de minimis aid, why it is refused, and its two texts."""

    proposes: str
    de_minimis: bool | None
    why: str
    decision: str
    reasons: str


def draft_problems(draft: Draft, *, step: int, least_text: int) -> list[Refusal]:
    """What a draft lacks to be at a step."""
    found = []
    if step >= PROPOSE:
        if draft.proposes not in (ACCEPTED, REJECTED):
            found.append(Refusal("choose_outcome", words.CHOOSE_OUTCOME, "status", CITE))
        if draft.proposes == ACCEPTED and draft.de_minimis is None:
            found.append(Refusal("tell_aid", words.TELL_AID, "granted_as_de_minimis_aid", CITE))
        if draft.proposes == REJECTED and not draft.why.strip():
            found.append(Refusal("tell_why", words.TELL_WHY, "log_entry_comment", CITE))
    if step >= WRITE:
        for field, written in zip(FIELDS, (draft.decision, draft.reasons), strict=True):
            if len(written.strip()) < least_text:
                found.append(Refusal("text_short", words.TEXT_SHORT.format(least=least_text), field, CITE))
    return found


def goes_into(state: str, *, proposal: str, batch: str) -> bool:
    """Whether an application may be put into a batch: the batch is open and proposes what the application does."""
    return batch in BATCH_OPEN and state == proposal


def footer_of_aid(*, association: bool, granted_as_aid: bool) -> bool:
    """Whether the decision tells that the benefit is de minimis aid: granted so, and not to an association."""
    return granted_as_aid and not association
