# SPDX-License-Identifier: Apache-2.0
"""The law as code: written once, it decides one case, screens everyone and simulates a reform."""

from ennakko.rules.binding import BoundRule, Definition
from ennakko.rules.decision import Ask, Decision, Outcome, Reason
from ennakko.rules.errors import EvaluationError, RuleError, UnknownRule
from ennakko.rules.expressions import Expression, param
from ennakko.rules.facts_api import Fact, Relation, Source, fact, own, source
from ennakko.rules.parameters import ParameterBook, Parameters, default_book, set_default_book
from ennakko.rules.rule import Rule, reform
from ennakko.rules.vocabulary import (
    add_days,
    add_months,
    add_years,
    aged,
    all_of,
    any_of,
    at_least,
    at_most,
    choose,
    day_of_month,
    days_30e,
    days_between,
    greatest,
    least,
    month,
    months_between,
    on_day,
    round_half_up,
    turns,
    whole_euros,
    year,
)

__all__ = [
    "Ask", "BoundRule", "Decision", "Definition", "EvaluationError", "Expression", "Fact", "Outcome", "ParameterBook",
    "Parameters", "Reason", "Relation", "Rule", "RuleError", "Source", "UnknownRule", "add_days", "add_months",
    "add_years", "aged", "all_of", "any_of", "at_least", "at_most", "choose", "day_of_month", "days_30e",
    "days_between", "default_book", "fact", "greatest", "least", "month", "months_between", "on_day", "own", "param",
    "reform", "round_half_up", "set_default_book", "source", "turns", "whole_euros", "year",
]  # fmt: skip
