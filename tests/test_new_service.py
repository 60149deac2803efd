# SPDX-License-Identifier: EUPL-1.2
"""The skeleton of a service is a working service."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

OURS = "lint.isort.known-first-party = ['ennakko']"
RUN_ITS_TESTS = """
import sys, django, pytest
django.setup()
import ennakko.services
ennakko.services.__path__.append(sys.argv[1])
import ennakko.services.library_cards.law.rules, ennakko.services.library_cards.service
sys.exit(pytest.main(["-q", "-p", "no:django", "-p", "no:cacheprovider", "--rootdir", sys.argv[1],
                      "--import-mode=importlib", sys.argv[1] + "/library_cards/tests"]))
"""


def test_a_new_service_registers_and_passes_its_own_tests(tmp_path: Path):
    call_command("new_service", "library_cards", into=tmp_path, verbosity=0)
    ran = subprocess.run(
        [sys.executable, "-c", RUN_ITS_TESTS, str(tmp_path)], capture_output=True, text=True, check=False,
        env={"DJANGO_SETTINGS_MODULE": "ennakko.web.settings", "PATH": "", "ENNAKKO_VAR": str(tmp_path / "var")},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "3 passed" in ran.stdout


def test_a_new_service_is_in_the_house_style(tmp_path: Path):
    call_command("new_service", "library_cards", into=tmp_path, verbosity=0)
    root = str(Path(__file__).parents[1] / "pyproject.toml")
    ran = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--config", root, "--config", OURS, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_nothing_that_exists_is_overwritten(tmp_path: Path):
    (tmp_path / "library_cards").mkdir()
    with pytest.raises(CommandError, match="exists already"):
        call_command("new_service", "library_cards", into=tmp_path)


@pytest.mark.parametrize("name", ["Library", "library-cards", "1st", "../evil", ""])
def test_a_name_that_python_cannot_import_is_refused(tmp_path: Path, name: str):
    with pytest.raises(CommandError, match="library_cards"):
        call_command("new_service", name, into=tmp_path)
