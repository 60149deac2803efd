# SPDX-License-Identifier: EUPL-1.2
"""Our rules on one case: the facts of one person with the household and the jobs as rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bench import lawbook
from bench.rulesets import BOOK, RULES

Row = dict[str, Any]


def _cases(persons: list[Row], spells: list[Row], cases: Mapping[str, int]) -> list[tuple[Any, Row]]:
    found = []
    for service, number in cases.items():
        person = persons[number]
        jobs = [spell for spell in spells if spell["person"] == person["person"]]
        found.append((RULES[service].bind(lawbook.ON, BOOK), {**person, "household": persons, "spells": jobs}))
    return found


def values(persons: list[Row], spells: list[Row], cases: Mapping[str, int]) -> Callable[[], object]:
    """Four services decided through the public call: outcome, amount and every step's value."""
    bound = _cases(persons, spells, cases)

    def decide() -> object:
        decided = [rule.decide(facts) for rule, facts in bound]
        return [(each.outcome, each.values) for each in decided]

    return decide


def explained(persons: list[Row], spells: list[Row], cases: Mapping[str, int]) -> Callable[[], object]:
    """One service, the summer voucher, with its reasons as sentences in Finnish."""
    rule, facts = _cases(persons, spells, cases)[0]
    return lambda: rule.decide(facts).explain("fi")
