# SPDX-License-Identifier: Apache-2.0
"""Reading parameter files: one TOML table a parameter, every row with its first day, value and source.

    [ages]                                          # summer-voucher.ages, in the file of summer-voucher
    label = { fi = "ikäryhmät", sv = "åldersgrupper", en = "age groups" }        # optional
    rows = [
      { from = 2024-01-01, value = [16], source = "Kaupunginhallitus 11.12.2023 § 780" },
      { from = 2026-01-01, value = [16, 17], source = { fi = "…", sv = "…", en = "…" } },
    ]

    [[value]]                                       # the same, a row as a table of its own
    from = 2024-01-01
    until = 2026-12-31                              # optional: otherwise until the next row
    euros = 350                                     # or "350.50"; or cents = 35000; money is whole cents in rules
    source = "…"

    [[limit]]
    from = 2026-08-01
    not_decided = true
    ask = { fi = "…", sv = "…", en = "…" }          # whom to ask
    source = "…"

    [[income_limit]]
    from = 2023-03-01
    steps = { 2 = { euros = 3874 }, 3 = { euros = 4998 } }      # a step table; keys are whole numbers or dates
    source = "…"

`value` is a whole number, true or false, a date, a code (text), or a list of one of them (a set).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ennakko.rules.errors import RuleError
from ennakko.rules.parameters import (
    NotDecided,
    Parameter,
    Parameters,
    PlainValue,
    Row,
    StepTable,
    in_sequence,
    kind_of,
)
from ennakko.values.money import euros
from ennakko.values.texts import LANGUAGES, Text, text

FORMS = ("value", "euros", "cents", "steps", "not_decided")
ROW_KEYS = {"from", "until", "source", "ask", *FORMS}


def read(path: Path, service: str | None = None) -> Parameters:
    """The parameters of a file; the service is the file's `service`, else told by its place in the tree.

    `services/summer_voucher/law/parameters.toml` and `parameters/summer-voucher.toml` are both summer-voucher's.
    """
    own = path.parent.parent.name if path.stem == "parameters" else path.stem
    # The end of the path tells a reader which file it is; the rest tells a stranger how the server is laid out.
    origin = "/".join(path.parts[-4:])
    return parse(path.read_text(encoding="utf-8"), service=service or own.replace("_", "-"), origin=origin)


def parse(toml: str, *, service: str, origin: str) -> Parameters:
    """The parameters of a TOML text; raises RuleError naming origin, parameter and what to write."""
    try:
        document = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{origin} is not readable as TOML: {error}") from None
    service = document.pop("service", service)
    return Parameters(origin, tuple(_parameter(f"{service}.{key}", body, origin) for key, body in document.items()))


def _parameter(name: str, body: object, origin: str) -> Parameter:
    where = f"{origin}: {name}"
    label: Text | None = None
    if isinstance(body, Mapping):
        unknown = set(body) - {"rows", "label"}
        if unknown or "rows" not in body:
            raise RuleError(f"{where} is written [key] with rows = […] and label; not {', '.join(sorted(body))}.")
        label = _text(body["label"], f"{where}, label") if "label" in body else None
        body = body["rows"]
    if not isinstance(body, list) or not all(isinstance(row, Mapping) for row in body):
        raise RuleError(f"{where} needs rows = [{{ from = 2024-01-01, value = …, source = … }}].")
    read_rows = [_row(row, where) for row in body]
    kinds = {kind for kind, _ in read_rows if kind is not None}
    money = "money" in kinds or any(_in_euros(row.get("steps")) for row in body)
    if len(kinds) > 1:
        raise RuleError(f"{where}: all rows must be of one kind, now {' and '.join(sorted(kinds))}.")
    rows = in_sequence(row for _, row in read_rows)
    return Parameter(name, kinds.pop() if kinds else "int", rows, label, origin, money)


def _in_euros(steps: object) -> bool:
    return isinstance(steps, Mapping) and any(isinstance(each, Mapping) for each in steps.values())


def _row(row: Mapping[str, Any], where: str) -> tuple[str | None, Row]:
    start = row.get("from")
    if not isinstance(start, date) or isinstance(start, datetime):
        raise RuleError(f"{where}: every row needs from = 2024-01-01 (a date without quotation marks).")
    where = f"{where}, from {start}"
    unknown = sorted(set(row) - ROW_KEYS)
    if unknown:
        raise RuleError(f"{where}: unknown key {', '.join(unknown)}. A row takes {', '.join(sorted(ROW_KEYS))}.")
    end = row.get("until")
    if end is not None and (not isinstance(end, date) or isinstance(end, datetime) or end < start):
        raise RuleError(f"{where}: until must be a date, the last day in force, not before from.")
    if not row.get("source"):
        raise RuleError(f'{where}: a source is missing. Write source = "the act and paragraph, or the decision".')
    forms = [form for form in FORMS if form in row]
    if len(forms) != 1:
        raise RuleError(f"{where}: write exactly one of {', '.join(FORMS)}.")
    kind, value = _value(row, forms[0], where)
    return kind, Row(start, end, value, _text(row["source"], f"{where}, source"))


def _value(row: Mapping[str, Any], form: str, where: str) -> tuple[str | None, PlainValue]:
    if form == "not_decided":
        if row["not_decided"] is not True or "ask" not in row:
            raise RuleError(f"{where}: write not_decided = true and ask = {{ fi, sv, en }}: whom to ask.")
        return None, NotDecided(_text(row["ask"], f"{where}, ask"))
    if "ask" in row:
        raise RuleError(f"{where}: ask belongs only to a row with not_decided = true.")
    if form == "steps":
        return "table", _steps(row["steps"], where)
    if form != "value":
        return "money", _cents(row, form, where)
    value = row["value"]
    if isinstance(value, Mapping):
        return "money", money_value(value, where)
    if isinstance(value, list):
        value = tuple(sorted(set(value))) if len({type(each) for each in value}) == 1 else tuple(value)
    kind = kind_of(value)
    if kind is None:
        raise RuleError(
            f"{where}: {row['value']!r} cannot be a value. Use a whole number, true or false, a date, a code or a list "
            'of one of them; an amount as euros = "350.50"; a rate as a whole number and its divisor in the rule.'
        )
    return kind, value


def money_value(written: Mapping[str, Any], where: str) -> int:
    """The cents of `{ euros = "350.50" }` or `{ cents = 35050 }`; raises RuleError saying what to write."""
    return _cents(written, next(iter(written), ""), where)


def _cents(row: Mapping[str, Any], form: str, where: str) -> int:
    amount = row.get(form)
    try:
        if form == "euros":
            return euros(amount)  # type: ignore[arg-type]
        if form == "cents" and type(amount) is int:
            return amount
    except (TypeError, ValueError) as error:
        raise RuleError(f'{where}: {error}. Write euros = 350 or euros = "350.50".') from None
    raise RuleError(f'{where}: write euros = 350, euros = "350.50" or cents = 35050.')


def _steps(steps: object, where: str) -> StepTable:
    if not isinstance(steps, Mapping) or not steps:
        raise RuleError(f"{where}: steps = {{ 2 = {{ euros = 3874 }}, 3 = 12 }}, keys whole numbers or dates.")
    rows: dict[int | date, int] = {}
    for key, value in steps.items():
        at: int | date
        try:
            at = int(key)
        except ValueError:
            try:
                at = date.fromisoformat(key)
            except ValueError:
                raise RuleError(f"{where}: the key {key} is neither a whole number nor a date.") from None
        if isinstance(value, Mapping):
            value = money_value(value, where)
        if type(value) is not int:
            raise RuleError(f"{where}: the value of {key} must be a whole number or {{ euros = … }}.")
        rows[at] = value
    if len({type(key) for key in rows}) > 1:
        raise RuleError(f"{where}: the keys of a step table are either all numbers or all dates.")
    return StepTable(tuple(sorted(rows.items())))


def _text(value: object, where: str) -> Text:
    if isinstance(value, str) and value:
        return text(fi=value, sv=value, en=value)
    if isinstance(value, Mapping) and set(LANGUAGES) <= set(value):
        more = {language: each for language, each in value.items() if language not in LANGUAGES}
        return text(fi=value["fi"], sv=value["sv"], en=value["en"], **more)
    raise RuleError(f'{where}: write one text for all languages or {{ fi = "…", sv = "…", en = "…" }}.')
