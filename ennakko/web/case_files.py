# SPDX-License-Identifier: EUPL-1.2
"""Cases given to a command as JSON Lines: one object a line, its keys as they are or under `input`."""

import json
from pathlib import Path
from typing import Any


class BadCases(ValueError):
    """The file cannot be used; the message names the line and says what to write."""


def read_cases(path: str) -> list[dict[str, Any]]:
    """Every case of a file, in order, its `input` opened; what stands beside it is kept. Raises BadCases."""
    return [_opened(case) for case in read_lines(path)]


def read_lines(path: str) -> list[dict[str, Any]]:
    """Every object of a file as it is written, in order. Raises BadCases."""
    try:
        written = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCases(f"{path} cannot be read: {error}") from None
    # Only a line feed ends a line: JSON may hold the other separators that Python knows.
    lines = enumerate(written.split("\n"), 1)
    cases = [_case(line, f"{path}, line {number}") for number, line in lines if line.strip()]
    if not cases:
        raise BadCases(f"{path} holds no cases. Write one JSON object a line.")
    return cases


def _case(line: str, where: str) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadCases(f"{where} is not JSON: {error}. Write one object a line.") from None
    if not isinstance(case, dict):
        raise BadCases(f'{where} is not an object: write {{"start_date": "2026-02-01", …}}.')
    return case


def _opened(case: dict[str, Any]) -> dict[str, Any]:
    given = case.get("input")
    return {key: value for key, value in case.items() if key != "input"} | given if isinstance(given, dict) else case
