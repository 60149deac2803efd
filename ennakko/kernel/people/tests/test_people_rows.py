# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ennakko.kernel import keys, people
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.audit import entries_about
from ennakko.kernel.people.actions import Known, choose_contact, ensure, rotate_keys
from ennakko.kernel.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)


def known(key: int = 17, **changes: object) -> Known:
    person = Known(
        key=key,
        identity_code="010110A900X",
        given_names="Äiti Åsa",
        surname="Ökö",
        language="sv",
        email="a@example.org",
    )
    return replace(person, **changes)


def test_twelve_thousand_people_get_their_rows_in_few_statements(django_assert_max_num_queries):
    rows = [known(key=9 * number + 1, identity_code=f"{number:06d}A900X") for number in range(12_000)]
    with django_assert_max_num_queries(40):
        assert ensure(rows, at=AT) == 12_000
    assert ensure(rows, at=AT) == 0
    assert Person.objects.count() == 12_000
    assert people.identity_code_of(Person.objects.get(key=9 * 4711 + 1)) == "004711A900X"


def test_the_identity_code_is_sealed_and_found_by_its_keyed_hash():
    ensure([known()], at=AT)
    row = Person.objects.get()
    assert b"010110" not in bytes(row.identity_code_sealed)
    assert people.by_identity_code("010110A900X") == row
    assert people.by_identity_code("010110A901Y") is None
    assert people.identity_code_of(row) == "010110A900X"


def test_a_sealed_code_moved_to_another_row_does_not_open():
    ensure([known(), known(key=18, identity_code="")], at=AT)
    other = Person.objects.get(key=18)
    other.identity_code_sealed = Person.objects.get(key=17).identity_code_sealed
    with pytest.raises(keys.KeyRingError, match="another row"):
        people.identity_code_of(other)


def test_the_register_renews_names_and_orders_but_not_what_the_person_chose():
    ensure([known()], at=AT)
    resident = Actor(kind="resident", reference="s", person=17, strong=True)
    choose_contact(Person.objects.get(), by=resident, at=AT, language="en", channel="sms", phone="+358401")
    ensure([known(surname="Uusi", non_disclosure=True, language="fi", phone="+358999", email="b@example.org")], at=AT)
    row = Person.objects.get()
    assert (row.surname, row.non_disclosure) == ("Uusi", True)
    assert (row.language, row.channel, row.phone, row.email) == ("en", "sms", "+358401", "")


def test_a_person_who_has_chosen_nothing_follows_the_register():
    ensure([known()], at=AT)
    ensure([known(language="fi", email="new@example.org")], at=AT)
    row = Person.objects.get()
    assert (row.language, row.email) == ("fi", "new@example.org")


def test_names_are_found_whatever_their_case():
    ensure([known(), known(key=18, identity_code="", surname="Öko", given_names="Aiti")], at=AT)
    assert [row.key for row in people.found_by_name("ÄITI ökö")] == [17]
    assert [row.key for row in people.found_by_name("asa")] == []
    assert list(people.found_by_name("  ")) == []


def test_nobody_with_a_non_disclosure_order_is_found_by_name():
    ensure([known(non_disclosure=True)], at=AT)
    assert list(people.found_by_name("ökö")) == []
    assert people.protected([17, 18]) == {17}


def test_only_the_person_or_an_adviser_chooses_the_channel():
    ensure([known()], at=AT)
    somebody = Actor(kind="resident", reference="x", person=99, strong=True)
    with pytest.raises(Refused):
        choose_contact(Person.objects.get(), by=somebody, at=AT, language="fi", channel="")
    adviser = Actor(kind="staff", reference="a", staff=1, roles=frozenset({"adviser"}))
    assert choose_contact(Person.objects.get(), by=adviser, at=AT, language="fi", channel="").language == "fi"
    assert [entry.action for entry in entries_about("person:17")] == ["people.choose-contact"]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"channel": "pigeon"}, "Choose Suomi.fi messages"),
        ({"channel": "email", "email": ""}, "Give the e-mail address"),
        ({"channel": "sms"}, "Give the e-mail address or phone number"),
    ],
)
def test_a_choice_that_cannot_work_is_refused_with_its_reason(choice, words):
    ensure([known()], at=AT)
    with pytest.raises(Refused) as refusal:
        choose_contact(Person.objects.get(), by=SYSTEM("test"), at=AT, language="fi", **choice)
    assert words in refusal.value.reason.en


def test_a_protected_person_cannot_choose_an_open_channel():
    ensure([known(non_disclosure=True)], at=AT)
    with pytest.raises(Refused) as refusal:
        choose_contact(
            Person.objects.get(), by=SYSTEM("t"), at=AT, language="fi", channel="email", email="a@example.org"
        )
    assert "Suomi.fi" in refusal.value.reason.fi


def test_rotation_seals_and_indexes_everything_under_the_newest_key(settings):
    old, new = "1:" + "QUFBQUFBQUFBQUFBQUFBQQ==", "2:" + "QkJCQkJCQkJCQkJCQkJCQg=="
    settings.ENNAKKO_DATA_KEY = old
    ensure([known(), known(key=18, identity_code="020210A901Y")], at=AT)
    settings.ENNAKKO_DATA_KEY = f"{new},{old}"
    assert people.by_identity_code("010110A900X").key == 17  # found under the old key meanwhile
    assert rotate_keys(by=SYSTEM("t"), at=AT, size=1) == 2
    assert rotate_keys(by=SYSTEM("t"), at=AT) == 0
    settings.ENNAKKO_DATA_KEY = new
    assert people.by_identity_code("010110A900X").key == 17
    assert people.identity_code_of(Person.objects.get(key=18)) == "020210A901Y"


def test_people_with_nothing_left_are_forgotten_in_one_entry():
    ensure([known(key=key, identity_code="") for key in (1, 2, 3)], at=AT)
    assert people.forget([1, 3, 99], by=SYSTEM("t"), at=AT, reason="retention") == 2
    assert list(Person.objects.values_list("key", flat=True)) == [2]
    assert people.forget([1], by=SYSTEM("t"), at=AT, reason="retention") == 0
    assert [entry.action for entry in entries_about("people")] == ["people.forget"]


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ("1", "is a list like"),
        ("1:?", "not base64"),
        ("1:QUJD", "at least 16"),
        ("0:QUFBQUFBQUFBQUFBQUFBQQ==", "1 to 65535"),
    ],
)
def test_a_broken_key_ring_says_what_is_wrong(settings, ring, words):
    settings.ENNAKKO_DATA_KEY = ring
    with pytest.raises(keys.KeyRingError, match=words):
        keys.data_key()
