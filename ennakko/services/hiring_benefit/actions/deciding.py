# SPDX-License-Identifier: EUPL-1.2
"""From a handler's proposal to the official's decision, one by one or in bulk (act 19 §).

All raise Refused (who may; whoever prepared a case never decides it) and NotNow (`.reason` says what can be done).
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.cases import Drafted, NotNow
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import locked
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.registers.versions import store_version
from ennakko.rules.decision import Reason
from ennakko.services.hiring_benefit import conditions, review
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.actions import reviewing, tax_checking, writing
from ennakko.services.hiring_benefit.actions.calculating import in_force
from ennakko.services.hiring_benefit.actions.in_hand import application_of, in_hand
from ennakko.services.hiring_benefit.estimating import conditions_of
from ennakko.services.hiring_benefit.judging import Judged
from ennakko.services.hiring_benefit.law.decision_2026 import WRITE, Draft, draft_problems
from ennakko.services.hiring_benefit.law.handling_2026 import CONDITIONS_OF
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.services.hiring_benefit.models import Application, Calculation, DecisionText
from ennakko.services.hiring_benefit.sheets import in_all
from ennakko.services.hiring_benefit.states import BenefitVerb
from ennakko.services.hiring_benefit.weighing import CONFIRMED, weigh
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

ACCEPTED, REJECTED = "accepted", "rejected"


def propose(case: Case, outcome: str, *, actor: Actor, at: datetime, on: date) -> Case:
    """Propose to grant or to refuse, in the words written; without any, in those of the template that fits.

    To grant, there must be a calculation with something to pay, all ten marks in order, and room under the ceiling of
    de minimis aid with this benefit added.
    """
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        application = application_of(row)
        calculation = in_force(application)
        words = DecisionText.objects.filter(application=application).first()
        if words is None or words.outcome != outcome:
            words = writing.begin(row, outcome, actor=actor, at=at, on=on)
        _complete(row, words, outcome, on)
        judged = reviewing.look(application, at=at, on=on, actor=actor)
        if outcome == ACCEPTED:
            _grantable(row, application, calculation, words)
            _under_ceiling(row, judged)
        drafted = _drafted(application, calculation, words, judged, outcome, at=at)
        row.draft = {**asdict(drafted), "at": at.isoformat(), "on": on.isoformat()}
        row.save(update_fields=["draft"])
        verb = BenefitVerb.ACCEPT if outcome == ACCEPTED else BenefitVerb.REJECT
        return cases.move(row, verb, actor=actor, at=at, details={"outcome": outcome})


def decide(case: Case, *, actor: Actor, at: datetime, on: date, title: str = "") -> Decision:
    """The official decides as it was proposed; who would decide otherwise sends it back. `title`: their office.

    The ceiling of de minimis aid is looked at once more: something may have been granted in between. So are the taxes,
    before the first instalment is accepted with the decision; a silent register stops no decision.
    """
    if str((case.draft or {}).get("outcome", "")) == ACCEPTED:
        debt = tax_checking.found_since(application_of(case), at=at)
        if debt is not None:
            raise NotNow(debt, case)
    with transaction.atomic():
        row = locked(case)
        outcome = str((row.draft or {}).get("outcome", ""))
        if not outcome:
            raise NotNow(reasons.NOT_PROPOSED, row)
        if outcome == ACCEPTED:
            # Two officials who grant to one employer at once wait for each other here.
            list(Organisation.objects.select_for_update().filter(pk=row.organisation))
            application = application_of(row)
            _under_ceiling(row, weigh(application, in_force(application), actor=actor, at=at, on=on))
        words = str((row.draft or {}).get("content", {}).get("justification", ""))
        return cases.decide(row, outcome, actor=actor, at=at, on=on, justification=words, title=title)


def release(chosen: Iterable[Case], *, actor: Actor, at: datetime, on: date, title: str = "") -> tuple[BulkResult, ...]:
    """Decide each as proposed, each in its own transaction; one that cannot be stops no other."""
    results = []
    for case in chosen:
        try:
            results.append(BulkResult(case, decide(case, actor=actor, at=at, on=on, title=title), None))
        except (NotNow, Refused) as error:
            results.append(BulkResult(case, None, error.reason))
    return tuple(results)


# --- what a proposal needs


def _complete(row: Case, words: DecisionText, outcome: str, on: date) -> None:
    draft = Draft(outcome, words.de_minimis, words.justification, words.decision, words.justification)
    problems = draft_problems(draft, step=WRITE, least_text=int(conditions.value("least_text", on)))
    if problems:
        raise NotNow(problems[0].text, row)


def _grantable(row: Case, application: Application, calculation: Calculation | None, words: DecisionText) -> None:
    if calculation is None:
        raise NotNow(reasons.NO_CALCULATION, row)
    if calculation.total_cents <= 0:
        raise NotNow(reasons.NOTHING_TO_GRANT, row)
    if writing.counts_as_aid(application) and not words.de_minimis:
        raise NotNow(reasons.IS_AID, row)
    if words.de_minimis and not words.industry:
        raise NotNow(reasons.TELL_INDUSTRY, row)
    # The ceiling is the law's own condition, with a sum in it: it is told below, not as a mark.
    left = [one for one in review.open_marks(application) if one.kind != "de_minimis" or one.machine_holds is not False]
    if left:
        named = {each: ", ".join(one.title.in_(each) for one in left) for each in LANGUAGES}
        raise NotNow(reasons.MARK_OPEN.format(marks=text(**named)), row)


def _under_ceiling(row: Case, judged: Judged) -> None:
    """Raises NotNow where the aid of three years with this benefit is more than the ceiling."""
    if judged.decision.values.get("within_ceiling") is not False:
        return
    before: Any = judged.decision.values.get("aid_before")
    new = judged.facts.get("benefit_cents")
    ceiling = conditions.value("de_minimis_ceiling", judged.decision.on).at(judged.decision.on)
    told = {"sum": int(before or 0) + int(new or 0), "ceiling": int(ceiling)}
    said = {key: text(**{each: format_money(cents, each) for each in LANGUAGES}) for key, cents in told.items()}
    raise NotNow(reasons.OVER_CEILING.format(**said), row)


def _drafted(
    application: Application, calculation: Calculation | None, words: DecisionText, judged: Judged, outcome: str,
    *, at: datetime,
) -> Drafted:  # fmt: skip
    granted = outcome == ACCEPTED
    days = (calculation.start, calculation.end) if calculation else (application.start, application.end)
    content: dict[str, Any] = {
        "justification": f"{words.decision}\n\n{words.justification}".strip(), "language": words.language,
        "template": words.template, "calculation": calculation.pk if calculation else None,
        "de_minimis": bool(words.de_minimis) if granted else False, "industry": words.industry if granted else "",
        "start": days[0].isoformat(), "end": days[1].isoformat(),
    }  # fmt: skip
    return Drafted(
        outcome=outcome,
        amount_cents=calculation.total_cents if granted and calculation else None,
        content=content,
        reasons=tuple(_reasons(application, judged, granted=granted)),
        rule_version=store_version(HiringBenefitEligible, at).digest,
        facts=dict(judged.facts),
        snapshot="",
    )


def _reasons(application: Application, judged: Judged, *, granted: bool) -> Iterable[dict[str, Any]]:
    """The conditions as the decision tells them: those a person found to hold say so; a refusal tells what fails."""
    seen = {one.kind: one for one in review.marks_of(application)}
    by_person = {
        step for kind, steps in CONDITIONS_OF.items() for step in steps if kind in seen and not seen[kind].machine
    }
    for one in conditions_of(judged.decision):
        if one.holds is True:
            yield _stored(one, one.text, holds=True)
        elif granted and one.step in by_person:
            yield _stored(one, CONFIRMED.format(condition=one.text), holds=True)
        elif not granted and (one.holds is False or one.step in by_person):
            yield _stored(one, one.text, holds=False)


def _stored(one: Reason, words: Text, *, holds: bool) -> dict[str, Any]:
    return {
        "step": one.step, "holds": holds, "decisive": one.decisive or not holds, "text": in_all(words),
        "cite": list(one.cite),
    }  # fmt: skip
