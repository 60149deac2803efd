# SPDX-License-Identifier: Apache-2.0
"""Lines that were written wrong or to do harm: answered by a sentence, quickly, and the rest go on."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from typing import Any

import pytest

from ennakko.rules import ParameterBook, Rule, choose, registry
from ennakko.rules.answers import decision_answer
from ennakko.rules.errors import EvaluationError
from ennakko.rules.evaluate import answer_line, evaluate_stream, facts_from_json
from ennakko.rules.procedure import Procedure, Trace, traced
from ennakko.rules.tests.sample_rules import BOOK, ON, Fee, Voucher, given, grade, home, rent, same
from ennakko.values.texts import text


class Mixed(Rule, registered=False):
    """A step made of a step and a fact: what decides is told by the fact, not by the steps alone."""

    id = "sample.mixed"
    title = same("mixed")
    resident = (home == "091").says(fi="asuu", sv="bor", en="lives here")
    open_to = (resident & (grade >= 7)).says(fi="avoin", sv="öppen", en="open")
    outcome = "open_to"


class Told(Rule, registered=False):
    """A sentence that tells a fact."""

    id = "sample.told"
    title = same("told")
    high = (rent > 100_000).says(
        fi="vuokra {sample_rent}", sv="hyra {sample_rent}", en="rent {sample_rent}"
    )  # fmt: skip
    amount_due = choose((high & ~given, 1), otherwise=0)
    outcome = "high"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample rules are registered only while a test runs."""
    monkeypatch.setattr(registry, "_rules", {rule.id: rule for rule in (Voucher, Fee, Mixed, Told)})


def error_of(line: str | bytes, rule: str = "sample.voucher") -> str:
    answer = answer_line(rule, line, ON, book=BOOK)
    assert list(answer) == ["error"]
    json.dumps(answer, ensure_ascii=False).encode()
    return str(answer["error"])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[]", "not an array"),
        ("null", "not null"),
        ("7", "not a number"),
        ('"x"', "not text"),
        ("true", "not true or false"),
        ('{"sample_grade": 1e999}', "too large a number"),
        ('{"sample_grade": -Infinity}', "not a number of JSON"),
        ('{"sample_grade": ' + "9" * 5000 + "}", "too long to read"),
        ('{"sample_grade": 9223372036854775808}', "too large"),
        ('{"sample_grade": 8, "sample_grade": 9}', "sample_grade is written twice"),
        ('{"other": {"a": 1, "a": 2}}', "a is written twice"),
        ('{"sample_home": "\\ud800"}', "half a character"),
        ('{"other": "\\uDC00"}', "half a character"),
        (b"\xed\xa0\x80", "not UTF-8"),
        ('{"sample_born": "20100531"}', "a day of the calendar"),
        ('{"sample_born": "2010-W22-1"}', "a day of the calendar"),
        ('{"sample_born": "2010-05-31T00:00"}', "a day of the calendar"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
    ],
)  # fmt: skip
def test_a_hostile_line_is_answered_by_a_sentence(line: str | bytes, problem: str) -> None:
    assert problem in error_of(line)


def test_a_long_wrong_value_is_not_repeated_whole() -> None:
    assert len(error_of(json.dumps({"sample_home": [1] * 10_000}))) < 200


def test_a_mark_of_byte_order_and_a_character_in_two_halves_are_read() -> None:
    line = b'\xef\xbb\xbf{"sample_born": "2010-05-31", "sample_home": "\\ud83d\\ude00"}'
    assert answer_line("sample.voucher", line, ON, book=BOOK)["outcome"] == "no"


def test_an_amount_beyond_all_bounds_is_refused_before_it_is_computed() -> None:
    assert "euros" in error_of('{"sample_rent": "1e999999"}', "sample.told")
    assert "too large" in error_of('{"sample_rent": "100000000000000000.00"}', "sample.told")


def test_remembered_answers_are_what_each_case_alone_is_answered() -> None:
    homes, grades, births = ("091", "049", None), (6, 9, None), ("2010-05-31", "2012-01-01", None)
    for rule in (Voucher, Mixed, Told):
        bound = rule.bind(ON, BOOK)
        for case in (
            {"sample_home": a, "sample_grade": b, "sample_born": c, "sample_given": d, "sample_rent": e}
            for a in homes
            for b in grades
            for c in births
            for d in (True, False, None)
            for e in (500, "1500.50", None)
        ):
            facts = facts_from_json(bound, case)
            answered = decision_answer(bound.decide(facts), "en")
            decision = bound.decide(facts)
            assert answered["reasons"] == [
                {"step": each.step, "holds": each.holds, "text": each.text.en, "cite": list(each.cite),
                 "decisive": each.decisive}
                for each in decision.reasons
            ]  # fmt: skip
            assert answered["ask"] == [each.fact for each in decision.ask]
            assert answered["explanation"] == decision.explain("en")


def test_changing_an_answer_does_not_change_the_next() -> None:
    line = '{"sample_born": "2010-05-31", "sample_home": "091", "sample_given": false}'
    first, second = evaluate_stream("sample.voucher", [line, line], ON, "en", BOOK)
    first["outcome"] = "spoilt"
    assert second["outcome"] == "yes"


def test_a_procedure_that_meets_a_value_of_the_wrong_kind_says_so() -> None:
    share = _procedure()
    with pytest.raises(EvaluationError, match=r"sample\.length cannot read a value of the case: .*Check the kinds"):
        share.evaluate({"words": 7}, ON, BOOK)
    assert "Check the kinds" in error_of('{"words": null}', "sample.length")


def test_the_version_of_a_procedure_is_made_of_the_modules_it_works_with(tmp_path: Any) -> None:
    without = _procedure()
    module = _module(tmp_path, "first", "LIMIT = 1\n")
    same_text = _module(tmp_path, "second", "LIMIT = 1\n")
    changed = _module(tmp_path, "third", "LIMIT = 2\n")
    version = _procedure(module).version
    assert version == _procedure(same_text).version
    assert len({version, without.version, _procedure(changed).version}) == 3


def _module(folder: Any, name: str, source: str) -> types.ModuleType:
    path = folder / f"{name}.py"
    path.write_text(source, "utf-8")
    module = types.ModuleType(name)
    module.__file__ = str(path)
    return module


def _procedure(*modules: types.ModuleType) -> Procedure:
    def length(case: Mapping[str, Any], trace: Trace, book: ParameterBook) -> dict[str, Any]:
        return {"length": len(case["words"].split())}

    return traced("sample.length", title=text(fi="Pituus", sv="Längd", en="Length"), modules=modules)(length)
