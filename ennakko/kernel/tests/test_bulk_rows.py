# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime

import pytest
from django.db import DataError, IntegrityError, transaction

from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.bulk import among, change, insert, insert_and_change, insert_rows
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


def test_one_row_is_written_as_it_stands_and_gets_its_key():
    run = JobRun(name="n", slot="s", worker="w", started_at=AT, outcome="done", report={"ä": [None, 1.5]}, error="")
    insert(run)
    assert JobRun.objects.get(pk=run.pk).report == {"ä": [None, 1.5]}
    run.outcome = "failed"
    run.save()
    assert JobRun.objects.get().outcome == "failed"


def test_one_row_with_a_key_of_its_own_keeps_it():
    one = Person(key=7, identity_code_sealed=b"\x00\xff", surname="Ökö", search="öko", created_at=AT)
    insert(one)
    assert (one.pk, bytes(Person.objects.get(key=7).identity_code_sealed)) == (7, b"\x00\xff")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Person(key=7, surname="Again", search="again", created_at=AT))


def test_rows_as_they_were_thought_to_be_are_changed_and_counted():
    for slot in ("a", "b"):
        JobRun.objects.create(name="n", slot=slot, worker="w", started_at=AT, outcome="done", report={}, error="")
    assert change(JobRun, {"name": "n", "slot": "a"}, {"outcome": "failed", "report": {"ä": 1}, "ended_at": AT}) == 1
    assert change(JobRun, {"name": "n", "slot": "a", "outcome": "done"}, {"error": "never"}) == 0
    failed, done = JobRun.objects.order_by("slot")
    assert (failed.outcome, failed.report, failed.ended_at, failed.error) == ("failed", {"ä": 1}, AT, "")
    assert done.outcome == "done"


def test_rows_and_the_change_that_goes_with_them_stand_together():
    head = JobRun.objects.create(name="n", slot="a", worker="w", started_at=AT, outcome="done", report={}, error="")
    people = [Person(key=key, surname="Ökö", search="öko", created_at=AT) for key in (7, 8)]
    assert insert_and_change(people, JobRun, {"pk": head.pk}, {"outcome": "failed", "report": {"ä": 1}}) == 1
    assert list(Person.objects.order_by("key")) == people
    head.refresh_from_db()
    assert (head.outcome, head.report) == ("failed", {"ä": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_and_change(
            [Person(key=8, surname="Ö", search="ö", created_at=AT)], JobRun, {"pk": head.pk}, {"error": "e"}
        )
    head.refresh_from_db()
    assert head.error == ""


def test_a_text_longer_than_its_column_is_refused_on_every_database():
    too_long = StaffMember._meta.get_field("subject").max_length + 1
    with pytest.raises(DataError), transaction.atomic():
        insert(StaffMember(subject="s" * too_long, name="S"))
    assert not StaffMember.objects.exists()
