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

ONLY_THE_AUTHOR = text(
    fi="Muistiinpanoa voi muuttaa vain se, joka sen kirjoitti.",
    sv="Anteckningen kan ändras bara av den som skrev den.",
    en="Only its author can change a note.",
)
NO_SUCH_NOTE = text(
    fi="Muistiinpano on sisäinen tai asiakkaalle kerrottu.",
    sv="En anteckning är intern eller berättad för kunden.",
    en="A note is internal, or told to the customer.",
)
INTERNAL_ON_DOCUMENTS = text(
    fi="Liitteestä voi kirjoittaa vain sisäisen muistiinpanon.",
    sv="Om en bilaga kan man bara skriva en intern anteckning.",
    en="Only an internal note can be written about a document.",
)
ALREADY_SERVED = text(
    fi="Päätös on jo annettu tiedoksi.",
    sv="Beslutet har redan delgetts.",
    en="Notice of the decision has been given already.",
)
SERVED_BEFORE_DECIDED = text(
    fi="Päätös tehtiin {day}. Tiedoksiannon päivä on sama tai myöhempi.",
    sv="Beslutet fattades {day}. Delgivningen sker samma dag eller senare.",
    en="The decision was made on {day}. Notice is given on that day or later.",
)

DRAFT_CHANGED = text(
    fi="{name} on tallentanut tätä luonnosta sinun jälkeesi. Tarkista, kumpi jää.",
    sv="{name} har sparat utkastet efter dig. Kontrollera vilket som ska gälla.",
    en="{name} has saved this draft since you opened it. Check which one stays.",
)

NOT_CONTESTED_HERE = text(
    fi="Tähän päätökseen ei voi vaatia oikaisua tässä palvelussa. Päätöksen ohje kertoo, miten muutosta haetaan.",
    sv="Omprövning av beslutet kan inte begäras i den här tjänsten. Se beslutets anvisning för ändringssökande.",
    en="Rectification of this decision cannot be requested in this service. The decision tells how it is appealed.",
)
FILED_ALREADY = text(
    fi="Päätöksestä on jo vireillä oikaisuvaatimus {number}. Voit täydentää sitä viestillä.",
    sv="Det finns redan en begäran om omprövning av beslutet, {number}. Du kan komplettera den med ett meddelande.",
    en="A request for rectification of the decision is open already, {number}. You can add to it by a message.",
)
ONLY_THE_PARTY = text(
    fi="Oikaisua vaatii asianosainen vahvasti tunnistautuneena. Voit lähettää vaatimuksen myös kirjeellä.",
    sv="Omprövning begärs av parten, starkt identifierad. Du kan också skicka begäran per brev.",
    en="Rectification is requested by the party, strongly identified. You can also send the request by letter.",
)
DECIDED_IT_THEMSELVES = text(
    fi="Päätöksen tekijä ei valmistele siihen kohdistuvaa oikaisuvaatimusta. Pyydä toista työntekijää.",
    sv="Den som fattade beslutet bereder inte en begäran om omprövning av det. Be en kollega.",
    en="Whoever made the decision does not prepare a request for its rectification. Ask a colleague.",
)
CHOOSE_OUTCOME = text(fi="Valitse ratkaisu.", sv="Välj avgörandet.", en="Choose the outcome.")
NAME_THE_BODY = text(
    fi="Kerro toimielin ja pöytäkirjan pykälä.",
    sv="Ange organet och protokollets paragraf.",
    en="Tell the body and the section of its minutes.",
)
FILED_BEFORE_DECIDED = text(
    fi="Päätös on tehty {day}. Vaatimus saapui silloin tai sen jälkeen.",
    sv="Beslutet fattades {day}. Begäran kom in då eller senare.",
    en="The decision was made on {day}. The request arrived then or later.",
)
DECIDED_BEFORE_FILED = text(
    fi="Vaatimus saapui {day}. Toimielimen päätös on sen jälkeen.",
    sv="Begäran kom in {day}. Organets beslut är efter det.",
    en="The request arrived on {day}. The body's decision is after that.",
)

REVIEWED_ALREADY = text(
    fi="Tämä päätös on jo tarkistettu.",
    sv="Det här beslutet har redan granskats.",
    en="This decision has been looked at already.",
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
