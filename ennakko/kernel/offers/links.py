# SPDX-License-Identifier: EUPL-1.2
"""Links in messages: unguessable, made again at any time from the recipient, never stored.

A token is the recipient's key and an HMAC-SHA-256 over it, the link's version and its purpose: a stolen database opens
no offer, and raising the version shuts a link that has leaked.
"""

from dataclasses import dataclass
from datetime import date

from ennakko.kernel import tokens
from ennakko.kernel.offers.kinds import Choice, Line, kind_of_offer
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.values.texts import LANGUAGES, Text

ANSWER = "answer"


def _said(recipient: int, version: int, purpose: str) -> str:
    return f"offer link {purpose} {recipient} {version}"


def token_of(recipient: int, *, version: int = 1, purpose: str = ANSWER) -> str:
    """The token of a recipient's link: 45 letters and digits, the same each time it is made."""
    return tokens.token(recipient, said=_said(recipient, version, purpose))


def link_of(recipient: int, *, version: int = 1) -> str:
    """The whole address that stands in a message."""
    return f"{tokens.site()}/o/{token_of(recipient, version=version)}/"


def recipient_of(token: str, *, purpose: str = ANSWER) -> Recipient | None:
    """The recipient whose link this is; None for anything else, in the same time whatever is wrong with it."""
    presented = tokens.read(token)
    if presented is None:
        return None
    recipient = Recipient.objects.select_related("offer").filter(pk=presented.number).first()
    version = recipient.link_version if recipient else 0
    fits = presented.fits(_said(presented.number, version, purpose))
    return recipient if recipient is not None and fits else None


@dataclass(frozen=True, slots=True)
class HarmlessView:
    """All that a link shows without strong sign-in: what would harm nobody if the link leaked.

    `language` is the recipient's, `languages` those in which the offer's texts stand.
    """

    service: Text
    answer_by: date
    answers: tuple[Choice, ...]
    waiting: bool
    given: Text | None
    by_mandate: bool = False
    lines: tuple[Line, ...] = ()
    language: str = "fi"
    languages: tuple[str, ...] = LANGUAGES


def harmless_view(recipient: Recipient) -> HarmlessView:
    """Service, date, the answers that may be given by link, and what the service says is harmless: no name, reasons.

    An organisation's offer is answered only by somebody with its mandate, never by link.
    """
    offer: Offer = recipient.offer
    kind = kind_of_offer(offer)
    waiting = offer.state in ANSWERABLE
    by_mandate = bool(offer.organisation)
    given = kind.choice(offer.answer)
    return HarmlessView(
        service=kind.title,
        answer_by=offer.answer_by,
        answers=tuple(choice for choice in kind.answers if choice.by_link) if waiting and not by_mandate else (),
        waiting=waiting,
        given=given.label if given else None,
        by_mandate=by_mandate,
        lines=tuple(kind.harmless(offer.content)),
        language=recipient.language,
        languages=kind.languages,
    )
