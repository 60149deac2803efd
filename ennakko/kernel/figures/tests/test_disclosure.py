# SPDX-License-Identifier: EUPL-1.2
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennakko.kernel.figures import rounding
from ennakko.kernel.figures.disclosure import MOST, Sum, bounds, hidden_cells
from ennakko.kernel.figures.gate import _Dimension, _sums, gate

CASES = json.loads((Path(__file__).parent / "disclosure_control.json").read_text())
SECONDARY = {case["id"]: case for case in CASES["secondary"]}


def row_of(cells: list[int]) -> tuple[dict, list[Sum]]:
    counts = dict(enumerate(cells)) | {"total": sum(cells)}
    return counts, [Sum("total", tuple(range(len(cells))))]


@pytest.mark.parametrize("case", CASES["suppress7_round5"], ids=lambda case: str(case["value"]))
def test_small_counts_are_hidden_and_the_rest_rounded(case):
    # The worked cases publish a hidden count as zero; we tell hidden and zero apart.
    assert (rounding.hide_and_round(case["value"]) or 0) == case["expected"]


@pytest.mark.parametrize("case", CASES["midpoint6"], ids=lambda case: str(case["value"]))
def test_counts_are_rounded_to_the_middle_of_their_band(case):
    assert rounding.to_midpoint(case["value"]) == case["expected"]


def test_totals_are_made_of_the_published_numbers():
    example = CASES["table_example"]
    for column in ("cases", "population"):
        after = [rounding.hide_and_round(value) for value in example["before"][column]]
        assert after == example["after"][column]
        assert rounding.published_total(after) == example["totals_after"][column]


def test_one_hidden_cell_takes_another_with_it():
    case = SECONDARY["single_hidden_cell"]
    counts, sums = row_of(case["cells"])
    assert sum(counts.values()) - counts["total"] == case["published_total"]
    assert len(hidden_cells(counts, sums, hide_below=8)) >= case["min_hidden"]


def test_hidden_cells_that_are_small_together_take_the_next_smallest_with_them():
    case = SECONDARY["sum_hidden_small"]
    counts, sums = row_of(case["cells"])
    hidden = hidden_cells(counts, sums, hide_below=8)
    assert sorted(counts[cell] for cell in hidden) == case["expected_hidden"]


def test_two_tables_of_the_same_persons_do_not_disclose_by_their_difference():
    case = SECONDARY["differencing_two_tables"]
    counts, sums = {}, []
    for age, (everybody, men) in enumerate(zip(case["total_by_age"], case["male_by_age"], strict=True)):
        counts |= {("all", age): everybody, ("men", age): men, ("women", age): everybody - men}
        sums.append(Sum(("all", age), (("men", age), ("women", age))))
    hidden = hidden_cells(counts, sums)
    assert ("women", 0) in hidden
    assert ("men", 0) in hidden or ("all", 0) in hidden
    assert not {(who, 2) for who in ("all", "men", "women")} & hidden


def test_a_table_without_small_cells_is_published_whole():
    counts, sums = row_of([0, 5, 40])
    assert hidden_cells(counts, sums) == frozenset()


def test_a_lone_person_in_the_whole_table_is_not_published():
    counts, sums = row_of([0, 1])
    hidden = hidden_cells(counts, sums)
    assert {1, "total"} <= hidden


def test_a_square_of_hidden_cells_that_fixes_itself_is_opened_further():
    # Every row and column hides two cells, yet the sums leave only one solution: 1 is 1.
    table = {("a", "x"): 1, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 1, ("c", "x"): 50, ("c", "y"): 60}
    frame = pl.DataFrame([{"row": r, "col": c, "n": n} for (r, c), n in table.items()])
    gated = gate(frame, "n", by=("row", "col"))
    assert nothing_small_can_be_computed(gated, frame)


def nothing_small_can_be_computed(gated, frame, parents=None, hide_below=5) -> bool:
    by = gated.by
    dimensions = [_Dimension(sorted(set(frame[name])), (parents or {}).get(name, {})) for name in by]
    truth = dict.fromkeys(product(*(one.nodes for one in dimensions)), 0)
    for row in frame.iter_rows(named=True):
        for key in product(
            *(one.above(row[name], (parents or {}).get(name, {})) for one, name in zip(dimensions, by, strict=True))
        ):
            truth[key] += row["n"]
    published = {tuple(row[name] for name in by): row["n"] for row in gated.frame.iter_rows(named=True)}
    assert all(published[key] in (None, truth[key]) for key in truth)
    hidden = {key for key, value in published.items() if value is None}
    for key, value in truth.items():
        if 0 < value < hide_below and key not in hidden:
            return False
    for key in hidden:
        found = bounds(key, hidden, truth, _sums(dimensions))
        if found.lowest == found.highest or (0 < truth[key] < hide_below and found.highest < hide_below):
            return False
    return True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 4, 5, 7, 30]), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_cell_of_a_table_can_be_computed_from_its_totals(rows):
    frame = pl.DataFrame(
        [{"row": f"r{i}", "col": f"c{j}", "n": n} for i, row in enumerate(rows) for j, n in enumerate(row)]
    )
    assert nothing_small_can_be_computed(gate(frame, "n", by=("row", "col")), frame)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 3, 5, 8, 20]), min_size=12, max_size=12))
def test_no_hidden_cell_can_be_computed_through_groups_of_groups(numbers):
    parents = {"area": {"a1": "A", "a2": "A", "b1": "B", "b2": "B", "A": "W", "B": "W", "c": "E", "d": "E"}}
    cells = product(["a1", "a2", "b1", "b2", "c", "d"], ["x", "y"])
    frame = pl.DataFrame([{"area": a, "kind": k, "n": n} for (a, k), n in zip(cells, numbers, strict=True)])
    assert nothing_small_can_be_computed(gate(frame, "n", by=("area", "kind"), parents=parents), frame, parents)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2, 6, 9]), min_size=8, max_size=8))
def test_the_bounds_are_those_that_trying_every_table_finds(numbers):
    cells = list(product("ab", "xyzw"))
    counts = dict(zip(cells, numbers, strict=True))
    dimensions = [_Dimension(["a", "b"], {}), _Dimension(list("xyzw"), {})]
    truth = {
        key: sum(n for (r, c), n in counts.items() if key[0] in (r, None) and key[1] in (c, None))
        for key in product(*(d.nodes for d in dimensions))
    }
    hidden = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    found = bounds(("a", "x"), hidden, truth, _sums(dimensions))
    left = counts["a", "x"] + counts["a", "y"]
    top = counts["a", "x"] + counts["b", "x"]
    right = counts["a", "y"] + counts["b", "y"]
    tried = [x for x in range(left + 1) if top - x >= 0 and left - x <= right]
    assert (found.lowest, found.highest) == (min(tried), max(tried))


def test_a_cell_whose_total_is_hidden_too_is_not_bounded():
    counts, sums = row_of([3])
    assert bounds(0, {0, "total"}, counts, sums).highest == MOST


def test_amounts_are_hidden_where_their_persons_are():
    frame = pl.DataFrame({"district": ["101", "102", "103"], "n": [2, 9, 40], "cents": [70000, 315000, 1400000]})
    gated = gate(frame, "n", by=("district",), measures=("cents",))
    rows = {row["district"]: row for row in gated.frame.iter_rows(named=True)}
    assert rows["101"]["cents"] is None
    assert rows["102"]["cents"] is None
    assert rows["103"]["cents"] == 1400000
    assert (rows[None]["n"], rows[None]["cents"]) == (51, 1785000)
    assert (gated.shown(district="101"), gated.shown(district="103"), gated.shown()) == ("–", "40", "51")


def test_an_unknown_district_is_a_group_of_its_own():
    gated = gate(pl.DataFrame({"district": ["101", None], "n": [10, 20]}), "n", by=("district",))
    assert gated.shown(district="?") == "20"


def test_groups_that_go_round_in_a_circle_are_refused():
    with pytest.raises(ValueError, match="circle"):
        gate(pl.DataFrame({"a": ["x"], "n": [9]}), "n", by=("a",), parents={"a": {"x": "y", "y": "x"}})


def test_the_same_table_in_another_order_is_not_searched_again():
    rows = [{"district": name, "persons": count} for name, count in (("a", 3), ("b", 50), ("c", 60))]
    first = gate(pl.DataFrame(rows), "persons", by=["district"])
    assert gate(pl.DataFrame(rows[::-1]), "persons", by=["district"]) is first
    other = gate(pl.DataFrame(rows), "persons", by=["district"], hide_below=2)
    assert (first.shown(district="a"), other.shown(district="a")) == ("–", "3")
    grouped = gate(pl.DataFrame(rows), "persons", by=["district"], parents={"district": {"a": "A", "b": "A"}})
    assert grouped.frame.height == first.frame.height + 1


def test_the_solver_is_loaded_only_when_it_is_needed():
    code = "import sys, ennakko.kernel.figures.disclosure; print('scipy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
