# SPDX-License-Identifier: EUPL-1.2
"""The life of an offer as a table: from which state, by which verb, to which state."""

from enum import StrEnum

from ennakko.values.texts import Text, text


class OfferState(StrEnum):
    MADE = "made"
    RELEASED = "released"
    SENT = "sent"
    OPENED = "opened"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    MAKE = "make"
    RELEASE = "release"
    SEND = "send"
    OPEN = "open"
    ACCEPT = "accept"
    CHANGE = "change"
    DECLINE = "decline"
    UNDO_DECLINE = "undo_decline"
    ASK_TO_CALL = "ask_to_call"
    REMIND = "remind"
    CORRECT = "correct"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


# An open offer waits for its answer: of these a subject has at most one in a service.
OPEN = (OfferState.MADE, OfferState.RELEASED, OfferState.SENT, OfferState.OPENED)
# Only these are shown to the resident as something to answer.
ANSWERABLE = (OfferState.RELEASED, OfferState.SENT, OfferState.OPENED)
UNANSWERED_ENDS = (OfferState.EXPIRED, OfferState.WITHDRAWN)

TABLE: dict[tuple[OfferState, Verb], OfferState] = {
    (OfferState.MADE, Verb.RELEASE): OfferState.RELEASED,
    (OfferState.MADE, Verb.WITHDRAW): OfferState.WITHDRAWN,
    (OfferState.RELEASED, Verb.SEND): OfferState.SENT,
    (OfferState.OPENED, Verb.SEND): OfferState.OPENED,
    (OfferState.RELEASED, Verb.OPEN): OfferState.OPENED,
    (OfferState.SENT, Verb.OPEN): OfferState.OPENED,
    (OfferState.OPENED, Verb.OPEN): OfferState.OPENED,
    (OfferState.DECLINED, Verb.UNDO_DECLINE): OfferState.OPENED,
} | {
    (state, verb): to
    for state in ANSWERABLE
    for verb, to in (
        (Verb.ACCEPT, OfferState.ACCEPTED),
        (Verb.CHANGE, OfferState.CHANGED),
        (Verb.DECLINE, OfferState.DECLINED),
        (Verb.ASK_TO_CALL, state),
        (Verb.REMIND, state),
        (Verb.CORRECT, state),
        (Verb.EXPIRE, OfferState.EXPIRED),
        (Verb.WITHDRAW, OfferState.WITHDRAWN),
    )
}

NAMES: dict[OfferState, Text] = {
    OfferState.MADE: text(fi="tehty, ei vielä lähetetty", sv="gjort, inte skickat än", en="made, not sent yet"),
    OfferState.RELEASED: text(fi="lähdössä", sv="på väg ut", en="on its way"),
    OfferState.SENT: text(fi="lähetetty", sv="skickat", en="sent"),
    OfferState.OPENED: text(fi="avattu", sv="öppnat", en="opened"),
    OfferState.ACCEPTED: text(fi="hyväksytty", sv="accepterat", en="accepted"),
    OfferState.CHANGED: text(fi="hyväksytty muutettuna", sv="accepterat med ändringar", en="accepted with changes"),
    OfferState.DECLINED: text(fi="ei kiitos", sv="nej tack", en="no thanks"),
    OfferState.EXPIRED: text(fi="päättynyt vastauksetta", sv="utgått utan svar", en="ended without an answer"),
    OfferState.WITHDRAWN: text(fi="peruttu", sv="återkallat", en="withdrawn"),
}

VERB_NAMES: dict[Verb, Text] = {
    Verb.MAKE: text(fi="tehtiin", sv="gjordes", en="made"),
    Verb.RELEASE: text(fi="lähetettiin matkaan", sv="frisläpptes", en="released"),
    Verb.SEND: text(fi="lähetettiin", sv="skickades", en="sent"),
    Verb.OPEN: text(fi="avattiin", sv="öppnades", en="opened"),
    Verb.ACCEPT: text(fi="hyväksyttiin", sv="accepterades", en="accepted"),
    Verb.CHANGE: text(fi="hyväksyttiin muutettuna", sv="accepterades med ändringar", en="accepted with changes"),
    Verb.DECLINE: text(fi="vastattiin ei", sv="besvarades nekande", en="declined"),
    Verb.UNDO_DECLINE: text(fi="ei peruttiin", sv="nejet togs tillbaka", en="the no was taken back"),
    Verb.ASK_TO_CALL: text(fi="pyydettiin soittoa", sv="ett samtal begärdes", en="a call was asked for"),
    Verb.REMIND: text(fi="muistutettiin", sv="påmindes om", en="reminded of"),
    Verb.CORRECT: text(fi="tietoja korjattiin", sv="uppgifter rättades", en="facts were put right"),
    Verb.EXPIRE: text(fi="päättyi vastauksetta", sv="gick ut utan svar", en="ended without an answer"),
    Verb.WITHDRAW: text(fi="peruttiin", sv="återkallades", en="withdrawn"),
}
"""What happened to an offer, as its history tells it."""
