# SPDX-License-Identifier: EUPL-1.2
"""What happened to a case, in words: for verbs of the kernel's own; a service names its own verbs in its case type."""

from collections.abc import Mapping

from ennakko.kernel.cases.kinds import CaseType
from ennakko.values.texts import Text, text

EVENTS: Mapping[str, Text] = {
    "open": text(fi="Asia tuli vireille", sv="Ärendet inleddes", en="The case was opened"),
    "assign": text(fi="Otettiin käsittelyyn", sv="Togs till handläggning", en="Taken in hand"),
    "give_back": text(fi="Palautettiin jonoon", sv="Lades tillbaka i kön", en="Given back to the queue"),
    "ask": text(fi="Pyydettiin lisätietoja", sv="Tilläggsuppgifter begärdes", en="More information was asked for"),
    "answer": text(fi="Lisätietopyyntöön vastattiin", sv="Begäran besvarades", en="The request was answered"),
    "late": text(fi="Käsittelyaika ylittyi", sv="Handläggningstiden överskreds", en="The time for handling ran out"),
    "contest": text(
        fi="Päätökseen vaadittiin oikaisua", sv="Omprövning av beslutet begärdes", en="Rectification was requested"
    ),
    "review": text(
        fi="Oikaisuvaatimus ratkaistiin", sv="Begäran om omprövning avgjordes", en="The request was decided"
    ),
}
"""Verb → what is said of it."""
NOTE_INTERNAL = text(fi="Sisäinen muistiinpano", sv="Intern anteckning", en="Internal note")
NOTE_EXTERNAL = text(fi="Kerrottiin asiakkaalle", sv="Berättades för kunden", en="Told to the customer")
LETTER_IN = text(fi="Viesti kaupungille", sv="Meddelande till kommunen", en="Message to the city")
LETTER_OUT = text(fi="Viesti kaupungilta", sv="Meddelande från kommunen", en="Message from the city")
DECISION = text(fi="Päätös: {outcome}", sv="Beslut: {outcome}", en="Decision: {outcome}")
SERVED = {
    "post": text(
        fi="Päätös lähti postissa. Muutosta voi hakea viimeistään {until}.",
        sv="Beslutet skickades per post. Ändring kan sökas senast {until}.",
        en="The decision was posted. It can be appealed until {until}.",
    ),
    "electronic": text(
        fi="Päätös lähti sähköisesti. Muutosta voi hakea viimeistään {until}.",
        sv="Beslutet skickades elektroniskt. Ändring kan sökas senast {until}.",
        en="The decision was sent electronically. It can be appealed until {until}.",
    ),
    "handed": text(
        fi="Päätös annettiin käteen. Muutosta voi hakea viimeistään {until}.",
        sv="Beslutet överlämnades. Ändring kan sökas senast {until}.",
        en="The decision was handed over. It can be appealed until {until}.",
    ),
}
DOCUMENT = text(fi="Liite: {name}", sv="Bilaga: {name}", en="Document: {name}")
PAYMENT = text(fi="Maksu {sum}: {state}", sv="Betalning {sum}: {state}", en="Payment of {sum}: {state}")
MESSAGE = text(fi="Ilmoitus: {subject}", sv="Avisering: {subject}", en="Notification: {subject}")
OFFER = text(fi="Tarjous: {verb}", sv="Erbjudande: {verb}", en="Offer: {verb}")


def said_of(of: CaseType, verb: str, to_state: str) -> Text:
    """What a verb is called: by the service, by the kernel, or by the state that it led to."""
    found = of.events.get(verb) or EVENTS.get(verb) or of.states.names.get(to_state)
    return found or text(fi=verb, sv=verb, en=verb)
