# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be done to a case now, in words for whoever asked."""

from collections.abc import Sequence

from ennakko.values.texts import Text, text

NEEDS_NAMED_OFFICIAL = text(
    fi="Päätöksen tekee aina nimetty viranhaltija.",
    sv="Beslut fattas alltid av en namngiven tjänsteinnehavare.",
    en="A named official makes the decision, always.",
)
NEVER_AUTOMATIC = text(
    fi="Automaattista päätöstä ei voi tehdä: {why}",
    sv="Beslutet kan inte fattas automatiskt: {why}",
    en="The decision cannot be made automatically: {why}",
)
GATE_CLOSED = text(
    fi="palvelulle ei ole tehty käyttöönottopäätöstä.",
    sv="inget beslut om ibruktagande har fattats för tjänsten.",
    en="no deployment decision has been made for the service.",
)
REJECTION = text(
    fi="kielteisen päätöksen tekee aina ihminen.",
    sv="ett avslag fattas alltid av en människa.",
    en="a person always makes a decision that refuses something.",
)
RECTIFICATION = text(
    fi="oikaisuvaatimuksen ratkaisee aina ihminen.",
    sv="en begäran om omprövning avgörs alltid av en människa.",
    en="a person always decides a request for rectification.",
)
NO_DRAFT = text(
    fi="Asialla ei ole päätösehdotusta. Valitse ratkaisu itse.",
    sv="Ärendet har inget beslutsförslag. Välj avgörandet själv.",
    en="The case has no proposed decision. Choose the outcome yourself.",
)
NEEDS_JUSTIFICATION = text(
    fi="Kirjoita perustelut: kielteinen päätös on perusteltava (hallintolaki 45 §).",
    sv="Skriv motiveringen: ett avslag ska motiveras (förvaltningslagen 45 §).",
    en="Write the reasons: a refusal must be justified (Administrative Procedure Act, section 45).",
)
EMPTY = text(fi="Kirjoita ensin jotain.", sv="Skriv något först.", en="Write something first.")
ALREADY_ANSWERED = text(
    fi="Tähän lisätietopyyntöön on jo vastattu.",
    sv="Den här begäran om uppgifter är redan besvarad.",
    en="This request for information has been answered already.",
)
TOO_LONG = text(
    fi="Teksti on liian pitkä: enintään {most} merkkiä.",
    sv="Texten är för lång: högst {most} tecken.",
    en="The text is too long: at most {most} characters.",
)
NOT_OPEN = text(
    fi="Asia on jo päättynyt.",
    sv="Ärendet är redan avslutat.",
    en="The case is already closed.",
)


def not_in_this_state(state: Text, possible: Sequence[Text]) -> Text:
    """The verb does not lead anywhere from here; these do."""

    def said(language: str, sentence: str, nothing: str) -> str:
        can = ", ".join(one.in_(language) for one in possible) or nothing
        return sentence.format(state=state.in_(language), can=can)

    return text(
        fi=said("fi", "Asia on tilassa ”{state}”. Nyt voit: {can}.", "et mitään"),
        sv=said("sv", "Ärendet är i läget ”{state}”. Nu kan du: {can}.", "inget"),
        en=said("en", "The case is in the state “{state}”. You can now: {can}.", "nothing"),
    )
