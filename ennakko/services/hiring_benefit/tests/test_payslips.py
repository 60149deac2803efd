# SPDX-License-Identifier: EUPL-1.2
"""The payslip of the second instalment: asked for on its day, once; answered with a payslip and an assurance."""

from datetime import date, timedelta

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.documents import NotTaken
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.actions import payslips
from ennakko.services.hiring_benefit.models import ApplicationAttachment
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
DAY = p.START + timedelta(days=150)


def ask(on: date) -> int:
    return payslips.ask_due(actor=p.MACHINE, at=p.at_of(on), on=on)


def test_the_payslip_is_asked_for_150_days_from_the_beginning_and_once():
    application = p.granted()
    assert [ask(DAY - timedelta(days=1)), ask(DAY), ask(DAY), ask(DAY + timedelta(days=9))] == [0, 1, 0, 0]
    assert p.states(application) == ["accepted", "requested"]
    (message,) = Message.objects.filter(template="hiring-benefit.payslip_asked")
    assert message.organisation == t.CAFE


def test_nothing_is_asked_for_a_benefit_in_one_instalment():
    p.granted(500_000)
    assert ask(date(2027, 1, 1)) == 0


def test_nothing_is_asked_while_a_notice_of_a_change_is_open():
    application = p.granted()
    row = p.told(application)
    assert ask(DAY) == 0
    p.changes.take_back(row, actor=t.employer(), at=t.AT)
    assert ask(DAY) == 1


def test_only_the_machine_asks():
    with pytest.raises(Refused):
        payslips.ask_due(actor=t.handler(), at=t.AT, on=p.ON)


def test_the_answer_needs_a_payslip_and_the_assurance_and_is_given_once():
    application = p.granted()
    row = p.asked(application)
    with pytest.raises(NotNow, match="Add the payslip"):
        payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(DAY))
    p.slip(row, DAY)
    with pytest.raises(NotNow, match="Confirm that the employment goes on"):
        payslips.answer(row, assured=False, actor=t.employer(), at=p.at_of(DAY))
    for _ in range(2):
        done = payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(DAY))
    assert (done.state, done.assured_by_name) == ("responded", "Petri Laakso")
    assert ApplicationAttachment.objects.filter(application=application, kind="payslip").count() == 1


def test_a_payslip_from_before_the_request_is_not_the_answer():
    application = p.granted()
    p.slip(p.instalment(application, 2), p.ON)
    row = p.asked(application)
    with pytest.raises(NotNow, match="Add the payslip"):
        payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(DAY))


def test_before_it_is_asked_for_there_is_nothing_to_answer():
    row = p.instalment(p.granted(), 2)
    p.slip(row, p.ON)
    with pytest.raises(NotNow, match="Waiting for its turn"):
        payslips.answer(row, assured=True, actor=t.employer(), at=t.AT)


def test_what_is_no_payslip_is_not_taken():
    row = p.asked(p.granted())
    with pytest.raises(NotTaken):
        payslips.add_payslip(row, b"MZ program", name="palkka.pdf", actor=t.employer(), at=p.at_of(DAY))


@pytest.mark.parametrize("actor", [t.employer(t.CLUB, "Vieras"), t.resident(1), None])
def test_only_the_employer_itself_gives_and_assures(actor):
    row = p.asked(p.granted())
    who = actor or t.handler()
    for attempt in (
        lambda: payslips.add_payslip(row, b"%PDF-", name="a.pdf", actor=who, at=t.AT),
        lambda: payslips.answer(row, assured=True, actor=who, at=t.AT),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_paid_instalment_is_complete_when_its_days_have_ended():
    application = p.granted(500_000, end=date(2026, 7, 31))
    p.bank()
    run = [payslips.complete_ended(actor=p.MACHINE, at=t.AT, on=on) for on in (date(2026, 7, 31), date(2026, 8, 1))]
    assert (run, p.states(application)) == ([0, 1], ["completed"])
