# SPDX-License-Identifier: EUPL-1.2
"""The command `ennakko` as a shell and other programs use it."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

YOUTH = {"municipality": "091", "birth_date": "2010-05-31", "alive": True, "voucher_given": False}
ENNAKKO = str(Path(sys.executable).parent / "ennakko")


class Lines:
    """Standard input that holds these bytes."""

    def __init__(self, written: bytes) -> None:
        self.buffer = io.BytesIO(written)


def evaluated(monkeypatch: pytest.MonkeyPatch, *lines: str, on: str = "2026-04-15") -> tuple[list[dict[str, str]], int]:
    monkeypatch.setattr(sys, "stdin", Lines("\n".join(lines).encode()))
    out, code = io.StringIO(), 0
    try:
        call_command("evaluate", "summer-voucher.entitled", "--on", on, stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def test_every_line_is_answered_in_order_and_the_exit_code_tells_of_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, code = evaluated(monkeypatch, json.dumps(YOUTH), "{", json.dumps(YOUTH | {"municipality": "049"}))
    assert [answer.get("outcome", "error") for answer in answers] == ["yes", "error", "no"]
    assert code == 1
    assert evaluated(monkeypatch, json.dumps(YOUTH))[1] == 0
    assert evaluated(monkeypatch) == ([], 0)


def test_a_year_that_nobody_has_decided_is_unknown_and_tells_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    (answer,), code = evaluated(monkeypatch, json.dumps(YOUTH), on="2027-04-15")
    assert (answer["outcome"], answer["ask"], code) == ("unknown", ["summer-voucher.ages"], 0)
    told = {each["step"]: each["text"]["en"] for each in answer["reasons"]}  # type: ignore[index]
    assert "not decided yet" in told["right_age"]


def test_an_error_names_the_parameters_file_without_the_servers_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    (answer,), code = evaluated(monkeypatch, json.dumps(YOUTH), on="1990-01-01")
    assert "has no value on 1990-01-01" in answer["error"]
    assert code == 1
    assert str(Path.cwd()) not in answer["error"]


@pytest.mark.parametrize("day", ["2026-02-30", "20260415", "15.4.2026", "tomorrow"])
def test_a_wrong_day_is_told_how_to_be_written(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    with pytest.raises(CommandError, match="is not a day: write it as 2026-04-15"):
        evaluated(monkeypatch, on=day)


def test_an_unknown_rule_names_the_near_ones() -> None:
    with pytest.raises(CommandError, match=r"Did you mean summer-voucher\.entitled"):
        call_command("evaluate", "summer-voucher.entitle")


def test_a_reform_that_cannot_be_read_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    reform = tmp_path / "reform.toml"
    reform.write_text('[parameters."summer-voucher.age"]\n2026-01-01 = [15]\n', "utf-8")
    with pytest.raises(CommandError, match=r"no rule uses a parameter summer-voucher\.age\. Did you mean"):
        call_command("simulate", str(reform))


def test_text_goes_out_as_utf_8_and_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    environment = os.environ | {"ENNAKKO_VAR": str(tmp_path), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    cases = tmp_path / "cases.jsonl"
    cases.write_text((json.dumps(YOUTH) + "\n") * 500, "utf-8")
    with (
        cases.open("rb") as given,
        subprocess.Popen(
            [ENNAKKO, "evaluate", "summer-voucher.entitled", "--on", "2026-04-15", "--explain", "fi"],
            stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        ) as running,
    ):  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        first = json.loads(running.stdout.readline().decode())
        running.stdout.close()
        told = running.stderr.read().decode()
    assert any("Täytät" in reason["text"] for reason in first["reasons"])
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_told_before_a_city_is_made() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is taken: .* \(PORT={port + 1}\)"):
            call_command("demo", port=port)
