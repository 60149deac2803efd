# SPDX-License-Identifier: EUPL-1.2
"""A statement that goes to the driver directly behaves as one that goes through Django's cursor."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.bulk import among_words, insert, insert_rows, remove
from ennakko.kernel.ready import Given, Ready
from ennakko.kernel.statements import changed_by, rows_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
GRANT = ("staff", "role", "valid_from", "valid_until", "granted_by", "granted_at")


@pytest.fixture
def staff() -> StaffMember:
    return StaffMember.objects.create(subject="s", name="100 % Säde")


def test_rows_come_and_changes_are_counted(staff):
    asked = "SELECT name FROM access_staffmember WHERE subject = %s AND name LIKE '%%S%%'"
    for _ in range(7):  # PostgreSQL prepares it on the way
        assert rows_of(asked, ["s"]) == [("100 % Säde",)]
    assert changed_by("UPDATE access_staffmember SET name = %s WHERE subject = %s", ["Muu", "s"]) == 1
    assert changed_by("UPDATE access_staffmember SET name = %s WHERE subject = %s", ["Muu", "nobody"]) == 0


def test_the_hour_that_comes_twice_in_autumn_is_stored_as_the_two_it_is(staff):
    first = datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
    for place, at in enumerate((first, first.replace(fold=1))):
        insert(RoleGrant(staff=staff, role=f"r{place}", valid_from=date(2026, 4, 1), granted_at=at))
    stored = [one.granted_at for one in RoleGrant.objects.order_by("role")]
    assert stored == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    at = Ready(lambda: RoleGrant.objects.filter(granted_at=Given("at")))
    assert [[one.role for one in at.all(at=each)] for each in (first, first.replace(fold=1))] == [["r0"], ["r1"]]


def test_whoever_listens_hears_them(staff):
    with CaptureQueriesContext(connection) as heard:
        rows_of("SELECT 1 FROM access_staffmember WHERE subject = %s", ["s"])
        changed_by("UPDATE access_staffmember SET name = %s", ["Muu"])
    assert len(heard) == 2


def test_errors_are_djangos_and_a_broken_transaction_is_refused(staff):
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic():
        rows_of("SELECT nothing FROM nowhere", [])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(StaffMember(subject="s", name="Toinen"))
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic(savepoint=False):
            insert(StaffMember(subject="s", name="Toinen"))
        with pytest.raises(TransactionManagementError):
            rows_of("SELECT 1", [])
        transaction.set_rollback(True)


def test_what_a_transaction_takes_back_is_gone(staff):
    with transaction.atomic():
        insert(StaffMember(subject="t", name="Toinen"))
        transaction.set_rollback(True)
    assert rows_of("SELECT subject FROM access_staffmember ORDER BY subject", []) == [("s",)]


def test_a_handful_of_rows_is_one_statement_and_can_be_removed(staff):
    days = [date(2026, 4, day) for day in (1, 2, 3)]
    with CaptureQueriesContext(connection) as heard:
        written = insert_rows(RoleGrant, GRANT, [(staff.pk, "adviser", day, None, None, AT) for day in days])
    assert (written, len(heard)) == (3, 1)
    assert list(RoleGrant.objects.order_by("valid_from").values_list("valid_from", flat=True)) == days
    assert remove(RoleGrant, {"staff": staff.pk, "valid_from": days[1]}) == 1
    assert remove(RoleGrant, {"staff": staff.pk, "valid_from": days[1]}) == 0
    assert RoleGrant.objects.count() == 2


def test_words_are_one_parameter(staff):
    words, value = among_words(["s", 'Ä"', "'; --"])
    asked = f"SELECT name FROM access_staffmember WHERE subject IN ({words})"
    assert rows_of(asked, [value]) == [("100 % Säde",)]
    assert rows_of(asked, [among_words([])[1]]) == []
