# SPDX-License-Identifier: EUPL-1.2
"""What is run again on PostgreSQL is what uses a database; what is not run again cannot have used one."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
CONFTEST = (Path(__file__).parents[1] / "conftest.py").read_text()
MARKS = "[pytest]\nmarkers =\n    database: uses it\n    browser: a journey\n    slow: long\n"
TESTS = """
import os, sqlite3, subprocess, sys
import pytest
from django.db import connection

@pytest.fixture
def rows(db):
    return []

@pytest.fixture(scope="module")
def opened():
    code = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"
    return subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True)

@pytest.mark.django_db
def test_says_so(): ...
def test_asks_for_it(db): ...
def test_asks_for_what_asks_for_it(rows): ...
@pytest.mark.database
def test_opens_it_in_another_way(): ...
@pytest.mark.browser
def test_walks_through_the_pages(): ...
def test_reckons(): ...
def test_opens_it_unasked():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
def test_starts_a_process_that_opens_it(opened):
    assert opened.returncode != 0
    assert "unable to open database file" in opened.stderr
"""
USES, USES_NOT = 5, {"reckons", "opens_it_unasked", "starts_a_process_that_opens_it"}


def test_who_uses_a_database_is_found_by_mark_and_by_fixture_and_the_others_can_open_none(pytester: pytest.Pytester):
    pytester.makeconftest(CONFTEST)
    pytester.makeini(MARKS)
    pytester.makepyfile(test_trial=TESTS)
    said = pytester.runpytest_subprocess("-v", "-p", "no:cacheprovider", "-m", "not database")
    passed = {line.split("::test_")[1].split()[0] for line in said.outlines if "::test_" in line and "PASSED" in line}
    assert passed == USES_NOT, said.stdout.str()
    said.assert_outcomes(passed=len(USES_NOT), deselected=USES)
