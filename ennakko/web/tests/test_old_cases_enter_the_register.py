# SPDX-License-Identifier: EUPL-1.2
"""Cases from before the register get their matters when the database is migrated, once."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from ennakko.kernel.cases.models import Case
from ennakko.kernel.records.models import Matter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 1, 22, 30, tzinfo=UTC)


def old(number: str, **more) -> Case:
    return Case.objects.create(
        service="summer-voucher", kind=more.pop("kind", "application"), number=number, state="accepted", state_at=AT,
        opened_at=AT, opened_by="person:1", **more,
    )  # fmt: skip


def enter() -> None:
    import_module("ennakko.kernel.records.migrations.0002_matters_of_old_cases").enter_old_cases(apps, None)


def test_old_cases_are_entered_once_with_their_days():
    closed, still_open = old("A-1", closed_at=AT), old("A-2")
    old("A-3", kind="of-nobody")
    enter()
    enter()
    rows = {row.number: row for row in Matter.objects.all()}
    assert set(rows) == {"A-1", "A-2"}
    assert rows["A-1"].case == closed.pk
    assert (rows["A-1"].opened_on, rows["A-1"].closed_on) == (date(2026, 2, 2), date(2026, 2, 2))
    assert rows["A-1"].destroy_after == date(2031, 2, 2)
    assert (rows["A-2"].about, rows["A-2"].destroy_after) == (f"case:{still_open.pk}", None)
    assert rows["A-1"].publicity == "partly-secret"


def test_a_case_that_was_emptied_already_is_a_number_in_the_register():
    old("A-1", closed_at=AT, emptied_at=AT)
    enter()
    assert Matter.objects.get().case is None
