# SPDX-License-Identifier: EUPL-1.2
"""Notices that the work ended or was broken off: what is taken in, corrected, taken back, and by whom."""

from datetime import date

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.actions import changes
from ennakko.services.hiring_benefit.actions.changes import NotTold, Told
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 31)


def test_a_notice_has_a_case_of_its_own_and_the_employer_is_told():
    application = p.granted()
    row = p.told(application, reason="Työ päättyi koeajalla")
    case = row.case
    assert (case.kind, case.state, case.organisation, case.source) == ("alteration", "received", t.CAFE, "online")
    assert Message.objects.filter(template="hiring-benefit.change_received", about=f"case:{case.pk}").count() == 1


def test_a_suspension_ends_the_day_before_the_work_goes_on():
    row = p.told(p.granted(), kind="suspension", back=date(2026, 9, 1))
    assert changes.days_of(row, p.END) == (JULY, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"last_day": date(2026, 1, 31)}, "outside_benefit"),
        ({"last_day": date(2027, 2, 1)}, "outside_benefit"),
        ({"kind": "suspension"}, "return_missing"),
        ({"kind": "suspension", "back": date(2026, 7, 30)}, "return_wrong"),
        ({"kind": "suspension", "back": date(2027, 2, 1)}, "return_wrong"),
        ({"contact": "  "}, "contact_missing"),
        ({"electronic": True, "operator": "Basware", "operator_id": "BAWCFI22"}, "invoice_missing"),
        ({"electronic": True, "operator": "", "operator_id": "BAWCFI22", "invoice_address": "0037"}, "invoice_missing"),
    ],
)
def test_what_does_not_fit_is_told_with_its_own_reason_and_nothing_is_kept(wrong, code):
    application = p.granted()
    with pytest.raises(NotTold) as caught:
        p.told(application, **wrong)
    assert [one.code for one in caught.value.refusals] == [code]
    assert not Alteration.objects.exists()
    assert not Case.objects.filter(kind="alteration").exists()


def test_overlapping_notices_are_refused_and_adjoining_ones_are_not():
    application = p.granted()
    p.told(application, kind="suspension", last_day=date(2026, 4, 30), back=date(2026, 6, 1))
    for last_day, back in ((date(2026, 5, 15), date(2026, 7, 1)), (date(2026, 4, 1), date(2026, 4, 30))):
        with pytest.raises(NotTold, match="told of already"):
            p.told(application, kind="suspension", last_day=last_day, back=back)
    p.told(application, last_day=date(2026, 6, 2))
    assert Alteration.objects.count() == 2


def test_sending_the_same_notice_twice_keeps_one():
    application = p.granted()
    p.told(application)
    with pytest.raises(NotTold, match="told of already"):
        p.told(application)
    assert Alteration.objects.count() == 1


def test_nothing_is_told_of_what_has_not_been_granted():
    sent = t.an_application(state=BenefitState.HANDLING)
    with pytest.raises(NotNow, match="once the benefit has been granted"):
        p.told(sent.application)


def test_the_employer_corrects_and_takes_back_until_a_handler_opens_it():
    row = p.told(p.granted())
    later = Told(kind="termination", last_day=date(2026, 8, 15), contact="Petri")
    row = changes.correct(row, later, actor=t.employer(), at=t.AT)
    assert (row.last_day, row.contact) == (date(2026, 8, 15), "Petri")
    changes.open_change(row, actor=t.handler(), at=t.AT)
    with pytest.raises(NotNow, match="no longer be changed"):
        changes.correct(row, later, actor=t.employer(), at=t.AT)
    with pytest.raises(NotNow):
        changes.take_back(row, actor=t.employer(), at=t.AT)


def test_a_notice_that_was_taken_back_leaves_room_for_another():
    application = p.granted()
    changes.take_back(p.told(application), actor=t.employer(), at=t.AT)
    assert p.told(application).case.state == "received"


def test_a_correction_is_checked_as_a_new_notice_is():
    application = p.granted()
    p.told(application, kind="suspension", last_day=date(2026, 3, 31), back=date(2026, 4, 15))
    row = p.told(application)
    with pytest.raises(NotTold, match="told of already"):
        changes.correct(
            row, Told(kind="termination", last_day=date(2026, 4, 10), contact="P"), actor=t.employer(), at=t.AT
        )


def test_an_invoice_s_address_is_kept_only_for_an_electronic_one():
    row = p.told(p.granted(), operator="Basware", operator_id="BAWCFI22", invoice_address="0037")
    assert (row.operator, row.operator_id, row.invoice_address) == ("", "", "")


def test_a_handler_writes_down_what_they_are_told_by_phone():
    application = p.granted()
    told = Told(kind="termination", last_day=JULY, contact="Petri Laakso")
    row = changes.tell(application, told, actor=t.handler(), at=t.AT, on=p.ON, source="phone")
    event = row.case.events.get(sequence=1)
    assert (row.case.source, event.details["organisation"]) == ("phone", t.CAFE)


def test_a_handler_cancels_a_mistaken_notice_with_a_reason():
    row = p.told(p.granted())
    with pytest.raises(NotNow, match="reason"):
        changes.cancel(row, "", actor=t.handler(), at=t.AT)
    assert changes.cancel(row, "Väärä hakemus", actor=t.handler(), at=t.AT).state == "cancelled"


@pytest.mark.parametrize("actor", [t.employer(t.CLUB, "Vieras"), t.resident(1), t.Actor("staff", "x")])
def test_others_tell_correct_and_open_nothing(actor):
    application = p.granted()
    row = p.told(application)
    told = Told(kind="termination", last_day=JULY, contact="x")
    for attempt in (
        lambda: changes.tell(application, told, actor=actor, at=t.AT, on=p.ON),
        lambda: changes.correct(row, told, actor=actor, at=t.AT),
        lambda: changes.take_back(row, actor=actor, at=t.AT),
        lambda: changes.open_change(row, actor=actor, at=t.AT),
        lambda: changes.cancel(row, "x", actor=actor, at=t.AT),
    ):
        with pytest.raises(Refused):
            attempt()
