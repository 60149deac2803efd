# SPDX-License-Identifier: EUPL-1.2
"""Which outside services carry messages: the embedded ones of the demo, or the real ones as the settings say."""

from django.conf import settings

from ennakko.connectors.email.embedded import EmbeddedEmail
from ennakko.connectors.email.smtp import SmtpEmail
from ennakko.connectors.sms.embedded import EmbeddedSms
from ennakko.connectors.sms.http import QuriiriSms
from ennakko.connectors.suomifi_messages.embedded import EmbeddedSuomiFi
from ennakko.connectors.suomifi_messages.http import SuomiFiMessages
from ennakko.kernel.messages import register_channels
from ennakko.kernel.messages.ports import Channel


def wire() -> None:
    """Suomi.fi messages first, because they are secure; then e-mail; then text messages."""
    register_channels(*(_real() if settings.CONNECTORS == "http" else _embedded()))


def _embedded() -> list[Channel]:
    return [EmbeddedSuomiFi(), EmbeddedEmail(), EmbeddedSms()]


def _real() -> list[Channel]:
    """Those whose address is set: a city without a text message gateway simply has none."""
    found: list[Channel] = []
    suomifi, smtp, sms = settings.SUOMIFI, settings.SMTP, settings.SMS
    if suomifi["url"]:
        found.append(
            SuomiFiMessages(
                url=suomifi["url"],
                username=suomifi["username"],
                password=suomifi["password"],
                service_id=suomifi["service_id"],
            )
        )
    if smtp["host"]:
        found.append(
            SmtpEmail(
                host=smtp["host"],
                port=int(smtp["port"]),
                sender=smtp["sender"],
                username=smtp["username"],
                password=smtp["password"],
            )
        )
    if sms["url"]:
        found.append(QuriiriSms(url=sms["url"], api_key=sms["api_key"], sender=sms["sender"]))
    return found
