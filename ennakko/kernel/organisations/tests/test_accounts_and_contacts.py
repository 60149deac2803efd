# SPDX-License-Identifier: EUPL-1.2
"""The account and the contact person: checked, changed only with a mandate, and their history kept."""

from datetime import timedelta

import pytest

from ennakko.kernel import organisations
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS
from ennakko.kernel.organisations import NotTaken
from ennakko.kernel.organisations.models import BankAccount, ContactPerson, Organisation
from ennakko.kernel.organisations.tests.outside import (
    AT,
    CAFE,
    CLUB,
    ESTONIAN,
    FINNISH,
    ON,
    OTHER_FINNISH,
    Register,
    acting,
    answering,
    registered,
)

pytestmark = pytest.mark.django_db
ABROAD = {
    "bic": "HABAEE2X", "payee_name": "Merituul Events", "payee_address": "Narva mnt 5, Tallinn",
    "bank_name": "Swedbank", "bank_address": "Liivalaia 8, Tallinn",
}  # fmt: skip


@pytest.fixture
def cafe() -> Organisation:
    with answering(Register({CAFE: registered()})):
        return organisations.ensure(CAFE, at=AT)


def test_an_account_holds_from_its_day_until_the_next_one(cafe):
    organisations.use_account(cafe, "fi21 1234 5600 0007 85", actor=acting(), at=AT, on=ON)
    later = ON + timedelta(days=30)
    organisations.use_account(cafe, OTHER_FINNISH, actor=acting(), at=AT, on=later)
    assert organisations.account_of(cafe, ON - timedelta(days=1)) is None
    assert organisations.account_of(cafe, later - timedelta(days=1)).iban == FINNISH
    assert organisations.account_of(cafe, later).iban == OTHER_FINNISH
    assert [one.iban for one in organisations.accounts_of(cafe)] == [OTHER_FINNISH, FINNISH]


def test_the_same_account_again_changes_nothing(cafe):
    first = organisations.use_account(cafe, FINNISH, actor=acting(), at=AT, on=ON)
    again = organisations.use_account(cafe, "FI21 1234 5600 0007 85", actor=acting(), at=AT, on=ON + timedelta(days=9))
    assert again == first
    assert BankAccount.objects.count() == 1


def test_an_account_mended_on_the_same_day_was_never_in_use(cafe):
    organisations.use_account(cafe, FINNISH, actor=acting(), at=AT, on=ON)
    organisations.use_account(cafe, OTHER_FINNISH, actor=acting(), at=AT, on=ON)
    assert organisations.account_of(cafe, ON).iban == OTHER_FINNISH


@pytest.mark.parametrize(
    "wrong",
    ["", "FI2112345600000786", "FI21123456000007", "FI21 1234 5600 0007 8\N{FULLWIDTH DIGIT FIVE}", "tili", "DE1"],
)
def test_an_account_with_wrong_check_digits_or_length_is_refused_with_what_to_do(cafe, wrong):
    with pytest.raises(NotTaken, match="account number is wrong") as refusal:
        organisations.use_account(cafe, wrong, actor=acting(), at=AT, on=ON)
    assert refusal.value.field == "iban"
    assert not BankAccount.objects.exists()


def test_an_account_abroad_is_taken_with_all_that_a_bank_needs(cafe):
    row = organisations.use_account(cafe, ESTONIAN, **ABROAD | {"bic": "haba ee2x"}, actor=acting(), at=AT, on=ON)
    assert (row.bic, row.bank_name) == ("HABAEE2X", "Swedbank")


@pytest.mark.parametrize("missing", ABROAD)
def test_an_account_abroad_lacking_something_says_what(cafe, missing):
    with pytest.raises(NotTaken) as refusal:
        organisations.use_account(cafe, ESTONIAN, **ABROAD | {missing: "  "}, actor=acting(), at=AT, on=ON)
    assert refusal.value.field == missing


@pytest.mark.parametrize(("field", "value"), [("bic", "HABA"), ("payee_name", "x" * 257), ("bank_address", "x" * 513)])
def test_a_wrong_bic_and_too_long_words_are_refused_at_their_field(cafe, field, value):
    with pytest.raises(NotTaken) as refusal:
        organisations.use_account(cafe, ESTONIAN, **ABROAD | {field: value}, actor=acting(), at=AT, on=ON)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "nobody",
    [
        acting(CLUB), acting(CAFE, EMPLOYMENT), acting(strong=False),
        Actor(kind="resident", reference="r17", person=17, strong=True), Actor(kind="staff", reference="h", staff=1),
    ],
)  # fmt: skip
def test_only_a_mandate_to_sign_or_to_apply_changes_the_account(cafe, nobody):
    with pytest.raises(Refused):
        organisations.use_account(cafe, FINNISH, actor=nobody, at=AT, on=ON)


def test_a_mandate_for_grants_and_the_system_may_change_the_account(cafe):
    organisations.use_account(cafe, FINNISH, actor=acting(CAFE, GRANTS), at=AT, on=ON)
    organisations.use_account(cafe, OTHER_FINNISH, actor=SYSTEM("demo"), at=AT, on=ON)


def test_organisations_that_share_an_account_are_found_even_when_one_gave_it_up(cafe):
    with answering(Register()):
        club = organisations.ensure(CLUB, at=AT, name="Seura")
    organisations.use_account(cafe, FINNISH, actor=acting(), at=AT, on=ON)
    organisations.use_account(cafe, OTHER_FINNISH, actor=acting(), at=AT, on=ON + timedelta(days=3))
    organisations.use_account(club, FINNISH, actor=acting(CLUB), at=AT, on=ON)
    assert organisations.accounts_like("fi21 1234 5600 0007 85") == (CAFE, CLUB)
    assert organisations.accounts_like(OTHER_FINNISH) == (CAFE,)
    assert organisations.accounts_like(ESTONIAN) == ()


def test_the_contact_person_is_replaced_and_the_earlier_one_kept(cafe):
    one = {"name": " Jenni  Holopainen ", "email": "jenni@example.fi", "actor": acting(), "at": AT, "on": ON}
    organisations.use_contact(cafe, **one)
    organisations.use_contact(cafe, **one)
    assert ContactPerson.objects.count() == 1
    organisations.use_contact(cafe, **one | {"email": "toimisto@example.fi", "language": "sv"})
    present = organisations.contact_of(cafe)
    assert (present.name, present.email, present.language) == ("Jenni Holopainen", "toimisto@example.fi", "sv")
    assert ContactPerson.objects.filter(valid_until=ON).count() == 1
    assert organisations.contacts_of([CAFE, CLUB]) == {CAFE: present}


@pytest.mark.parametrize(
    ("field", "value"), [("name", "   "), ("name", "x" * 201), ("email", "jenni@"), ("email", ""), ("phone", "1" * 31)]
)
def test_a_contact_person_who_cannot_be_reached_is_refused_at_the_field(cafe, field, value):
    given = {"name": "Jenni", "email": "jenni@example.fi", "phone": "", field: value}
    with pytest.raises(NotTaken) as refusal:
        organisations.use_contact(cafe, **given, actor=acting(), at=AT, on=ON)
    assert refusal.value.field == field


def test_any_mandate_of_the_organisation_names_the_contact_and_no_others(cafe):
    given = {"name": "Jenni", "email": "jenni@example.fi", "at": AT, "on": ON}
    organisations.use_contact(cafe, **given, actor=acting(CAFE, EMPLOYMENT))
    with pytest.raises(Refused):
        organisations.use_contact(cafe, **given, actor=acting(CLUB))
