# SPDX-License-Identifier: EUPL-1.2
"""Channels that know what they have taken get a portion of messages at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ennakko.kernel import messages, people
from ennakko.kernel.messages import ports
from ennakko.kernel.messages.delivery import RETRY_AFTER, Delivery, deliver_due
from ennakko.kernel.messages.embedded import keep_copies, keep_copy
from ennakko.kernel.messages.models import DeliveredCopy, Message
from ennakko.kernel.messages.ports import Handed, NotTaken, Permanent, Receipt, Temporary, register_channels
from ennakko.kernel.messages.queries import mailbox
from ennakko.kernel.messages.tests.outside import DATA, PostOffice, offer_templates

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """The worker dies on the spot."""


@dataclass
class Mailbox:
    """An embedded channel; `portions` are the sizes it was given, `dies` cuts the power once it has taken a portion."""

    id: str = "email"
    secure: bool = False
    knows_references: bool = True
    dies: bool = False
    portions: list[int] = field(default_factory=list)

    def shown(self, address: str) -> str:
        if "nowhere" in address:
            raise Permanent("no such address")
        return address

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        self.portions.append(1)
        return keep_copy(Handed(address, subject, body, reference), channel=self.id, shown=self.shown, at=AT)

    def send_many(self, messages: Sequence[Handed]) -> Sequence[Receipt | NotTaken]:
        self.portions.append(len(messages))
        taken = keep_copies(messages, channel=self.id, shown=self.shown, at=AT)
        if self.dies:
            raise PowerCut
        return taken


@pytest.fixture(autouse=True)
def _own_registries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    monkeypatch.setattr(ports, "_channels", {})
    offer_templates(tmp_path)


def planned(count: int, *, email: str = "r{}@example.org") -> None:
    numbers = range(1, count + 1)
    people.ensure([people.Known(key=one, email=email.format(one), phone="+358401234567") for one in numbers], at=AT)
    messages.plan_many(
        [messages.Planned(to=one, template="test.offer", data=DATA, key=f"k{one}") for one in numbers], at=AT
    )


def test_a_portion_is_given_at_once_and_kept_as_sent(django_assert_max_num_queries):
    box = Mailbox()
    register_channels(box)
    planned(100)
    with django_assert_max_num_queries(40):  # not three for each message
        assert deliver_due(WALL, at=AT) == Delivery(sent=100)
    assert box.portions == [100]
    for row in Message.objects.all():
        copy = DeliveredCopy.objects.get(reference=row.key)
        assert (row.state, row.sent_channel, row.lease_by, row.receipt) == ("sent", "email", "", f"demo-{copy.pk}")
        assert (copy.subject, copy.body, copy.address) == (row.subject, row.body, f"r{row.person}@example.org")


def test_a_worker_that_dies_when_the_channel_has_its_portion_costs_nothing_and_doubles_nothing():
    register_channels(Mailbox(dies=True))
    planned(20)
    with pytest.raises(PowerCut):
        deliver_due(WALL)
    assert set(Message.objects.values_list("state", flat=True)) == {"sending"}
    assert DeliveredCopy.objects.count() == 20
    register_channels(Mailbox())
    assert deliver_due(WALL + timedelta(minutes=5)) == Delivery()  # the lease still runs
    assert deliver_due(WALL + timedelta(minutes=11)) == Delivery(sent=20)
    assert DeliveredCopy.objects.count() == 20


def test_portions_that_kill_every_worker_are_a_clerks_in_the_end():
    register_channels(Mailbox(dies=True))
    planned(2)
    now = WALL
    for _ in range(len(RETRY_AFTER) + 1):
        with pytest.raises(PowerCut):
            deliver_due(now)
        now += timedelta(minutes=11)
    assert deliver_due(now).uncertain == 2
    assert DeliveredCopy.objects.count() == 2


def test_what_a_channel_refuses_out_of_a_portion_goes_by_the_next_one():
    other = PostOffice(id="sms")
    register_channels(Mailbox(), other)
    planned(3)
    people.ensure([people.Known(key=2, email="nowhere", phone="+358401234567")], at=AT)
    assert deliver_due(WALL).sent == 3
    assert [one[1] for one in other.taken] == ["k2"]
    assert Message.objects.get(key="k2").closed_channels == "email"


def test_a_channel_that_takes_one_at_a_time_is_given_the_portion_one_by_one_and_left_in_peace_when_it_fails():
    post = PostOffice(knows_references=True, fails=lambda number: Temporary("down") if number > 2 else None)
    register_channels(post)
    planned(30)
    assert deliver_due(WALL) == Delivery(sent=2, retried=5)
    assert post.calls == 7
    left = Message.objects.filter(state="planned")
    assert left.count() == 28
    assert left.filter(handed_over_at__isnull=True, sent_channel="").count() == 28
    assert left.filter(attempts=0).count() == 23
    post.fails = lambda number: None
    assert deliver_due(WALL + timedelta(minutes=3)).sent == 28
    assert len(post.taken) == 30


def test_the_mailbox_is_searched_without_minding_capitals_in_any_alphabet():
    register_channels(Mailbox())
    planned(1, email="ÄITI@Example.org")
    deliver_due(WALL)
    assert len(mailbox(words="äiti@EXAMPLE")) == 1
    assert mailbox(words="isä") == ()
