# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest

from ennakko.connectors.email.smtp import SmtpEmail
from ennakko.connectors.tests.stubs import MailStub, closed_port, mail_stub
from ennakko.kernel.messages.ports import Permanent, Receipt, Temporary, Uncertain


@pytest.fixture
def stub() -> Iterator[MailStub]:
    with mail_stub() as stub:
        yield stub


def channel(port: int) -> SmtpEmail:
    return SmtpEmail(host="127.0.0.1", port=port, sender="ennakko@city.example", starttls=False, timeout=30.0)


def send(
    stub: MailStub, *, subject: str = "Kesäseteli", body: str = "Hei Äiti\n.piste\n", address: str = "a@b.example"
):
    return channel(stub.port).send(address, subject=subject, body=body, reference="offer:1")


def test_a_mail_arrives_whole(stub: MailStub):
    receipt = send(stub)
    ((sender, receiver, raw),) = stub.mails
    assert ("<ennakko@city.example>" in sender, "<a@b.example>" in receiver) == (True, True)
    mail = message_from_bytes(raw.replace(b"\r\n..", b"\r\n."), policy=default)
    assert mail["Subject"] == "Kesäseteli"
    assert mail.get_content().replace("\r\n", "\n") == "Hei Äiti\n.piste\n"
    assert (mail["To"], mail["Auto-Submitted"]) == ("a@b.example", "auto-generated")
    assert receipt == Receipt(mail["Message-ID"])


def test_the_same_reference_gives_the_same_message_id(stub: MailStub):
    assert send(stub) == send(stub)


def test_one_connection_serves_many_mails_and_is_renewed_when_it_is_gone(stub: MailStub):
    mail = channel(stub.port)
    for _ in range(3):
        mail.send("a@b.example", subject="s", body="b", reference="r")
    assert stub.connections == 1
    stub.replies["NOOP"] = ""
    mail.send("a@b.example", subject="s", body="b", reference="r")
    assert (stub.connections, len(stub.mails)) == (2, 4)


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("HELLO", "421 busy", Temporary),
        ("HELLO", "", Temporary),
        ("MAIL", "451 later", Temporary),
        ("MAIL", "530 sign in first", Temporary),
        ("RCPT", "450 mailbox busy", Temporary),
        ("RCPT", "550 no such user", Permanent),
        ("RCPT", "", Temporary),
        ("DATA", "451 later", Temporary),
        ("DATA", "554 no", Permanent),
        ("DATA", "", Temporary),
        ("BODY", "452 full", Temporary),
        ("BODY", "554 looks like spam", Permanent),
        ("BODY", "", Uncertain),
        ("BODY", "??? nonsense", Uncertain),
    ],
)
def test_each_failure_says_whether_the_mail_may_have_been_taken(stub: MailStub, command, reply, error):
    stub.replies[command] = reply
    with pytest.raises(error):
        send(stub)
    assert stub.mails == []


def test_after_a_refusal_the_connection_still_serves(stub: MailStub):
    mail = channel(stub.port)
    stub.replies["RCPT"] = "550 no such user"
    with pytest.raises(Permanent):
        mail.send("x@b.example", subject="s", body="b", reference="r")
    del stub.replies["RCPT"]
    mail.send("a@b.example", subject="s", body="b", reference="r")
    assert stub.connections == 1


def test_a_server_that_is_not_there_took_nothing():
    with pytest.raises(Temporary):
        channel(closed_port()).send("a@b.example", subject="s", body="b", reference="r")


@pytest.mark.parametrize("address", ["", "a", "a@b@c", "a@b.example\r\nRCPT TO:<x@y>", "ä@b.example", "<a@b.example>"])
def test_what_is_no_address_never_reaches_the_server(stub: MailStub, address):
    with pytest.raises(Permanent):
        send(stub, address=address)
    assert stub.connections == 0


def test_a_subject_cannot_add_headers(stub: MailStub):
    send(stub, subject="Aihe\r\nBcc: x@y.example")
    mail = message_from_bytes(stub.mails[0][2], policy=default)
    assert (mail["Subject"], mail["Bcc"]) == ("Aihe Bcc: x@y.example", None)


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(stub: MailStub):
    mail = SmtpEmail(host="127.0.0.1", port=stub.port, sender="e@city.example", timeout=30.0)
    with pytest.raises(Temporary):
        mail.send("a@b.example", subject="s", body="b", reference="r")
    assert stub.mails == []
