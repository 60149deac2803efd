# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.services.summer_voucher.actions import applications, checking, handling, vouchers
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Application, CallRequest, Voucher
from ennakko.services.summer_voucher.queries import applications as queries
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_demo(settings):
    settings.DEMO = True


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"summer-voucher.{template}"))


def waiting(tmp_path) -> Case:
    t.town(tmp_path / "a", t.youth(1))
    return t.checked().case


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_handler_proposes_and_the_official_decides_and_a_stranger_gets_the_number_by_mail(tmp_path):
    case = waiting(tmp_path)
    handling.propose_acceptance(case, actor=t.handler(), at=t.AT, on=t.ON, justification="Opiskelee täällä.")
    assert not Voucher.objects.exists()
    with pytest.raises(Refused):
        handling.decide(fresh(case), "accepted", actor=t.handler(), at=t.AT, on=t.ON)
    decision = handling.decide(fresh(case), "accepted", actor=t.official(), at=t.AT, on=t.ON)
    voucher = Voucher.objects.get()
    assert (decision.decided_by_name, decision.amount_cents, decision.automatic) == ("Outi", 35000, False)
    assert (voucher.person, voucher.case, voucher.value_cents, fresh(case).state) == (None, case, 35000, "accepted")
    (message,) = told("number")
    assert (message.email, message.data["number"]) == ("leevi@posti.example", number.encode(voucher.number))


def test_one_whom_the_register_knows_is_told_through_their_own_channel_and_never_the_number(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    row = t.checked(social_security_number=known.code, last_name="Virtanen", email="joku@posti.example")
    handling.decide(row.case, "accepted", actor=t.official(), at=t.AT, on=t.ON)
    (own,) = told("accepted")
    assert (own.person, "number" in own.data) == (1, False)
    (typed,) = told("handled")
    assert typed.email == "joku@posti.example"
    assert Voucher.objects.get().person_id == 1


def test_a_rejection_needs_a_persons_reasons_and_tells_how_to_appeal(tmp_path):
    case = waiting(tmp_path)
    with pytest.raises(cases.NotNow):
        handling.propose_rejection(case, "   ", actor=t.handler(), at=t.AT, on=t.ON)
    handling.propose_rejection(case, "Hakija asuu muualla.", actor=t.handler(), at=t.AT, on=t.ON)
    (result,) = handling.decide_many([fresh(case)], actor=t.official(), at=t.AT, on=t.ON)
    assert result.refused is None
    (message,) = told("rejected")
    assert message.data["justification"] == "Hakija asuu muualla."
    assert "kaupunginhallitus" in message.data["appeal"]
    assert "14 päivän" in message.data["appeal"]
    letter = queries.letter(result.decision)
    assert letter.outcome == "rejected"
    assert next(label.en for label, _ in letter.appeal) == "Appeal"
    assert not Voucher.objects.exists()


def test_many_are_decided_at_once_and_one_that_cannot_be_stops_no_other(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    first, second = t.checked().case, t.checked(email="b@posti.example").case
    handling.propose_acceptance(first, actor=t.handler(), at=t.AT, on=t.ON)
    results = handling.decide_many([fresh(second), fresh(first)], actor=t.official(), at=t.AT, on=t.ON)
    assert [one.decision is not None for one in results] == [False, True]
    assert results[0].refused is not None


def test_the_machine_decides_nothing_while_its_gate_is_closed(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    row = t.checked(social_security_number=known.code, last_name="Virtanen")
    with pytest.raises(cases.NotNow):
        cases.decide_automatically(row.case, actor=SYSTEM("test"), at=t.AT, on=t.ON)
    assert not Decision.objects.exists()


def test_asking_for_more_sends_a_link_and_the_answer_comes_back_by_it(tmp_path):
    case = waiting(tmp_path)
    handling.ask_more(case, "Milloin muutat?", actor=t.handler(), at=t.AT, due=t.ON + timedelta(days=14))
    row = Application.objects.get()
    status = queries.status(row, on=t.ON)
    assert (status.waits_for_applicant, status.question, len(told("tell_more"))) == (True, "Milloin muutat?", 1)
    assert applications.explain(row, ["moving_to_city"], "Toukokuussa.", actor=ANONYMOUS, at=t.AT, on=t.ON) == ()
    assert fresh(case).state == "additional_information_provided"
    handling.propose_acceptance(case, actor=t.handler(), at=t.AT, on=t.ON)
    assert fresh(case).state == "awaiting_decision"


def test_what_nobody_answers_in_time_goes_to_a_handler_and_is_not_rejected(tmp_path):
    case = waiting(tmp_path)
    handling.ask_more(case, "Milloin muutat?", actor=t.handler(), at=t.AT, due=t.ON + timedelta(days=14))
    last = t.ON + timedelta(days=14)
    checking.check_again(at=t.AT, on=last, actor=t.MACHINE)
    assert fresh(case).state == "additional_information_requested"
    checking.check_again(at=t.AT, on=last + timedelta(days=1), actor=t.MACHINE)
    assert fresh(case).state == "awaiting_handling"


def test_the_official_may_send_a_proposal_back_with_a_note(tmp_path):
    case = waiting(tmp_path)
    handling.propose_acceptance(case, actor=t.handler(), at=t.AT, on=t.ON)
    handling.return_to_handling(fresh(case), "Kysy muuttopäivä.", actor=t.official(), at=t.AT)
    assert (fresh(case).state, fresh(case).draft) == ("awaiting_handling", None)
    lines = queries.desk(t.handler(), fresh(case), at=t.AT, on=t.ON, kinds=["note"]).timeline
    assert [(line.words, line.important) for line in lines] == [("Kysy muuttopäivä.", True)]


def test_only_the_author_changes_or_removes_a_note(tmp_path):
    case = waiting(tmp_path)
    note = handling.note(case, "Soitin koululle.", actor=t.handler(), at=t.AT)
    other = t.staff("Samuli", "summer-voucher.handler")
    with pytest.raises(Refused):
        handling.edit_note(note, "Muutettu", actor=other, at=t.AT)
    with pytest.raises(Refused):
        handling.remove_note(note, actor=other, at=t.AT)
    assert handling.edit_note(note, "Soitin.", actor=t.handler(), at=t.AT, important=True).important
    handling.remove_note(note, actor=t.handler(), at=t.AT)


def test_the_desk_shows_what_was_told_beside_the_register_and_logs_the_look(tmp_path):
    from ennakko.kernel import audit

    elsewhere = t.youth(1, municipality="049", names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", elsewhere)
    row = t.checked(social_security_number=elsewhere.code, last_name="Virtanen-Harju")
    looks = len(audit.reads_of(1))
    shown = queries.desk(t.handler(), row.case, at=t.AT, on=t.ON)
    surname = shown.facts[0]
    assert (surname.told, surname.registered, surname.agrees) == ("Virtanen-Harju", "Virtanen", False)
    assert shown.masked_code.startswith("******")
    assert elsewhere.code not in str(shown)
    assert {one.code for one in shown.conditions if one.holds is False} == {"surname_differs", "not_resident"}
    assert len(audit.reads_of(1)) == looks + 1


def test_the_queue_is_searched_by_name_and_number_and_has_no_query_a_row(tmp_path, django_assert_num_queries):
    t.town(tmp_path / "a", t.youth(1))
    first = t.checked()
    t.checked(first_name="Lumi", last_name="Öhman", email="b@posti.example")
    ritva = t.handler()
    assert [one.name for one in queries.rows_of(queries.queue(ritva, on=t.ON, words="ÖHMAN lumi"), on=t.ON)] == [
        "Lumi Öhman"
    ]
    assert queries.queue(ritva, on=t.ON, words=first.case.number).count() == 1
    with django_assert_num_queries(1):
        assert len(queries.rows_of(queries.queue(ritva, on=t.ON), on=t.ON)) == 2
    assert queries.counts(ritva, on=t.ON)["awaiting_handling"] == 2
    with pytest.raises(Refused):
        queries.queue(t.director(), on=t.ON)


def test_a_strangers_voucher_can_be_replaced_and_the_new_number_is_mailed(tmp_path):
    case = waiting(tmp_path)
    handling.propose_acceptance(case, actor=t.handler(), at=t.AT, on=t.ON)
    handling.decide(fresh(case), "accepted", actor=t.official(), at=t.AT, on=t.ON)
    new = vouchers.reissue(Voucher.objects.get(), actor=t.handler(), at=t.AT)
    assert {one.data["number"] for one in told("number")} >= {number.encode(new.number)}
    assert len(told("number")) == 2


def test_a_call_is_done_once(tmp_path):
    from ennakko.kernel import offers
    from ennakko.services.summer_voucher.actions import calls
    from ennakko.services.summer_voucher.queries import own

    t.town(tmp_path / "a", t.youth(1))
    t.released()
    offers.answer(own.offer_of(t.resident(1), on=t.ON), "call_me", actor=t.resident(1), at=t.AT, on=t.ON)
    (call,) = queries.calls(t.handler())
    calls.called(call, actor=t.handler(), at=t.AT)
    assert not queries.calls(t.handler()).exists()
    assert CallRequest.objects.get().done_by == "Ritva"
