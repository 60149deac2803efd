# SPDX-License-Identifier: EUPL-1.2
"""What is told of the decision archive's failures: what was to be delivered, why it was not, what helps."""

import re

from ennakko.values.texts import LANGUAGES, Text, text

REQUESTS: dict[str, Text] = {
    "open_case": text(fi="Asian avaaminen", sv="Öppnandet av ärendet", en="Opening the matter"),
    "send_decision": text(fi="Päätös", sv="Beslutet", en="The decision"),
    "add_records": text(fi="Myöhemmin tulleet asiakirjat", sv="Senare inkomna handlingar",
                        en="Papers that came later"),
    "update_application": text(fi="Hakemuksen muutokset", sv="Ändringarna i ansökan",
                               en="Changes of the application"),
    "delete_application": text(fi="Perutun asian poistaminen", sv="Borttagningen av ett återtaget ärende",
                               en="Deleting a cancelled matter"),
    "get_decision_details": text(fi="Päätöksen tietojen haku arkistosta", sv="Hämtningen av beslutets uppgifter",
                                 en="Asking for the decision's details"),
    "": text(fi="Vienti arkistoon", sv="Överföringen till arkivet", en="Delivery to the archive"),
}  # fmt: skip
UNANSWERED = text(
    fi="Arkisto otti pyynnön vastaan, mutta ei ole kertonut, mitä siitä tuli. Pyyntö lähtee itsestään uudelleen.",
    sv="Arkivet tog emot begäran men har inte berättat vad som blev av den. Begäran skickas på nytt av sig själv.",
    en="The archive took the request and has not told what became of it. It is sent again by itself.",
)
SILENT = text(
    fi="Arkisto ei vastannut. Pyyntö lähtee itsestään uudelleen tunnin välein.",
    sv="Arkivet svarade inte. Begäran skickas på nytt av sig själv varje timme.",
    en="The archive did not answer. The request is sent again by itself every hour.",
)
REFUSED = text(
    fi="Arkisto ei hyväksynyt pyyntöä (HTTP {code}). Selvitä syy arkiston pääkäyttäjän kanssa, yritä sitten uudelleen.",
    sv="Arkivet godkände inte begäran (HTTP {code}). Red ut orsaken med arkivets huvudanvändare och försök sedan igen.",
    en="The archive did not accept the request (HTTP {code}). Find out why with its administrator, then try again.",
)
NO_KEY = text(
    fi="Meillä ei ole enää pääsyä arkistoon. Järjestelmän ylläpitäjän pitää antaa uusi tunniste.",
    sv="Vi har inte längre tillträde till arkivet. Systemadministratören ska ge en ny nyckel.",
    en="We are not let into the archive any more. The system's administrator has to give a new token.",
)
NO_DOCUMENT = text(
    fi="Asiakirjaa ei voitu laatia meillä. Järjestelmän ylläpitäjän pitää korjata asiakirjojen laadinta.",
    sv="Handlingen kunde inte göras hos oss. Systemadministratören ska åtgärda framställningen av handlingar.",
    en="The document could not be made here. The system's administrator has to mend the making of documents.",
)
SAYS = text(fi="Arkisto ilmoitti: {words}", sv="Arkivet meddelade: {words}", en="The archive said: {words}")
NOTHING_FAILED = text(
    fi="Tässä asiassa mikään ei odota arkistoa. Se on ehtinyt mennä perille.",
    sv="I det här ärendet väntar ingenting på arkivet. Det har hunnit gå fram.",
    en="Nothing of this matter waits for the archive. It has gone through in the meantime.",
)
NO_ARCHIVE = text(
    fi="Yhteyttä päätös- ja arkistojärjestelmään ei ole. Asiat odottavat, eikä mitään katoa.",
    sv="Det finns ingen förbindelse till besluts- och arkivsystemet. Ärendena väntar och inget går förlorat.",
    en="There is no connection to the decision and archive system. Matters wait, and nothing is lost.",
)
_HTTP = re.compile(r"HTTP (\d{3})")
_OURS = ("no answer", "no connection", "left alone", "too many calls", "could not be read", "no whole answer",
         "too large", "another kind", "cannot be asked")  # fmt: skip


def why_of(said: str) -> Text:
    """A failure as the connector or the archive said it, in words that tell what helps."""
    if "own document" in said:
        return NO_DOCUMENT
    if "token" in said or "HTTP 401" in said or "HTTP 403" in said:
        return NO_KEY
    code = _HTTP.search(said)
    if code is not None and code[1].startswith("4") and code[1] not in ("408", "425", "429"):
        return REFUSED.format(code=text(**dict.fromkeys(LANGUAGES, code[1])))
    if code is not None or any(one in said for one in _OURS):
        return SILENT
    return SAYS.format(words=text(**dict.fromkeys(LANGUAGES, said[:500])))
