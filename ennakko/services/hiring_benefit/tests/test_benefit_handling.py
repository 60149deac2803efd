# SPDX-License-Identifier: EUPL-1.2
"""Handlers at work: taking, handing over, asking, writing, cancelling, taking back; two handlers at once."""

from datetime import timedelta

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case, InformationRequest
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.actions import deciding, handling
from ennakko.services.hiring_benefit.models import Application, Calculation, ReviewMark
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = d.WHEN


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN), t.Resident(2, t.BORN))


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"hiring-benefit.{template}"))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_whoever_takes_an_application_gets_it_calculated_and_looked_at():
    sent = d.taken()
    case = fresh(sent.case)
    assert (case.state, case.handler.name) == ("handling", "Ritva")
    calculation = Calculation.objects.get(application=sent.application)
    # half of 3120 € is 1560 €, at most 1500 € a month, for six months
    assert (calculation.total_cents, calculation.number, calculation.rule_set) == (900_000, 1, "2026-01")
    assert Application.objects.get().benefit_cents == 900_000
    assert ReviewMark.objects.filter(application=sent.application, machine=True).count() == 10


def test_taking_again_changes_nothing():
    sent = d.taken()
    handling.take(sent.case, actor=t.handler(), **WHEN)
    assert Calculation.objects.count() == 1
    assert ReviewMark.objects.count() == 10


def test_what_another_has_in_hand_is_not_worked_on_and_can_be_taken_over():
    sent = d.taken()
    vesa = t.handler("Vesa")
    with pytest.raises(NotNow) as refused:
        handling.ask_more(sent.case, "Milloin työ alkoi?", actor=vesa, **WHEN)
    assert refused.value.reason.fi == "Hakemusta käsittelee Ritva. Ota se ensin itsellesi, jos jatkat sitä."
    with pytest.raises(NotNow):
        handling.give_back(sent.case, actor=vesa, at=t.AT)
    handling.take(sent.case, actor=vesa, **WHEN)
    handling.ask_more(sent.case, "Milloin työ alkoi?", actor=vesa, **WHEN)
    assert fresh(sent.case).handler.name == "Vesa"
    with pytest.raises(NotNow):
        handling.cancel(sent.case, "Väärä.", actor=t.handler(), at=t.AT)


def test_what_nobody_has_is_in_the_hand_of_whoever_works_on_it():
    sent = d.taken()
    handling.give_back(sent.case, actor=t.handler(), at=t.AT)
    handling.ask_more(fresh(sent.case), "Milloin työ alkoi?", actor=t.handler("Vesa"), **WHEN)
    assert fresh(sent.case).handler.name == "Vesa"


def test_an_application_is_handed_to_a_colleague_who_handles_such_ones():
    from ennakko.kernel.access.models import RoleGrant

    sent = d.taken()
    vesa, kaija = t.handler("Vesa"), t.staff("Kaija", "adviser")
    RoleGrant.objects.create(staff_id=vesa.staff, role=t.HANDLER, valid_from=t.ON, granted_at=t.AT)
    RoleGrant.objects.create(staff_id=kaija.staff, role="adviser", valid_from=t.ON, granted_at=t.AT)
    handling.hand_over(sent.case, vesa.staff, actor=t.handler(), **WHEN)
    assert fresh(sent.case).handler.name == "Vesa"
    with pytest.raises(NotNow):
        handling.hand_over(sent.case, kaija.staff, actor=vesa, **WHEN)


def test_a_question_gives_seven_days_and_stops_the_citys_own_time():
    sent = d.taken()
    case = handling.ask_more(sent.case, "Mikä on työaika?", actor=t.handler(), **WHEN)
    assert case.state == "additional_information_needed"
    assert InformationRequest.objects.get().due == t.ON + timedelta(days=7)
    assert fresh(case).paused_since == t.ON
    (message,) = told("asked")
    assert (message.data["due"], message.data["case"]) == ("2026-03-09", case.number)


def test_an_unanswered_question_lapses_the_day_after_its_last_one_and_only_once():
    case = handling.ask_more(d.taken().case, "Mikä on työaika?", actor=t.handler(), **WHEN)
    last = t.ON + timedelta(days=7)
    assert handling.lapse(at=t.AT + timedelta(days=7), on=last) == 0
    assert handling.lapse(at=t.AT + timedelta(days=8), on=last + timedelta(days=1)) == 1
    assert handling.lapse(at=t.AT + timedelta(days=8), on=last + timedelta(days=1)) == 0
    assert fresh(case).state == "handling"


def test_a_message_goes_to_the_thread_and_word_of_it_to_the_contact_person():
    sent = d.taken()
    handling.write(sent.case, "Hei, katsoimme hakemustanne.", actor=t.handler(), at=t.AT)
    (message,) = told("letter")
    assert message.data["case"] == sent.case.number
    assert [one.words for one in cases.thread(fresh(sent.case)) if one.verb == "write"] == [
        "Hei, katsoimme hakemustanne."
    ]


def test_an_application_is_cancelled_with_a_reason_that_the_employer_reads():
    sent = d.taken()
    with pytest.raises(NotNow):
        handling.cancel(sent.case, "  ", actor=t.handler(), at=t.AT)
    case = handling.cancel(sent.case, "Työnantaja pyysi perumaan.", actor=t.handler(), at=t.AT)
    assert (case.state, case.closed_at is not None) == ("cancelled", True)
    assert [one.words for one in cases.thread(case) if one.verb == "note"] == ["Työnantaja pyysi perumaan."]
    assert len(told("cancelled_by_city")) == 1
    with pytest.raises(NotNow):
        handling.take(case, actor=t.handler(), **WHEN)


def test_a_handler_takes_a_proposal_back_and_an_official_sends_it_back():
    case = d.proposed()
    with pytest.raises(NotNow):
        handling.back(case, "", actor=t.handler(), at=t.AT)
    back = handling.back(case, "Palkka oli väärin.", actor=t.handler(), at=t.AT)
    assert (back.state, fresh(back).draft) == ("handling", None)
    again = deciding.propose(fresh(back), "accepted", actor=t.handler(), **WHEN)
    with pytest.raises(Refused):
        handling.return_to_handling(again, "Tarkista.", actor=t.handler(), at=t.AT)
    returned = handling.return_to_handling(again, "Tarkista työsopimus.", actor=t.official(), at=t.AT)
    assert (returned.state, fresh(returned).draft) == ("handling", None)


def test_what_is_proposed_is_not_changed_before_it_is_taken_back():
    case = d.proposed()
    with pytest.raises(NotNow) as refused:
        handling.ask_more(case, "Mikä on työaika?", actor=t.handler(), **WHEN)
    assert "Palauta se ensin käsittelyyn" in refused.value.reason.fi


def test_what_has_not_been_taken_is_taken_first():
    sent = d.arrived()
    with pytest.raises(NotNow) as refused:
        handling.ask_more(sent.case, "Mikä on työaika?", actor=t.handler(), **WHEN)
    assert refused.value.reason.en == "The application is not being handled yet. Take it into handling first."


def test_the_employee_under_non_disclosure_is_handled_by_the_named_clerk_alone():
    sent = d.arrived(of=t.person(2, non_disclosure=True))
    with pytest.raises(Refused):
        handling.take(sent.case, actor=t.handler(), **WHEN)
    clerk = t.staff("Sirpa", "protected-clerk")
    assert handling.take(sent.case, actor=clerk, **WHEN).state == "handling"


@pytest.mark.parametrize("who", [t.employer, lambda: t.resident(1), lambda: t.staff("Harri", "director")])
def test_nobody_but_the_handlers_takes_an_application(who):
    sent = d.arrived()
    with pytest.raises(Refused):
        handling.take(sent.case, actor=who(), **WHEN)
