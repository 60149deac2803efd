# SPDX-License-Identifier: EUPL-1.2
"""Offers to organisations: made in bulk, told to their contact people, answered only with a mandate."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ennakko.kernel import audit, messages, offers, organisations
from ennakko.kernel.access import Action, Actor, Refused, acts_for, anyone, register_actions, tables
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers import kinds, queries
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
from ennakko.kernel.offers.queries import NoRule
from ennakko.kernel.offers.to_organisations import Chosen
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.tests.outside import AT, CAFE, CLUB, ON, Register, acting, answering
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.values.business_id import compose
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
MACHINE, SERVICE = youth.MACHINE, "test-employers"
LAST_DAY = ON + timedelta(days=30)
KIND = offers.OfferKind(
    service=SERVICE,
    audience="organisations",
    title=text(fi="Sama uudelleen", sv="Samma på nytt", en="The same again"),
    answer_action="test-employers.answer",
    answers=(offers.ACCEPT, offers.DECLINE),
    templates={"offer": "offer", "reminder": "offer"},
    reminders=(7,),
)


@pytest.fixture(autouse=True)
def _a_service_that_offers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "messages"
    folder.mkdir()
    for language in ("fi", "sv", "en"):
        (folder / f"offer.{language}.txt").write_text("Offer\nAnswer by {answer_by:date}: {link}\n")
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    messages.register_templates(service=SERVICE, folder=folder, fields={"offer": ("answer_by", "link")})
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(tables, "_actions", dict(tables._actions))
    offers.register_offer_kind(KIND)
    register_actions(Action("test-employers.answer", text(fi="Vastaa", sv="Svara", en="Answer"), (acts_for(),)))


def records(*business_ids: str) -> list[Organisation]:
    with answering(Register()):
        return [organisations.ensure(one, at=AT, name=f"Yritys {one}") for one in business_ids]


def contact(row: Organisation, *, language: str = "fi") -> None:
    organisations.use_contact(
        row, name="Jenni", email="jenni@example.fi", language=language, actor=acting(row.pk), at=AT, on=ON
    )


def chosen(*business_ids: str, purpose: str = "test") -> Chosen:
    return Chosen(
        purpose=purpose,
        facts={one: {"vouchers_last_year": 2} for one in business_ids},
        contents={one: {"vouchers": 2} for one in business_ids},
    )


def made(*business_ids: str, round: str = "2026", on: date = ON) -> offers.Made:
    return offers.make_offers_to_organisations(
        SERVICE, chosen=chosen(*business_ids), round=round, actor=MACHINE, at=AT, on=on
    )


def released(*business_ids: str) -> Run:
    run = made(*business_ids).run
    offers.release(run, actor=MACHINE, at=AT, on=ON)
    return run


def offer_to(business_id: str) -> Offer:
    return Offer.objects.select_related("run").get(organisation=business_id)


def say(answer: str, actor: Actor, on: date = ON) -> Offer:
    return offers.answer(offer_to(CAFE), answer, actor=actor, at=AT, on=on)


def test_a_round_reaches_each_organisation_once_however_often_it_is_run():
    records(CAFE, CLUB)
    first = made(CAFE, CLUB)
    again = made(CAFE, CLUB)
    assert (first.made, again.made, again.already_had) == (2, 0, 2)
    assert first.run == again.run
    assert made(CAFE, CLUB, round="2027").made == 0
    row = offer_to(CAFE)
    assert (row.facts, row.content, row.subject_id) == ({"vouchers_last_year": 2}, {"vouchers": 2}, None)
    assert row.run.complete_at == AT


def test_those_who_want_none_have_ended_or_are_not_known_are_left_out_and_counted():
    cafe, club = records(CAFE, CLUB)
    unknown, gone = compose(9_000_004), compose(9_000_005)
    records(gone)
    Organisation.objects.filter(pk=gone).update(ended=ON)
    organisations.do_not_send(club, SERVICE, actor=acting(CLUB), at=AT)
    run = made(CAFE, CLUB, unknown, gone).run
    assert [one.organisation for one in Offer.objects.all()] == [cafe.pk]
    assert run.counts == {"chosen": 4, "unwilling": 1, "ended": 1, "without_record": 1, "offers": 1}


def test_many_are_made_in_as_many_statements_as_few(django_assert_max_num_queries):
    ids = [compose(number) for number in range(9_000_100, 9_000_180) if number not in NEVER_GIVEN]
    records(*ids)
    with django_assert_max_num_queries(30):
        assert made(*ids).made == len(ids)
    with django_assert_max_num_queries(30):
        offers.release(Run.objects.get(), actor=MACHINE, at=AT, on=ON)
    assert Message.objects.count() == Recipient.objects.count() == len(ids)
    assert OfferEvent.objects.count() == 2 * len(ids)


def _given(number: int) -> bool:
    try:
        compose(number)
    except ValueError:
        return False
    return True


NEVER_GIVEN = {number for number in range(9_000_100, 9_000_180) if not _given(number)}


def test_the_contact_person_is_written_to_in_their_language_and_the_rest_get_a_letter():
    cafe, _ = records(CAFE, CLUB)
    contact(cafe, language="sv")
    released(CAFE, CLUB)
    told = {one.organisation: (one.email, one.language, one.person) for one in Message.objects.all()}
    assert told == {CAFE: ("jenni@example.fi", "sv", None), CLUB: ("", "fi", None)}
    assert "/o/" in messages.messages_of_organisation(CAFE)[0].body


def test_whoever_has_the_mandate_answers_and_the_log_tells_for_whom():
    records(CAFE)
    released(CAFE)
    row = say("accepted", acting(CAFE))
    assert (row.state, row.answer) == ("accepted", "accepted")
    assert audit.entries_for(CAFE)[0].details["organisation"] == CAFE
    assert say("accepted", acting(CAFE, person=99)) == row


@pytest.mark.parametrize(
    "nobody",
    [
        acting(CLUB), acting(strong=False), Actor(kind="anonymous", reference=""),
        Actor(kind="resident", reference="r17", person=17, strong=True),
    ],
)  # fmt: skip
def test_nobody_else_answers(nobody):
    records(CAFE)
    released(CAFE)
    with pytest.raises(Refused):
        say("accepted", nobody)


def test_not_even_an_action_open_to_all_lets_a_link_answer_for_an_organisation(monkeypatch):
    records(CAFE)
    released(CAFE)
    lax = Action("test-employers.lax", text(fi="Vastaa", sv="Svara", en="Answer"), (anyone,))
    register_actions(lax)
    monkeypatch.setitem(kinds._kinds, (SERVICE, "organisations"), replace(KIND, answer_action=lax.name))
    with pytest.raises(Refused, match="mandate"):
        say("accepted", Actor(kind="anonymous", reference=""))


def test_the_link_shows_what_waits_and_no_answers():
    records(CAFE)
    released(CAFE)
    recipient = offers.recipient_of(offers.token_of(Recipient.objects.get().pk))
    view = offers.harmless_view(recipient)
    assert (view.waiting, view.answers, view.by_mandate) == (True, (), True)


def test_a_no_can_be_taken_back_until_the_last_day():
    records(CAFE)
    released(CAFE)
    say("declined", acting(CAFE))
    back = offers.undo_decline(offer_to(CAFE), actor=acting(CAFE), at=AT, on=LAST_DAY)
    assert back.state == "opened"


def test_an_organisation_that_says_no_to_all_has_its_open_offers_taken_back_without_a_message():
    cafe, _ = records(CAFE, CLUB)
    contact(cafe)
    run = released(CAFE, CLUB)
    organisations.do_not_send(cafe, SERVICE, actor=acting(CAFE), at=AT)
    Organisation.objects.filter(pk=CLUB).update(ended=ON)
    assert offers.withdraw_changed(run, actor=MACHINE, at=AT, on=ON) == 2
    assert set(Offer.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    organisations.send_again(cafe, SERVICE, actor=acting(CAFE), at=AT)
    again = made(CAFE, on=ON + timedelta(days=1))
    assert (again.made, Offer.objects.filter(organisation=CAFE).count()) == (1, 2)


def test_silence_ends_them_and_their_time_destroys_them():
    records(CAFE)
    released(CAFE)
    assert offers.remind(LAST_DAY - timedelta(days=7), at=AT, actor=MACHINE) == 1
    assert offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE) == 1
    assert offer_to(CAFE).state == "expired"
    assert offers.destroy_unanswered(LAST_DAY + timedelta(days=366), at=AT, actor=MACHINE) == 1
    assert not Offer.objects.exists()
    assert not Message.objects.exists()
    assert organisations.known(CAFE) is not None


def test_its_page_shows_them_when_they_are_released_and_peoples_lists_never_do():
    records(CAFE)
    made(CAFE)
    assert not queries.of_organisation(CAFE).exists()
    released(CAFE)
    assert [one.organisation for one in queries.waiting_for_organisation(CAFE)] == [CAFE]
    assert not queries.of_organisation("").exists()
    assert not queries.counted().exists()
    assert not queries.listed(SERVICE).exists()
    assert queries.listed_to_organisations(SERVICE).count() == 1


def test_one_service_may_offer_to_people_and_to_organisations_in_its_own_way_each():
    to_people = replace(KIND, audience="people", answers=(offers.ACCEPT,))
    offers.register_offer_kind(to_people)
    assert offers.kind_of(SERVICE) == to_people
    assert offers.kind_of(SERVICE, "organisations") == KIND
    with pytest.raises(ValueError, match="two ways of offering to organisations"):
        offers.register_offer_kind(replace(KIND, days=3))


def test_who_is_chosen_by_a_rule_is_decided_again_as_of_then():
    facts = {
        CAFE: {"birth_date": date(2010, 5, 17), "municipality": "091", "test_given": False},
        CLUB: {"birth_date": date(1980, 1, 1), "municipality": "091", "test_given": False},
    }
    found = offers.choose(
        "test-youth.entitled", facts, contents={CAFE: {}, CLUB: {}}, purpose="test", on=youth.ON, at=AT
    )
    assert set(found.facts) == {CAFE}
    assert found.counts["looked_at"] == 2
    records(CAFE)
    offers.make_offers_to_organisations(SERVICE, chosen=found, round="2026", actor=MACHINE, at=AT, on=youth.ON)
    assert offers.replay(offer_to(CAFE)).same


def test_an_offer_that_no_rule_chose_cannot_be_decided_again():
    records(CAFE)
    made(CAFE)
    with pytest.raises(NoRule):
        offers.replay(offer_to(CAFE))


def test_something_must_be_offered_to_each():
    with pytest.raises(ValueError, match="Nothing is offered"):
        Chosen(purpose="test", facts={CAFE: {}}, contents={})
