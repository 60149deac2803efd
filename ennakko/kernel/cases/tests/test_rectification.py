# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification: who files one, in time or late, who prepares it, how a body's decision is recorded."""

from datetime import timedelta

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused
from ennakko.kernel.cases import kinds, queries
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.rectification import (
    OUTCOMES,
    can_be_contested,
    file_rectification,
    in_time,
    propose,
    record_decision,
)
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations.models import ContactPerson, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch)


def filed(decision=None, *, actor=None, on=m.ON, **more):
    made = decision or m.decided()
    return file_rectification(made, "I live here", actor=actor or m.resident(1), at=m.AT, on=on, **more)


def recorded(case, outcome="unchanged", **changes):
    given = {"body": "Board", "section": "§ 212", "decided_on": m.ON, "actor": m.staff(), "at": m.AT} | changes
    return record_decision(case, outcome, "Nothing new was told", **given)


def test_the_party_files_one_and_it_is_a_case_of_its_own_linked_to_the_decision():
    made = m.decided()
    case = filed(made)
    assert (case.kind, case.state, case.contested, case.subject_id) == ("rectification", "received", made, 1)
    assert (case.data["words"], case.data["in_time"], case.due) == ("I live here", True, m.ON + timedelta(days=60))
    assert [event.verb for event in made.case.events.all()][-1] == "contest"
    (message,) = Message.objects.filter(template="cases.rectification_received")
    assert (message.person, message.data["decision"]) == (1, made.case.number)
    assert list(queries.rectifications(m.staff())) == [case]


def test_an_organisations_people_file_one_and_its_contact_is_told():
    row = Organisation.objects.create(business_id=m.CAFE, name="Café", search="cafe", created_at=m.AT)
    ContactPerson.objects.create(organisation=row, name="Petri", email="petri@posti.example", added_at=m.AT)
    made = m.decided(m.organisations_case())
    with pytest.raises(Refused):
        filed(made, actor=m.employee(organisation=m.OTHER))
    case = filed(made, actor=m.employee("Jenni Jokela"))
    assert (case.organisation, case.subject_id) == (m.CAFE, None)
    message = Message.objects.get(template="cases.rectification_received")
    assert (message.email, message.organisation) == ("petri@posti.example", m.CAFE)


def test_nobody_else_files_one():
    made = m.decided()
    weak = m.resident(1)
    object.__setattr__(weak, "strong", False)
    for actor in (m.resident(2), m.employee(), ANONYMOUS, SYSTEM("x"), weak, m.staff("Vera", "other.role")):
        with pytest.raises(Refused):
            filed(made, actor=actor)
    assert not Case.objects.filter(kind="rectification").exists()


@pytest.mark.parametrize(("late_by", "timely"), [(-1, True), (0, True), (1, False), (400, False)])
def test_whether_it_is_in_time_is_computed_and_a_late_one_is_taken_all_the_same(late_by, timely):
    made = cases.serve(m.decided(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    on = made.appeal_until + timedelta(days=late_by)
    assert in_time(made, on) == timely
    assert filed(made, on=on).data["in_time"] == timely


def test_before_notice_the_time_has_not_begun():
    assert in_time(m.decided(), m.ON + timedelta(days=4000))


def test_one_that_came_on_paper_counts_from_the_day_it_arrived():
    made = cases.serve(m.decided(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    arrived, written_down = made.appeal_until, made.appeal_until + timedelta(days=3)
    case = filed(made, actor=m.staff(), on=written_down, filed_on=arrived)
    assert (case.source, case.data["filed_on"], case.data["in_time"]) == ("paper", arrived.isoformat(), True)
    assert case.events.first().on_behalf_of == 1


def test_the_party_cannot_choose_the_day_it_arrived():
    made = cases.serve(m.decided(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    late = made.appeal_until + timedelta(days=3)
    assert filed(made, on=late, filed_on=m.ON).data["filed_on"] == late.isoformat()


def test_one_at_a_time_and_a_withdrawn_one_makes_room():
    made = m.decided()
    first = filed(made)
    with pytest.raises(cases.NotNow, match=first.number) as told:
        filed(made)
    assert told.value.case == first
    cases.move(first, "withdraw", actor=m.resident(1), at=m.AT)
    assert filed(made).pk != first.pk


@pytest.mark.parametrize("words", ["", "  ", "x" * 4097])
def test_without_words_or_with_too_many_nothing_is_filed(words):
    with pytest.raises(cases.NotNow):
        file_rectification(m.decided(), words, actor=m.resident(1), at=m.AT, on=m.ON)


def test_a_draft_goes_to_the_body_and_can_be_written_again():
    case = propose(filed(), "unchanged", "First thoughts", actor=m.staff(), at=m.AT, on=m.ON)
    assert (case.state, case.draft["content"]["justification"]) == ("before_body", "First thoughts")
    case = propose(case, "rectified", "Second thoughts", actor=m.staff("Otto Other"), at=m.AT, on=m.ON)
    assert (case.state, case.draft["outcome"]) == ("before_body", "rectified")
    assert case.decisions.count() == 0


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_the_body_decided_is_recorded_under_its_name_and_the_party_is_told(outcome):
    made = m.decided()
    case = propose(filed(made), "unchanged", "Draft", actor=m.staff(), at=m.AT, on=m.ON)
    decision = recorded(case, outcome)
    assert (decision.decided_by_name, decision.decided_by_title, decision.outcome) == ("Board", "§ 212", outcome)
    assert (decision.decided_by, decision.automatic) == ("staff:hanna handler", False)
    assert (decision.appeal["body"]["en"], decision.appeal["days"]) == ("court", 30)
    assert Case.objects.get(pk=case.pk).closed_at == m.AT
    assert decision.notice_key == Message.objects.get(template="cases.rectification_decided").key
    event = made.case.events.last()
    assert (event.verb, event.details["outcome"]) == ("review", outcome)


def test_a_body_decides_only_what_was_brought_to_it_after_it_came():
    case = filed()
    with pytest.raises(cases.NotNow):
        recorded(case)
    case = propose(case, "unchanged", "Draft", actor=m.staff(), at=m.AT, on=m.ON)
    with pytest.raises(cases.NotNow, match="after that"):
        recorded(case, decided_on=m.ON - timedelta(days=1))
    for missing in ({"body": " "}, {"section": ""}):
        with pytest.raises(cases.NotNow, match="body and the section"):
            recorded(case, **missing)
    with pytest.raises(cases.NotNow, match="Choose"):
        recorded(case, "perhaps")


def test_whoever_made_the_decision_prepares_and_records_nothing():
    case = filed(m.decided(actor=m.official()))
    with pytest.raises(Refused, match="colleague"):
        propose(case, "unchanged", "I was right", actor=m.official(), at=m.AT, on=m.ON)
    case = propose(case, "unchanged", "Draft", actor=m.staff(), at=m.AT, on=m.ON)
    with pytest.raises(Refused, match="colleague"):
        recorded(case, actor=m.official())


def test_the_bodys_own_decision_goes_to_court_and_not_here():
    case = propose(filed(), "unchanged", "Draft", actor=m.staff(), at=m.AT, on=m.ON)
    decision = recorded(case)
    assert not can_be_contested(decision)
    with pytest.raises(cases.NotNow, match="cannot be requested"):
        file_rectification(decision, "Again", actor=m.resident(1), at=m.AT, on=m.ON)


def test_a_service_without_such_cases_takes_none(monkeypatch):
    made = m.decided()
    monkeypatch.delitem(kinds._types, (m.SERVICE, "rectification"))
    assert not can_be_contested(made)
    with pytest.raises(cases.NotNow, match="cannot be requested"):
        filed(made)


def test_who_is_under_non_disclosure_stands_in_the_named_clerks_queue_alone():
    m.person(7, non_disclosure=True)
    made = m.decided(m.a_case(7))
    filed(made, actor=m.resident(7))
    assert queries.rectifications(m.staff("Sirpa", m.HANDLER, "protected-clerk")).count() == 1
    assert not queries.rectifications(m.staff()).exists()


def test_a_destroyed_decision_leaves_the_request_without_it():
    made = m.decided()
    case = filed(made)
    made.delete()
    case.refresh_from_db()
    assert case.contested is None
