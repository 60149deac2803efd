# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest

from ennakko.connectors.email.embedded import EmbeddedEmail
from ennakko.connectors.email.smtp import SmtpEmail
from ennakko.connectors.sms.embedded import EmbeddedSms
from ennakko.connectors.sms.http import QuriiriSms
from ennakko.connectors.suomifi_messages.embedded import EmbeddedSuomiFi
from ennakko.connectors.suomifi_messages.http import SuomiFiMessages
from ennakko.kernel.messages.models import DeliveredCopy
from ennakko.kernel.messages.ports import Permanent
from ennakko.values import identity_code

pytestmark = pytest.mark.django_db
CODE = identity_code.compose(date(2010, 1, 1), 900)
ADDRESSES = [(EmbeddedEmail(), "a@b.example"), (EmbeddedSms(), "0401234567"), (EmbeddedSuomiFi(), CODE)]


@pytest.mark.parametrize(("channel", "address"), ADDRESSES)
def test_a_repeated_reference_is_taken_once(channel, address):
    first = channel.send(address, subject="s", body="b", reference="offer:1")
    assert channel.send(address, subject="s", body="b", reference="offer:1") == first
    copy = DeliveredCopy.objects.get()
    assert (copy.channel, copy.subject, copy.body, copy.reference) == (channel.id, "s", "b", "offer:1")


@pytest.mark.parametrize("channel", [channel for channel, _ in ADDRESSES])
def test_a_wrong_address_is_refused_for_good(channel):
    with pytest.raises(Permanent):
        channel.send("nowhere", subject="s", body="b", reference="r")
    assert not DeliveredCopy.objects.exists()


def test_the_demos_mailbox_holds_no_identity_code_in_clear():
    EmbeddedSuomiFi().send(CODE, subject="s", body="b", reference="r")
    address = DeliveredCopy.objects.get().address
    assert CODE not in address
    assert address == identity_code.mask(CODE)


def test_the_embedded_twin_is_as_secure_as_the_real_channel():
    twins = [(EmbeddedEmail, SmtpEmail), (EmbeddedSms, QuriiriSms), (EmbeddedSuomiFi, SuomiFiMessages)]
    for embedded, real in twins:
        fields = real.__dataclass_fields__
        assert (embedded().id, embedded().secure) == (fields["id"].default, fields["secure"].default)
