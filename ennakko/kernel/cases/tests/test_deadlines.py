# SPDX-License-Identifier: EUPL-1.2
"""The city's own time: it stands still while somebody else is waited for, and what is late is marked and counted."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ennakko.kernel import cases
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import queries
from ennakko.kernel.cases.deadlines import mark_late
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.tests import matters as m

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=9)


def day(number: int) -> date:
    return m.ON + timedelta(days=number)


def moved(case: Case, verb: str, on: date, actor=None) -> Case:
    return cases.move(case, verb, actor=actor or m.staff(), at=at(on))


def test_time_stands_still_while_the_party_is_waited_for_and_both_days_are_kept():
    case = moved(m.in_hand(), "request", day(4))
    assert (case.first_due, case.due, case.paused_since) == (day(10), day(10), day(4))
    case = moved(case, "provide", day(24), m.resident(1))
    assert (case.first_due, case.due, case.paused_since) == (day(10), day(30), None)
    case = moved(moved(case, "request", day(25)), "provide", day(27), m.resident(1))
    assert (case.first_due, case.due) == (day(10), day(32))


def test_an_end_reached_while_waiting_stops_the_waiting():
    case = moved(moved(m.in_hand(), "request", day(1)), "withdraw", day(3), m.resident(1))
    assert (case.paused_since, case.due, case.state) == (None, day(12), "withdrawn")


def test_what_is_late_is_marked_once_with_an_event_and_waiting_is_not_late():
    late, waiting = m.in_hand(), moved(m.in_hand(), "request", day(1))
    done = m.decided().case
    assert mark_late(day(10), at=at(day(10))) == 0  # its last day
    assert mark_late(day(11), at=at(day(11))) == 1
    assert mark_late(day(12), at=at(day(12))) == 0
    late.refresh_from_db()
    assert late.late_since == day(11)
    assert [event.verb for event in late.events.all()][-1] == "late"
    assert not Case.objects.filter(pk__in=[waiting.pk, done.pk], late_since__isnull=False).exists()
    assert list(queries.overdue(m.SERVICE, day(11))) == [late]


def test_more_than_one_portion_is_marked(monkeypatch):
    monkeypatch.setattr("ennakko.kernel.cases.deadlines.PORTION", 2)
    for _ in range(5):
        m.a_case()
    assert mark_late(day(11), at=at(day(11))) == 5


def test_the_counts_above_a_queue_take_one_query():
    mine = m.in_hand()
    cases.take(mine, actor=m.staff(), at=m.AT)
    cases.write_letter(mine, "Hello?", actor=m.resident(1), at=m.AT)
    cases.write_letter(mine, "Hello??", actor=m.resident(1), at=m.AT)
    moved(m.in_hand(), "request", day(1))
    m.a_case(on=m.ON - timedelta(days=20))
    m.decided()
    with CaptureQueriesContext(connection) as asked:
        found = queries.standing(m.SERVICE, on=day(4))
    assert len(asked) == 1
    assert (found.open, found.unassigned, found.late, found.due_soon, found.waiting, found.unread) == (3, 2, 1, 1, 1, 1)
    assert queries.standing(m.SERVICE, on=day(4), handler=m.staff().staff).open == 1
    assert queries.standing(m.SERVICE, on=day(4), kinds=["rectification"]).open == 0


def test_an_organisations_people_are_asked_answer_and_write_and_others_cannot():
    case = m.in_hand(m.organisations_case())
    asked = cases.ask_for_information(case, "Which hours?", actor=m.staff(), at=m.AT, due=day(7))
    for stranger in (m.employee(organisation=m.OTHER), m.resident(1)):
        with pytest.raises(Refused):
            cases.answer_information(asked, {"answer": "64"}, actor=stranger, at=m.AT)
        with pytest.raises(Refused):
            cases.write_letter(case, "Hello", actor=stranger, at=m.AT)
    colleague = m.employee("Jenni Jokela", person=9)
    cases.answer_information(asked, {"answer": "64"}, actor=colleague, at=m.AT)
    letter = cases.write_letter(case, "Anything else?", actor=colleague, at=m.AT)
    assert (letter.inward, letter.by, letter.by_name) == (True, "person:9", "Jenni Jokela")
    assert list(queries.of_organisation(m.CAFE)) == [case]
    assert not queries.of_organisation("").exists()


def test_unread_marks_are_each_sides_own():
    case = m.in_hand(m.organisations_case())
    cases.write_letter(case, "Hello", actor=m.employee(), at=m.AT)
    cases.write_letter(case, "Hello yourself", actor=m.staff(), at=m.AT)
    cases.write_letter(case, "And?", actor=m.staff(), at=m.AT)
    assert queries.unread([case.pk], for_party=False) == {case.pk: 1}
    assert queries.unread([case.pk], for_party=True) == {case.pk: 2}
    assert cases.mark_read(case, by_party=True, at=m.AT) == 2
    assert queries.unread([case.pk], for_party=True) == {}
    assert queries.unread([case.pk], for_party=False) == {case.pk: 1}


def test_in_counter_mode_staff_write_down_what_an_organisation_says():
    case = m.in_hand(m.organisations_case())
    letter = cases.write_letter(case, "They called", actor=m.staff(), at=m.AT, on_behalf_of=m.CAFE)
    event = case.events.last()
    assert letter.inward
    assert (event.on_behalf_of, event.details["organisation"]) == (None, m.CAFE)
