# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ennakko.kernel import audit, purposes
from ennakko.kernel.access import ANONYMOUS, Actor, Refused, guardianships_from
from ennakko.kernel.purposes import Purpose, register_purposes, registry
from ennakko.kernel.purposes.models import Consent, Objection, SecrecyWaiver
from ennakko.kernel.purposes.queries import Waived, consents
from ennakko.kernel.purposes.registry import UnknownPurpose
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
AINO = Actor(kind="resident", reference="s1", person=1, strong=True)
PARENT = Actor(kind="resident", reference="s3", person=3, strong=True)
ADVISER = Actor(kind="staff", reference="a", staff=1, roles=frozenset({"adviser"}))
TITLE = text(fi="Kesäseteli", sv="Sommarsedel", en="Summer voucher")
BASIS = text(fi="Nuorisolaki 8 §", sv="Ungdomslagen 8 §", en="Youth Act, section 8")
VOUCHER = Purpose("summer-voucher", TITLE, BASIS, anticipates=True, service="summer-voucher")
STUDY = Purpose("study", TITLE, BASIS, anticipates=False, service="situation", consented=True, waived=True)


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_purposes", {})
    monkeypatch.setattr("ennakko.kernel.access.grants._children", [])
    register_purposes(VOUCHER, STUDY)
    guardianships_from(lambda person: frozenset({1}) if person == 3 else frozenset())


def test_the_switch_takes_effect_at_once_and_back():
    assert purposes.objectors("summer-voucher") == frozenset()
    assert purposes.object_to(1, "summer-voucher", AINO, AT)
    assert purposes.objectors("summer-voucher") == {1}
    assert purposes.objects(1, "summer-voucher")
    assert purposes.withdraw_objection(1, "summer-voucher", AINO, LATER)
    assert purposes.objectors("summer-voucher") == frozenset()
    assert purposes.object_to(1, "summer-voucher", AINO, LATER)
    assert Objection.objects.count() == 2  # history is kept


def test_saying_the_same_twice_changes_nothing():
    assert purposes.object_to(1, "summer-voucher", AINO, AT)
    assert not purposes.object_to(1, "summer-voucher", AINO, LATER)
    assert Objection.objects.get().made_at == AT
    assert not purposes.withdraw_objection(2, "summer-voucher", ADVISER, AT)
    assert len(audit.entries_about("person:1")) == 1
    assert audit.entries_about("person:2") == ()


@pytest.mark.parametrize(("actor", "allowed"), [(AINO, True), (PARENT, True), (ADVISER, True)])
def test_the_person_a_guardian_and_an_adviser_may_say_it(actor, allowed):
    assert purposes.object_to(1, "summer-voucher", actor, AT) == allowed


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, replace(AINO, person=2), Actor(kind="staff", reference="h", staff=2, roles=frozenset({"x"}))]
)
def test_nobody_else_may(actor):
    for attempt in _everything(actor):
        with pytest.raises(Refused):
            attempt()
    assert [model.objects.count() for model in (Objection, Consent, SecrecyWaiver)] == [0, 0, 0]
    assert audit.verify().entries == 0


def _everything(actor: Actor) -> list[Callable[[], bool]]:
    return [
        lambda: purposes.object_to(1, "summer-voucher", actor, AT),
        lambda: purposes.withdraw_objection(1, "summer-voucher", actor, AT),
        lambda: purposes.give_consent(1, "study", actor, AT, wording="1"),
        lambda: purposes.withdraw_consent(1, "study", actor, AT),
        lambda: purposes.waive_secrecy(1, "study", actor, AT, receiver="school", wording="1"),
        lambda: purposes.withdraw_waiver(1, "study", actor, AT, receiver="school"),
    ]


def test_every_change_is_audited():
    for change in _everything(AINO):
        assert change()
    said = [entry.action for entry in reversed(audit.entries_about("person:1"))]
    assert said == [
        "purposes.object",
        "purposes.withdraw-objection",
        "purposes.consent",
        "purposes.withdraw-consent",
        "purposes.waive",
        "purposes.withdraw-waiver",
    ]
    assert audit.verify().ok


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: purposes.object_to(1, "study", AINO, AT), "does not look ahead"),
        (lambda: purposes.give_consent(1, "summer-voucher", AINO, AT, wording="1"), "No consent is asked"),
        (
            lambda: purposes.waive_secrecy(1, "summer-voucher", AINO, AT, receiver="x", wording="1"),
            "No permission to disclose",
        ),
    ],
)
def test_what_the_purpose_does_not_rest_on_is_refused(attempt, words):
    with pytest.raises(Refused) as refusal:
        attempt()
    assert words in refusal.value.reason.en


def test_an_objection_a_consent_and_a_waiver_are_three_things():
    purposes.give_consent(1, "study", AINO, AT, wording="v1")
    purposes.waive_secrecy(1, "study", AINO, AT, receiver="school", wording="v1")
    purposes.waive_secrecy(1, "study", AINO, LATER, receiver="clinic", wording="v1")
    purposes.withdraw_consent(1, "study", AINO, LATER)
    voucher, study = purposes.of_person(1)
    assert (voucher.looks_ahead, voucher.objected_at, voucher.consented_at) == (True, None, None)
    assert (study.looks_ahead, study.consented_at) == (False, None)
    assert study.waivers == (Waived("school", AT), Waived("clinic", LATER))
    assert consents("study") == frozenset()


def test_the_persons_page_shows_every_purpose_with_its_legal_basis():
    purposes.object_to(1, "summer-voucher", AINO, AT)
    voucher, _ = purposes.of_person(1)
    assert (voucher.purpose.legal_basis.sv, voucher.objected_at, voucher.looks_ahead) == ("Ungdomslagen 8 §", AT, False)


def test_an_unknown_purpose_lists_near_ids():
    with pytest.raises(UnknownPurpose, match="summer-voucher"):
        purposes.objectors("summer-vouchers")


def test_a_purpose_is_declared_once():
    register_purposes(VOUCHER)
    with pytest.raises(ValueError, match="declared twice"):
        register_purposes(replace(VOUCHER, anticipates=False))
