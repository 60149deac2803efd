# SPDX-License-Identifier: EUPL-1.2
"""The worked cases beside the law, each run through its procedure; departures are listed with their reasons."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ennakko.municipalities.profile import load
from ennakko.rules.answers import procedure_answer
from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher.law import procedures
from ennakko.services.summer_voucher.law.claim_procedure import claim_procedure

LAW = Path(procedures.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("helsinki").parameter_files)
ON = date(2026, 4, 15)
CASES = {case["id"]: case for case in json.loads((LAW / "cases.json").read_text("utf-8"))["cases"]}
LISTED = tomllib.loads((LAW / "departures.toml").read_text("utf-8"))
PROCEDURES = {
    "voucher.serial": procedures.voucher_number,
    "name.": procedures.surname,
    "ssn.": procedures.personal_identity_code,
    **dict.fromkeys(
        ("employer.", "excel.", "company.", "ytj.", "attachment.", "retention.", "notes.", "timeline"), claim_procedure
    ),
}


def departures():
    """Case id → the keys that depart, None for all."""
    found = {}
    for row in LISTED["departure"]:
        ids = [*row.get("cases", ()), *(id for id, case in CASES.items() if case["area"] in row.get("areas", ()))]
        for id in ids:
            assert id not in found, f"{id} stands in two departures"
            found[id] = row.get("keys")
    return found


DEPARTURES = departures()


def answered(case, *, whole):
    procedure = next(
        (one for start, one in PROCEDURES.items() if case["area"].startswith(start)), procedures.acceptance
    )
    try:
        return procedure_answer(procedure, case if whole else case["given"], ON, None, BOOK)
    except EvaluationError as refused:
        return {"refused": str(refused)}


def differing(case, *, whole=True):
    answer = answered(case, whole=whole)
    missing = object()
    return {key for key, value in case["expect"].items() if answer.get(key, missing) != value}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_worked_case_agrees_or_is_listed(case):
    keys = DEPARTURES.get(case["id"], [])
    if keys is not None:
        assert differing(case) == set(keys)


@pytest.mark.parametrize("id", DEPARTURES)
def test_a_listed_departure_does_depart(id):
    assert differing(CASES[id]) >= set(DEPARTURES[id] or [])
    assert differing(CASES[id]), f"{id} agrees: take it off the list"


def test_every_row_of_the_list_covers_a_case_and_says_why():
    for row in LISTED["departure"]:
        assert set(row) <= {"kind", "cases", "areas", "keys", "reason"}
        assert row["kind"] in ("prose", "door", "on purpose")
        assert len(row["reason"]) > 40
        assert set(row.get("cases", ())) <= CASES.keys()
        assert set(row.get("areas", ())) <= {case["area"] for case in CASES.values()}
    for note in LISTED["note"]:
        assert note["about"] in {case["area"] for case in CASES.values()}


def test_departures_only_become_fewer():
    assert len(CASES) == 860
    assert len(DEPARTURES) <= 43


ONLY_THE_AREA_TELLS = {
    "youth.accept.vtj_disabled", "youth.reject.vtj_disabled", "youth.status_public",
    "handler.create_without_ssn.birthdate", "attachment.delete_by_status", "attachment.read", "notes.delete",
    "notes.list", "youth.list", "youth.employer_links",
}  # fmt: skip


def test_a_case_is_answered_without_its_area_too_unless_only_that_tells_what_is_asked():
    bare = {id for id, case in CASES.items() if id not in DEPARTURES and differing(case, whole=False)}
    assert {CASES[id]["area"] for id in bare} <= ONLY_THE_AREA_TELLS
    assert len(bare) <= 18


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
