# SPDX-License-Identifier: Apache-2.0
"""A reform of a procedure counted on cases: parameters, a changed procedure, groups, what has no amount."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from ennakko.rules import registry
from ennakko.rules.answers import trace_json
from ennakko.rules.cases_compared import compare_cases
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.parameter_files import parse
from ennakko.rules.parameters import ParameterBook, default_book, set_default_book
from ennakko.rules.procedure import Procedure, Read, Trace, traced
from ennakko.rules.reform_files import ReformOfProcedure, parse_reform
from ennakko.values.texts import Text

FIGURES = """
[daily]
rows = [{ from = 2026-01-01, euros = 10, source = "The council's decision" }]
"""
ON = date(2026, 5, 1)
CASES = [{"days": 3, "area": "north"}, {"days": 0, "area": "north"}, {"days": 5, "area": "south"}, {"area": "south"}]


def amount(case: Mapping[str, Any], book: ParameterBook) -> int:
    if "days" not in case:
        raise EvaluationError("The case lacks days.")
    return int(case["days"]) * int(book.value("sample.daily", ON))


def many(
    cases: Iterable[Mapping[str, Any]], book: ParameterBook, in_force: ParameterBook
) -> Iterator[tuple[int | None, str]]:
    for case in cases:
        try:
            yield amount(case, book), ""
        except EvaluationError as error:
            yield None, str(error)


def one(case: Mapping[str, Any], trace: Trace, book: ParameterBook) -> dict[str, Any]:
    cents = amount(case, book)
    reads = (Read("days", case["days"], "days", "application"),)
    trace.note(
        "amount", cents, lambda: Text("Summa", "Belopp", "Sum"), "1 §", unit="cents", reads=reads, start=ON, end=ON
    )
    return {"amount": cents}


@pytest.fixture(autouse=True)
def procedure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Procedure]:
    monkeypatch.setattr(registry, "_rules", {})
    before = default_book()
    set_default_book(ParameterBook(parse(FIGURES, service="sample", origin="sample.toml")))
    yield traced("sample.amount", title=Text("Summa", "Belopp", "Sum"), parameters=["sample.daily"], many=many)(one)
    set_default_book(before)


def reformed(written: str) -> ReformOfProcedure:
    (pair,) = parse_reform(written, origin="reform.toml")
    assert isinstance(pair, ReformOfProcedure)
    return pair


DEARER = '[parameters."sample.daily"]\n2026-01-01 = { euros = 12 }'


def test_a_changed_figure_is_counted_on_every_case() -> None:
    found = compare_cases(reformed(DEARER), CASES, by=["area"])
    assert (found.total.cases, found.total.baseline, found.total.reform, found.total.cost) == (4, 8000, 9600, 1600)
    assert (found.total.winners, found.total.losers, found.total.unknown) == (2, 0, 1)
    assert {key: counts.cost for key, counts in found.by.items()} == {("north",): 600, ("south",): 1000}
    assert found.reasons == {"The case lacks days.": 1}


def test_groups_of_two_keys_are_counted_together_by_either() -> None:
    cases = [{**case, "kind": "a" if place % 2 else "b"} for place, case in enumerate(CASES)]
    found = compare_cases(reformed(DEARER), cases, by=["area", "kind"])
    for place, name in enumerate(("area", "kind")):
        alone = compare_cases(reformed(DEARER), cases, by=[name])
        assert found.by_one(place) == {key: counts for (key,), counts in alone.by.items()}


def test_who_begins_to_get_and_who_no_longer_does_are_counted(procedure: Procedure) -> None:
    def swapped(
        cases: Iterable[Mapping[str, Any]], book: ParameterBook, in_force: ParameterBook
    ) -> Iterator[tuple[int | None, str]]:
        return many([{**case, "days": 0 if case.get("days") else 1} for case in cases], book, in_force)

    changed = procedure.reformed(one, swapped)
    book = default_book()
    found = compare_cases(ReformOfProcedure(procedure, changed, book, book), CASES[:3]).total
    assert (found.gained, found.lost, found.winners, found.losers) == (1, 2, 1, 2)
    assert registry.get("sample.amount") is procedure


def test_a_procedure_without_amounts_is_not_counted(procedure: Procedure) -> None:
    silent = traced("sample.other", title=procedure.title, parameters=["sample.daily"])(one)
    assert [pair.baseline.id for pair in parse_reform(DEARER, origin="r.toml")] == ["sample.amount"]  # type: ignore[union-attr]
    book = default_book()
    with pytest.raises(RuleError, match=r"sample\.other has no amounts to count"):
        compare_cases(ReformOfProcedure(silent, silent, book, book), CASES)


def test_a_line_of_a_calculation_tells_unit_figures_and_days(procedure: Procedure) -> None:
    (line,) = procedure.evaluate({"days": 2}, ON).trace
    assert trace_json(line, "sv") == {
        "step": "amount", "value": 2000, "text": "Belopp", "cite": ["1 §"], "unit": "cents",
        "inputs": [{"name": "days", "value": 2, "unit": "days", "source": "application"}],
        "from": "2026-05-01", "to": "2026-05-01",
    }  # fmt: skip
