# SPDX-License-Identifier: EUPL-1.2
"""Judging an employer's claim for one voucher: what the conditions came to, said so that the employer can act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from ennakko.rules.decision import Ask, Decision
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher.law import claim_2026
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.values.texts import Text


class Outcome(StrEnum):
    """What follows of a claim, or of one condition of it.

    Ready: a decision to accept is drafted. Correct: back to the employer at once. Ask: something is missing that the
    employer can give. Manual: a person looks. Reject: a refusal is drafted for a person, never made by the machine.
    """

    READY = "ready"
    CORRECT = "correct"
    ASK = "ask"
    MANUAL = "manual"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: its step's name, whether it holds (None: not known), what follows, and the sentence about it.

    `field` names the field of the claim beside which the sentence stands, "" for the claim as a whole.
    """

    rule: str
    holds: bool | None
    outcome: Outcome
    text: Text
    field: str
    cite: tuple[str, ...]

    @property
    def flags(self) -> bool:
        """Whether a person must see this."""
        return self.outcome in (Outcome.MANUAL, Outcome.REJECT)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim judged. `value_cents` is what is paid if it is accepted, 0 for a refusal, None while it is not known.

    `ask` are the missing facts and undecided figures that matter. `judged_on` is the day whose law was used, the city's
    figures being those of the voucher's year; `rule_version` is the hash of rule and figures, to judge again as then.
    """

    outcome: Outcome
    checks: tuple[Check, ...]
    value_cents: int | None
    rule: str
    rule_version: str
    judged_on: date
    ask: tuple[Ask, ...]
    decision: Decision

    def failing(self, *outcomes: Outcome) -> tuple[Check, ...]:
        """The conditions that do not hold or are not known, of these outcomes or of any.

        A voucher of a past season has missed its deadline too: that is one thing, and is told once.
        """
        wanted = outcomes or tuple(each for each in Outcome if each is not Outcome.READY)
        found = tuple(each for each in self.checks if each.outcome in wanted)
        past = any(each.rule == "r2_season" and each.holds is False for each in found)
        return tuple(each for each in found if not (past and each.rule == "r9_deadline"))

    def condition(self, rule: str) -> Text:
        """One condition as the rule says it, whether it holds or not."""
        return claim_2026.condition(rule, self.decision)


FIELDS: Final[Mapping[str, str]] = {
    "r1_voucher": "voucher_number",
    "r2_unused": "voucher_number",
    "r2_season": "voucher_number",
    "r3_employer": "",
    "r4_period": "work_start",
    "r5_hours": "hours",
    "r6_weekly": "hours",
    "r7_pay": "pay",
    "r8_lawful": "hours",
    "r9_deadline": "",
    "r10_taxes": "",
    "r11_proof": "attachments",
    "r12_room": "",
    "r13_account": "iban",
    "r14_apart": "",
}
"""Condition → the field of the claim that its sentence stands beside; the conditions in the order of the act."""


def judge(facts: Mapping[str, Any], on: date, book: ParameterBook | None = None) -> Judged:
    """Judge one voucher of a claim by the conditions of the voucher's own year (act 15–20 §).

    `facts` by the names of `claim_facts` and `birth_date`; what is missing or None is not known, and is never taken to
    hold. Raises EvaluationError for a fact of the wrong type and for a day before the law of working time.
    """
    decision = ClaimConditions.decide(on, facts, book)
    checks = tuple(_check(step, decision) for step in FIELDS)
    outcome = Outcome(str(decision.values["result"]))
    worth = decision.values["worth"]
    return Judged(
        outcome=outcome,
        checks=checks,
        value_cents=0 if outcome is Outcome.REJECT else worth if isinstance(worth, int) else None,
        rule=decision.rule,
        rule_version=decision.version,
        judged_on=on,
        ask=decision.ask,
        decision=decision,
    )


def _check(step: str, decision: Decision) -> Check:
    holds = decision.values[step]
    assert holds is None or isinstance(holds, bool)
    cite = decision.bound.definition.step(step).cite
    outcome = Outcome(claim_2026.follows(step, holds, decision.facts))
    return Check(step, holds, outcome, claim_2026.sentence(step, decision), FIELDS[step], cite)
