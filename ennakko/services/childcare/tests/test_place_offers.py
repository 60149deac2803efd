# SPDX-License-Identifier: EUPL-1.2
"""An offered place: who is told what, what an answer leads to, what silence means."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ennakko.kernel import offers, purposes
from ennakko.kernel.access import ANONYMOUS, Refused
from ennakko.kernel.cases.automation import open_gate
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.templates import template
from ennakko.kernel.offers.events import OfferClosed
from ennakko.kernel.offers.links import harmless_view
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.services.childcare import offer as offering
from ennakko.services.childcare import offer_words
from ennakko.services.childcare.actions import answers, calls, place_cases
from ennakko.services.childcare.actions.answers import NotPossible
from ennakko.services.childcare.actions.placements import SeatGone
from ennakko.services.childcare.models import Call, Placement
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.telling import FIELDS
from ennakko.services.childcare.tests import families as t

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(tmp_path) -> Offer:
    """A family's offer of a pre-school place."""
    t.town(tmp_path / "a", *t.family())
    t.units()
    return t.offered(t.placed([t.CHILD]))[0]


def answered(offer: Offer, answer: str, who: int = t.MOTHER, **details: str) -> Offer:
    return offers.answer(offer, answer, actor=t.guardian(who), at=t.AT, on=t.ON, details=details)


def state(offer: Offer) -> str:
    found = of_offer(offer)
    assert found is not None
    return found.state


def test_both_guardians_are_told_of_unit_and_day_and_of_nobodys_name(one):
    told = Message.objects.filter(about=f"offer:{one.pk}")
    assert sorted(told.values_list("person", flat=True)) == [t.MOTHER, t.FATHER]
    words = template("childcare.offer").render(told[0].data, language="fi", channel="email")
    assert "Päiväkoti Lokki" in words.subject
    assert "1.8.2026" in words.body
    assert "Onni" not in words.subject + words.body
    assert "Laine" not in words.subject + words.body


def test_the_link_shows_the_unit_the_day_and_three_answers(one):
    view = harmless_view(Recipient.objects.get(offer=one, person=t.MOTHER))
    assert [line.label.en for line in view.lines] == ["Unit", "Begins"]
    assert [choice.id for choice in view.answers] == ["accepted", "declined", "call_me"]


@pytest.mark.parametrize("language", offer_words.LANGUAGES)
def test_every_text_of_the_offer_stands_in_every_language(language):
    for name, words in offer_words.ALL.items():
        assert language in words.languages, name
    for choice in offering.offer_kind().answers:
        assert language in choice.label.languages
    for key in FIELDS:
        texts = template(f"childcare.{key}").texts
        assert ("", language) in texts or key == "fee_decided", key
    assert ("sms", language) in template("childcare.offer").texts


def test_a_yes_by_link_keeps_the_place_and_opens_a_drafted_matter(one):
    recipient = Recipient.objects.get(offer=one, person=t.FATHER)
    offers.answer(one, "accepted", actor=ANONYMOUS, at=t.AT, on=t.ON, details={"recipient": recipient.pk})
    assert state(one) == "accepted"
    case = Case.objects.get(offer=one)
    assert (case.kind, case.state, case.draft["outcome"]) == ("preschool-place", "ready_for_decision", "accepted")
    texts = [reason["text"]["en"] for reason in case.draft["reasons"]]
    assert "The child turns six in the year in which pre-school begins" in texts
    assert any("400 m" in words for words in texts)
    told = Message.objects.filter(template="childcare.answered")
    assert [row.person for row in told] == [t.MOTHER]


def test_the_same_answer_twice_opens_one_matter(one):
    answered(one, "accepted")
    answered(one, "accepted", t.FATHER)
    assert Case.objects.filter(offer=one).count() == 1


def test_no_need_frees_the_seat_and_can_be_undone_while_it_is_free(one):
    answered(one, "declined", reason="private")
    assert state(one) == "given_up"
    assert not Call.objects.exists()
    offers.undo_decline(one, actor=t.guardian(), at=t.AT, on=t.ON)
    assert state(one) == "held"


def test_a_no_is_not_undone_when_somebody_else_has_the_seat(tmp_path):
    t.town(tmp_path / "a", *t.family(11), *t.family(21))
    t.units(near=1)
    first = t.offered(t.placed([11]))[0]
    answered(first, "declined", 12, reason="home")
    second = t.offered(t.placed([21], key="preschool-2026-08/2"))[0]
    answered(second, "accepted", 22)
    with pytest.raises(SeatGone):
        offers.undo_decline(first, actor=t.guardian(12), at=t.AT, on=t.ON)
    assert state(first) == "given_up"


def test_a_no_to_pre_school_without_a_reason_makes_somebody_ask_where_the_child_goes(one):
    answered(one, "declined", reason="other")
    assert Call.objects.get().why == "elsewhere"


def test_another_unit_is_taken_at_once_where_it_has_room_and_a_person_decides(one):
    answered(one, "another", pool="tiira-preschool")
    placement = of_offer(one)
    assert (placement.pool_id, placement.state, placement.metres) == ("tiira-preschool", "accepted", 900)
    case = Case.objects.get(offer=one)
    assert (case.data["unit"], case.data["as_offered"], case.state) == ("tiira", False, "ready_for_decision")


def test_another_unit_without_room_is_refused_and_nothing_changes(tmp_path):
    t.town(tmp_path / "a", *t.family(11), *t.family(21))
    t.units(far=1)
    row = t.placed([11])
    t.placed([21], at_unit="tiira", key="b")
    Placement.objects.filter(child=21).update(state="accepted")
    one = t.offered(row)[0]
    with pytest.raises(SeatGone):
        answered(one, "another", 12, pool="tiira-preschool")
    one.refresh_from_db()
    assert (one.state in ("released", "sent", "opened"), state(one)) == (True, "held")
    assert not Case.objects.exists()


def test_another_unit_is_never_chosen_by_link_or_without_saying_which(one):
    with pytest.raises(Refused):
        offers.answer(one, "another", actor=ANONYMOUS, at=t.AT, on=t.ON, details={"pool": "tiira-preschool"})
    with pytest.raises(NotPossible):
        answered(one, "another")
    with pytest.raises(Exception, match="does not suit"):
        answered(one, "another", pool="nowhere")


def test_call_me_puts_the_family_on_the_list_and_the_offer_stays_open(one):
    answered(one, "call_me", words="Iltapäivällä")
    call = Call.objects.get()
    assert (call.why, call.person, call.words) == ("asked", t.MOTHER, "Iltapäivällä")
    answered(one, "accepted")
    assert state(one) == "accepted"


def test_silence_never_loses_a_pre_school_place(one):
    offers.expire(one.answer_by + timedelta(days=1), at=t.AT, actor=t.MACHINE)
    one.refresh_from_db()
    assert (one.state, state(one), Call.objects.get().why) == ("expired", "held", "silent")
    calls.called(Call.objects.get(), "takes_place", actor=t.worker(), at=t.AT, on=t.ON)
    assert state(one) == "accepted"
    assert Case.objects.get(offer=one).source == "phone"


def test_silence_gives_an_early_education_seat_to_others(tmp_path):
    t.town(tmp_path / "a", *t.family(born=t.THREE))
    t.units(band="three-to-five")
    offer = t.offered(t.placed([t.CHILD], form="early-education"))[0]
    offers.expire(offer.answer_by + timedelta(days=1), at=t.AT, actor=t.MACHINE)
    assert state(offer) == "given_up"
    assert not Call.objects.exists()


def test_two_reminders_go_to_both_guardians_and_then_the_family_is_on_the_call_list(one):
    from ennakko.services.childcare.queries import call_list

    assert call_list.lines(t.worker()) == []
    for days in (10, 4):
        offers.remind(one.answer_by - timedelta(days=days), at=t.AT, actor=t.MACHINE)
    assert Message.objects.filter(template="childcare.reminder").count() == 4
    line = call_list.lines(t.worker())[0]
    assert (line.call, line.child, len(line.guardians)) == (None, "Onni Eemil Laine11", 2)


def test_guardians_who_disagree_leave_the_decision_to_a_person(one):
    with pytest.raises(NotPossible):
        answers.object_to_answer(one, "Liian kaukana", actor=t.guardian(t.FATHER), at=t.AT)
    answered(one, "accepted")
    answers.object_to_answer(one, "Liian kaukana", actor=t.guardian(t.FATHER), at=t.AT)
    case = Case.objects.get(offer=one)
    assert (case.state, Call.objects.get().why) == ("awaiting_handling", "disagreement")
    assert place_cases.release([case], actor=t.official(), at=t.AT, on=t.ON)[0].decision is not None


def test_in_a_protected_family_only_the_childs_own_guardian_may_see_and_answer(tmp_path):
    t.town(tmp_path / "a", *t.family(apart=True, non_disclosure=True))
    t.units()
    one = t.offered(t.placed([t.CHILD]))[0]
    assert list(one.recipients.values_list("person", flat=True)) == [t.MOTHER]
    with pytest.raises(Refused):
        answered(one, "accepted", t.FATHER)
    for other in (t.worker(), t.adviser(), t.official()):
        with pytest.raises(Refused):
            offers.answer(one, "accepted", actor=other, at=t.AT, on=t.ON)
    answered(one, "accepted")
    assert state(one) == "accepted"


def test_strangers_and_guardians_not_signed_in_strongly_cannot_answer(one):
    for other in (t.guardian(99), t.guardian(t.CHILD), t.guardian(strong=False), t.director(), t.fee_official()):
        with pytest.raises(Refused):
            offers.answer(one, "accepted", actor=other, at=t.AT, on=t.ON)


def test_an_objecting_family_is_offered_nothing(tmp_path):
    t.town(tmp_path / "a", *t.family())
    t.units()
    child = replace(t.guardian(t.CHILD))
    purposes.object_to(t.CHILD, "childcare", child, t.AT)
    assert t.offered(t.placed([t.CHILD])) == []
    assert not Message.objects.exists()


def test_a_withdrawn_offer_frees_its_seat(one):
    from ennakko.kernel.offers.rechecking import withdraw

    withdraw(one, reason="changed", actor=t.MACHINE, at=t.AT)
    assert state(one) == "withdrawn"


def test_a_better_place_takes_the_room_of_an_open_offer_without_a_word_of_withdrawal(tmp_path):
    t.town(tmp_path / "a", *t.family())
    t.units()
    first = t.offered(t.placed([t.CHILD], at_unit="tiira"))[0]
    Placement.objects.update(state="replaced")
    better = t.offered(t.placed([t.CHILD], key="preschool-2026-08/2"))[0]
    first.refresh_from_db()
    assert (first.state, better.content["unit"]) == ("withdrawn", "lokki")
    assert not Message.objects.filter(template="childcare.withdrawn").exists()


def test_an_answer_after_the_last_day_is_too_late(one):
    with pytest.raises(OfferClosed):
        offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=one.answer_by + timedelta(days=1))


def test_accepted_as_offered_is_decided_at_once_only_where_the_gate_is_open(one):
    from ennakko.kernel.cases.tests.matters import on_record

    open_gate("childcare", "preschool-place", on_record())
    try:
        answered(one, "accepted")
    finally:
        open_gate("childcare", "preschool-place", None)
    decision = Decision.objects.get(case__offer=one)
    assert (decision.automatic, decision.case.state) == (True, "accepted")


def test_an_official_releases_many_and_the_letter_carries_the_appeal_of_its_kind(one):
    answered(one, "accepted")
    case = Case.objects.get(offer=one)
    with pytest.raises(Refused):
        place_cases.release([case], actor=t.worker(), at=t.AT, on=t.ON)
    result = place_cases.release([case], actor=t.official(), at=t.AT, on=t.ON)[0]
    assert result.decision is not None
    appeal = result.decision.appeal
    assert (appeal["days"], appeal["body"]["fi"]) == (14, "Lupa- ja valvontavirasto")
    told = Message.objects.filter(template="childcare.decided")
    assert sorted(told.values_list("person", flat=True)) == [t.MOTHER, t.FATHER]


def test_a_rejection_needs_its_reasons_and_frees_the_seat(one):
    from ennakko.kernel import cases

    answered(one, "accepted")
    case = Case.objects.get(offer=one)
    with pytest.raises(cases.NotNow):
        cases.decide(case, "rejected", actor=t.official(), at=t.AT, on=t.ON)
    cases.decide(case, "rejected", actor=t.official(), at=t.AT, on=t.ON, justification="Lapsi on jo koulussa.")
    assert state(one) == "given_up"


def test_the_offer_is_decided_again_as_of_then(one):
    again = offers.replay(one)
    assert again.same, again.differing
    assert one.run.on == date(2026, 8, 1)
