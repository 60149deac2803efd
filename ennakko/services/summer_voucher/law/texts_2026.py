# SPDX-License-Identifier: EUPL-1.2
"""What is said to a person when an application stops, waits or is refused."""

from __future__ import annotations

from typing import Final

from ennakko.values.texts import text

ALREADY_ASSIGNED: Final = text(
    fi="Sinulla on jo tämän vuoden kesäseteli tai hakemus siitä. Yhtä vuotta kohti annetaan yksi seteli.",
    sv="Du har redan årets sommarsedel eller en ansökan om den. Var och en får en sedel per år.",
    en="You already have this year's summer job voucher or an application for it. Everyone gets one voucher a year.",
)
EMAIL_IN_USE: Final = text(
    fi="Tällä sähköpostiosoitteella on jo hakemus. Avaa vahvistusviesti tai käytä toista osoitetta.",
    sv="Det finns redan en ansökan med den här e-postadressen. Öppna bekräftelsen eller använd en annan adress.",
    en="There is already an application with this e-mail address. Open the confirmation message or use another one.",
)
REGISTER_NOT_IN_USE: Final = text(
    fi="Tietojasi ei voitu tarkistaa väestötietojärjestelmästä. Käsittelijä katsoo hakemuksen.",
    sv="Dina uppgifter kunde inte kontrolleras i befolkningsdatasystemet. En handläggare ser på ansökan.",
    en="Your details could not be checked in the population register. A handler looks at the application.",
)
NO_IDENTITY_CODE: Final = text(
    fi="Sinulla ei ole suomalaista henkilötunnusta. Käsittelijä katsoo hakemuksen.",
    sv="Du har ingen finländsk personbeteckning. En handläggare ser på ansökan.",
    en="You have no Finnish personal identity code. A handler looks at the application.",
)
NOT_FOUND: Final = text(
    fi="Henkilötunnusta ei löydy väestötietojärjestelmästä.",
    sv="Personbeteckningen finns inte i befolkningsdatasystemet.",
    en="The personal identity code is not in the population register.",
)
NOT_ALIVE: Final = text(
    fi="Väestötietojärjestelmässä on merkintä kuolemasta.",
    sv="I befolkningsdatasystemet finns en anteckning om dödsfall.",
    en="The population register has an entry of death.",
)
SURNAME_DIFFERS: Final = text(
    fi="Sukunimi on väestötietojärjestelmässä toinen.",
    sv="Efternamnet är ett annat i befolkningsdatasystemet.",
    en="The surname in the population register is another.",
)
GROUP_NOT_OPEN: Final = text(
    fi="Kesäseteli ei ole tänä vuonna auki tälle ikäryhmälle.",
    sv="Sommarsedeln är inte öppen för den här åldersgruppen i år.",
    en="The summer job voucher is not open to this age group this year.",
)
OTHER_AGE: Final = text(
    fi="Et täytä tänä vuonna ilmoittamasi ryhmän ikää.",
    sv="Du fyller i år inte den ålder som hör till gruppen du valde.",
    en="You do not turn the age of the group you chose this year.",
)
NOT_RESIDENT: Final = text(
    fi="Väestötietojärjestelmä ei kerro, että asuisit kaupungissa.",
    sv="Befolkningsdatasystemet visar inte att du bor i staden.",
    en="The population register does not show that you live in the city.",
)
NOT_CONFIRMED: Final = text(
    fi="Emme saaneet tietojasi vahvistettua. Tarkista ne, tai lähetä hakemus silti: käsittelijä katsoo sen.",
    sv="Vi kunde inte bekräfta dina uppgifter. Kontrollera dem, eller skicka ändå: en handläggare ser på ansökan.",
    en="We could not confirm your details. Check them, or send the application anyway: a handler looks at it.",
)
NOTHING_TO_ADD: Final = text(
    fi="Tietosi ovat kunnossa, lisäselvitystä ei tarvita. Lähetä hakemus tavalliseen tapaan.",
    sv="Dina uppgifter är i sin ordning och ingen förklaring behövs. Skicka ansökan på vanligt sätt.",
    en="Your details are in order and no explanation is needed. Send the application the usual way.",
)
NOT_ASKED: Final = text(
    fi="Tähän hakemukseen ei nyt odoteta lisäselvitystä.",
    sv="Ingen förklaring väntas just nu till den här ansökan.",
    en="No explanation is awaited for this application now.",
)
ALREADY_DECIDED: Final = text(
    fi="Hakemus on jo ratkaistu, eikä ratkaisua tehdä toista kertaa.",
    sv="Ansökan är redan avgjord och avgörs inte en gång till.",
    en="The application has been decided already and is not decided again.",
)
NOT_YET: Final = text(
    fi="Hakemusta ei voi vielä ratkaista näin: odotamme hakijan vastausta.",
    sv="Ansökan kan inte avgöras så ännu: vi väntar på svar av den sökande.",
    en="The application cannot be decided this way yet: the applicant's answer is awaited.",
)
NOT_OPEN_THIS_YEAR: Final = text(
    fi="Kesäsetelit eivät ole vielä auki. Kaupunki päättää ehdoista vuosittain.",
    sv="Sommarsedlarna är inte öppna ännu. Staden beslutar om villkoren varje år.",
    en="Summer job vouchers are not open yet. The city decides the conditions every year.",
)
