# SPDX-License-Identifier: EUPL-1.2
"""The procedure `summer-voucher.claim`: a whole claim judged, or a worked case of the employer's side answered."""

from __future__ import annotations

from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.evaluate import facts_from_json
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import AREA, Answer, Case, asked
from ennakko.services.summer_voucher.law import (
    claim,
    claim_2026,
    claim_facts,
    claim_fields_2026,
    claim_rules,
    claim_texts_2026,
    course_2026,
    employers_2026,
    exports,
    keeping_2026,
    questions_claim,
    questions_employers,
    questions_keeping,
    questions_papers,
)
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.values import iban
from ennakko.values.money import in_euros
from ennakko.values.texts import text

FACTS: Final = tuple(ref.name for ref in ClaimConditions.inputs())
_FACTS: Final = frozenset(FACTS)
PARAMETERS: Final = tuple(reference.name for reference in ClaimConditions.definition.parameters)

_ASKED = text(fi="Kysytty: {facts}", sv="Fråga: {facts}", en="Asked of: {facts}")
_RESULT = text(
    fi="Hakemuksesta seuraa: {outcome}", sv="Ansökan leder till: {outcome}", en="What follows of the claim: {outcome}"
)
OUTCOMES: Final = {
    claim.Outcome.READY: text(fi="valmis hyväksyttäväksi", sv="klar att godkännas", en="ready to be accepted"),
    claim.Outcome.CORRECT: text(fi="työnantaja korjaa", sv="arbetsgivaren rättar", en="the employer corrects"),
    claim.Outcome.ASK: text(
        fi="työnantajalta kysytään lisää", sv="arbetsgivaren ombeds om mer", en="the employer is asked for more"
    ),
    claim.Outcome.MANUAL: text(fi="käsittelijä katsoo", sv="en handläggare ser på den", en="a handler looks at it"),
    claim.Outcome.REJECT: text(
        fi="hylkäystä ehdotetaan, ihminen päättää", sv="avslag föreslås, en människa beslutar",
        en="a refusal is proposed, a person decides",
    ),
}  # fmt: skip


def _whole(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    bound = ClaimConditions.bind(trace.on, book)
    judged = claim.judge(facts_from_json(bound, case), trace.on, book)
    for check in judged.checks:
        trace.note(check.rule, check.holds, check.text, *check.cite)
    said = _RESULT.format(outcome=OUTCOMES[judged.outcome])
    trace.note("outcome", str(judged.outcome), said, "act 20 §")
    trace.rows.update(judged.decision.parameters_used)
    return {
        "outcome": str(judged.outcome),
        "checks": [
            {"rule": one.rule, "holds": one.holds, "outcome": str(one.outcome), "text": one.text, "field": one.field}
            for one in judged.checks
        ],
        "value_cents": judged.value_cents,
        "ask": [each.fact for each in judged.ask],
        "version": judged.rule_version,
    }


def _sum(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    """The sum of a voucher is that of its own year: the day on which the employer's row was made tells nothing."""
    year = case.get("voucher_year")
    facts = {"voucher_year": year, "hours": 0} if type(year) is int else {"hours": 0}
    worth = ClaimConditions.decide(trace.on, facts, book).values["worth"]
    if type(worth) is not int:
        return {"sum_eur": None, "ask": ["summer-voucher.voucher_value" if "voucher_year" in facts else "voucher_year"]}
    return {"sum_eur": in_euros(worth)}


QUESTIONS: Final = (
    *questions_keeping.KEEPING,
    *questions_claim.LOOK_UPS,
    *questions_claim.SENDING,
    *questions_papers.PAPERS,
    *questions_claim.COURSE,
    *questions_papers.NOTES,
    *questions_papers.LISTS,
    *questions_employers.EMPLOYERS,
)


def _question(case: Case, trace: Trace) -> Answer:
    """A question about the course of a claim, its papers, lists or employer."""
    whole_area = any(each.told and case.get(AREA) in each.areas for each in QUESTIONS)
    found = asked(case, QUESTIONS) if whole_area or case.keys() - {AREA} else questions_papers.NOTHING_GIVEN
    told = ", ".join(sorted(found.needs)) or "–"
    trace.note("question", told, _ASKED.format(facts=told), "act 21 §")
    return found.answer(case)


@traced(
    "summer-voucher.claim",
    title=text(
        fi="Työnantajan kesäsetelihakemus",
        sv="Arbetsgivarens ansökan om sommarsedeln",
        en="The employer's claim for the summer job voucher",
    ),
    cite=(
        "act 14 §", "act 15 §", "act 16 §", "act 17 §", "act 18 §", "act 19 §", "act 20 §", "act 21 §", "act 22 §",
        "act 23 §", "act 24 §", "act 25 §",
    ),
    inputs=(
        Input("area", "code", unknown=True),
        *(Input(ref.name, ref.type, unknown=True) for ref in ClaimConditions.inputs()),
        Input("status", "code", unknown=True),
        Input("role", "code", unknown=True),
        Input("missing", "code", unknown=True),
        Input("iban", "code", unknown=True),
        Input("company_form", "code", unknown=True),
    ),
    parameters=PARAMETERS,
    modules=(
        claim, claim_2026, claim_facts, claim_fields_2026, claim_rules, claim_texts_2026, course_2026,
        employers_2026, exports, iban, keeping_2026, questions, questions_claim, questions_employers, questions_keeping,
        questions_papers,
    ),
)  # fmt: skip
def claim_procedure(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """A claim judged by its conditions (act 15–20 §), or a question about its course; EvaluationError for neither."""
    if "employer_voucher_created" in case:
        return _sum(case, trace, book)
    if case.keys() & _FACTS:
        return _whole(case, trace, book)
    return _question(case, trace)
