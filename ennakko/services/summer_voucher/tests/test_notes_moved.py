# SPDX-License-Identifier: EUPL-1.2
"""The migration that moves handlers' notes to the kernel's cases: nothing is lost, nothing becomes visible outside."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
BEFORE = [("summer_voucher", "0002_claims"), ("cases", "0003_completed")]
AFTER = [("summer_voucher", "0003_notes_to_the_kernel"), ("cases", "0003_completed")]


def migrated(to: list[tuple[str, str]]):
    """The database at some migrations, and its models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def _back_at_the_end() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_back_at_the_end")
def test_every_note_moves_as_it_is_and_stays_inside():
    then = migrated(BEFORE)
    case = then.get_model("cases", "Case").objects.create(
        service="summer-voucher", kind="application", number="KS-2026-000001", state="awaiting_handling", state_at=AT,
        opened_at=AT, opened_by="anonymous",
    )  # fmt: skip
    old = then.get_model("summer_voucher", "HandlerNote")
    for number in range(3):
        old.objects.create(
            case=case, text=f"Note {number}", internal=number != 1, important=number == 2, by="staff:ritva",
            by_name="Ritva Lehtonen", at=AT + timedelta(hours=number), edited_at=AT if number else None,
        )  # fmt: skip
    new = migrated(AFTER).get_model("cases", "Note")
    moved = list(
        new.objects.order_by("at").values_list("text", "kind", "important", "by", "by_name", "at", "edited_at")
    )
    assert moved == [
        ("Note 0", "internal", False, "staff:ritva", "Ritva Lehtonen", AT, None),
        ("Note 1", "internal", False, "staff:ritva", "Ritva Lehtonen", AT + timedelta(hours=1), AT),
        ("Note 2", "internal", True, "staff:ritva", "Ritva Lehtonen", AT + timedelta(hours=2), AT),
    ]
    assert "summer_voucher_handlernote" not in connection.introspection.table_names()
    back = migrated(BEFORE).get_model("summer_voucher", "HandlerNote")
    assert list(back.objects.order_by("at").values_list("text", "important")) == [
        ("Note 0", False), ("Note 1", False), ("Note 2", True),
    ]  # fmt: skip
    back.objects.all().delete()
