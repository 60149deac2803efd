# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest

from ennakko.kernel.payments import writing

CREATED = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=UTC)


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet(*rows: list[writing.Cell]) -> bytes:
    return writing.xlsx("Setelit", ["a", "b"], rows, created=CREATED)


def test_a_csv_file_is_what_talpa_reads():
    content = writing.csv(["Summa", "Nimi"], [[35_000, 'Ääkkönen "Oy"; Ab'], [Decimal("12.50"), None]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"Summa";"Nimi"\r\n"35000";"Ääkkönen ""Oy""; Ab"\r\n"12,50";""\r\n'


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+1+1", "-2+3|cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "＝1+1"]
)
def test_nobodys_text_becomes_a_formula_in_a_csv_file(text):
    ((cell,),) = read_back(writing.csv(["x"], [[text]]))[1:]
    assert cell.startswith("'")
    assert cell[1:] == text.replace("\x00", "").replace("\r", "\r")


@pytest.mark.parametrize("text", ["+358 40 123 4567", "-5", "-12,50", "a=b", "Oy Firma", "", "1=1"])
def test_phone_numbers_and_ordinary_words_stay_as_they_are(text):
    assert read_back(writing.csv(["x"], [[text]]))[1:] == [[text]]


def test_numbers_given_as_numbers_stay_numbers():
    assert read_back(writing.csv(["x", "y"], [[-5, Decimal("-0.50")]]))[1:] == [["-5", "-0,50"]]


def test_an_xlsx_file_holds_text_as_text_and_numbers_as_numbers():
    book = openpyxl.load_workbook(
        io.BytesIO(sheet(["=1+1", 350], ["https://example.invalid", None], ["1234", Decimal("0.5")]))
    )
    page = book["Setelit"]
    cells = [(cell.value, cell.data_type, cell.hyperlink) for row in page.iter_rows(min_row=2) for cell in row]
    assert cells == [
        ("=1+1", "s", None), (350, "n", None), ("https://example.invalid", "s", None), (None, "n", None),
        ("1234", "s", None), (0.5, "n", None),
    ]  # fmt: skip
    assert [cell.value for cell in page[1]] == ["a", "b"]


def test_the_same_rows_are_the_same_bytes_whatever_the_machines_clock_and_zone(monkeypatch):
    first = sheet(["x", 1])
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    import time

    time.tzset()
    try:
        elsewhere = writing.xlsx(
            "Setelit", ["a", "b"], [["x", 1]], created=CREATED.astimezone(timezone(timedelta(hours=9)))
        )
    finally:
        monkeypatch.undo()
        time.tzset()
    assert first == elsewhere
    assert first != sheet(["x", 2])


def test_a_row_that_is_too_narrow_or_a_cell_too_long_is_refused_and_not_cut():
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        sheet(["x"])
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        writing.csv(["a", "b"], [["x"]])
    with pytest.raises(ValueError, match="does not fit"):
        sheet(["x" * (writing.LONGEST_CELL + 1), 1])
