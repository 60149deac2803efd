# SPDX-License-Identifier: EUPL-1.2
"""The handler's calculation sheet as values, and what the law makes of it; nothing is stored and nothing is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from ennakko.rules.errors import EvaluationError
from ennakko.rules.procedure import TraceLine
from ennakko.services.hiring_benefit import conditions
from ennakko.services.hiring_benefit.law.amount_answers import amount
from ennakko.services.hiring_benefit.law.handling_2026 import sheet_problems
from ennakko.services.hiring_benefit.law.names import SALARY
from ennakko.services.hiring_benefit.law.refusals import Refusal, Refused
from ennakko.services.hiring_benefit.law.texts_2021 import fields as called
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.values.money import euros, in_euros
from ennakko.values.texts import Text, text

NOT_KNOWN = text(
    fi="Määrä lasketaan, kun tiedetään: {fields}.",
    sv="Beloppet beräknas när följande är känt: {fields}.",
    en="The amount is calculated when these are known: {fields}.",
)
HANDLER, APPLICATION = "handler", "application"
"""Where a figure of a sheet came from."""


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """A pay subsidy on the sheet; days inclusive, `work_time` as in its decision ("93.3"), "" where not told."""

    start: date
    end: date
    percent: int
    work_time: str = ""
    disability: bool = False


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A training compensation on the sheet; days inclusive, cents a month."""

    start: date
    end: date
    monthly_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a benefit is calculated of: days inclusive, cents a month, `share` per cent or None for the law's.

    `manual` replaces everything else and needs a `comment`. `rules_of`: the day whose conditions apply where it is not
    the first one. `sources`: where each figure came from, by its name in the rule.
    """

    start: date
    end: date
    pay: int | None = None
    vacation: int = 0
    other: int = 0
    share: int | None = None
    pay_subsidy: str = "not_granted"
    subsidies: tuple[SubsidyRow, ...] = ()
    trainings: tuple[TrainingRow, ...] = ()
    apprenticeship: bool = False
    benefit_type: str = SALARY
    manual: int | None = None
    comment: str = ""
    rules_of: date | None = None
    sources: Mapping[str, str] | None = None

    def as_case(self) -> dict[str, Any]:
        """The case of the rule `hiring-benefit.amount`, as JSON."""
        case: dict[str, Any] = {
            "start_date": self.start.isoformat(),
            "end_date": self.end.isoformat(),
            "benefit_type": self.benefit_type,
            "monthly_pay": None if self.pay is None else _euros(self.pay),
            "vacation_money": _euros(self.vacation),
            "vacation_money_unit": "per_month",
            "other_expenses": _euros(self.other),
            "state_aid_max_percentage": self.share,
            "pay_subsidy_granted": self.pay_subsidy,
            "pay_subsidies": [
                {
                    "start": row.start.isoformat(), "end": row.end.isoformat(), "percent": row.percent,
                    "work_time_percent": row.work_time or None, "disability_or_illness": row.disability,
                }
                for row in self.subsidies
            ],
            "training_compensations": [
                {
                    "start": row.start.isoformat(), "end": row.end.isoformat(),
                    "monthly_amount": _euros(row.monthly_cents),
                }
                for row in self.trainings
            ],
            "apprenticeship_program": self.apprenticeship,
            "override_monthly_benefit_amount": None if self.manual is None else _euros(self.manual),
            "override_monthly_benefit_amount_comment": self.comment,
            "sources": dict(self.sources or {}),
        }  # fmt: skip
        if self.rules_of is not None:
            case["rule_set"] = str(conditions.value("rule_set", self.rules_of))
            case["rules_of"] = self.rules_of.isoformat()
        return case


@dataclass(frozen=True, slots=True)
class Counted:
    """What a sheet came to: `total_cents` and the parts, or why there is none (`refused`, `lacking`)."""

    sheet: Sheet
    total_cents: int | None = None
    rule_set: str = ""
    parts: tuple[dict[str, Any], ...] = ()
    lines: tuple[TraceLine, ...] = ()
    parameters: Mapping[str, str] | None = None
    refused: tuple[Refusal, ...] = ()

    @property
    def month_cents(self) -> int | None:
        """The highest monthly benefit of its parts, in cents."""
        return max((euros(one["monthly"]) for one in self.parts), default=None)


def count(sheet: Sheet, *, on: date) -> Counted:
    """What the law makes of a sheet on a day; never raises for what somebody typed."""
    problems = sheet_problems(
        sheet.start, sheet.end, most_months=int(conditions.value("most_months_handler", sheet.start)),
        share=None if sheet.manual is not None else sheet.share,
        shares=tuple(conditions.decided("cost_shares", sheet.rules_of or sheet.start) or ()),
    )  # fmt: skip
    if problems and sheet.start <= sheet.end:
        return Counted(sheet, refused=tuple(problems))
    try:
        answer = amount.evaluate(sheet.as_case(), on)
    except Refused as refused:
        return Counted(sheet, refused=refused.reasons)
    except EvaluationError as error:
        said = str(error)
        return Counted(sheet, refused=(Refusal("unreadable", text(fi=said, sv=said, en=said)),))
    values = answer.values
    if values["total"] is None:
        return Counted(sheet, lines=answer.trace, refused=(_lacking(values.get("ask", ())),))
    return Counted(
        sheet, int(values["total"]) * 100, str(values["rule_set"]), tuple(_part(one) for one in values["ranges"]),
        answer.trace, {name: row.start.isoformat() for name, row in answer.parameters_used.items()},
    )  # fmt: skip


def _lacking(names: Sequence[str]) -> Refusal:
    return Refusal("lacking", NOT_KNOWN.format(fields=called(names)), str(names[0]) if names else "", "act 10 §")


def _part(one: Mapping[str, Any]) -> dict[str, Any]:
    """A range of the answer as JSON."""
    return {name: _json(value) for name, value in one.items()}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0")
    return value if value is None or isinstance(value, bool | int) else str(value)


def stored_lines(lines: Sequence[TraceLine]) -> list[dict[str, Any]]:
    """The trace as it is stored: every sentence in every language, every figure with its source."""
    return [
        {
            "step": line.step, "value": _json(line.value), "unit": line.unit, "text": in_all(line.text),
            "cite": list(line.cite), "start": _json(line.start), "end": _json(line.end),
            "reads": [[one.name, _json(one.value), one.unit, one.source] for one in line.reads],
        }
        for line in lines
    ]  # fmt: skip


def in_all(words: Text | None) -> dict[str, str]:
    """A text by language, as JSON."""
    return {} if words is None else {language: words.in_(language) for language in words.languages}


def _euros(cents: int) -> str:
    return str(in_euros(cents))


# --- where a sheet begins


def of_application(row: Application) -> Sheet:
    """The sheet as the application tells it."""
    return Sheet(
        start=row.start, end=row.end, pay=row.pay_cents, vacation=row.vacation_cents or 0, other=row.other_cents or 0,
        pay_subsidy=row.pay_subsidy, apprenticeship=bool(row.apprenticeship), benefit_type=row.benefit_type,
        rules_of=row.rules_of, sources={},
    )  # fmt: skip


def of_calculation(row: Calculation) -> Sheet:
    """The sheet that a stored calculation was made of."""
    case = row.inputs
    return Sheet(
        start=date.fromisoformat(case["start_date"]), end=date.fromisoformat(case["end_date"]),
        pay=_cents(case["monthly_pay"]), vacation=_cents(case["vacation_money"]) or 0,
        other=_cents(case["other_expenses"]) or 0, share=case["state_aid_max_percentage"],
        pay_subsidy=case["pay_subsidy_granted"],
        subsidies=tuple(
            SubsidyRow(
                date.fromisoformat(one["start"]), date.fromisoformat(one["end"]), one["percent"],
                one["work_time_percent"] or "", bool(one["disability_or_illness"]),
            )
            for one in case["pay_subsidies"]
        ),
        trainings=tuple(
            TrainingRow(
                date.fromisoformat(one["start"]), date.fromisoformat(one["end"]), _cents(one["monthly_amount"]) or 0
            )
            for one in case["training_compensations"]
        ),
        apprenticeship=bool(case["apprenticeship_program"]), benefit_type=case["benefit_type"],
        manual=_cents(case["override_monthly_benefit_amount"]),
        comment=case["override_monthly_benefit_amount_comment"],
        rules_of=date.fromisoformat(case["rules_of"]) if case.get("rules_of") else None, sources=case["sources"],
    )  # fmt: skip


def _cents(value: str | None) -> int | None:
    return None if value is None else euros(value)


def changed(before: Sheet, after: Sheet) -> Sheet:
    """The later sheet, with whatever differs from the earlier one marked as the handler's."""
    names = {
        "pay": "monthly_pay", "vacation": "vacation_money", "other": "other_expenses",
        "share": "state_aid_max_percentage", "subsidies": "pay_subsidies", "trainings": "training_compensations",
        "manual": "override_monthly_benefit_amount", "start": "start_date", "end": "end_date",
    }  # fmt: skip
    sources = dict(before.sources or {})
    sources |= {rule: HANDLER for name, rule in names.items() if getattr(before, name) != getattr(after, name)}
    return replace(after, sources=sources)
