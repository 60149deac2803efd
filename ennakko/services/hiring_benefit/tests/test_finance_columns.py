# SPDX-License-Identifier: EUPL-1.2
"""Columns of finance's files that the municipality decides: empty and told while it has not, filled from its day on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ennakko.kernel.cases.models import Decision
from ennakko.kernel.payments.models import Line
from ennakko.municipalities.profile import load
from ennakko.rules.parameters import ParameterBook, default_book, set_default_book
from ennakko.services.hiring_benefit import finance_columns as columns
from ennakko.services.hiring_benefit import payment_file
from ennakko.services.hiring_benefit.actions import invoicing
from ennakko.services.hiring_benefit.law import rules
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.values.texts import LANGUAGES

pytestmark = pytest.mark.django_db
EVERY = {**columns.PAYMENT_LIST, **columns.INVOICE_LIST}


@pytest.fixture
def decided(tmp_path: Path) -> Iterator[None]:
    """A municipality that has decided every column from March on."""
    law = Path(rules.__file__).parent / "parameters.toml"
    files = [one for one in load("helsinki").parameter_files if one.name == "hiring-benefit.toml"]
    written, before = files[0].read_text(encoding="utf-8"), default_book()
    for name in EVERY:
        head, _, rest = written.partition(f"[{name}]\n")
        start = rest.index("  { from = 2021-01-01, not_decided")
        end = rest.index("\n", start)
        row = rest[start:end].replace("2021-01-01", "2026-03-01").replace("not_decided = true", f'value = "{name}!"')
        ask = row[row.index(" ask = ") : row.index(" source = ")]
        written = f"{head}[{name}]\n{rest[:end].replace('2021-01-01, not', '2021-01-01, until = 2026-02-28, not')}"
        written += f"\n{row.replace(ask, '')}{rest[end:]}"
    (tmp_path / "hiring-benefit.toml").write_text(written, encoding="utf-8")
    set_default_book(ParameterBook.load(law, tmp_path / "hiring-benefit.toml"))
    yield
    set_default_book(before)


def test_what_nobody_has_decided_is_empty_and_named_with_whom_to_ask() -> None:
    assert set(columns.given(EVERY, t.ON).values()) == {""}
    lacking = columns.lacking(columns.PAYMENT_LIST, t.ON)
    assert [one.column.en for one in lacking] == ["Inspector's name, P2P", "Inspector's e-mail, P2P",
                                                  "Approver's name, P2P"]  # fmt: skip
    assert all(one.ask.in_(language) for one in lacking for language in LANGUAGES)
    assert len(payment_file.lacks(t.ON)) == 3


@pytest.mark.usefixtures("decided")
def test_from_its_day_on_a_decision_stands_in_the_file_and_before_it_does_not() -> None:
    assert columns.lacking(EVERY, date(2026, 3, 1)) == ()
    assert len(columns.lacking(EVERY, date(2026, 2, 28))) == 5
    application = p.granted()
    row = payment_file.row_of(Line.objects.get(about=f"case:{application.case_id}"))
    assert row[-3:] == ["p2p_inspector!", "p2p_inspector_email!", "p2p_approver!"]
    assert len(row) == len(payment_file.columns()) == 18


def test_a_later_decision_changes_no_row_that_is_planned(request: pytest.FixtureRequest) -> None:
    application = p.granted()
    before = payment_file.row_of(Line.objects.get(about=f"case:{application.case_id}"))
    request.getfixturevalue("decided")
    assert payment_file.row_of(Line.objects.get(about=f"case:{application.case_id}")) == before


@pytest.mark.usefixtures("decided")
def test_the_invoice_list_has_the_decided_account_and_unit() -> None:
    application = p.granted()
    p.bank()
    row = p.recovered(p.told(application))
    assert Alteration.objects.get(pk=row.pk).invoiced_cents > 0 or row.deducted_cents > 0
    own = columns.given(columns.INVOICE_LIST, t.ON)
    cells = invoicing.row_of(row, Decision.objects.get(case=row.case), own)
    assert len(cells) == len(invoicing.COLUMNS)
    assert (cells[9], cells[12]) == ("invoice_account!", "invoice_department!")
