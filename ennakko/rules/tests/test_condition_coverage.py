# SPDX-License-Identifier: Apache-2.0
"""Condition coverage: what no test has seen of a rule is told, and can fail the run."""

from __future__ import annotations

from datetime import date

import pytest

from ennakko.rules.coverage import assert_condition_coverage
from ennakko.rules.tests.sample_rules import BOOK, ON, Voucher, youth

pytest_plugins = ["pytester", "ennakko.rules.coverage"]

CASES = (
    youth(),
    youth(sample_born=date(2000, 1, 1), sample_grade=8, sample_home="049", sample_given=True),
    youth(sample_grade=None),
)


def test_a_condition_never_seen_unknown_is_named():
    decisions = [Voucher.decide(ON, each, BOOK) for each in CASES]
    with pytest.raises(AssertionError, match=r"sample\.voucher: no case has shown entitled: unknown"):
        assert_condition_coverage(Voucher, decisions)


def test_complete_cases_pass():
    decisions = [Voucher.decide(ON, each, BOOK) for each in CASES]
    decisions.append(Voucher.decide(ON, youth(sample_born=date(2011, 1, 1), sample_grade=None), BOOK))
    assert_condition_coverage(Voucher, decisions)


def test_what_cannot_be_reached_may_be_exempt():
    decisions = [Voucher.decide(ON, each, BOOK) for each in CASES]
    assert_condition_coverage(Voucher, decisions, exempt=["entitled: unknown"])


def test_the_fixture_records_what_a_test_decides(condition_coverage):
    Voucher.decide(ON, youth(), BOOK)
    assert condition_coverage.seen["sample.voucher"]["ninth"] == {"true"}
    with pytest.raises(AssertionError, match="resident: false, ninth: false, ninth: unknown"):
        condition_coverage.assert_complete(Voucher)


SERVICE = """
from datetime import date
from ennakko.rules import ParameterBook, Rule, fact
from ennakko.values.texts import text

grade = fact("coverage_grade", "int", unknown=True, label=text(fi="l", sv="k", en="g"), source="trial")

class Ninth(Rule):
    id = "coverage-trial.ninth"
    title = text(fi="l", sv="k", en="g")
    ninth = grade == 9
    outcome = "ninth"

def test_a_ninth_grader():
    for value in GRADES:
        Ninth.decide(date(2026, 1, 1), {"coverage_grade": value}, ParameterBook())
"""


@pytest.mark.parametrize(
    ("grades", "mode", "code", "line"),
    [
        ((9,), "report", 0, "*coverage-trial.ninth: not seen ninth: false, ninth: unknown*"),
        ((9,), "fail", 1, "*coverage-trial.ninth: not seen ninth: false, ninth: unknown*"),
        ((9, 8, None), "fail", 0, "*every condition has been seen*"),
    ],
)
def test_a_run_tells_what_no_test_has_seen(pytester, grades, mode, code, line):
    pytester.makepyfile(SERVICE.replace("GRADES", repr(grades)))
    result = pytester.runpytest_subprocess("-p", "no:django", "-p", "ennakko.rules.coverage", f"--rule-coverage={mode}")
    assert result.ret == code
    result.stdout.fnmatch_lines([line])
