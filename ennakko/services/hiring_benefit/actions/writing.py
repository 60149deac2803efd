# SPDX-License-Identifier: EUPL-1.2
"""The words of a decision: begun from a template that the calculation fills, then as the handler writes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION
from ennakko.services.hiring_benefit import decision_texts, review
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.actions.calculating import in_force
from ennakko.services.hiring_benefit.actions.in_hand import application_of, in_hand
from ennakko.services.hiring_benefit.law.handling_2026 import CONDITIONS_OF
from ennakko.services.hiring_benefit.law.instalment_answers import split_benefit
from ennakko.services.hiring_benefit.law.texts_2021 import span
from ennakko.services.hiring_benefit.models import Application, Calculation, DecisionText
from ennakko.values.money import euros, format_money, in_euros
from ennakko.values.texts import LANGUAGES, Text, text

ACCEPTED, REJECTED = "accepted", "rejected"
TOL = re.compile(r"\d{2,5}").fullmatch


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment as the decision tells it: cents, its days inclusive."""

    number: int
    cents: int
    start: date
    end: date


def save(
    case: Case,
    *,
    outcome: str,
    decision: str,
    justification: str,
    de_minimis: bool | None,
    industry: str = "",
    language: str = "",
    template: str = "",
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> DecisionText:
    """Keep the words as they are now; raises NotNow where a colleague has saved since `revision` was read."""
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        code = industry.strip()
        if code and TOL(code) is None:
            raise NotNow(reasons.WRONG_INDUSTRY, row)
        application = application_of(row)
        known = DecisionText.objects.select_for_update().filter(application=application).first()
        if known is not None and revision is not None and known.revision != revision:
            name = known.written_by_name
            raise NotNow(reasons.CHANGED_MEANWHILE.format(name=text(fi=name, sv=name, en=name)), row)
        made = known or DecisionText(application=application, revision=0)
        made.outcome, made.decision, made.justification = outcome, decision.strip(), justification.strip()
        made.de_minimis, made.industry = de_minimis if outcome == ACCEPTED else None, code
        made.language, made.template = language or application.language, template or made.template
        made.revision += 1
        made.written_by, made.written_by_name, made.written_at = actor.subject, actor.name, at
        made.save()
        said = {"outcome": outcome, "revision": made.revision, "template": made.template}
        audit.write(actor, "hiring-benefit.write-decision", f"case:{row.pk}", at, said, RETENTION)
    return made


def begin(
    case: Case, outcome: str, *, actor: Actor, at: datetime, on: date, template: str = "", language: str = ""
) -> DecisionText:
    """Begin the words from a template, the one that fits best where none is named; what stood there is replaced."""
    row = application_of(case)
    chosen = decision_texts.template(template) if template else None
    if chosen is None or chosen.outcome != outcome:
        chosen = suggestion(row, outcome, on=on)
    tongue = language if language in LANGUAGES else row.language
    decision, justification = worded(row, chosen, tongue, on=on)
    aid = counts_as_aid(row)
    if outcome == ACCEPTED and aid and row.employer_kind not in ("association", "foundation"):
        justification = f"{justification} {decision_texts.aid_sentence().in_(tongue)}".strip()
    return save(
        case, outcome=outcome, decision=decision, justification=justification, language=tongue,
        de_minimis=aid if outcome == ACCEPTED else None, industry=row.industry if outcome == ACCEPTED and aid else "",
        template=chosen.id, actor=actor, at=at,
    )  # fmt: skip


def suggestion(row: Application, outcome: str, *, on: date) -> decision_texts.Template:
    """The template that fits an application best."""
    calculation = in_force(row)
    count = len(parts_of(row, calculation, on=on)) if calculation is not None else 1
    failing = [
        step for one in review.marks_of(row) if one.holds is False for step in CONDITIONS_OF.get(one.kind, ())
    ]  # fmt: skip
    return decision_texts.suggested(outcome=outcome, instalments=count, failing=failing)


def worded(row: Application, template: decision_texts.Template, language: str, *, on: date) -> tuple[str, str]:
    """A template in a language, filled by the application and its calculation: decision and justification."""
    return decision_texts.filled(template, values_of(row, on=on), language)


def counts_as_aid(row: Application) -> bool:
    """Whether the benefit is de minimis aid: to a company always, to an association for its economic activity."""
    return row.employer_kind not in ("association", "foundation") or bool(row.business_activity)


def values_of(row: Application, *, on: date) -> Mapping[str, Text]:
    """What the placeholders of a template stand for."""
    calculation = in_force(row)
    start, end = (calculation.start, calculation.end) if calculation else (row.start, row.end)
    found = {"employer": _plain(row.employer_name), "job": _plain(row.job_title or "–"), "period": span(start, end)}
    if calculation is None:
        return found
    found["total"] = _money(calculation.total_cents)
    months = [euros(str(one["monthly"])) for one in calculation.parts]
    if months:
        found["month"] = _money(max(months))
    costs = _step(calculation, "salary_costs")
    if costs is not None:
        found["costs"] = _money(int(costs))
    ceiling = _step(calculation, "state_aid_max")
    if ceiling is not None:
        found["share"] = _money(int(ceiling))
    for name, part in zip(("first", "second"), parts_of(row, calculation, on=on), strict=False):
        found[f"{name}_sum"], found[f"{name}_period"] = _money(part.cents), span(part.start, part.end)
    return found


def parts_of(row: Application, calculation: Calculation, *, on: date) -> list[Part]:
    """The instalments of a calculation, by the law on the day of the decision."""
    case = {
        "total": str(in_euros(calculation.total_cents)), "start_date": calculation.start.isoformat(),
        "end_date": calculation.end.isoformat(), "today": on.isoformat(),
    }  # fmt: skip
    return [
        Part(
            int(one["number"]), euros(str(one["amount"])), one["start"] or calculation.start,
            one["end"] or calculation.end,
        )
        for one in split_benefit.evaluate(case, on).values["instalments"]
    ]  # fmt: skip


def _step(calculation: Calculation, step: str) -> Any:
    return next((one["value"] for one in calculation.trace if one["step"] == step), None)


def _money(cents: int) -> Text:
    return text(**{language: format_money(cents, language) for language in LANGUAGES})


def _plain(words: str) -> Text:
    return text(fi=words, sv=words, en=words)
