# SPDX-License-Identifier: Apache-2.0
"""All engines give the reference engine's answer on every row, unknowns included: random rules over random cities."""

from __future__ import annotations

import os
from collections.abc import Mapping
from random import Random

import polars as pl
import pytest

from ennakko.rules.binding import BoundRule, Definition, bind
from ennakko.rules.engines.interpreter import Situation, value_of
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.node import Value
from ennakko.rules.tables import Group, Links, Rows, Tables
from ennakko.rules.tests.random_rules import (
    BOOK,
    ON,
    PERSON_FACTS,
    SPELL_FACTS,
    City,
    RandomTrees,
    random_city,
)

STEPS = 20
TREES = int(os.environ.get("ENNAKKO_DIFFERENTIAL_TREES", "600"))
FIRST_SEED = int(os.environ.get("ENNAKKO_DIFFERENTIAL_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + -(-TREES // STEPS))
DTYPES = {"int": pl.Int64, "date": pl.Date, "bool": pl.Boolean, "code": pl.String}

Answer = dict[str, Value]


def reference(definition: Definition, bound: BoundRule, facts: dict[str, object]) -> Answer:
    """The unbound tree, interpreted: nothing folded, nothing compiled."""
    steps: Answer = {}
    at = Situation(facts, steps, ON, bound.values)
    scope = True if definition.scope is None else value_of(definition.scope, at)
    for step in definition.steps:
        steps[step.name] = value_of(step.x, at) if scope else None
    return answer_of(definition, scope, steps)


def answer_of(definition: Definition, scope: bool | None, steps: Mapping[str, Value]) -> Answer:
    """What a population engine shows of one case: outside the scope every step is null."""
    decided = {True: 1, False: 0, None: -1}
    outcome = decided[steps[definition.outcome]] if scope else -1 if scope is None else -2
    return {step.name: steps[step.name] if scope else None for step in definition.steps} | {"outcome": outcome}


def frames(city: City) -> Tables[pl.LazyFrame]:
    def frame(rows: list[dict[str, object]], schema: dict[str, str]) -> pl.LazyFrame:
        return pl.LazyFrame(rows, schema={name: DTYPES[type_] for name, type_ in schema.items()}, orient="row")

    return Tables(
        frame(city.persons, {"household": "int", **PERSON_FACTS}),
        {
            "household": Group("household"),
            "spells": Rows(frame(city.spells, {"person": "int", **SPELL_FACTS}), "person"),
            "guardians": Links(
                frame(city.guardians, {"child": "int", "guardian": "int", "custody": "bool"}), "child", "guardian"
            ),
        },
    )


def assert_same(
    engine: str, seed: int, definition: Definition, expected: dict[int, Answer], found: dict[int, Answer]
) -> None:
    assert found.keys() == expected.keys(), f"{engine}, seed {seed}: not the same persons"
    for key, answer in expected.items():
        for name, value in answer.items():
            other = found[key][name]
            if other != value or type(other) is not type(value):
                tree = definition.scope if name == "outcome" else definition.step(name).x
                pytest.fail(f"{engine}, seed {seed}, person {key}, {name}: {other!r} instead of {value!r} of\n{tree}")


@pytest.mark.parametrize("seed", SEEDS)
def test_engines_agree_on_random_rules(seed: int) -> None:
    random = Random(seed)
    city = random_city(random)
    definition = RandomTrees(random).definition(STEPS, depth=random.choice((2, 3, 4)))
    bound = bind(definition, ON, BOOK)
    cases = {person["person"]: city.case(person) for person in city.persons}
    expected = {key: reference(definition, bound, facts) for key, facts in cases.items()}

    compiled = {}
    for key, facts in cases.items():
        scope, values = bound.run(facts)
        compiled[key] = answer_of(definition, scope, values)
    assert_same("Python", seed, definition, expected, compiled)

    frame = screen_polars(bound, frames(city), ON)
    assert_same("Polars", seed, definition, expected, {row.pop("person"): row for row in frame.to_dicts()})
