# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.audit.actions import NoTransaction
from ennakko.kernel.audit.models import ChainHead, Coverage, CoveragePart, Entry, Read, Segment
from ennakko.kernel.audit.queries import latest_entries, staff_behind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
HANDLER = Actor(kind="staff", reference="officer:ab12", staff=1, roles=frozenset(), name="Hanna")


def written(count: int = 3, *, retention: str = "offers", at: datetime = AT) -> list[Entry]:
    return [
        audit.write(HANDLER, "offers.release", f"offer:{number}", at, {"number": number}, retention)
        for number in range(count)
    ]


def test_a_chain_of_writes_verifies():
    written()
    found = audit.verify()
    assert (found.ok, found.entries, found.head_number) == (True, 3, 3)
    assert found.head_hash == Entry.objects.get(number=3).hash


def test_an_empty_log_verifies():
    assert audit.verify().ok


def test_an_entry_names_neither_actor_nor_subject():
    entry = audit.write(HANDLER, "people.change", "person:17", AT, {}, "people")
    stored = " ".join(str(getattr(entry, field.attname)) for field in Entry._meta.concrete_fields)
    assert "person:17" not in entry.subject_reference
    assert "officer:ab12" not in stored
    assert "Hanna" not in stored
    assert staff_behind([entry.actor_reference]) == {}


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(NoTransaction):
        audit.write(HANDLER, "offers.release", "offer:1", AT, {}, "offers")
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_change_that_is_rolled_back():
    def changed_and_failed() -> None:
        with transaction.atomic():
            written(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changed_and_failed()
    with transaction.atomic():
        assert written(1)[0].number == 1
    assert audit.verify().ok


ENTRY_FIELDS = {
    "at": AT + timedelta(seconds=1),
    "action": "offers.withdraw",
    "actor_kind": "system",
    "actor_reference": "0" * 32,
    "organisation_reference": "0" * 32,
    "subject_reference": "0" * 32,
    "retention": "other",
    "digest": "0" * 64,
    "statement": '{"reads":1}',
    "previous": "0" * 64,
    "hash": "0" * 64,
}


@pytest.mark.parametrize("field", ENTRY_FIELDS)
def test_a_change_of_any_field_of_an_entry_is_found(field):
    written()
    Entry.objects.filter(number=2).update(**{field: ENTRY_FIELDS[field]})
    found = audit.verify()
    assert not found.ok
    assert {flaw.number for flaw in found.flaws} <= {2, 3}


def test_every_field_of_an_entry_is_tried():
    kept = {field.attname for field in Entry._meta.concrete_fields} - {"number", "key_id"}
    assert kept == set(ENTRY_FIELDS)


def test_another_key_id_on_an_entry_is_found():
    written()
    Entry.objects.filter(number=2).update(key_id=9)
    assert any("Key 9" in flaw.what for flaw in audit.verify().flaws)


@pytest.mark.parametrize(("field", "value"), [("details", "{}"), ("salt", "0" * 32)])
def test_a_change_of_details_is_found(field, value):
    written()
    Segment.objects.filter(entry=2).update(**{field: value})
    assert [flaw.what for flaw in audit.verify().flaws] == ["the details were changed"]


def test_details_deleted_without_an_erasure_are_missed():
    written()
    Segment.objects.filter(entry=2).delete()
    assert [(flaw.number, "no erasure" in flaw.what) for flaw in audit.verify().flaws] == [(2, True)]


def test_an_entry_cut_out_of_the_middle_is_missed():
    written()
    Segment.objects.filter(entry=2).delete()
    Entry.objects.filter(number=2).delete()
    assert audit.verify().flaws[0].what == "entries 2 to 2 are missing"


def test_entries_cut_off_the_end_are_missed():
    written()
    Segment.objects.filter(entry=3).delete()
    Entry.objects.filter(number=3).delete()
    assert audit.verify().flaws[0].what == "the chain does not end where its head says"


def test_entries_cut_off_together_with_the_head_are_missed_by_a_witness():
    second, third = written()[1:]
    Segment.objects.filter(entry=3).delete()
    Entry.objects.filter(number=3).delete()
    ChainHead.objects.update(number=2, hash=second.hash)
    assert audit.verify().ok  # nothing inside the system can tell
    assert not audit.verify(witnessed=(3, third.hash)).ok
    assert audit.verify(witnessed=(2, second.hash)).ok


def test_erasing_a_class_keeps_the_chain_whole():
    written(2, retention="offers", at=AT)
    written(1, retention="offers", at=AT + timedelta(days=400))
    written(1, retention="decisions", at=AT)
    erased = audit.erase(
        "offers", AT + timedelta(days=365), actor=SYSTEM("erase"), at=AT + timedelta(days=500), reason="x"
    )
    assert erased == 2
    found = audit.verify()
    assert (found.ok, found.erased) == (True, 2)
    assert [entry.details is None for entry in reversed(latest_entries())] == [True, True, False, False, False]


def test_an_erasure_does_not_excuse_another_class():
    written(1, retention="offers")
    written(1, retention="decisions")
    audit.erase("offers", AT + timedelta(days=1), actor=SYSTEM("erase"), at=AT + timedelta(days=2), reason="x")
    Segment.objects.filter(entry=2).delete()
    assert [flaw.number for flaw in audit.verify().flaws] == [2]


def test_the_logs_own_entries_are_never_erased():
    with pytest.raises(ValueError, match="never erased"):
        audit.erase("permanent", AT, actor=SYSTEM("erase"), at=AT, reason="x")


def test_what_was_done_to_something_is_found_with_its_details():
    written()
    (entry,) = audit.entries_about("offer:1")
    assert (entry.action, entry.details) == ("offers.release", {"subject": "offer:1", "number": 1})


def test_a_run_of_thousands_is_one_entry_with_the_digest_of_its_rows():
    rows = [(number, "made", AT) for number in range(12_000)]
    audit.write(HANDLER, "offers.make", "run:1", AT, {"rows": 12_000, "digest": audit.rows_digest(rows)}, "offers")
    assert Entry.objects.count() == 1
    changed = [*rows[:-1], (11_999, "sent", AT)]
    assert audit.entries_about("run:1")[0].details["digest"] == audit.rows_digest(rows) != audit.rows_digest(changed)


def test_details_that_cannot_be_written_down_are_refused():
    with pytest.raises(TypeError, match="cannot write down a object"):
        audit.write(HANDLER, "x.y", "offer:1", AT, {"what": object()}, "offers")


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        audit.write(HANDLER, "x.y", "offer:1", AT.replace(tzinfo=None), {}, "offers")


def test_the_tables_of_the_log_are_all_covered_by_verification():
    tables = {model._meta.db_table for model in (ChainHead, Coverage, CoveragePart, Entry, Read, Segment)}
    assert tables == {name for name in connection.introspection.table_names() if name.startswith("audit_")}
