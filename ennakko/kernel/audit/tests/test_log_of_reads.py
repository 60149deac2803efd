# SPDX-License-Identifier: EUPL-1.2
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.audit.coverage import covering, store, stored_digest
from ennakko.kernel.audit.models import Coverage, CoveragePart, Entry, Read

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
HANDLER = Actor(kind="staff", reference="ab12", staff=1, name="Hanna")
EVERYBODY = np.random.default_rng(7).integers(1, 2**62, 674_500)


def looked(person: int = 17, at: datetime = AT, **more: object) -> Read:
    return audit.read(HANDLER, "summer-voucher", person, ["birth_date"], "2026-04-15", at, "handling case 3", **more)


def test_a_person_sees_who_looked_at_what_and_why():
    looked()
    looked(person=18)
    (seen,) = audit.reads_of(17)
    assert (seen.purpose, seen.facts, seen.snapshot) == ("summer-voucher", ("birth_date",), "2026-04-15")
    assert (seen.reason, seen.actor_kind, seen.screened) == ("handling case 3", "staff", 1)


def test_a_key_out_of_an_array_is_one_person_too():
    audit.read(HANDLER, "p", EVERYBODY[0], [], "s", AT, "r")
    assert audit.reads_of(int(EVERYBODY[0]))[0].screened == 1


def test_a_read_keeps_no_person_key_and_no_name():
    looked(person=123456789)
    row = Read.objects.get()
    stored = " ".join(str(getattr(row, field.attname)) for field in Read._meta.concrete_fields)
    assert "123456789" not in stored
    assert "Hanna" not in stored


def test_held_reads_stand_once_with_the_change_they_were_made_for():
    with audit.reads_held() as reads:
        looked()
        assert not Read.objects.exists()
        with transaction.atomic():
            reads.write()
        reads.stand()
    assert [seen.reason for seen in audit.reads_of(17)] == ["handling case 3"]


def test_held_reads_are_written_though_their_change_is_taken_back_or_never_comes():
    with audit.reads_held() as reads:
        looked()
        with suppress(ZeroDivisionError), transaction.atomic():
            reads.write()
            raise ZeroDivisionError
        assert not Read.objects.exists()
    with suppress(ZeroDivisionError), audit.reads_held():
        looked(person=18)
        raise ZeroDivisionError
    assert [len(audit.reads_of(one)) for one in (17, 18)] == [1, 1]
    looked(person=19)
    assert len(audit.reads_of(19)) == 1


def test_logging_a_read_does_not_touch_the_chain():
    looked()
    assert not Entry.objects.exists()


def test_a_screening_of_the_whole_city_is_one_read_that_each_person_finds():
    audit.read(SYSTEM("anticipate"), "summer-voucher", EVERYBODY, ["birth_date"], "s", AT, "yearly screening")
    assert Read.objects.count() == 1
    (seen,) = audit.reads_of(int(EVERYBODY[4711]))
    assert (seen.screened, seen.actor_kind) == (np.unique(EVERYBODY).size, "system")
    assert audit.reads_of(int(EVERYBODY[4711]) + 1) == ()


def test_the_same_persons_are_stored_once():
    persons = pl.Series("person", [5, 3, 9])
    assert store(persons) == store([9, 5, 3]) == store(np.array([3, 5, 9, 9]))
    assert Coverage.objects.get().persons == 3
    assert store([3, 5]).persons == 2


def test_a_coverage_of_any_size_holds_its_own_and_nobody_else():
    for size in (0, 1, 511, 512, 513, 5000):
        keys = EVERYBODY[:size]
        coverage = store(keys)
        assert coverage.persons == size
        assert stored_digest(coverage) == coverage.digest
        if size:
            assert coverage.pk in covering(int(keys[-1]))
        assert coverage.pk not in covering(int(EVERYBODY[6000]))


def test_a_screening_of_nobody_is_logged_too():
    audit.read(SYSTEM("anticipate"), "summer-voucher", [], [], "s", AT, "nobody lives here")
    assert Read.objects.get().coverage.persons == 0
    assert audit.verify().ok


def test_sealed_reads_verify_and_are_sealed_once():
    for person in range(5):
        looked(person=person)
    assert audit.seal(AT) == 5
    assert audit.seal(AT) == 0
    looked()
    found = audit.verify()
    assert (found.ok, found.reads, found.unsealed, found.entries) == (True, 5, 1, 1)


def test_sealing_goes_on_block_by_block():
    for person in range(5):
        looked(person=person)
    assert [audit.seal(AT, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert audit.verify().ok


READ_FIELDS = {
    "at": AT + timedelta(seconds=1),
    "retention": "other",
    "purpose": "other",
    "actor_kind": "resident",
    "actor_reference": "0" * 32,
    "organisation_reference": "0" * 32,
    "person_reference": "0" * 32,
    "content": '{"facts":[],"reason":"","snapshot":""}',
    "salt": "0" * 32,
    "digest": "0" * 64,
    "block_id": None,
    "coverage_id": "other",
}


@pytest.mark.parametrize("field", READ_FIELDS)
def test_a_change_of_any_field_of_a_sealed_read_is_found(field):
    looked(person=1)
    looked(person=2)
    audit.seal(AT)
    value = store([99]).pk if field == "coverage_id" else READ_FIELDS[field]
    Read.objects.filter(pk=Read.objects.latest("pk").pk).update(**{field: value})
    assert not audit.verify().ok


def test_every_field_of_a_read_is_tried():
    assert {field.attname for field in Read._meta.concrete_fields} - {"id"} == set(READ_FIELDS)


def test_a_read_that_was_not_sealed_yet_cannot_be_changed_unseen_either():
    looked()
    Read.objects.update(purpose="other")
    assert [flaw.number for flaw in audit.verify().flaws] == [0]


def test_a_read_taken_out_of_a_block_is_missed():
    looked(person=1)
    looked(person=2)
    audit.seal(AT)
    Read.objects.latest("pk").delete()
    assert "sealed 2 reads, 1 are there" in audit.verify().flaws[0].what


def test_a_person_added_to_a_coverage_is_found():
    audit.read(HANDLER, "p", [3, 5], [], "s", AT, "r")
    part = CoveragePart.objects.get()
    part.keys = CoveragePart.objects.get(coverage=store([3, 5, 7])).keys
    part.save()
    assert ["changed" in flaw.what for flaw in audit.verify().flaws] == [True]
    part.keys = b"not compressed"
    part.save()
    assert ["changed" in flaw.what for flaw in audit.verify().flaws] == [True]


def test_erased_reads_are_gone_and_the_log_still_verifies():
    looked(person=1)
    audit.read(HANDLER, "p", [1, 2], ["income_month"], "s", AT, "r")
    looked(person=1, at=AT + timedelta(days=800))
    later = AT + timedelta(days=900)
    assert audit.erase("reads", AT + timedelta(days=730), actor=SYSTEM("erase"), at=later, reason="two years") == 2
    found = audit.verify()
    assert (found.ok, found.erased) == (True, 2)
    assert [seen.at for seen in audit.reads_of(1)] == [AT + timedelta(days=800)]
    assert not Coverage.objects.exists()
    assert audit.erase("reads", AT + timedelta(days=730), actor=SYSTEM("erase"), at=later, reason="again") == 0
    assert audit.verify().ok


def test_a_read_emptied_without_an_erasure_is_found():
    looked()
    audit.seal(AT)
    Read.objects.update(salt="", content="", purpose="", person_reference="", actor_reference="", actor_kind="")
    assert "no erasure accounts for it" in audit.verify().flaws[0].what


def test_reads_are_found_after_the_keys_were_changed(settings):
    settings.ENNAKKO_DATA_KEY = "1:QUFBQUFBQUFBQUFBQUFBQQ=="
    looked()
    audit.seal(AT)
    settings.ENNAKKO_DATA_KEY = "2:QkJCQkJCQkJCQkJCQkJCQg==,1:QUFBQUFBQUFBQUFBQUFBQQ=="
    looked()
    assert len(audit.reads_of(17)) == 2
    assert audit.verify().ok
