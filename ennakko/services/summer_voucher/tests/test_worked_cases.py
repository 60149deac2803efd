# SPDX-License-Identifier: EUPL-1.2
"""The worked cases beside the law, each run through its procedure; departures are listed with their reasons."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ennakko.municipalities.profile import load
from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher.law import procedures

LAW = Path(procedures.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("helsinki").parameter_files)
ON = date(2026, 4, 15)
CASES = {case["id"]: case for case in json.loads((LAW / "cases.json").read_text("utf-8"))["cases"]}
LISTED = tomllib.loads((LAW / "departures.toml").read_text("utf-8"))
PROCEDURES = {
    "voucher.serial": procedures.voucher_number,
    "name.": procedures.surname,
    "ssn.": procedures.personal_identity_code,
}


def departures():
    """Case id → (keys that depart or None for all, what must be added to the case or {})."""
    found = {}
    for row in LISTED["departure"]:
        ids = [*row.get("cases", ()), *(id for id, case in CASES.items() if case["area"] in row.get("areas", ()))]
        for id in ids:
            assert id not in found, f"{id} stands in two departures"
            found[id] = (row.get("keys"), row.get("answered_with", {}))
    return found


DEPARTURES = departures()


def answered(case, **added):
    procedure = next(
        (one for start, one in PROCEDURES.items() if case["area"].startswith(start)), procedures.acceptance
    )
    try:
        return procedure.evaluate({**case["given"], **added}, ON, BOOK).values
    except EvaluationError as refused:
        return {"refused": str(refused)}


def differing(case, **added):
    answer = answered(case, **added)
    missing = object()
    return {key for key, value in case["expect"].items() if answer.get(key, missing) != value}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_worked_case_agrees_or_is_listed(case):
    keys, added = DEPARTURES.get(case["id"], ([], {}))
    if keys is None and added:
        assert not differing(case, **added)
    elif keys is not None:
        assert differing(case) == set(keys)


@pytest.mark.parametrize("id", DEPARTURES)
def test_a_listed_departure_does_depart(id):
    keys, _ = DEPARTURES[id]
    assert differing(CASES[id]) >= set(keys or [])
    assert differing(CASES[id]), f"{id} agrees: take it off the list"


def test_every_row_of_the_list_covers_a_case_and_says_why():
    for row in LISTED["departure"]:
        assert set(row) <= {"kind", "cases", "areas", "keys", "answered_with", "reason"}
        assert row["kind"] in ("incomplete", "prose", "door", "on purpose")
        assert len(row["reason"]) > 40
        assert set(row.get("cases", ())) <= CASES.keys()
        assert set(row.get("areas", ())) <= {case["area"] for case in CASES.values()}
    for note in LISTED["note"]:
        assert note["about"] in {case["area"] for case in CASES.values()}


def test_departures_only_become_fewer():
    assert len(CASES) == 692
    assert len(DEPARTURES) <= 72


def test_an_answer_says_which_question_it_answered():
    answer = procedures.voucher_number.evaluate({"typed": "31n-022"}, ON, BOOK)
    assert [line.value for line in answer.trace] == ["typed"]
    assert answer.values == {"number": 100000, "match": 100000}


def test_a_case_that_asks_nothing_is_told_what_could_be_asked():
    with pytest.raises(EvaluationError, match=r"The case gives colour\. Give the facts of one question: .*typed"):
        procedures.voucher_number.evaluate({"colour": "blue"}, ON, BOOK)


def test_a_year_that_nobody_has_decided_says_whom_to_ask():
    answer = procedures.acceptance.evaluate({"year": 2027}, ON, BOOK).values
    assert answer["value_eur"] is None
    assert "Helsinki" in answer["ask"]
    assert procedures.acceptance.evaluate({"year": 2020}, ON, BOOK).values["value_eur"] == 300
