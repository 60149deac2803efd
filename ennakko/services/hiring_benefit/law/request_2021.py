# SPDX-License-Identifier: EUPL-1.2
"""A case as the calculation takes it: period, pay, deductions; clipped to the period, refused where it is unclear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from ennakko.rules.errors import EvaluationError
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law.calendar_2021 import ONE_DAY
from ennakko.services.hiring_benefit.law.names import ENDS, FORMS, SALARY, STARTS, SUBSIDISED
from ennakko.services.hiring_benefit.law.refusals import Refusal, Refused
from ennakko.services.hiring_benefit.law.values import Case, cents, day, first_of, hundredths, rows, truth, words
from ennakko.values.texts import Text

ROW_STARTS: Final = ("start", "start_date")
ROW_ENDS: Final = ("end", "end_date")
WHOLE_PERIOD: Final = "total_for_the_benefit_period"
VACATION_UNITS: Final = ("per_month", WHOLE_PERIOD)
MANUAL: Final = "override_monthly_benefit_amount"
COMMENT: Final = "override_monthly_benefit_amount_comment"
SHARE: Final = "state_aid_max_percentage"


class Subsidy(NamedTuple):
    """A pay subsidy; `work_time` in hundredths of a per cent, None where its decision does not tell it."""

    start: date
    end: date
    percent: int
    work_time: int | None
    disability: bool


class Training(NamedTuple):
    """A training compensation of an apprenticeship, cents a month."""

    start: date
    end: date
    monthly: int


Deduction = TypeVar("Deduction", Subsidy, Training)


class Request(NamedTuple):
    """What a benefit is asked for; money in cents a month, `share` in hundredths of a per cent.

    `vacation_whole` tells that the vacation money is that of the whole period; None: as the rule set has it.
    `manual`: a monthly sum given by hand instead of everything else. `lacking`: what is missing for a calculation.
    """

    start: date
    end: date
    form: str
    pay: int
    vacation: int
    other: int
    vacation_whole: bool | None
    share: int | None
    subsidies: tuple[Subsidy, ...]
    trainings: tuple[Training, ...]
    subsidised: bool
    manual: int | None
    comment: str
    lacking: tuple[str, ...]


def start_of(case: Case) -> date | None:
    """The first day of the benefit, None when it is not given."""
    name, value = first_of(case, STARTS)
    return None if value is None else day(value, name)


def read(case: Case) -> Request | tuple[str, ...]:
    """The request of a case, or the names of what must be known first: its period.

    Raises EvaluationError for a value of the wrong kind, Refused for what a person must put right.
    """
    start_key, start = first_of(case, STARTS)
    end_key, end = first_of(case, ENDS)
    if start is None or end is None:
        return tuple(key for key, value in ((start_key, start), (end_key, end)) if value is None)
    first, last = day(start, start_key), day(end, end_key)
    if last < first:
        raise Refused([Refusal("end_before_start", said.END_BEFORE_START, end_key, "act 6 §")])
    manual = case.get(MANUAL)
    form = _one_of(case, "benefit_type", FORMS, SALARY)
    unit = _one_of(case, "vacation_money_unit", VACATION_UNITS, "")
    lacking: list[str] = []
    if manual is None and form == SALARY and case.get("monthly_pay") is None:
        lacking.append("monthly_pay")
    by_hand = None if manual is None else _sum(case, MANUAL)
    if by_hand is None and words(case, COMMENT).strip():
        raise Refused([Refusal("comment_alone", said.COMMENT_ALONE, COMMENT, "act 13 §")])
    problems: list[Refusal] = []
    subsidies, trainings = _deductions(case, first, last, form, problems, lacking) if manual is None else ((), ())
    if problems:
        raise Refused(problems)
    return Request(
        start=first,
        end=last,
        form=form,
        pay=_sum(case, "monthly_pay"),
        vacation=_sum(case, "vacation_money"),
        other=_sum(case, "other_expenses"),
        vacation_whole=None if not unit else unit == WHOLE_PERIOD,
        share=None if case.get(SHARE) is None else hundredths(case[SHARE], SHARE),
        subsidies=subsidies,
        trainings=trainings,
        subsidised=words(case, "pay_subsidy_granted") in SUBSIDISED,
        manual=by_hand,
        comment=words(case, COMMENT).strip(),
        lacking=tuple(lacking),
    )


def _one_of(case: Case, key: str, known: Sequence[str], otherwise: str) -> str:
    value = words(case, key)
    if value and value not in known:
        raise EvaluationError(f"{key} must be one of {', '.join(known)}, not {value[:60]!r}.")
    return value or otherwise


def _sum(case: Case, key: str) -> int:
    value = case.get(key)
    if value is None:
        return 0
    found = cents(value, key)
    if found < 0:
        raise Refused([Refusal("negative", said.NEGATIVE.format(field=said.fields([key])), key, "act 10 §")])
    return found


# --- deductions


def _deductions(
    case: Case, first: date, last: date, form: str, problems: list[Refusal], lacking: list[str]
) -> tuple[tuple[Subsidy, ...], tuple[Training, ...]]:
    if form != SALARY:
        return (), ()
    if "pay_subsidy_start_date" in case or "pay_subsidy_end_date" in case:
        dates = ("pay_subsidy_start_date", "pay_subsidy_end_date")
        lacking.extend(key for key in dates if case.get(key) is None)
    kinds: tuple[tuple[str, Callable[[Case, str, date, date], Any]], ...] = (
        ("pay_subsidies", _subsidy), ("training_compensations", _training)
    )  # fmt: skip
    found: dict[str, list[Any]] = {}
    for key, make in kinds:
        made = []
        for number, row in enumerate(rows(case, key)):
            where = f"{key}[{number}]"
            (start_key, start), (end_key, end) = first_of(row, ROW_STARTS), first_of(row, ROW_ENDS)
            if start is None or end is None:
                lacking.extend(f"{where}.{name}" for name, one in ((start_key, start), (end_key, end)) if one is None)
            else:
                made.append(make(row, where, day(start, where), day(end, where)))
        found[key] = _clipped(made, first, last, key, problems) if made else made
    return tuple(found["pay_subsidies"]), tuple(found["training_compensations"])


def _subsidy(row: Case, where: str, start: date, end: date) -> Subsidy:
    written = row.get("percent") if row.get("percent") is not None else row.get("pay_subsidy_percent")
    if written is None:
        raise EvaluationError(f"{where} lacks percent.")
    percent = hundredths(written, f"{where}.percent")
    if percent % 100:
        raise EvaluationError(f"{where}.percent must be a whole percentage, as 50, not {written!r}.")
    time = row.get("work_time_percent")
    work_time = None if time is None else hundredths(time, f"{where}.work_time_percent")
    return Subsidy(start, end, percent // 100, work_time, truth(row, "disability_or_illness") or False)


def _training(row: Case, where: str, start: date, end: date) -> Training:
    if row.get("monthly_amount") is None:
        raise EvaluationError(f"{where} lacks monthly_amount.")
    monthly = cents(row["monthly_amount"], f"{where}.monthly_amount")
    if monthly < 0:
        raise Refused([Refusal("negative", said.NEGATIVE.format(field=said.fields([where])), where, "act 10 §")])
    return Training(start, end, monthly)


def _clipped(made: list[Deduction], first: date, last: date, key: str, problems: list[Refusal]) -> list[Deduction]:
    """The rows by day, each cut to the period; one that is wholly outside is refused, and two that overlap unlike.

    A row outside is a slip in its days more often than a row too many: it is asked about rather than dropped. Two rows
    of the same terms that overlap say the same thing twice and are joined.
    """
    kept: list[Deduction] = []
    for row in sorted(made) if len(made) > 1 else made:
        if row.end < row.start:
            problems.append(_refused("row_ends_first", said.ROW_ENDS_FIRST, key, row))
        elif row.end < first or row.start > last:
            problems.append(_refused("outside", said.OUTSIDE, key, row, period=said.span(first, last)))
        else:
            if row.start < first or row.end > last:
                row = row._replace(start=max(row.start, first), end=min(row.end, last))
            before = kept[-1] if kept else None
            overlaps = before is not None and row.start <= before.end
            if before is not None and (overlaps or _goes_on(before, row)) and before[2:] == row[2:]:
                kept[-1] = before._replace(end=max(before.end, row.end))
            elif before is not None and overlaps:
                problems.append(_refused("overlap", said.OVERLAP, key, row, other=said.span(before.start, before.end)))
            else:
                kept.append(row)
    return kept


def _goes_on(before: Subsidy | Training, after: Subsidy | Training) -> bool:
    return isinstance(after, Subsidy) and after.start == before.end + ONE_DAY


def _refused(code: str, words: Mapping[str, Text], key: str, row: Subsidy | Training, **more: Text) -> Refusal:
    return Refusal(code, words[key].format(days=said.span(row.start, row.end), **more), key, "act 10 §")
