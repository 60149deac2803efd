# SPDX-License-Identifier: EUPL-1.2
"""Service of notice: when a decision is held to have been received, the last day to appeal, who notes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ennakko.kernel import cases, messages
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases import serving
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.cases.serving import Service, received_on
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.sent import SentMessage
from ennakko.kernel.messages.tests.outside import DATA, PostOffice, offer_templates
from ennakko.values.time_limits import is_working_day

WALL = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch)


@pytest.mark.parametrize(("by", "days"), [("post", 7), ("electronic", 3), ("handed", 0)])
def test_notice_is_received_so_many_days_after_sending(by, days):
    assert received_on(Service(m.ON, by)) == m.ON + timedelta(days=days)


def test_the_appeals_own_row_says_how_many_days():
    assert received_on(Service(m.ON, "post"), {"post": 10}) == m.ON + timedelta(days=10)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["post", "electronic", "handed"]),
    st.integers(1, 60),
)
def test_the_last_day_is_a_working_day_never_earlier_than_counted_and_less_than_a_week_later(sent, by, days):
    received = received_on(Service(sent, by))
    last = serving.last_day_to_appeal(received, days)
    assert is_working_day(last)
    assert timedelta(0) <= last - received - timedelta(days=days) <= timedelta(days=5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "received", "until"),
    [
        ("post", date(2026, 4, 22), date(2026, 5, 6)),
        ("electronic", date(2026, 4, 18), date(2026, 5, 4)),  # 2 May is a Saturday
        ("handed", date(2026, 4, 15), date(2026, 4, 29)),
    ],
)
def test_staff_note_how_a_decision_left_and_the_days_are_stored_with_it(how, received, until):
    made = cases.serve(m.decided(), how, sent_on=m.ON, actor=m.staff(), at=m.AT)
    made.refresh_from_db()
    assert (made.served_how, made.sent_on, made.received_on, made.appeal_until) == (how, m.ON, received, until)
    assert serving.appeal_until(made) == until
    assert Entry.objects.filter(action="cases.serve").count() == 1


@pytest.mark.django_db
def test_the_first_notice_counts_and_none_leaves_before_the_decision():
    made = m.decided()
    with pytest.raises(cases.NotNow, match="15 April 2026"):
        cases.serve(made, "post", sent_on=m.ON - timedelta(days=1), actor=m.staff(), at=m.AT)
    cases.serve(made, "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    with pytest.raises(cases.NotNow, match="already"):
        cases.serve(made, "handed", sent_on=m.ON, actor=m.staff(), at=m.AT)


@pytest.mark.django_db
def test_only_those_who_handle_the_case_note_its_notice():
    made = m.decided()
    for actor in (m.resident(1), m.employee(), m.staff("Vera Visitor", "other.role")):
        with pytest.raises(Refused):
            cases.serve(made, "post", sent_on=m.ON, actor=actor, at=m.AT)


@pytest.mark.django_db
def test_before_it_leaves_the_decision_says_how_the_time_will_be_counted():
    made = m.decided()
    assert serving.appeal_until(made) is None
    assert {(one.by, one.days_to_notice, one.days_to_appeal) for one in serving.how_counted(made)} == {
        ("post", 7, 14), ("electronic", 3, 14), ("handed", 0, 14),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_notice_is_whole_or_not_at_all():
    made = m.decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(sent_on=m.ON)


@pytest.mark.parametrize(
    ("channel", "how"),
    [("suomifi", "electronic"), ("email", "electronic"), ("sms", "electronic"), ("letter", "post"), ("clerk", "post")],
)
def test_a_channel_is_a_way_of_serving_and_what_a_clerk_did_counts_as_post(channel, how):
    assert serving.way_of(channel) == how


@pytest.mark.django_db(transaction=True)
def test_the_days_are_stored_when_the_message_that_carries_the_notice_leaves(monkeypatch, tmp_path):
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    offer_templates(tmp_path)
    m.person(1, email="aino@posti.example")
    made = m.decided()
    for key in ("notice", "something-else"):
        messages.plan(1, template="test.offer", data=DATA, at=m.AT, key=key, about=f"case:{made.case_id}")
    cases.serve_by_message(made, "notice")
    messages.register_channels(PostOffice("email"))
    sent_at = datetime(2026, 4, 20, 9, tzinfo=UTC)
    messages.deliver_due(WALL, at=sent_at)
    made.refresh_from_db()
    assert Message.objects.filter(state="sent").count() == 2
    assert (made.served_how, made.sent_on, made.received_on) == ("electronic", date(2026, 4, 20), date(2026, 4, 23))
    assert made.appeal_until == date(2026, 5, 7)


@pytest.mark.django_db
def test_hearing_twice_of_a_message_changes_nothing():
    made = m.decided()
    cases.serve_by_message(made, "notice")
    heard = [SentMessage("notice", f"case:{made.case_id}", "letter", m.AT)]
    with transaction.atomic():
        serving.follow_sent(heard)
        later = [SentMessage("notice", f"case:{made.case_id}", "email", m.AT + timedelta(days=9))]
        serving.follow_sent(later)
    made.refresh_from_db()
    assert (made.served_how, made.sent_on) == ("post", m.ON)
    assert Entry.objects.filter(action="cases.serve").count() == 1
