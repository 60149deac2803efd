# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers import queries
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
from ennakko.kernel.offers.tests.offering import ADULT, SIXTEEN, change, make, released, use
from ennakko.kernel.people.models import Person
from ennakko.kernel.registers import screening, snapshots
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_service_that_offers(tmp_path, monkeypatch):
    use(monkeypatch, tmp_path / "messages")


def test_every_entitled_youth_has_an_offer_with_facts_steps_and_content(tmp_path):
    snapshot = youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN), Resident(3, ADULT))
    made = make()
    assert (made.made, made.already_had, made.run.complete_at) == (2, 0, youth.AT)
    offer = Offer.objects.get(subject=1)
    assert offer.facts == {"birth_date": "2010-05-17", "municipality": "091", "test_given": False}
    assert offer.steps == {"of_age": True, "lives_here": True, "not_yet": True, "entitled": True}
    assert offer.content == {"amount": 35000}
    assert (offer.state, offer.answer_by, offer.run.snapshot) == ("made", date(2026, 5, 15), snapshot.id)
    assert not Person.objects.filter(key=3).exists()


def test_each_youth_can_be_offered_something_of_their_own(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN))
    make(values=pl.DataFrame({"person": [1, 2], "amount": [100, 200], "until": [date(2026, 7, 31)] * 2}))
    assert Offer.objects.get(subject=2).content == {"amount": 200, "until": "2026-07-31"}


def test_making_twice_makes_nothing_new(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN))
    first, second = make(), make()
    assert (second.made, second.already_had, second.run) == (0, 2, first.run)
    assert (Offer.objects.count(), Recipient.objects.count(), OfferEvent.objects.count()) == (2, 2, 2)


def test_a_later_run_offers_only_to_those_who_came_after(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    make()
    later = write_snapshot(tmp_path / "b", [Resident(1, SIXTEEN), Resident(5, SIXTEEN)], on=date(2026, 5, 1))
    snapshots.take_into_use(later, youth.AT)
    made = make(on=date(2026, 5, 1))
    assert (made.made, made.already_had, Run.objects.count()) == (1, 1, 2)


def test_the_table_itself_lets_nobody_have_two_open_offers(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    made = make()
    offer = Offer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            id=offer.pk + 1, service="test-youth", round="2027", sequence=1, subject_id=1, run=made.run, state="made",
            state_at=youth.AT, facts={}, steps={}, content={}, answer_by=youth.ON,
        )  # fmt: skip


def test_a_child_s_guardians_get_a_copy_with_a_link_of_their_own(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN, guardians=(8,)), Resident(8, ADULT, language="sv"))
    released()
    assert {(one.person_id, one.role, one.language) for one in Recipient.objects.all()} == {
        (1, "subject", "fi"), (8, "guardian", "sv"),
    }  # fmt: skip
    links = {message.person: message.data["link"] for message in Message.objects.all()}
    assert len(set(links.values())) == 2


def test_a_protected_child_s_guardians_are_told_nothing(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN, guardians=(8,), non_disclosure=True), Resident(8, ADULT))
    released()
    assert [one.person_id for one in Recipient.objects.all()] == [1]
    assert not Message.objects.filter(person=8).exists()


def test_a_protected_youth_has_an_offer_but_stands_in_no_list_or_count(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN, non_disclosure=True), Resident(2, SIXTEEN))
    released()
    assert [offer.subject_id for offer in queries.of_person(1)] == [1]
    assert [offer.subject_id for offer in queries.listed("test-youth")] == [2]
    assert [offer.subject_id for offer in queries.search("test-youth", "virtanen")] == [2]
    assert queries.counts_by_state("test-youth", "2026").to_dicts() == [{"state": "released", "offers": 1}]
    assert queries.subjects_by_state("test-youth", "2026")["person"].to_list() == [2]


def test_an_incomplete_run_is_neither_shown_nor_released(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    made = make()
    Run.objects.update(complete_at=None)
    assert not queries.of_person(1).exists()
    with pytest.raises(Refused, match="Finish the run first"):
        offers.release(made.run, actor=youth.MACHINE, at=youth.AT, on=youth.ON)
    assert not Message.objects.exists()


def test_a_run_that_broke_off_is_finished_by_running_it_again(tmp_path, monkeypatch):
    youth.city_of(tmp_path / "a", *(Resident(key, SIXTEEN) for key in range(1, 8)))
    monkeypatch.setattr("ennakko.kernel.offers.making.PORTION", 3)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    found = screening.screen(
        "test-youth.entitled", purpose=youth.PURPOSE, on=youth.ON, actor=youth.MACHINE, at=youth.AT, reason="test"
    )
    with pytest.raises(KeyboardInterrupt):
        offers.make_offers(
            "test-youth", screening=found, round="2026", values={}, actor=youth.MACHINE, at=youth.AT, on=youth.ON,
            progress=stop,
        )  # fmt: skip
    assert (Offer.objects.count(), Run.objects.get().complete_at) == (3, None)
    made = make()
    assert (made.made, made.already_had, Offer.objects.count()) == (4, 3, 7)
    assert (Recipient.objects.count(), OfferEvent.objects.count(), made.run.complete_at) == (7, 7, youth.AT)


def test_releasing_plans_each_message_once(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN))
    run = released()
    again = offers.release(run, actor=youth.MACHINE, at=youth.AT, on=youth.ON)
    assert (again.released, Message.objects.count()) == (0, 2)
    assert set(Offer.objects.values_list("state", flat=True)) == {"released"}


def test_where_a_named_official_releases_the_machine_may_not(tmp_path, monkeypatch):
    change(monkeypatch, release_action="test-youth.answer")
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    made = make()
    with pytest.raises(Refused, match="named official"):
        offers.release(made.run, actor=youth.MACHINE, at=youth.AT, on=youth.ON)
    official = Actor(kind="staff", reference="t1", staff=1, name="Tuula Testi", strong=True)
    assert offers.release(made.run, actor=official, at=youth.AT, on=youth.ON).released == 1
    made.run.refresh_from_db()
    assert made.run.released_by == "staff:t1"


def test_an_offer_decides_again_as_of_then(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    make()
    offer = Offer.objects.select_related("run__rule_version").get()
    replay = offers.replay(offer)
    assert replay.same
    assert "asuu täällä" in " ".join(replay.decision.explain("fi"))
    offer.facts["municipality"] = "049"
    assert offers.replay(offer).differing == ("lives_here", "entitled")
