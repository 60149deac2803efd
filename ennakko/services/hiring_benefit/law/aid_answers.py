# SPDX-License-Identifier: EUPL-1.2
"""De minimis aid as a procedure: whether the benefit still fits, and what the form lacks about earlier aid."""

from __future__ import annotations

from datetime import date
from typing import Any

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook, StepTable
from ennakko.rules.procedure import Input, Read, Trace, traced
from ennakko.services.hiring_benefit.law import aid_2024, refusals, texts_2021, texts_2026, values
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law import texts_2026 as words
from ennakko.services.hiring_benefit.law.aid_2024 import Aid, concerns, standing
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.law.values import Case, cents, day, known_day, rows, truth, whole
from ennakko.values.money import in_euros
from ennakko.values.texts import text

CEILING, YEARS, FORMS = (
    f"hiring-benefit.{name}" for name in ("de_minimis_ceiling", "de_minimis_years", "association_forms")
)  # fmt: skip


@traced(
    "hiring-benefit.de-minimis",
    title=text(fi="Vähämerkityksinen tuki", sv="Stöd av mindre betydelse", en="De minimis aid"),
    cite=("act 8 §", "(EU) 2023/2831, 3(2)"),
    inputs=(
        Input("company_form_code", "int", unknown=True),
        Input("association_has_business_activities", "bool", unknown=True),
        Input("de_minimis_aid", "bool", unknown=True),
        Input("de_minimis_aid_set", "rows", unknown=True),
        *(Input(name, kind, unknown=True, relation="de_minimis_aid_set") for name, kind in (
            ("granter", "code"), ("amount", "money"), ("granted_at", "date")
        )),
        Input("benefit", "money", unknown=True),
        Input("granted_on", "date", unknown=True),
    ),
    parameters=(CEILING, YEARS, FORMS),
    modules=(aid_2024, refusals, texts_2021, texts_2026, values),
)  # fmt: skip
def de_minimis(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """Whether the aid of three years with this `benefit` is within the ceiling, and what the form lacks (act 8 §).

    Sums in euros. `http` and `problems` answer the form: 400 where the answer or its rows are missing or do not go
    together. `fits` answers the law on the day of granting (the day of the evaluation unless told).
    """
    on = known_day(case, "granted_on") or trace.on
    table = trace.parameter(book, CEILING)
    ceiling = table.at(on) if isinstance(table, StepTable) else None
    if ceiling is None:
        raise EvaluationError(f"There is no ceiling of de minimis aid on {on}.")
    code = case.get("company_form_code")
    forms = trace.parameter(book, FORMS)
    association = code is not None and whole(code, "company_form_code") in forms
    business = truth(case, "association_has_business_activities")
    is_aid = concerns(association=association, business_activity=business)
    aids = [_aid(row, number) for number, row in enumerate(rows(case, "de_minimis_aid_set"))]
    new = cents(case.get("benefit") or 0, "benefit")
    found = standing(aids, new=new, on=on, ceiling=ceiling, years=-int(trace.parameter(book, YEARS)))
    fits = found.fits or not is_aid
    if is_aid:
        sentence = said.later(
            words.AID, since=(said.day, (found.since,)), before=(said.money, (found.before,)),
            new=(said.money, (new,)), ceiling=(said.money, (ceiling,)),
        )  # fmt: skip
        read = tuple(Read(one.granter or "–", one.amount, "cents", "own-services") for one in found.counted)
        limit = Read(CEILING, ceiling, "cents", "law")
        trace.note("de_minimis", found.before + new, sentence, "act 8 §", unit="cents", reads=(*read, limit))
    else:
        trace.note("de_minimis", None, words.NOT_AID, "act 8 §")
    problems = form_problems(
        association=association, answer=truth(case, "de_minimis_aid"), aids=aids, today=on, ceiling=ceiling
    )  # fmt: skip
    for one in problems:
        trace.note(one.code, False, one.text, one.cite)
    return {
        "concerns": is_aid,
        "total": in_euros(found.before),
        "with_benefit": in_euros(found.before + new),
        "ceiling": in_euros(ceiling),
        "left": in_euros(found.left),
        "fits": fits,
        "since": found.since,
        "http": 400 if problems else 200,
        "problems": [one.code for one in problems],
    }


def form_problems(
    *, association: bool, answer: bool | None, aids: list[Aid], today: date, ceiling: int
) -> list[Refusal]:
    """What an application must put right about earlier aid: a company answers, and the rows go with the answer."""
    found = []
    if answer is None and not association:
        found.append(Refusal("answer_missing", words.ANSWER_MISSING, "de_minimis_aid", "act 8 §"))
    if answer and not aids:
        found.append(Refusal("rows_missing", words.ROWS_MISSING, "de_minimis_aid_set", "act 8 §"))
    if not answer and aids:
        found.append(Refusal("rows_too_many", words.ROWS_TOO_MANY, "de_minimis_aid_set", "act 8 §"))
    for number, one in enumerate(aids, 1):
        if one.amount <= 0:
            told = words.AID_NOT_POSITIVE.format(number=number)
            found.append(Refusal("aid_not_positive", told, "de_minimis_aid_set", "act 8 §"))
        if one.granted > today:
            told = words.AID_IN_FUTURE.format(number=number)
            found.append(Refusal("aid_in_future", told, "de_minimis_aid_set", "act 8 §"))
    if sum(one.amount for one in aids) > ceiling:
        told = words.OVER_CEILING.format(ceiling=said.money(ceiling))
        found.append(Refusal("over_ceiling", told, "de_minimis_aid_set", "act 8 §"))
    return found


def _aid(row: Case, number: int) -> Aid:
    where = f"de_minimis_aid_set[{number}]"
    return Aid(
        str(row.get("granter") or ""),
        day(row.get("granted_at"), f"{where}.granted_at"),
        cents(row.get("amount"), f"{where}.amount"),
    )
