# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from ennakko.kernel import messages, people
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.messages import ports
from ennakko.kernel.messages.actions import send_again, settle_as_posted, settle_as_sent
from ennakko.kernel.messages.delivery import RETRY_AFTER, Delivery, deliver_due
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.ports import Permanent, Temporary, Uncertain, register_channels
from ennakko.kernel.messages.queries import needing_a_clerk
from ennakko.kernel.messages.tests.outside import DATA, PostOffice, offer_templates

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
CLERK = Actor(kind="staff", reference="c", staff=1, roles=frozenset({"administrator"}), name="Kaisa")


@pytest.fixture(autouse=True)
def _own_registries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    monkeypatch.setattr(ports, "_channels", {})
    offer_templates(tmp_path)


def once(error: Exception) -> Callable[[int], Exception | None]:
    return lambda number: error if number == 1 else None


def always(error: Exception) -> Callable[[int], Exception | None]:
    return lambda number: error


def resident(key: int = 1, **more: object) -> int:
    contact: dict[str, object] = {"email": f"r{key}@example.org", "phone": "+358401234567", "language": "fi"}
    people.ensure([people.Known(key=key, **(contact | more))], at=AT)
    return key


def planned(person: int = 1, key: str = "k") -> Message:
    messages.plan(person, template="test.offer", data=DATA, at=AT, key=key)
    return Message.objects.get(key=key)


def test_a_due_message_leaves_once_and_is_kept_as_sent():
    mail = PostOffice()
    register_channels(mail)
    planned(resident())
    assert deliver_due(WALL, at=AT) == Delivery(sent=1)
    assert deliver_due(WALL + timedelta(days=1), at=AT) == Delivery()
    ((address, reference, subject, body),) = mail.taken
    assert (address, reference, subject) == ("r1@example.org", "k", "Hei Aino")
    row = Message.objects.get()
    assert (row.state, row.sent_channel, row.receipt, row.body) == ("sent", "email", "no-k", body)
    assert AT <= row.sent_at < AT + timedelta(minutes=1)


def test_a_message_that_is_held_back_waits():
    mail = PostOffice()
    register_channels(mail)
    messages.plan(
        resident(), template="test.offer", data=DATA, at=AT, key="k", not_before=WALL + timedelta(hours=1)
    )  # fmt: skip
    assert deliver_due(WALL).sent == 0
    assert deliver_due(WALL + timedelta(hours=2)).sent == 1


@pytest.mark.django_db(transaction=True)
def test_delivery_inside_a_transaction_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError):
        deliver_due(WALL)


def test_a_temporary_failure_is_tried_again_ever_more_slowly_and_then_on_the_next_channel():
    mail, sms = PostOffice(fails=always(Temporary("busy"))), PostOffice(id="sms")
    register_channels(mail, sms)
    planned(resident())
    now, waits = WALL, []
    for _ in RETRY_AFTER:
        assert deliver_due(now).retried == 1
        row = Message.objects.get()
        waits.append(round((row.next_try_at - now) / timedelta(minutes=1)))
        assert deliver_due(row.next_try_at - timedelta(seconds=5)) == Delivery()  # not before its time
        now = row.next_try_at + timedelta(seconds=1)
    assert waits == [wait // timedelta(minutes=1) for wait in RETRY_AFTER]
    assert deliver_due(now).sent == 1
    assert (mail.calls, len(sms.taken)) == (len(RETRY_AFTER) + 1, 1)
    assert Message.objects.get().sent_channel == "sms"


def test_a_channel_that_asks_for_patience_gets_it():
    mail = PostOffice(fails=once(Temporary("HTTP 429", retry_after=1800)))
    register_channels(mail)
    planned(resident())
    deliver_due(WALL)
    assert Message.objects.get().next_try_at >= WALL + timedelta(minutes=30)
    assert deliver_due(WALL + timedelta(minutes=31)).sent == 1


def test_a_refused_message_goes_by_the_next_channel_at_once():
    mail, sms = PostOffice(fails=always(Permanent("no such user"))), PostOffice(id="sms")
    register_channels(mail, sms)
    planned(resident())
    assert deliver_due(WALL).sent == 1
    assert sms.taken[0][2] == "Seteli"  # in the channel's own words
    row = Message.objects.get()
    assert (row.closed_channels, row.sent_channel) == ("email", "sms")


def test_a_message_that_no_channel_takes_is_a_letter_for_a_clerk():
    register_channels(PostOffice(fails=always(Permanent("no"))))
    planned(resident())
    assert deliver_due(WALL).letters == 1
    (row,) = needing_a_clerk(CLERK)
    settle_as_posted(row, by=CLERK, at=AT)
    assert Message.objects.get().sent_channel == "letter"
    assert list(needing_a_clerk(CLERK)) == []
    with pytest.raises(Refused):
        needing_a_clerk(Actor(kind="staff", reference="x", staff=2))


def test_an_uncertain_end_is_never_tried_again_by_itself():
    mail, sms = PostOffice(fails=always(Uncertain("no answer"))), PostOffice(id="sms")
    register_channels(mail, sms)
    planned(resident())
    assert deliver_due(WALL).uncertain == 1
    assert deliver_due(WALL + timedelta(days=9)) == Delivery()
    assert (mail.calls, sms.calls) == (1, 0)


@pytest.mark.parametrize("arrived", [True, False])
def test_a_clerk_settles_what_nobody_knows(arrived):
    mail = PostOffice(fails=once(Uncertain("no answer")))
    register_channels(mail)
    row = planned(resident())
    deliver_due(WALL)
    if arrived:
        settle_as_sent(row, by=CLERK, at=AT)
    else:
        send_again(row, by=CLERK, at=AT)
    assert deliver_due(WALL + timedelta(hours=1)).sent == (0 if arrived else 1)
    assert Message.objects.get().state == "sent"
    with pytest.raises(Refused):
        settle_as_sent(row, by=SYSTEM("x"), at=AT)


def test_a_channel_that_knows_references_is_asked_by_sending_again():
    mail = PostOffice(id="suomifi", secure=True, knows_references=True, fails=once(Uncertain("no answer")))
    register_channels(mail, PostOffice(id="email"))
    planned(resident(suomifi_messages=True, identity_code="010110A900X"))
    assert deliver_due(WALL).retried == 1
    assert deliver_due(WALL + timedelta(minutes=2)).sent == 1
    assert (mail.calls, len(mail.taken)) == (2, 1)


def test_what_may_have_arrived_by_one_channel_never_goes_by_another():
    errors = [Uncertain("no answer"), Permanent("no mailbox")]
    mail = PostOffice(id="suomifi", secure=True, knows_references=True, fails=lambda number: errors[number - 1])
    other = PostOffice(id="email")
    register_channels(mail, other)
    planned(resident(suomifi_messages=True, identity_code="010110A900X"))
    deliver_due(WALL)
    assert deliver_due(WALL + timedelta(minutes=2)).uncertain == 1
    assert other.taken == []


def test_a_channel_that_keeps_failing_is_left_in_peace_for_the_rest_of_the_run():
    mail = PostOffice(fails=always(Temporary("down")))
    register_channels(mail)
    for key in range(1, 31):
        planned(resident(key), key=f"k{key}")
    deliver_due(WALL)
    assert mail.calls == 5
    assert Message.objects.filter(state="planned").count() == 30
    mail.fails = lambda number: None
    assert deliver_due(WALL + timedelta(minutes=3)).sent == 30


def test_the_channel_that_the_person_chose_comes_first():
    mail, sms = PostOffice(), PostOffice(id="sms")
    register_channels(mail, sms)
    person = people.person(resident())
    people.choose_contact(person, by=SYSTEM("t"), at=AT, language="fi", channel="sms", phone="+358401234567")
    planned(person.key)
    deliver_due(WALL)
    assert (len(mail.taken), len(sms.taken)) == (0, 1)


def test_a_person_who_chose_letters_gets_one():
    mail = PostOffice()
    register_channels(mail)
    people.choose_contact(people.person(resident()), by=SYSTEM("t"), at=AT, language="fi", channel="letter")
    planned()
    assert deliver_due(WALL).letters == 1
    assert mail.taken == []


def test_a_template_that_is_gone_stops_one_message_and_no_other(monkeypatch):
    mail = PostOffice()
    register_channels(mail)
    planned(resident(), key="broken")
    Message.objects.update(template="test.gone")
    planned(resident(2), key="whole")
    assert deliver_due(WALL) == Delivery(sent=1, retried=1)
    row = Message.objects.get(key="broken")
    assert "no message template" in row.error
    assert row.state == "planned"


def test_a_rows_worker_that_died_before_handing_over_costs_nothing():
    mail = PostOffice()
    register_channels(mail)
    row = planned(resident())
    Message.objects.filter(pk=row.pk).update(state="sending", lease_by="dead", lease_until=WALL + timedelta(minutes=5))
    assert deliver_due(WALL) == Delivery()  # the other worker may still be at it
    assert deliver_due(WALL + timedelta(minutes=6)).sent == 1


def test_thousands_leave_in_one_run_with_progress_told():
    mail = PostOffice()
    register_channels(mail)
    people.ensure([people.Known(key=number, email=f"r{number}@example.org") for number in range(1, 251)], at=AT)
    for number in range(1, 251):
        planned(number, key=f"k{number}")
    told: list[int] = []
    assert deliver_due(WALL, progress=told.append).sent == 250
    assert told == [100, 200, 250]
    assert len({taken[1] for taken in mail.taken}) == 250
