# SPDX-License-Identifier: EUPL-1.2
"""The fee of early education as a procedure: a family's incomes in, each child's fee and what it stands on out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Read, Trace, traced
from ennakko.services.childcare.law import fee_texts, fees_2018, figures, values
from ennakko.services.childcare.law.fees_2018 import (
    EURO,
    Alteration,
    Figures,
    altered,
    base_fee,
    child_fee,
    half_up,
    limit,
    option_fee,
    share_of_child,
)
from ennakko.services.childcare.law.figures import PARAMETERS, figures_on, law_day
from ennakko.services.childcare.law.values import (
    LARGEST,
    Answer,
    Case,
    answer_to,
    day,
    items,
    known_day,
    number,
    question,
    rows,
    truth,
    whole,
    word,
)
from ennakko.values.dates import age_on
from ennakko.values.texts import Text

TOLD: Final = "INCOME"
"""The only effect of an income on the fee that counts as told; any other means the highest fee was accepted."""
KINDS: Final = ("DISCOUNT", "RELIEF", "INCREASE")
LARGEST_FAMILY: Final = 50
ADULT_AGE: Final = 18


@dataclass(frozen=True, slots=True)
class Work:
    """What a question is answered with: the trace, the book and the day asked for."""

    trace: Trace
    book: ParameterBook

    def figures(self, case: Case, on: date | None = None) -> tuple[Figures, Text | None]:
        """The figures that apply to the case, and whom to ask where they are open."""
        return figures_on(on or law_day(case, self.trace), self.trace, self.book)


@traced(
    "childcare.fee",
    title=fee_texts.TITLE,
    cite=("act 2 §", "act 3 §", "act 4 §", "act 5 §", "act 6 §", "act 7 §", "act 8 §", "act 9 §", "act 10 §"),
    inputs=(
        Input("thresholds", "date", unknown=True),
        Input("family_size", "int", unknown=True),
        Input("incomes", "rows", unknown=True),
        Input("base_fee", "money", unknown=True),
        Input("option_base_fee", "money", unknown=True),
        Input("option_sibling_fee", "money", unknown=True),
        Input("coefficient", "int", unknown=True),
        Input("coefficients", "rows", unknown=True),
        Input("sibling_ordinal", "int", unknown=True),
        Input("fee", "money", unknown=True),
        Input("alterations", "rows", unknown=True),
        Input("adults", "int", unknown=True),
        Input("adult_income", "money", unknown=True),
        Input("children_youngest_first", "rows", unknown=True),
        Input("child_incomes", "rows", unknown=True),
        Input("periods", "rows", unknown=True),
        Input("base_value", "money", unknown=True),
        Input("base_value_under3", "money", unknown=True),
        Input("assistance_coefficient", "int", unknown=True),
    ),
    parameters=PARAMETERS,
    modules=(fee_texts, fees_2018, figures, values),
)
def fee(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    """The fee of a child, of a family, of periods; alterations; the value of a voucher (act 2–10 §). Sums in cents.

    `family_size`, `incomes` (null: not told): the base fee and what first, second and third child pay full day; with
    `coefficient` or `sibling_ordinal` also this child's `fee`. `base_fee` or `option_base_fee`: a child's fee.
    `fee`, `alterations`: their effects. `incomes` alone: whether the highest fee is paid. Where the income limits are
    not decided the fee is null and `ask` says whom to ask.
    """
    work = Work(trace, book)
    return answer_to(
        case,
        (
            question(lambda given: _family(given, work), "children_youngest_first"),
            question(lambda given: _periods(given, work), "periods"),
            question(lambda given: _of_income(given, work), "family_size", "incomes"),
            question(lambda given: _children(given, work), "base_fee", "coefficients"),
            question(lambda given: _of_base(given, work), "base_fee"),
            question(lambda given: _of_option(given, work), "option_base_fee"),
            question(lambda given: _altered(given, work), "fee", "alterations"),
            question(lambda given: _highest(given, work), "incomes"),
            question(lambda given: _voucher(given, work, "base_value_under3"), "base_value_under3"),
            question(lambda given: _voucher(given, work, "base_value"), "base_value"),
        ),
    )


# --- reading


def income_of(value: object, key: str) -> int | None:
    """A monthly income in cents; None if it is not told or the highest fee is accepted instead."""
    if isinstance(value, Mapping):
        if value.get("effect", TOLD) != TOLD:
            return None
        value = value.get("total", value.get("income"))
    if isinstance(value, str) and value.replace("_", "").isalpha():
        if value == TOLD:
            raise EvaluationError(f"{key} says that income is told: write the sum in cents.")
        return None
    return None if value is None else whole(value, key)


def _incomes(told: object, key: str = "incomes") -> list[int | None]:
    return [income_of(one, f"{key}[{at}]") for at, one in enumerate(items(told, key))]


def _size(value: object) -> int:
    return whole(value, "family_size", least=2, most=LARGEST_FAMILY)


def _coefficient(value: object, key: str = "coefficient") -> Fraction:
    return Fraction(1) if value is None else Fraction(number(value, key, least=0, most=2))


def _ordinal(case: Case) -> int:
    told = case.get("sibling_ordinal")
    return 1 if told is None else whole(told, "sibling_ordinal", least=1, most=LARGEST_FAMILY)


def _sum(case: Case, key: str) -> int:
    return whole(case[key], key, least=0)


# --- answering


def _base(work: Work, of: Figures, size: int, incomes: Sequence[int | None]) -> int | None:
    found = base_fee(of, size, incomes)
    least = limit(of, size)
    untold = any(income is None for income in incomes)
    said = fee_texts.UNTOLD if untold else fee_texts.OPEN if found is None else fee_texts.BASE
    work.trace.note(
        "base_fee", found, said, "act 8 §" if untold else "act 5 §", unit="cents",
        reads=() if least is None else (Read("income_limit", least, "cents", "law"),),
    )  # fmt: skip
    return found


def _child(work: Work, of: Figures, base: int, coefficient: Fraction, ordinal: int) -> int:
    found = child_fee(of, base, coefficient, ordinal)
    work.trace.note("fee", found, fee_texts.CHILD, "act 6 §", "act 7 §", unit="cents")
    return found


def _of_income(case: Case, work: Work) -> Answer:
    of, ask = work.figures(case)
    base = _base(work, of, _size(case["family_size"]), _incomes(case["incomes"]))
    wanted = any(case.get(key) is not None for key in ("coefficient", "sibling_ordinal", "alterations"))
    answer: Answer = {
        "base_fee": base,
        "base": base,
        "discount": _discount(of, _ordinal(case)),
        **{
            name: None if base is None else child_fee(of, base, Fraction(1), ordinal)
            for ordinal, name in enumerate(("fee_first_child_full_day", "fee_second", "fee_third"), 1)
        },
        "highest_fee": of.highest,
    }
    if base is None:
        return answer | {"fee": None, "ask": ask, "expect": None}
    own = _child(work, of, base, _coefficient(case.get("coefficient")), _ordinal(case))
    answer |= {"fee": own, "expect": own if wanted else base}
    return answer if case.get("alterations") is None else answer | _altered({**case, "fee": own}, work)


def _of_base(case: Case, work: Work) -> Answer:
    of, _ = work.figures(case)
    found = _child(work, of, _sum(case, "base_fee"), _coefficient(case.get("coefficient")), _ordinal(case))
    return {"fee": found, "expect": found}


def _of_option(case: Case, work: Work) -> Answer:
    of, _ = work.figures(case)
    sibling = None if case.get("option_sibling_fee") is None else _sum(case, "option_sibling_fee")
    if case.get("sibling_ordinal") is not None and _ordinal(case) == 1:
        sibling = None  # the sibling fee is for siblings
    found = option_fee(
        of, _sum(case, "option_base_fee"), _coefficient(case.get("coefficient")), _ordinal(case), sibling
    )
    work.trace.note("fee", found, fee_texts.OPTION, "act 7 §", unit="cents")
    return {"fee": found, "expect": found}


def _altered(case: Case, work: Work) -> Answer:
    asked = []
    for at, one in enumerate(rows(case["alterations"], "alterations")):
        kind = word(one, "type", KINDS)
        absolute = truth(one, "absolute")
        amount = Fraction(number(one.get("amount"), f"alterations[{at}].amount", least=0, most=LARGEST // EURO))
        asked.append(Alteration(kind, amount, absolute))
    effects, final = altered(_sum(case, "fee"), asked)
    work.trace.note("final", final, fee_texts.ALTERED, "act 9 §", unit="cents")
    return {"effects": effects, "final": final, "expect": final}


def _highest(case: Case, work: Work) -> Answer:
    told = items(case["incomes"], "incomes")
    found = any(one != TOLD and income_of(one, f"incomes[{at}]") is None for at, one in enumerate(told))
    work.trace.note("use_max_fee", found, fee_texts.UNTOLD if found else fee_texts.ALL_TOLD, "act 8 §")
    return {"use_max_fee": found, "expect": found}


def _children(case: Case, work: Work) -> Answer:
    """The fees of siblings who share a base fee, the youngest first."""
    of, _ = work.figures(case)
    base = _sum(case, "base_fee")
    shares = [
        _coefficient(one, f"coefficients[{at}]") for at, one in enumerate(items(case["coefficients"], "coefficients"))
    ]
    fees = [_child(work, of, base, share, ordinal) for ordinal, share in enumerate(shares, 1)]
    return {
        "fees": fees,
        "discounts": [_discount(of, ordinal) for ordinal in range(1, len(fees) + 1)],
        "total": sum(fees),
        "expect": fees,
    }


def _discount(of: Figures, ordinal: int) -> int:
    return int(100 * (1 - share_of_child(of, ordinal)))


def _family(case: Case, work: Work) -> Answer:
    """Each child of a family, a child's own income counted only for that child."""
    of, ask = work.figures(case)
    on = law_day(case, work.trace)
    born = [
        day(one, f"children_youngest_first[{at}]")
        for at, one in enumerate(items(case["children_youngest_first"], "children_youngest_first"))
    ]
    if born != sorted(born, reverse=True):
        raise EvaluationError("children_youngest_first must be in order of birth, the youngest first.")
    adults = _incomes(case["incomes"] if "incomes" in case else [case.get("adult_income")])
    own = _incomes(case.get("child_incomes"), "child_incomes")
    if own and len(own) != len(born):
        raise EvaluationError(f"child_incomes must have one value for each of the {len(born)} children, null for none.")
    coefficients = items(case.get("coefficients"), "coefficients") or [None] * len(born)
    if len(coefficients) != len(born):
        raise EvaluationError(f"coefficients must have one value for each of the {len(born)} children.")
    told = case.get("family_size")
    if told is None:
        grown = case.get("adults", len(adults))
        minors = sum(age_on(one, on) < ADULT_AGE for one in born)
        told = whole(grown, "adults", least=1, most=LARGEST_FAMILY) + minors
    size = _size(told)
    children: list[Answer] = []
    for at in range(len(born)):
        extra = [] if not own or own[at] is None else [own[at]]
        base = _base(work, of, size, [*adults, *extra])
        found = (
            None if base is None
            else _child(work, of, base, _coefficient(coefficients[at], f"coefficients[{at}]"), at + 1)
        )  # fmt: skip
        children.append({"base": base, "discount": _discount(of, at + 1), "fee": found})
    total = None if any(one["fee"] is None for one in children) else sum(one["fee"] for one in children)
    open_ones = {} if total is not None else {"ask": ask}
    return {"children": children, "expect": children, "family_size": size, "total": total, **open_ones}


def _periods(case: Case, work: Work) -> Answer:
    """The youngest child's fee period by period: a new family size, an income that ends."""
    found = []
    asked: Text | None = None
    for at, one in enumerate(rows(case["periods"], "periods")):
        first = known_day(one, "from")
        of, ask = work.figures(case, None if case.get("thresholds") is not None else first)
        told = one.get("incomes", case.get("incomes", [case.get("adult_income")]))
        base = _base(work, of, _size(one.get("family_size")), _incomes(told, f"periods[{at}].incomes"))
        own = None if base is None else _child(work, of, base, _coefficient(one.get("coefficient")), 1)
        asked = asked or (ask if base is None else None)
        days = {key: known_day(one, key) for key in ("from", "to") if key in one}
        found.append({**days, "family_size": _size(one.get("family_size")), "base_fee": base, "fee": own})
    return {"periods": found, "expect": found, **({} if asked is None else {"ask": asked})}


def _voucher(case: Case, work: Work, key: str) -> Answer:
    share = _coefficient(case.get("coefficient"))
    told = case.get("assistance_coefficient")
    assistance = Fraction(1) if told is None else Fraction(number(told, "assistance_coefficient", least=0, most=100))
    value = half_up(_sum(case, key) * share * assistance, EURO)
    work.trace.note("value", value, fee_texts.VOUCHER, "act 10 §", unit="cents")
    return {"value": value, "expect": value}


__all__: Sequence[Any] = ["fee", "income_of"]
