# SPDX-License-Identifier: EUPL-1.2
"""A resident with a non-disclosure order (turvakielto) is reached by a secure channel or by one named clerk."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from ennakko.connectors.email.embedded import EmbeddedEmail
from ennakko.connectors.suomifi_messages.embedded import EmbeddedSuomiFi
from ennakko.kernel import messages, people
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.messages import ports, queries, routes
from ennakko.kernel.messages.actions import handle_on_desk, send_again
from ennakko.kernel.messages.delivery import deliver_due
from ennakko.kernel.messages.models import ClerkDesk, DeliveredCopy, Message
from ennakko.kernel.messages.ports import Permanent, Temporary, Uncertain, register_channels
from ennakko.kernel.messages.tests.outside import DATA, PostOffice, offer_templates
from ennakko.kernel.people.models import Person
from ennakko.values import identity_code

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
NAMED_CLERK = Actor(kind="staff", reference="n", staff=1, roles=frozenset({"protected-clerk"}), name="Noora")
ADMINISTRATOR = Actor(kind="staff", reference="a", staff=2, roles=frozenset({"administrator"}), name="Kaisa")
CODE = identity_code.compose(date(2010, 1, 1), 900)


@pytest.fixture(autouse=True)
def _own_registries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    monkeypatch.setattr(ports, "_channels", {})
    monkeypatch.setattr(routes, "_sources", [])
    offer_templates(tmp_path)


def protected_resident(**more: object) -> None:
    contact: dict[str, object] = {"email": "r@example.org", "phone": "+358401234567", "non_disclosure": True}
    people.ensure([people.Known(key=1, identity_code=CODE, **(contact | more))], at=AT)


def plan(channel: str = "") -> Message:
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k", channel=channel, about="offer:1")
    return Message.objects.get()


def offices() -> tuple[PostOffice, PostOffice, PostOffice]:
    secure = PostOffice(id="suomifi", secure=True, knows_references=True)
    mail, sms = PostOffice(), PostOffice(id="sms")
    register_channels(mail, sms, secure)
    return secure, mail, sms


def test_the_secure_channel_carries_the_message():
    secure, mail, sms = offices()
    protected_resident(suomifi_messages=True)
    plan()
    assert deliver_due(WALL).sent == 1
    assert (len(secure.taken), mail.calls, sms.calls) == (1, 0, 0)


@pytest.mark.parametrize(
    ("asked", "chosen", "mailbox", "failure"),
    list(
        product(
            ("", "email", "sms"), ("", "email", "sms"), (True, False),
            (None, Permanent("no"), Temporary("busy"), Uncertain("?")),
        )
    ),
)  # fmt: skip
def test_no_wish_and_no_failure_ever_opens_an_insecure_channel(asked, chosen, mailbox, failure):
    secure, mail, sms = offices()
    secure.fails = lambda number: failure
    protected_resident(suomifi_messages=mailbox)
    Person.objects.update(channel=chosen)
    plan(asked)
    now = WALL
    for _ in range(12):
        deliver_due(now)
        now += timedelta(days=3)
    assert (mail.calls, sms.calls) == (0, 0)
    assert Message.objects.get().state == ("sent" if mailbox and failure is None else "desk")


def test_what_cannot_be_sent_lies_on_the_named_clerks_desk_and_nowhere_else():
    offices()
    protected_resident()
    plan()
    assert deliver_due(WALL).desk == 1
    assert [row.reason for row in queries.protected_desk(NAMED_CLERK)] == ["no-secure-channel"]
    with pytest.raises(Refused):
        queries.protected_desk(ADMINISTRATOR)
    assert list(queries.needing_a_clerk(ADMINISTRATOR)) == []
    assert queries.messages_about("offer:1") == ()
    assert queries.counts() == {}
    assert len(messages.messages_of(1)) == 1  # their own page shows it to themselves


def test_the_named_clerk_tells_how_the_resident_was_reached():
    offices()
    protected_resident()
    plan()
    deliver_due(WALL)
    (row,) = queries.protected_desk(NAMED_CLERK)
    with pytest.raises(Refused):
        handle_on_desk(row, by=ADMINISTRATOR, at=AT, how="phone")
    with pytest.raises(Refused):
        send_again(row.message, by=ADMINISTRATOR, at=AT)
    handle_on_desk(row, by=NAMED_CLERK, at=AT, how="handed over in person")
    assert list(queries.protected_desk(NAMED_CLERK)) == []
    assert ClerkDesk.objects.get().handled_by == "Noora"
    assert Message.objects.get().sent_channel == "clerk"


def test_an_order_made_after_planning_holds_when_the_message_leaves():
    _, mail, _ = offices()
    protected_resident(non_disclosure=False)
    plan()
    people.ensure([people.Known(key=1, identity_code=CODE, email="r@example.org", non_disclosure=True)], at=AT)
    assert deliver_due(WALL).desk == 1
    assert mail.calls == 0


@pytest.mark.parametrize("failure", [Permanent("no"), Uncertain("?")])
def test_what_waits_for_any_clerk_moves_to_the_named_one_when_an_order_is_made(failure):
    _, mail, sms = offices()
    mail.fails = sms.fails = lambda number: failure
    protected_resident(non_disclosure=False)
    plan()
    deliver_due(WALL)
    assert len(queries.needing_a_clerk(ADMINISTRATOR)) == 1
    protected_resident()
    assert list(queries.needing_a_clerk(ADMINISTRATOR)) == []
    assert deliver_due(WALL).desk == 1
    assert len(queries.protected_desk(NAMED_CLERK)) == 1


def test_an_order_that_only_the_register_knows_of_holds_too():
    _, mail, _ = offices()
    protected_resident(non_disclosure=False)
    routes.protection_also_from(lambda persons: frozenset({1}) & frozenset(persons))
    plan()
    assert deliver_due(WALL).desk == 1
    assert mail.calls == 0


def test_somebody_without_a_row_cannot_be_shown_to_be_unprotected():
    _, mail, _ = offices()
    plan()
    assert deliver_due(WALL).desk == 1
    assert ClerkDesk.objects.get().reason == "unknown-person"
    assert mail.calls == 0


def test_the_demos_mailbox_shows_nothing_sent_to_a_protected_resident():
    register_channels(EmbeddedSuomiFi(), EmbeddedEmail())
    protected_resident(suomifi_messages=True)
    people.ensure([people.Known(key=2, email="open@example.org")], at=AT)
    plan()
    messages.plan(2, template="test.offer", data=DATA, at=AT, key="open")
    assert deliver_due(WALL).sent == 2
    assert [copy.reference for copy in queries.mailbox()] == ["open"]
    assert [copy.reference for copy in queries.mailbox_of(1)] == ["k"]
    assert CODE not in DeliveredCopy.objects.get(reference="k").address


def test_settling_by_the_system_is_refused():
    offices()
    protected_resident()
    row = plan()
    deliver_due(WALL)
    with pytest.raises(Refused):
        send_again(row, by=SYSTEM("x"), at=AT)
