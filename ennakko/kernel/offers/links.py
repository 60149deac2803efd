# SPDX-License-Identifier: EUPL-1.2
"""Links in messages: unguessable, made again at any time from the recipient, never stored.

A token is the recipient's key and an HMAC-SHA-256 over it, the link's version and its purpose: a stolen database opens
no offer, and raising the version shuts a link that has leaked.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from ennakko.kernel import keys
from ennakko.kernel.offers.kinds import Choice, kind_of
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.values.texts import Text

_MAC = 20
_ID = 8
ANSWER = "answer"


def _mac(recipient: int, version: int, purpose: str, key_id: int) -> bytes:
    said = f"offer link {purpose} {recipient} {version}".encode()
    return hmac.digest(keys.data_key(key_id), said, "sha256")[:_MAC]


def token_of(recipient: int, *, version: int = 1, purpose: str = ANSWER) -> str:
    """The token of a recipient's link: 45 letters and digits, the same each time it is made."""
    raw = recipient.to_bytes(_ID, "big") + _mac(recipient, version, purpose, keys.current_id())
    return base64.b32encode(raw).decode().rstrip("=").lower()


def link_of(recipient: int, *, version: int = 1) -> str:
    """The whole address that stands in a message."""
    site = str(getattr(settings, "SITE_URL", "http://localhost:8000")).rstrip("/")
    return f"{site}/o/{token_of(recipient, version=version)}/"


def recipient_of(token: str, *, purpose: str = ANSWER) -> Recipient | None:
    """The recipient whose link this is; None for anything else, in the same time whatever is wrong with it."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    if len(raw) != _ID + _MAC:
        return None
    number = int.from_bytes(raw[:_ID], "big", signed=False)
    if number >= 2**63:
        return None
    recipient = Recipient.objects.select_related("offer").filter(pk=number).first()
    version = recipient.link_version if recipient else 0
    fits = [hmac.compare_digest(raw[_ID:], _mac(number, version, purpose, key_id)) for key_id in keys.key_ids()]
    return recipient if recipient is not None and any(fits) else None


@dataclass(frozen=True, slots=True)
class HarmlessView:
    """All that a link shows without strong sign-in: what would harm nobody if the link leaked."""

    service: Text
    answer_by: date
    answers: tuple[Choice, ...]
    waiting: bool
    given: Text | None


def harmless_view(recipient: Recipient) -> HarmlessView:
    """Service, date and the answers that may be given by link: no name, amount, reasons or facts."""
    offer: Offer = recipient.offer
    kind = kind_of(offer.service)
    waiting = offer.state in ANSWERABLE
    given = kind.choice(offer.answer)
    return HarmlessView(
        service=kind.title,
        answer_by=offer.answer_by,
        answers=tuple(choice for choice in kind.answers if choice.by_link) if waiting else (),
        waiting=waiting,
        given=given.label if given else None,
    )
