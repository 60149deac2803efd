# SPDX-License-Identifier: EUPL-1.2
"""What follows of each condition of an employer's claim, and how it is said to the employer (in force since 2026)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from ennakko.rules.binding import BoundRule
from ennakko.rules.decision import Decision
from ennakko.rules.node import Value
from ennakko.rules.sentences import Sentence, blank_names, in_words
from ennakko.services.summer_voucher.law.claim_facts import HUNDREDTHS
from ennakko.services.summer_voucher.law.claim_texts_2026 import (
    FAILS,
    NOT_DECIDED,
    NOT_KNOWN,
    NOT_TOLD,
    REFUSED,
    WAITS,
)
from ennakko.values.texts import Text

READY, CORRECT, ASK, MANUAL, REJECT = "ready", "correct", "ask", "manual", "reject"

IF_IT_FAILS: Final[Mapping[str, str]] = {
    "r1_voucher": CORRECT,
    "r2_unused": CORRECT,
    "r2_season": REJECT,
    "r3_employer": REJECT,
    "r4_period": CORRECT,
    "r5_hours": CORRECT,
    "r6_weekly": MANUAL,
    "r7_pay": CORRECT,
    "r8_lawful": MANUAL,
    "r9_deadline": REJECT,
    "r10_taxes": MANUAL,
    "r11_proof": ASK,
    "r12_room": MANUAL,
    "r13_account": CORRECT,
    "r14_apart": MANUAL,
}
"""Condition → what follows when it is known not to hold (act 20 § 3)."""

MISTAKES: Final = frozenset({"r1_voucher", "r2_unused", "r4_period", "r5_hours", "r7_pay"})
"""What is corrected while it may be a slip, and refused by a person when the employer says that it is right."""

TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "r1_voucher": ("voucher_found", "surname_fits"),
    "r4_period": ("work_start", "work_end"),
    "r5_hours": ("hours",),
    "r6_weekly": ("work_start", "work_end", "hours"),
    "r7_pay": ("hours", "pay_cents"),
    "r8_lawful": ("work_start", "work_end", "hours"),
    "r11_proof": ("contract_given", "payslip_given", "wages_confirmed"),
    "r13_account": ("iban_valid", "foreign_account_complete"),
}
"""Condition → the facts that only the employer can give: while one is missing, it is asked for."""


def follows(step: str, holds: bool | None, facts: Mapping[str, Any]) -> str:
    """What follows of one condition: nothing is taken to hold that is not known (act 20 § 3)."""
    if holds:
        return READY
    if holds is None:
        return ASK if any(facts.get(name) is None for name in TOLD.get(step, ())) else MANUAL
    if step in MISTAKES and facts.get("figures_confirmed") is True:
        return REJECT
    return IF_IT_FAILS[step]


def pay_needed(*, hours: int, least_hours: int, least_pay: int, by_hours: bool) -> int:
    """The lowest pay for some hours, in cents, a begun cent counted whole; hours in hundredths (act 17 § 4)."""
    if not by_hours or hours <= least_hours * HUNDREDTHS:
        return least_pay
    return -(-least_pay * hours // (least_hours * HUNDREDTHS))


def sentence(step: str, decision: Decision) -> Text:
    """What is said of a condition: the condition when it holds, else what is wrong and, if it may be put right, how."""
    holds = decision.values[step]
    if holds:
        return condition(step, decision)
    if holds is None:
        return _unknown(step, decision)
    name = _nearer(step, decision)
    refused = REFUSED.get(name) if follows(step, False, decision.facts) == REJECT else None
    return _failing(refused or FAILS[name], decision)


def condition(step: str, decision: Decision) -> Text:
    """The condition itself with its year's figures, whether it holds or not: for showing what is yet to be told."""
    words = _sentences(decision.bound)[step]
    seen = {"step": decision.values, "fact": decision.facts}
    return _holding(words, tuple(seen[where].get(name) for _, where, name, _ in words.blanks))


@lru_cache(maxsize=64)
def _sentences(bound: BoundRule) -> Mapping[str, Sentence]:
    return {step.name: words for step, words in bound.sentences}


@lru_cache(maxsize=1024)
def _holding(words: Sentence, figures: tuple[Value, ...]) -> Text:
    """A condition's sentence with its year's figures: the same for all claims of a year."""
    named = {name: figure for (_, _, name, _), figure in zip(words.blanks, figures, strict=True)}
    return words.of(named, named)


def _unknown(step: str, decision: Decision) -> Text:
    if follows(step, None, decision.facts) == ASK:
        return FAILS[step] if step == "r11_proof" else NOT_TOLD
    if any(ask.source == "parameter" for ask in decision.ask):
        return NOT_DECIDED.format(voucher_year=decision.facts.get("voucher_year") or decision.on.year)
    return NOT_KNOWN if decision.facts.get("voucher_year") is not None else WAITS


def _nearer(step: str, decision: Decision) -> str:
    """The sentence that says best what is wrong, where a condition has several."""
    facts = decision.facts
    if step == "r2_unused" and facts.get("used_by"):
        return "r2_used"
    if step == "r2_unused" and facts.get("voucher_state") == "used":
        return "r2_used_up"
    start, end = facts.get("work_start"), facts.get("work_end")
    if step == "r4_period" and start is not None and end is not None and end < start:
        return "r4_order"
    return step


def _failing(says: Text, decision: Decision) -> Text:
    values, facts = decision.values, decision.facts
    filled: dict[str, object] = {}
    for name in blank_names(says):
        if name == "needed":
            filled[name] = _needed(decision)
        elif name == "hours":
            filled[name] = _hours(facts.get(name))
        else:
            filled[name] = in_words(values[name] if name in values else facts.get(name))
    return says.format(**filled) if filled else says


def _needed(decision: Decision) -> Text:
    hours, values = decision.facts.get("hours"), decision.values
    least_hours, least_pay = values["least_hours"], values["least_pay"]
    if not (isinstance(hours, int) and isinstance(least_hours, int) and isinstance(least_pay, int)):
        return in_words(least_pay, money=True)
    by_hours = values["pay_rises"] is True
    cents = pay_needed(hours=hours, least_hours=least_hours, least_pay=least_pay, by_hours=by_hours)
    return in_words(cents, money=True)


def _hours(hundredths: object) -> Text:
    if not isinstance(hundredths, int):
        return in_words(None)
    plain = f"{Decimal(hundredths).scaleb(-2).normalize():f}"
    return Text(plain.replace(".", ","), plain.replace(".", ","), plain)
