# SPDX-License-Identifier: EUPL-1.2
"""Files for other systems as bytes: the same rows give the same bytes, and nobody's text becomes a formula.

A spreadsheet runs a CSV cell that begins with = + - or @ (or a tab or line break before them) as a formula. Text that
begins so gets an apostrophe before it, which spreadsheets read as “what follows is text”; numbers given as numbers, and
plain phone numbers (“+358 40 123 4567”), stay as they are. In an xlsx file text is stored as text, so nothing is added.
"""

import csv as csv_module
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

Cell = str | int | Decimal | None
_DANGEROUS = re.compile(r"[\s\x00]*[=+\-@＝＋－＠]")
_PHONE_OR_NUMBER = re.compile(r"[+-][0-9][0-9 ]*(,[0-9]+)?")
LONGEST_CELL = 32_767
"""Characters in one cell of an xlsx file."""


def plain(value: Cell) -> str:
    """A cell of a CSV file: text made harmless, numbers with a decimal comma, None empty."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if not isinstance(value, str):
        return str(int(value))
    words = value.replace("\x00", "")
    if _DANGEROUS.match(words) and not _PHONE_OR_NUMBER.fullmatch(words):
        return f"'{words}"
    return words


def csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as Finnish spreadsheets and Talpa read it: UTF-8 with a mark, semicolons, every cell in quotes."""
    written = io.StringIO()
    writer = csv_module.writer(written, delimiter=";", quoting=csv_module.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([plain(name) for name in header])
    for row in rows:
        _as_wide(row, header)
        writer.writerow([plain(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx(sheet: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, created: datetime) -> bytes:
    """An xlsx workbook of one sheet. `created` is the only time in it; give the batch's, never the clock's.

    Text stays text (no formulas, no links), whole numbers and decimals become numbers. Nothing of it touches the disk:
    the writer's constant-memory mode would leave the rows in a temporary file in the clear. Raises ValueError for a
    cell that does not fit.
    """
    import xlsxwriter  # loaded only when a file is written

    file = io.BytesIO()
    # The writer wants a moment without a zone: always UTC, so that the machine's own zone changes nothing.
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
        page = book.add_worksheet(sheet)
        for column, name in enumerate(header):
            _taken(page.write_string(0, column, name), name)
        for number, row in enumerate(rows, 1):
            _as_wide(row, header)
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    _taken(page.write_string(number, column, value), value)
                else:
                    _taken(page.write_number(number, column, value), value)
    return file.getvalue()


def _as_wide(row: Sequence[Cell], header: Sequence[str]) -> None:
    if len(row) != len(header):
        raise ValueError(f"A row of {len(row)} cells under {len(header)} columns.")


def _taken(code: int, value: object) -> None:
    if code:
        length = len(value) if isinstance(value, str) else 0
        raise ValueError(f"A cell does not fit the sheet (code {code}, {length} characters of {LONGEST_CELL}).")
