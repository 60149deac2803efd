# SPDX-License-Identifier: EUPL-1.2
"""The law as an OpenFisca-core tax-benefit system, as generous to the rival as it can be and still give equal answers.

Its two native gaps are worked around by the author, not by the framework: an unknown is a sentinel (-1) that every
formula has to mind, and employment spells (many a person) are aggregated outside and set as inputs. Amounts are
int32 cents instead of the usual float32 euros, because those would not pass the digest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench import lawbook
from bench.contender import NO, NOT_APPLICABLE, UNKNOWN, YES

DAY = DateUnit.DAY
NONE = -1

Household = build_entity(
    "household", "households", "Household", roles=[{"key": "member", "plural": "members", "label": "Member"}]
)
Person = build_entity("person", "persons", "Person", is_person=True)


def as_day(day: date) -> np.datetime64:
    return np.datetime64(day, "D")


def _outcome(scope: np.ndarray, yes: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Four outcomes out of three masks: the author keeps Kleene's logic by hand."""
    return np.where(~scope, NOT_APPLICABLE, np.where(unknown, UNKNOWN, np.where(yes, YES, NO)))


def _input(variable: str, kind: type, default: Any = None) -> type[Variable]:
    members: dict[str, Any] = {"value_type": kind, "entity": Person, "definition_period": DAY}
    if default is not None:
        members["default_value"] = default
    return type(variable, (Variable,), members)


INPUTS = [
    _input("key", int),
    _input("birth_date", date),
    _input("municipality", int),
    _input("school_grade", int, NONE),
    _input("voucher_given", bool),
    _input("income_month", int, NONE),
    _input("care_hours", int),
    _input("risk_group", int, NONE),
    _input("vaccinated", bool),
    _input("unemployed_since", date),
    _input("worked", int),
    _input("new_wage", int, NONE),
]


FORMULAS: list[type[Variable]] = []


def computed(kind: type, entity: Any = Person) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn a formula into a daily variable of its own name."""

    def declare(formula: Callable[..., Any]) -> Callable[..., Any]:
        members = {"value_type": kind, "entity": entity, "definition_period": DAY, "formula": formula}
        FORMULAS.append(type(formula.__name__, (Variable,), members))
        return formula

    return declare


@computed(bool)
def resident(person, period, parameters):
    return person("municipality", period) == int(lawbook.HELSINKI)


@computed(bool)
def voucher_concerned(person, period, parameters):
    birth = person("birth_date", period)
    return (birth > as_day(lawbook.VOUCHER_BORN_AFTER)) & (birth <= as_day(lawbook.VOUCHER_BORN_BY))


@computed(bool)
def ninth(person, period, parameters):
    return person("school_grade", period) == lawbook.VOUCHER_GRADE


@computed(bool)
def right_age(person, period, parameters):
    year = person("birth_date", period).astype("datetime64[Y]").astype(np.int32) + 1970
    turns = period.start.year - year
    return (turns >= lawbook.VOUCHER_TURNS[0]) & (turns <= lawbook.VOUCHER_TURNS[1])


@computed(int)
def voucher(person, period, parameters):
    possible = person("resident", period) & ~person("voucher_given", period)
    meets = person("ninth", period) | person("right_age", period)
    unknown = possible & ~meets & (person("school_grade", period) == NONE)
    return _outcome(person("voucher_concerned", period), possible & meets, unknown)


@computed(int)
def voucher_value(person, period, parameters):
    outcome = person("voucher", period)
    return np.where(outcome == YES, parameters(period).voucher.value, np.where(outcome == NO, 0, NONE))


@computed(bool)
def in_care(person, period, parameters):
    return (person("birth_date", period) >= as_day(lawbook.CARE_BORN_FROM)) & (person("care_hours", period) > 0)


@computed(bool)
def earning_adult(person, period, parameters):
    return person("birth_date", period) <= as_day(lawbook.BORN_BY_18)


@computed(int, Household)
def family(household, period, parameters):
    return household.nb_persons()


@computed(bool, Household)
def income_unknown(household, period, parameters):
    missing = household.members("earning_adult", period) & (household.members("income_month", period) == NONE)
    return household.any(missing)


@computed(int, Household)
def earned(household, period, parameters):
    income = household.members("income_month", period)
    return household.sum(np.where(household.members("earning_adult", period), income, 0))


@computed(int, Household)
def limit(household, period, parameters):
    size = household("family", period)
    fee = parameters(period).fee
    table = np.array([getattr(fee.limits, f"of_{number}") for number in range(2, 7)])
    return table[np.clip(size, 2, 6) - 2] + np.maximum(size - 6, 0) * fee.limit_more


@computed(int, Household)
def first(household, period, parameters):
    fee = parameters(period).fee
    over = np.maximum(household("earned", period).astype(np.int64) - household("limit", period), 0)
    return np.minimum((over * fee.per_mille * 2 + 100_000) // 200_000 * 100, fee.highest)


@computed(int)
def place(person, period, parameters):
    # One number orders by birth (youngest first) and then by key.
    order = -person("birth_date", period).astype(np.int64) * 10**8 + person("key", period)
    return person.get_rank(person.household, order, condition=person("in_care", period))


@computed(int)
def sibling(person, period, parameters):
    place = person("place", period)
    percent = lawbook.SIBLING_PER_CENT
    return np.select([place == 0, place == 1], [percent[0], percent[1]], percent[2])


@computed(int)
def time_share(person, period, parameters):
    hours = person("care_hours", period)
    return np.select(
        [hours <= lawbook.SHORT_HOURS, hours <= lawbook.MIDDLE_HOURS],
        [lawbook.SHORT_PER_CENT, lawbook.MIDDLE_PER_CENT],
        100,
    )


@computed(int)
def full(person, period, parameters):
    product = person.household("first", period) * person("sibling", period) * person("time_share", period)
    return (product * 2 + 1_000_000) // 2_000_000 * 100


@computed(int)
def fee(person, period, parameters):
    known = person("in_care", period) & ~person.household("income_unknown", period)
    amount = person("full", period)
    return np.where(known, np.where(amount < parameters(period).fee.lowest, 0, amount), NONE)


@computed(int)
def pays(person, period, parameters):
    amount = person("fee", period)
    return _outcome(person("in_care", period), amount > 0, amount == NONE)


@computed(bool)
def elderly(person, period, parameters):
    return person("birth_date", period) <= as_day(lawbook.BORN_BY_65)


@computed(int)
def invited(person, period, parameters):
    due = ~person("vaccinated", period)
    risk = person("risk_group", period)
    old = person("elderly", period)
    scope = person("resident", period) & person("earning_adult", period)
    return _outcome(scope, due & (old | (risk == 1)), due & ~old & (risk == NONE))


@computed(int)
def wave(person, period, parameters):
    outcome = person("invited", period)
    oldest = person("birth_date", period) <= as_day(lawbook.BORN_BY_80)
    number = np.where(oldest, 1, np.where(person("elderly", period), 2, 3))
    return np.where(outcome == YES, number, np.where(outcome == NO, 0, NONE))


@computed(bool)
def long_idle(person, period, parameters):
    since = person("unemployed_since", period)
    return (as_day(lawbook.ON) - since).astype(np.int32) >= parameters(period).lisa.idle_days


@computed(bool)
def lisa_concerned(person, period, parameters):
    known = person("unemployed_since", period) != np.datetime64("1970-01-01", "D")
    return person("resident", period) & known & (person("birth_date", period) <= as_day(lawbook.BORN_BY_16))


@computed(int)
def supported(person, period, parameters):
    yes = (
        ~person("elderly", period)
        & person("long_idle", period)
        & (person("worked", period) <= parameters(period).lisa.worked_at_most)
        & (person("new_wage", period) != NONE)
    )
    scope = person("lisa_concerned", period)
    return _outcome(scope, yes, np.zeros_like(scope))


@computed(int)
def support(person, period, parameters):
    outcome = person("supported", period)
    amount = np.minimum(person("new_wage", period) // lawbook.SUPPORT_SHARE, parameters(period).lisa.highest)
    return np.where(outcome == YES, amount, np.where(outcome == NO, 0, NONE))


def _values(**values: int) -> dict[str, Any]:
    return {name: {"values": {"2020-01-01": {"value": value}}} for name, value in values.items()}


def parameters() -> ParameterNode:
    """The dated parameters of the four services."""
    limits = _values(**{f"of_{size}": lawbook.fee_limit(size) for size in range(2, 7)})
    fee = _values(
        limit_more=lawbook.FEE_LIMIT_MORE,
        per_mille=lawbook.FEE_PER_MILLE,
        highest=lawbook.FEE_HIGHEST,
        lowest=lawbook.FEE_LOWEST,
    )
    lisa = _values(idle_days=lawbook.IDLE_DAYS, worked_at_most=lawbook.WORKED_AT_MOST, highest=lawbook.SUPPORT_HIGHEST)
    return ParameterNode(
        "", data={"voucher": _values(value=lawbook.VOUCHER_VALUE), "fee": {"limits": limits, **fee}, "lisa": lisa}
    )


class Services(TaxBenefitSystem):
    """The four services."""

    def __init__(self) -> None:
        super().__init__([Household, Person])
        self.add_variables(*INPUTS, *FORMULAS)
        self.parameters = parameters()


class LowerHighestFee(Reform):
    """The reform of the benchmark: 280 € instead of 311 €."""

    def apply(self) -> None:
        def lower(tree: ParameterNode) -> ParameterNode:
            tree.fee.highest.update(start=date(2020, 1, 1).isoformat(), value=lawbook.FEE_HIGHEST_REFORM)
            return tree

        self.modify_parameters(lower)
