# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta

import pytest

from ennakko.kernel import audit, offers, purposes
from ennakko.kernel.access import Refused
from ennakko.kernel.messages.models import Message, State
from ennakko.kernel.offers import jobs, queries
from ennakko.kernel.offers.events import NoSuchMove, move
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient
from ennakko.kernel.offers.states import ANSWERABLE, OPEN, TABLE, OfferState, Verb
from ennakko.kernel.offers.tests.offering import ADULT, SIXTEEN, change, make, offer_to, released, resident, use
from ennakko.kernel.people.models import Person
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot

pytestmark = pytest.mark.django_db
ON, AT, MACHINE = youth.ON, youth.AT, youth.MACHINE
LAST_DAY = ON + timedelta(days=30)


@pytest.fixture(autouse=True)
def _a_service_that_offers(tmp_path, monkeypatch):
    use(monkeypatch, tmp_path / "messages")


@pytest.fixture
def aino(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(8, ADULT))
    released()
    return offer_to(1)


def say(offer, answer, on=ON, person=1, strong=True, **more):
    return offers.answer(offer, answer, actor=resident(person, strong=strong), at=AT, on=on, **more)


def test_a_yes_is_stored_with_its_history_and_in_the_log(aino):
    answered = say(aino, "accepted")
    assert (answered.state, answered.answer, answered.answered_at) == ("accepted", "accepted", AT)
    assert [event.verb for event in queries.history(answered)] == ["make", "release", "accept"]
    assert audit.entries_about(f"offer:{aino.pk}")[0].details["answer"] == "accepted"


def test_the_service_follows_the_answer_in_the_same_transaction(aino, monkeypatch):
    def breaks(answered):
        raise RuntimeError("the service could not follow")

    change(monkeypatch, on_answer=breaks)
    with pytest.raises(RuntimeError):
        say(aino, "accepted")
    assert offer_to(1).state == "released"
    assert [event.verb for event in queries.history(aino)] == ["make", "release"]


def test_the_same_answer_twice_is_taken_once(aino, monkeypatch):
    followed = []
    change(monkeypatch, on_answer=followed.append)
    say(aino, "accepted")
    say(aino, "accepted")
    assert len(followed) == 1
    with pytest.raises(offers.OfferClosed, match="answered already"):
        say(aino, "declined")


def test_a_no_can_be_taken_back_until_the_last_day(aino):
    say(aino, "declined", on=LAST_DAY)
    with pytest.raises(offers.OfferClosed, match="time to answer ended"):
        offers.undo_decline(aino, actor=resident(1), at=AT, on=LAST_DAY + timedelta(days=1))
    back = offers.undo_decline(aino, actor=resident(1), at=AT, on=LAST_DAY)
    assert (back.state, back.answer, back.answered_at) == ("opened", "", None)
    assert say(aino, "accepted", on=LAST_DAY).state == "accepted"
    with pytest.raises(offers.OfferClosed, match="not said no"):
        offers.undo_decline(aino, actor=resident(1), at=AT, on=LAST_DAY)


def test_an_answer_after_the_last_day_is_too_late(aino):
    with pytest.raises(offers.OfferClosed, match=r"15 May 2026|15\.5\.2026|15/05/2026"):
        say(aino, "accepted", on=LAST_DAY + timedelta(days=1))


def test_an_unknown_answer_tells_which_there_are(aino):
    with pytest.raises(offers.UnknownAnswer) as refused:
        say(aino, "perhaps")
    assert "Ei kiitos" in refused.value.reason.fi


def test_asking_to_be_called_leaves_the_offer_open(aino):
    assert say(aino, "call_me").state in ANSWERABLE
    assert say(aino, "accepted").state == "accepted"


def test_what_is_not_released_cannot_be_answered(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    make()
    with pytest.raises(offers.OfferClosed, match="not ready"):
        say(offer_to(1), "accepted")


def test_an_answer_that_harms_needs_strong_sign_in(aino, monkeypatch):
    strong_only = offers.Choice("changed", Verb.CHANGE, offers.ACCEPT.label, by_link=False)
    change(monkeypatch, answers=(offers.ACCEPT, strong_only))
    with pytest.raises(Refused):
        say(aino, "changed", strong=False)
    assert say(aino, "accepted", strong=False).state == "accepted"


def test_only_assumed_facts_are_corrected_on_the_spot(aino, monkeypatch):
    change(monkeypatch, assumed=("municipality",))
    with pytest.raises(offers.OfferClosed, match="register"):
        offers.correct(aino, {"birth_date": "2009-01-01"}, actor=resident(1), at=AT, on=ON)
    corrected = offers.correct(aino, {"municipality": "049"}, actor=resident(1), at=AT, on=ON)
    assert (corrected.corrections, corrected.facts["municipality"]) == ({"municipality": "049"}, "091")


def test_opening_is_remembered_once(aino):
    (recipient,) = aino.recipients.all()
    for _ in range(2):
        offers.open_offer(aino, recipient=recipient, actor=resident(1), at=AT)
    recipient.refresh_from_db()
    assert (offer_to(1).state, recipient.opened_at) == ("opened", AT)
    assert OfferEvent.objects.filter(verb="open").count() == 1


def test_every_verb_that_the_table_does_not_have_is_refused(aino):
    for state in OfferState:
        for verb in Verb:
            if (state, verb) not in TABLE:
                aino.state = state
                with pytest.raises(NoSuchMove):
                    move(aino, verb, by=MACHINE, at=AT)


def test_every_state_can_be_reached():
    reached = {OfferState.MADE}
    while more := {to for (start, _), to in TABLE.items() if start in reached} - reached:
        reached |= more
    assert reached == set(OfferState)


# --- links


def test_a_link_opens_its_own_recipient_and_nothing_else(aino):
    (recipient,) = aino.recipients.all()
    token = offers.token_of(recipient.pk)
    assert offers.recipient_of(token) == recipient
    assert offers.recipient_of(token.upper()) == recipient
    flipped = token[:-5] + ("a" if token[-5] != "a" else "b") + token[-4:]
    for wrong in (flipped, token[:-1], token + "a", "", "åäö", "7" * 45, offers.token_of(recipient.pk + 1)):
        assert offers.recipient_of(wrong) is None


def test_a_link_that_has_leaked_can_be_shut(aino):
    (recipient,) = aino.recipients.all()
    old = offers.token_of(recipient.pk)
    Recipient.objects.update(link_version=2)
    assert offers.recipient_of(old) is None
    assert offers.recipient_of(offers.token_of(recipient.pk, version=2)) == recipient


def test_no_link_stands_in_the_offers_tables(aino):
    (recipient,) = aino.recipients.all()
    stored = [
        str(value)
        for model in (Offer, Recipient, OfferEvent)
        for row in model.objects.values()
        for value in row.values()
    ]
    assert not any(offers.token_of(recipient.pk)[13:] in value for value in stored)


def test_without_strong_sign_in_only_what_harms_nobody_is_shown(aino):
    (recipient,) = aino.recipients.select_related("offer").all()
    view = offers.harmless_view(recipient)
    assert (view.answer_by, view.waiting, [choice.id for choice in view.answers]) == (
        LAST_DAY, True, ["accepted", "declined", "call_me"],
    )  # fmt: skip
    shown = repr(view)
    assert not any(secret in shown for secret in ("35000", "Virtanen", "Aino", "091", "2010"))


# --- facts that change, people who object


def move_city(tmp_path, *residents, on=date(2026, 4, 20)):
    snapshots.take_into_use(write_snapshot(tmp_path / f"later{on.day}", residents, on=on), AT)


def test_before_release_offers_are_taken_back_from_those_whose_facts_changed(tmp_path):
    five = [Resident(key, SIXTEEN) for key in range(1, 6)]
    youth.city_of(tmp_path / "a", *five)
    made = make()
    moved, died, gone = (
        Resident(2, SIXTEEN, municipality="049"),
        Resident(3, SIXTEEN, alive=False),
        Resident(4, SIXTEEN, moved_out=date(2026, 4, 18)),
    )
    move_city(tmp_path, five[0], moved, died, gone, five[4])
    purposes.object_to(5, youth.PURPOSE, resident(5), AT)
    result = offers.release(made.run, actor=MACHINE, at=AT, on=date(2026, 4, 20))
    assert (result.released, result.withdrawn) == (1, 4)
    reasons = {event.offer.subject_id: event.details["reason"] for event in OfferEvent.objects.filter(verb="withdraw")}
    assert reasons == {2: "changed", 3: "gone", 4: "gone", 5: "objected"}
    assert [message.person for message in Message.objects.all()] == [1]


def test_an_offer_of_our_own_making_does_not_take_itself_back(aino):
    youth.given.add(1)
    assert offers.withdraw_changed(aino.run, actor=MACHINE, at=AT, on=ON) == 0


def test_who_was_told_is_told_that_the_offer_is_taken_back(aino, tmp_path):
    offers.open_offer(aino, recipient=None, actor=resident(1), at=AT)
    Message.objects.update(state=State.SENT, sent_at=AT, sent_channel="email")
    move_city(tmp_path, Resident(1, SIXTEEN, municipality="049"), Resident(8, ADULT))
    report = jobs.look_again(at=AT, on=date(2026, 4, 20), progress=lambda *done: None)
    assert report.figures["withdrawn"] == 1
    assert Message.objects.filter(state=State.PLANNED, person=1).count() == 1


def test_who_was_not_reached_yet_is_not_reached_at_all(aino, tmp_path):
    move_city(tmp_path, Resident(1, SIXTEEN, municipality="049"), Resident(8, ADULT))
    offers.withdraw_changed(aino.run, actor=MACHINE, at=AT, on=date(2026, 4, 20))
    assert [message.state for message in Message.objects.all()] == [State.CANCELLED]


def test_somebody_entitled_again_gets_a_new_offer_that_replaces_the_old(aino, tmp_path):
    move_city(tmp_path, Resident(1, SIXTEEN, municipality="049"), Resident(8, ADULT))
    offers.withdraw_changed(aino.run, actor=MACHINE, at=AT, on=date(2026, 4, 20))
    move_city(tmp_path, Resident(1, SIXTEEN), Resident(8, ADULT), on=date(2026, 4, 25))
    assert make(on=date(2026, 4, 25)).made == 1
    assert Offer.objects.get(subject=1, sequence=2).replaces_id == aino.pk


# --- silence


def test_reminders_go_once_each_and_only_to_those_who_wait(aino):
    sent = []
    for days_left in (20, 14, 13, 3, 2, 0):
        sent.append(offers.remind(LAST_DAY - timedelta(days=days_left), at=AT, actor=MACHINE))
    assert sent == [0, 1, 0, 1, 0, 0]
    say(aino, "accepted")
    assert Message.objects.count() == 3


def test_two_reminders_due_at_once_are_one(aino):
    assert offers.remind(LAST_DAY - timedelta(days=1), at=AT, actor=MACHINE) == 1
    assert offers.remind(LAST_DAY, at=AT, actor=MACHINE) == 0


def test_silence_means_what_the_service_says(aino, monkeypatch):
    followed, answered = [], []
    change(monkeypatch, default_on_expiry="accepted", on_answer=answered.append, on_silence=followed.append)
    assert offers.expire(LAST_DAY, at=AT, actor=MACHINE) == 0
    assert offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE) == 1
    row = offer_to(1)
    assert (row.state, row.answer, row.answered_at) == ("accepted", "accepted", AT)
    assert [(list(one.offers), one.choice.id) for one in followed] == [([row.pk], "accepted")]
    assert answered == []
    assert queries.history(row).last().details == {"answer": "accepted", "by_default": True}


def test_many_end_in_as_many_statements_as_one(tmp_path, monkeypatch, django_assert_max_num_queries):
    youth.city_of(tmp_path / "a", *(Resident(person, SIXTEEN) for person in range(1, 41)))
    released()
    change(monkeypatch, default_on_expiry="accepted")
    with django_assert_max_num_queries(20):
        assert offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE) == 40
    assert set(Offer.objects.values_list("state", "answer")) == {("accepted", "accepted")}
    assert OfferEvent.objects.filter(verb="accept").count() == 40
    assert audit.verify().ok


def test_a_hook_that_breaks_on_silence_leaves_the_offers_open(aino, monkeypatch):
    def breaks(silence):
        raise RuntimeError("the service could not follow")

    change(monkeypatch, default_on_expiry="declined", on_silence=breaks)
    with pytest.raises(RuntimeError):
        offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE)
    assert offer_to(1).state == "released"


def test_every_answerable_state_comes_to_the_same_end():
    for verb in (Verb.EXPIRE, Verb.ACCEPT, Verb.DECLINE):
        assert len({TABLE[state, verb] for state in ANSWERABLE}) == 1


def test_without_a_default_silence_ends_the_offer(aino):
    offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE)
    assert offer_to(1).state == "expired"
    with pytest.raises(offers.OfferClosed, match="no longer valid"):
        say(aino, "accepted")


def test_unanswered_offers_are_destroyed_when_their_time_is_up_and_the_log_still_verifies(aino, monkeypatch):
    change(monkeypatch, kept_days=100)
    offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE)
    assert offers.destroy_unanswered(LAST_DAY + timedelta(days=100), at=AT, actor=MACHINE) == 0
    assert offers.destroy_unanswered(LAST_DAY + timedelta(days=101), at=AT, actor=MACHINE) == 1
    assert not Offer.objects.exists()
    assert not Recipient.objects.exists()
    assert not OfferEvent.objects.exists()
    assert not Message.objects.exists()
    assert not Person.objects.exists()
    assert audit.verify().ok


def test_a_guardian_who_is_told_of_another_childs_offer_keeps_their_row(tmp_path, monkeypatch):
    change(monkeypatch, kept_days=100)
    children = [Resident(1, SIXTEEN, guardians=(8,)), Resident(2, SIXTEEN, guardians=(8,))]
    youth.city_of(tmp_path / "a", *children, Resident(8, ADULT))
    released()
    say(offer_to(2), "accepted", person=2)
    offers.expire(LAST_DAY + timedelta(days=1), at=AT, actor=MACHINE)
    assert offers.destroy_unanswered(LAST_DAY + timedelta(days=101), at=AT, actor=MACHINE) == 1
    assert sorted(Person.objects.values_list("key", flat=True)) == [2, 8]
    assert set(Message.objects.values_list("about", flat=True)) == {f"offer:{offer_to(2).pk}"}


def test_an_answered_offer_is_not_destroyed_with_the_unanswered(aino):
    say(aino, "accepted")
    assert offers.destroy_unanswered(LAST_DAY + timedelta(days=4000), at=AT, actor=MACHINE) == 0


def test_offers_are_marked_sent_when_their_message_has_left(aino):
    assert offers.note_sent(AT) == 0
    Message.objects.update(state=State.SENT, sent_at=AT, sent_channel="email")
    assert offers.note_sent(AT) == 1
    assert (offer_to(1).state, offers.note_sent(AT)) == ("sent", 0)


def test_a_snapshot_is_kept_while_its_offers_are_open(aino):
    assert queries.snapshots_in_use() == [aino.run.snapshot]
    say(aino, "declined")
    assert set(OPEN).isdisjoint({offer_to(1).state})
    assert queries.snapshots_in_use() == []
