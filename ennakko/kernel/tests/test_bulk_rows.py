# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime

import pytest

from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.jobs.models import JobRun
from ennakko.kernel.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, 0, 123456, tzinfo=UTC)
PEOPLE = (
    "key", "identity_code_sealed", "identity_code_index", "given_names", "surname", "search", "language", "channel",
    "email", "phone", "suomifi_messages", "non_disclosure", "chosen_at", "created_at",
)  # fmt: skip


def row(key: int, surname: str = "Ökö, \"{'\\", sealed: bytes | None = b"\x00\xff") -> tuple[object, ...]:
    return (key, sealed, None, "", surname, "", "fi", "", "", "", True, False, None, AT)


def test_every_kind_of_value_arrives_as_it_was_given():
    assert insert_rows(Person, PEOPLE, [row(1), row(2, sealed=None)]) == 2
    one, two = Person.objects.order_by("key")
    assert (bytes(one.identity_code_sealed), one.surname, one.created_at) == (b"\x00\xff", "Ökö, \"{'\\", AT)
    assert (one.suomifi_messages, one.non_disclosure, one.chosen_at) == (True, False, None)
    assert two.identity_code_sealed is None


def test_dates_relations_and_json_arrive_too():
    staff = StaffMember.objects.create(subject="s", name="S")
    columns = ("staff", "role", "valid_from", "valid_until", "granted_by", "granted_at")
    insert_rows(RoleGrant, columns, [(staff.pk, "adviser", date(2026, 4, 15), None, None, AT)])
    grant = RoleGrant.objects.get()
    assert (grant.staff, grant.valid_from, grant.granted_at) == (staff, date(2026, 4, 15), AT)
    report = {"sent": 1, "names": ["ä", None], "deep": {"a": 1.5}}
    runs = ("name", "slot", "worker", "started_at", "outcome", "report", "error")
    insert_rows(JobRun, runs, [("n", "s", "w", AT, "done", report, "")])
    assert JobRun.objects.get().report == report


def test_a_row_that_is_there_is_left_alone_or_changed_as_asked():
    insert_rows(Person, PEOPLE, [row(1, "Old")])
    assert insert_rows(Person, PEOPLE, [row(1, "New"), row(2)], unique=("key",)) == 1
    assert Person.objects.get(key=1).surname == "Old"
    insert_rows(Person, PEOPLE, [row(1, "New")], unique=("key",), update=("surname",))
    assert Person.objects.get(key=1).surname == "New"


def test_thousands_of_keys_are_one_parameter():
    insert_rows(Person, PEOPLE, [row(key) for key in range(1, 41)])
    wanted = Person.objects.filter(key__in=among(range(1, 100_000, 2)))
    assert set(wanted.values_list("key", flat=True)) == set(range(1, 41, 2))
    assert not Person.objects.filter(key__in=among([])).exists()
    assert wanted.filter(key=2**62).count() == 0


def test_json_values_that_python_calls_equal_stay_what_they_are():
    runs = ("name", "slot", "worker", "started_at", "outcome", "report", "error")
    reports = [{"n": 1}, {"n": True}, {"n": 1.0}]
    insert_rows(JobRun, runs, [("n", str(nth), "w", AT, "done", said, "") for nth, said in enumerate(reports)])
    stored = [type(one.report["n"]) for one in JobRun.objects.order_by("slot")]
    assert stored == [int, bool, float]


def test_no_rows_are_no_work():
    assert insert_rows(Person, PEOPLE, []) == 0


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="Rows of 13 values for 14 columns of Person"):
        insert_rows(Person, PEOPLE, [row(1)[:-1]])
