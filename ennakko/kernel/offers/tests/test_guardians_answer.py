# SPDX-License-Identifier: EUPL-1.2
"""Offers of which a child's guardians are told in the child's place."""

from datetime import timedelta

import pytest
from django.test import Client

from ennakko.kernel import offers
from ennakko.kernel.clock import demo
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers.link_words import NAMES, WORDS
from ennakko.kernel.offers.links import harmless_view, token_of
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.tests.offering import ADULT, SIXTEEN, change, make, released, use
from ennakko.kernel.people.models import Person
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
CHILD, MOTHER, FATHER = 1, 2, 3
EIGHT = ("fi", "sv", "en", "ru", "et", "so", "ar", "uk")


@pytest.fixture(autouse=True)
def _a_service_whose_offers_guardians_answer(tmp_path, monkeypatch):
    use(monkeypatch, tmp_path / "messages")
    change(monkeypatch, told_to="guardians", guardians_copied_below=0, languages=EIGHT)


def family(tmp_path, *, child=False, mother=False, father_home=8, tongue="fi"):
    return youth.city_of(
        tmp_path / "a",
        Resident(CHILD, SIXTEEN, household=7, guardians=(MOTHER, FATHER), non_disclosure=child),
        Resident(MOTHER, ADULT, household=7, non_disclosure=mother, language=tongue),
        Resident(FATHER, ADULT, household=father_home),
    )


def told() -> dict[int, str]:
    return dict(Recipient.objects.values_list("person", "role"))


def test_both_guardians_are_told_wherever_they_live_and_the_child_is_not(tmp_path):
    family(tmp_path)
    released()
    assert told() == {MOTHER: "guardian", FATHER: "guardian"}
    assert sorted(Message.objects.values_list("person", flat=True)) == [MOTHER, FATHER]
    assert Person.objects.filter(key=CHILD).exists()


@pytest.mark.parametrize("who", ["child", "mother"])
def test_in_a_protected_family_only_the_guardian_who_lives_with_the_child_is_told(tmp_path, who):
    family(tmp_path, **{who: True})
    released()
    assert told() == {MOTHER: "guardian"}


def test_both_are_told_when_the_protected_family_lives_together(tmp_path):
    family(tmp_path, child=True, father_home=7)
    released()
    assert told() == {MOTHER: "guardian", FATHER: "guardian"}


def test_a_protected_child_whom_no_guardian_can_be_told_of_is_left_to_the_clerk(tmp_path):
    youth.city_of(
        tmp_path / "a",
        Resident(CHILD, SIXTEEN, household=7, guardians=(FATHER,), non_disclosure=True),
        Resident(FATHER, ADULT, household=8),
    )
    released()
    assert told() == {CHILD: "subject"}


def test_a_child_without_guardians_has_an_offer_and_nobody_is_told(tmp_path):
    youth.city_of(tmp_path / "a", Resident(CHILD, SIXTEEN))
    released()
    assert Offer.objects.count() == 1
    assert told() == {}
    assert not Message.objects.exists()


@pytest.mark.parametrize(("tongue", "language"), [("ar", "ar"), ("so", "so"), ("sv", "sv"), ("tr", "tr")])
def test_a_guardian_is_told_in_the_mother_tongue_where_the_offer_stands_in_it(tmp_path, tongue, language):
    family(tmp_path, tongue=tongue)
    make()
    # The small city's service language is the mother tongue: one that no text stands in is delivered in Finnish.
    assert Recipient.objects.get(person=MOTHER).language == language


def test_every_guardian_is_reminded(tmp_path):
    family(tmp_path)
    released()
    assert offers.remind(youth.ON + timedelta(days=16), at=youth.AT, actor=youth.MACHINE) == 2


def test_the_service_is_told_of_offers_that_expired_unanswered(tmp_path, monkeypatch):
    heard = []
    change(monkeypatch, on_silence=heard.append)
    family(tmp_path)
    released()
    assert offers.expire(youth.ON + timedelta(days=40), at=youth.AT, actor=youth.MACHINE) == 1
    assert [(tuple(one.offers), one.choice) for one in heard] == [((Offer.objects.get().pk,), None)]
    assert Offer.objects.get().state == "expired"


def test_the_link_says_in_arabic_what_is_harmless_and_answers(tmp_path, monkeypatch):
    what = text(fi="Yksikkö", sv="Enhet", en="Unit", ar="الوحدة")
    change(monkeypatch, harmless=lambda content: (offers.Line(what, text(fi="Ankka", sv="Anka", en="Duck")),))
    family(tmp_path, tongue="ar")
    demo.start(youth.ON, by="test")
    released()
    recipient = Recipient.objects.get(person=MOTHER)
    assert harmless_view(recipient).language == "ar"
    address = f"/o/{token_of(recipient.pk)}/"
    page = Client().get(address).content.decode()
    assert '<div lang="ar" dir="rtl">' in page
    assert "الوحدة" in page
    assert "Ankka" in page
    assert "Virtanen" not in page
    assert 'dir="ltr"' in Client().get(f"{address}?language=ru").content.decode()
    assert WORDS["sign_in"].in_("ru") in Client().get(f"{address}?language=ru").content.decode()
    Client().post(address, {"answer": "accepted"})
    assert Offer.objects.get().state == "accepted"


def test_the_links_words_stand_in_every_language_that_guardians_are_told_in():
    for name, words in WORDS.items():
        if name != "by_mandate":  # organisations are not written to in more languages
            assert set(words.languages) == set(NAMES) == set(EIGHT), name
