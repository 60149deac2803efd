# SPDX-License-Identifier: EUPL-1.2
"""Past cases out of another system's export: a CSV file read by a table that tells what its columns are."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

DATES = ("decided_on", "granted_start", "granted_end", "applied_start", "applied_end", "applied_on", "birth_date")
TRUTHS = ("apprenticeship_program", "lives_here", "business_activity", "manager_available")
CODES = {
    "benefit_type": ("salary_benefit", "employment_benefit", "commission_benefit"),
    "employer_kind": ("company", "association"),
}
NEEDED = ("id", "status", "total")
SUMS = (
    "total", "first_instalment", "second_instalment", "monthly_pay", "vacation_money", "other_expenses",
    "state_aid_max_percentage", "override_monthly_benefit_amount", "pay_subsidy_percent", "weekly_hours",
)  # fmt: skip
OUTCOME = ("id", "status", "decided_on", "total", "reason", "first_instalment", "second_instalment")
FACTS = ("applied_on", "weekly_hours", "lives_here", "employer_kind", "business_activity", "manager_available")
GRANTED = ("granted", "granted_aged")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class BadExport(ValueError):
    """The file cannot be used; the message says what is missing or where it is wrong."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of an export are: single ones, rows numbered from 1, and what its words mean."""

    single: Mapping[str, list[str]]
    rows: Mapping[str, Mapping[str, str]]
    words: Mapping[str, list[str]]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Columns":
        """The table of a TOML document with columns, rows and words; raises BadExport for another."""
        try:
            single, rows, words = document["columns"], document["rows"], document["words"]
        except KeyError as error:
            raise BadExport(f"The table of columns lacks [{error.args[0]}].") from None
        return cls(single, rows, words)


def read_export(written: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """The decided cases of an export: `{"id", "input", "decided", "facts", "assumed"}`, each once.

    Raises BadExport for a file without the columns that a case cannot do without.
    """
    reader = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(written))
    headings = [heading.strip() for heading in next(reader, [])]
    places = {name: [headings.index(one) for one in named if one in headings] for name, named in columns.single.items()}
    missing = [columns.single[name][0] for name in NEEDED if not places.get(name)]
    if missing:
        raise BadExport(f"The file lacks the column {', '.join(missing)}. Is it the right export, with its headings?")
    numbered = {key: list(_numbered(headings, parts)) for key, parts in columns.rows.items()}
    for number, cells in enumerate(reader, 2):
        if not any(cells):
            continue
        if len(cells) != len(headings):
            raise BadExport(f"Line {number} has {len(cells)} cells, the headings {len(headings)}: export it again.")
        filled = [cell.strip() for cell in cells]
        first = {name: next((filled[n] for n in there if filled[n]), "") for name, there in places.items()}
        told = {name: cell for name, cell in first.items() if cell}
        if told.get("row", "1") not in ("1", "") or "id" not in told or "status" not in told:
            continue
        yield _case(told, numbered, cells, columns, number)


def _delimiter(written: str) -> str:
    first = written.partition("\n")[0]
    return ";" if first.count(";") >= first.count(",") else ","


def _numbered(headings: list[str], parts: Mapping[str, str]) -> Iterator[dict[str, int]]:
    number = 1
    while True:
        names = {key: heading.format(n=number) for key, heading in parts.items()}
        if not all(name in headings for name in names.values()):
            return
        yield {key: headings.index(name) for key, name in names.items()}
        number += 1


def _case(
    told: Mapping[str, str], numbered: Mapping[str, list[dict[str, int]]], cells: list[str], columns: Columns, line: int
) -> dict[str, Any]:
    known = {name: _value(name, cell, columns, line) for name, cell in told.items()}
    told_beside = {*OUTCOME, *FACTS, "row"}
    given = {name: value for name, value in known.items() if name not in told_beside and value is not None}
    assumed: list[str] = []
    rows = list(_rows(numbered["pay_subsidies"], cells, line)) if "pay_subsidies" in numbered else []
    if rows:
        given["pay_subsidies"] = rows
    elif not numbered.get("pay_subsidies") and known.get("pay_subsidy_granted") in GRANTED:
        assumed += _assumed_subsidy(given)
    given.pop("pay_subsidy_percent", None)
    aid = list(_rows(numbered.get("aid", []), cells, line))
    return {
        "id": told["id"],
        "input": given,
        "decided": {name: known[name] for name in OUTCOME if name != "id" and known.get(name) is not None},
        "facts": {name: known[name] for name in FACTS if known.get(name) is not None} | ({"aid": aid} if aid else {}),
        "assumed": assumed,
    }


def _assumed_subsidy(given: dict[str, Any]) -> list[str]:
    """An export without the days of the pay subsidy: it is taken to have been paid for the whole benefit."""
    percent, start, end = (given.get(name) for name in ("pay_subsidy_percent", "granted_start", "granted_end"))
    if percent is None or start is None or end is None:
        return []
    given["pay_subsidies"] = [{"percent": percent, "start": start, "end": end}]
    return ["pay_subsidies"]


def _rows(places: list[dict[str, int]], cells: list[str], line: int) -> Iterator[dict[str, Any]]:
    for row in places:
        found = {key: cells[place].strip() for key, place in row.items() if cells[place].strip()}
        if found:
            yield {key: _plain(key, cell, line) for key, cell in found.items()}


def _plain(key: str, cell: str, line: int) -> str:
    return _day(cell, line) if key in ("start", "end", "granted_on") else cell.replace(",", ".")


def _value(name: str, cell: str, columns: Columns, line: int) -> Any:
    if name in DATES:
        return _day(cell, line)
    if name in SUMS:
        return cell.replace("\xa0", "").replace(" ", "").replace(",", ".")
    word = cell.casefold()
    if name in TRUTHS:
        if _means(word, columns.words["unanswered"]):
            return None
        return True if _means(word, columns.words["yes"]) else False if _means(word, columns.words["no"]) else None
    if name in CODES:
        return next((code for code in CODES[name] if _means(word, columns.words[code])), cell)
    if name == "pay_subsidy_granted":
        return None if _means(word, columns.words["unanswered"]) else word
    return cell


def _means(word: str, words: list[str]) -> bool:
    return any(word.startswith(one.casefold()) for one in words)


def _day(cell: str, line: int) -> str:
    dotted = _DOTTED.fullmatch(cell)
    try:
        found = date(int(dotted[3]), int(dotted[2]), int(dotted[1])) if dotted else date.fromisoformat(cell[:10])
    except ValueError:
        raise BadExport(f"Line {line}: {cell!r} is not a day. Write 2026-01-15 or 15.1.2026.") from None
    return found.isoformat()
