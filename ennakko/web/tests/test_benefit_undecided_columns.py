# SPDX-License-Identifier: EUPL-1.2
"""Columns of finance's files that nobody has decided: the pages say which are empty, and who decides."""

from typing import Any

import pytest

from ennakko.kernel import clock
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
LISTS = "/hiring-benefit/payments/"


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.mark.parametrize(("language", "words"), [("fi", "Tilitunniste"), ("sv", "Kontobeteckning"), ("en", "Account")])
def test_finance_reads_which_columns_are_empty_and_who_decides(language: str, words: str) -> None:
    tuula = e.comes(t.staff("Tuula", "finance"))
    html = e.reads(tuula, f"{LISTS}invoices/", language=language)
    assert words in html
    assert "Talpa" in html


@pytest.mark.parametrize(("language", "words"), [("fi", "Hyväksyjän nimi"), ("sv", "Godkännarens"), ("en", "Approver")])
def test_a_batch_says_what_its_file_lacks(language: str, words: str) -> None:
    p.granted()
    made = p.batch()
    html = e.reads(e.comes(t.staff("Tuula", "finance")), f"/payments/batches/{made.reference}/", language=language)
    assert words in html
    assert "Talpa" in html
