# SPDX-License-Identifier: EUPL-1.2
"""Why something of the register cannot be done, and what to do instead."""

from ennakko.values.texts import text

PACKAGE_CHANGED = text(
    fi="Paketin asiakirjat ovat muuttuneet sen tekemisen jälkeen. Älä lähetä pakettia: selvitä ensin lokista, mitä on "
    "tapahtunut.",
    sv="Paketets handlingar har ändrats efter att det gjordes. Skicka inte paketet: utred först i loggen vad som hänt.",
    en="Documents of the package have changed since it was made. Do not send it: find out from the log what happened.",
)
NEEDS_RECEIPT = text(
    fi="Kirjoita arkiston antama vastaanottotunnus.",
    sv="Skriv det mottagningsnummer som arkivet gav.",
    en="Write the receipt number that the archive gave.",
)
NOT_MADE_YET = text(
    fi="Paketti on vielä kesken. Tee se ensin loppuun.",
    sv="Paketet är ännu inte färdigt. Gör det färdigt först.",
    en="The package is not finished. Finish it first.",
)
NOT_OPEN = text(
    fi="Pyyntö on jo ratkaistu.",
    sv="Begäran har redan avgjorts.",
    en="The request has already been decided.",
)
NOTHING_CHOSEN = text(
    fi="Valitse ensin, mitä asioita pyyntö koskee.",
    sv="Välj först vilka ärenden begäran gäller.",
    en="Choose first which matters the request concerns.",
)
NEEDS_GROUND = text(
    fi="Kirjoita, millä lain kohdalla tiedot jätetään antamatta.",
    sv="Skriv med stöd av vilken punkt i lagen uppgifterna inte lämnas ut.",
    en="Write by which point of the law the information is not given.",
)
NOT_WHOLE = text(
    fi="Asiassa {number} on salassa pidettävää. Sitä ei voi antaa kokonaan: tee kopio, josta salaiset kohdat on "
    "poistettu, tai päätä kieltäytyä.",
    sv="Ärendet {number} innehåller sekretess. Det kan inte lämnas ut helt: gör en kopia där det sekretessbelagda är "
    "borttaget, eller besluta att vägra.",
    en="The matter {number} holds secret parts. It cannot be given whole: make a copy without them, or decide to "
    "refuse.",
)
COPY_MISSING = text(
    fi="Asiasta {number} puuttuu kopio. Tee se ensin.",
    sv="Kopian av ärendet {number} saknas. Gör den först.",
    en="The copy of the matter {number} is missing. Make it first.",
)
PASSAGE_NOT_FOUND = text(
    fi="Kohtaa ei löydy asiakirjoista: ”{passage}”. Kopioi se sanasta sanaan.",
    sv="Stället finns inte i handlingarna: ”{passage}”. Kopiera det ordagrant.",
    en="The passage is not in the documents: “{passage}”. Copy it word for word.",
)
NO_PAGES = text(
    fi="Asiasta {number} ei ole tallennettu asiakirjoja, joista kopion voi tehdä.",
    sv="För ärendet {number} finns inga handlingar sparade som en kopia kan göras av.",
    en="No documents are kept of the matter {number} that a copy could be made of.",
)
SAY_WHAT = text(
    fi="Kerro, mitä tietoja tai asiakirjoja pyydät.",
    sv="Berätta vilka uppgifter eller handlingar du begär.",
    en="Say what information or documents you ask for.",
)
SAY_WHERE = text(
    fi="Kerro sähköposti- tai postiosoite, johon vastaus lähetetään.",
    sv="Ange den e-post- eller postadress som svaret ska skickas till.",
    en="Give the e-mail or postal address to which the answer is sent.",
)
SAY_WHY_SECRET = text(
    fi="Salassa pidettävän tiedon saa vain sellainen, jolla on siihen oikeus. Kerro, mihin oikeutesi perustuu ja mihin "
    "käytät tietoa.",
    sv="Sekretessbelagda uppgifter får bara den som har rätt till dem. Berätta vad din rätt grundar sig på och vad du "
    "använder uppgifterna till.",
    en="Secret information is given only to those who have a right to it. Say on what your right rests and what you "
    "will use the information for.",
)
SIGN_IN_FOR_SECRET = text(
    fi="Salassa pidettävää tietoa pyydetään tunnistautuneena. Kirjaudu ensin, tai pyydä vain julkisia tietoja.",
    sv="Sekretessbelagda uppgifter begärs som identifierad. Logga in först, eller begär bara offentliga uppgifter.",
    en="Secret information is asked for signed in. Sign in first, or ask for public information only.",
)
NEEDS_MONTH_REASON = text(
    fi="Kerro, miksi vastaus vaatii kuukauden.",
    sv="Berätta varför svaret kräver en månad.",
    en="Say why the answer takes a month.",
)
ENOUGH_FOR_TODAY = text(
    fi="Tähän osoitteeseen on tänään tehty jo monta pyyntöä. Odota huomiseen tai soita kirjaamoon.",
    sv="Till den här adressen har det i dag redan gjorts många begäran. Vänta till i morgon eller ring "
    "registratorskontoret.",
    en="Many requests have been made to this address today. Wait until tomorrow, or call the registry.",
)
NO_APPEAL_ROW = text(
    fi="Kunnan tiedoissa ei ole, miten kieltäytymisestä valitetaan, joten päätöstä ei voi tehdä. Pyydä pääkäyttäjää "
    "lisäämään rivi.",
    sv="Kommunens uppgifter berättar inte hur en vägran överklagas, och därför kan beslutet inte fattas. Be "
    "administratören lägga till raden.",
    en="The municipality has not told how a refusal is appealed, so the decision cannot be made. Ask the administrator "
    "to add the row.",
)
CHOOSE_EACH = text(
    fi="Valitse asiasta {number}, annetaanko se kokonaan, osittain vai ei lainkaan.",
    sv="Välj för ärendet {number} om det lämnas ut helt, delvis eller inte alls.",
    en="Choose of the matter {number} whether it is given whole, in part or not at all.",
)
CHOOSE_CLASSES = text(
    fi="Valitse, mitä kopiosta poistetaan, tai merkitse poistettavat kohdat.",
    sv="Välj vad som tas bort ur kopian, eller markera de ställen som tas bort.",
    en="Choose what is left out of the copy, or mark the passages.",
)
CHANGED_MEANWHILE = text(
    fi="Joku muutti vastausta samaan aikaan. Tarkista se ja päätä uudelleen.",
    sv="Någon ändrade svaret samtidigt. Kontrollera det och besluta på nytt.",
    en="Somebody changed the answer at the same time. Check it and decide again.",
)
