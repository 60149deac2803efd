# SPDX-License-Identifier: EUPL-1.2
"""What employers, employees and handlers read of an application: its history, and why something is not done."""

from ennakko.values.texts import Text, text

KEY_USED = text(
    fi="Tämä hakemus on jo lähetetty. Aloita uusi hakemus, jos haluat hakea lisää.",
    sv="Den här ansökan har redan skickats. Börja en ny ansökan om du vill ansöka om mer.",
    en="This application has been sent already. Begin a new one if you want to apply for more.",
)
OLD_TERMS = text(
    fi="Ehdot ovat muuttuneet. Lue ne ja vahvista uudelleen.",
    sv="Villkoren har ändrats. Läs dem och bekräfta på nytt.",
    en="The terms have changed. Read them and confirm again.",
)
DRAFT_CHANGED = text(
    fi="{name} tallensi tämän kohdan sillä välin. Kirjoittamasi on alla, eikä sitä ole vielä tallennettu.",
    sv="{name} sparade det här avsnittet under tiden. Det du skrev finns nedan och är ännu inte sparat.",
    en="{name} saved this part meanwhile. What you wrote is below and has not been saved yet.",
)
NOT_ASSURED = text(
    fi="Vahvista jokainen kohta ennen lähettämistä.",
    sv="Bekräfta varje punkt innan du skickar ansökan.",
    en="Confirm each point before you send the application.",
)
NOTHING_ASKED = text(
    fi="Hakemuksesta ei ole kysytty lisää, joten sitä ei voi muuttaa. Voit kirjoittaa käsittelijälle viestin.",
    sv="Inget mer har begärts om ansökan, så den kan inte ändras. Du kan skriva till handläggaren.",
    en="Nothing more was asked about the application, so it cannot be changed. You can write to the handler.",
)
NOT_WRITTEN_NOW = text(
    fi="Hakemus on päätetty tai peruttu, joten viestejä ei voi enää lähettää tässä.",
    sv="Ansökan är avgjord eller återtagen, så meddelanden kan inte längre skickas här.",
    en="The application is decided or cancelled, so messages can no longer be sent here.",
)
CONSENT_OVER = text(
    fi="Hakemus on jo päätetty tai peruttu, joten vahvistusta ei voi muuttaa.",
    sv="Ansökan är redan avgjord eller återtagen, så bekräftelsen kan inte ändras.",
    en="The application is decided or cancelled already, so the confirmation cannot be changed.",
)
_HANDLED = text(fi="Käsittelyssä", sv="Under handläggning", en="Being handled")
SHOWN: dict[str, Text] = {
    "received": _HANDLED,
    "handling": _HANDLED,
    "accepted": _HANDLED,
    "rejected": _HANDLED,
    "additional_information_needed": text(
        fi="Odottaa lisätietoja teiltä", sv="Väntar på tilläggsuppgifter", en="Waiting for information from you"
    ),
    "granted": text(fi="Myönnetty", sv="Beviljad", en="Granted"),
    "refused": text(fi="Hylätty", sv="Avslagen", en="Refused"),
    "cancelled": text(fi="Peruttu", sv="Återtagen", en="Cancelled"),
}
"""State of a case → how employer and employee read it: a proposal is not a decision, and is not shown (act 18 §)."""
CONSENTS: dict[str, Text] = {
    "not_asked": text(fi="Ei kysytty vielä", sv="Inte tillfrågad än", en="Not asked yet"),
    "asked": text(
        fi="Odottaa työntekijän vahvistusta",
        sv="Väntar på den anställdas bekräftelse",
        en="Waiting for the employee's confirmation",
    ),
    "given": text(fi="Työntekijä on vahvistanut", sv="Den anställda har bekräftat", en="Confirmed by the employee"),
    "refused": text(
        fi="Työntekijä ei vahvistanut", sv="Den anställda bekräftade inte", en="Not confirmed by the employee"
    ),
    "withdrawn": text(
        fi="Työntekijä perui vahvistuksensa",
        sv="Den anställda återtog sin bekräftelse",
        en="The employee withdrew the confirmation",
    ),
    "on_paper": text(fi="Allekirjoitettu paperilla", sv="Undertecknat på papper", en="Signed on paper"),
}
"""State of the employee's confirmation → its words."""
SAID_BY_HER: dict[str, Text] = {
    "not_asked": text(fi="Sinulta ei ole kysytty vielä", sv="Du har inte tillfrågats än", en="You have not been asked"),
    "asked": text(fi="Odottaa vastaustasi", sv="Väntar på ditt svar", en="Waiting for your answer"),
    "given": text(fi="Olet vahvistanut hakemuksen", sv="Du har bekräftat ansökan", en="You have confirmed it"),
    "refused": text(fi="Et vahvistanut hakemusta", sv="Du bekräftade inte ansökan", en="You did not confirm it"),
    "withdrawn": text(fi="Peruit vahvistuksesi", sv="Du återtog din bekräftelse", en="You took it back"),
    "on_paper": text(fi="Allekirjoitit suostumuksen paperilla", sv="Du undertecknade ett samtycke på papper",
                     en="You signed a consent on paper"),
}  # fmt: skip
"""The same as she herself reads it."""

EVENTS: dict[str, Text] = {
    "open": text(fi="Hakemus saapui", sv="Ansökan kom in", en="The application arrived"),
    "take": text(fi="Otettiin käsittelyyn", sv="Togs till handläggning", en="Taken into handling"),
    "request_information": text(
        fi="Pyydettiin lisätietoja", sv="Tilläggsuppgifter begärdes", en="More information was asked for"
    ),
    "provide_information": text(
        fi="Lisätiedot saatiin", sv="Tilläggsuppgifterna kom in", en="The information was given"
    ),
    "lapse": text(fi="Määräaika kului umpeen", sv="Tidsfristen gick ut", en="The time limit ran out"),
    "propose_acceptance": text(
        fi="Esitettiin myönnettäväksi", sv="Föreslogs bli beviljad", en="Proposed to be granted"
    ),
    "propose_rejection": text(fi="Esitettiin hylättäväksi", sv="Föreslogs bli avslagen", en="Proposed to be refused"),
    "back_to_handling": text(
        fi="Palautettiin käsittelyyn", sv="Återfördes till handläggning", en="Taken back into handling"
    ),
    "return": text(
        fi="Päättäjä palautti käsittelyyn", sv="Beslutsfattaren återförde ärendet", en="Sent back by the decision maker"
    ),
    "grant": text(fi="Lisä myönnettiin", sv="Tillägget beviljades", en="The benefit was granted"),
    "refuse": text(fi="Hakemus hylättiin", sv="Ansökan avslogs", en="The application was refused"),
    "cancel": text(fi="Hakemus peruttiin", sv="Ansökan återtogs", en="The application was cancelled"),
    "complete": text(fi="Hakemusta täydennettiin", sv="Ansökan kompletterades", en="The application was completed"),
    "consent_given": text(
        fi="Työntekijä vahvisti hakemuksen", sv="Den anställda bekräftade ansökan",
        en="The employee confirmed the application",
    ),
    "consent_refused": text(
        fi="Työntekijä ei vahvistanut hakemusta", sv="Den anställda bekräftade inte ansökan",
        en="The employee did not confirm the application",
    ),
    "consent_withdrawn": text(
        fi="Työntekijä perui vahvistuksensa", sv="Den anställda återtog sin bekräftelse",
        en="The employee withdrew the confirmation",
    ),
    "consent_on_paper": text(
        fi="Työntekijän vahvistus saatiin paperilla", sv="Den anställdas bekräftelse kom på papper",
        en="The employee's confirmation came on paper",
    ),
    "assign": text(fi="Käsittelijä vaihtui", sv="Handläggaren byttes", en="The handler changed"),
    "give_back": text(fi="Palautettiin jonoon", sv="Återfördes till kön", en="Put back in the queue"),
    "calculate": text(fi="Lisä laskettiin", sv="Tillägget beräknades", en="The benefit was calculated"),
    "look": text(fi="Kone tarkisti hakemuksen", sv="Maskinen kontrollerade ansökan", en="The machine looked again"),
    "mark": text(fi="Kohta tarkistettiin", sv="En punkt kontrollerades", en="Something was looked at"),
    "change": text(fi="Hakemusta korjattiin", sv="Ansökan rättades", en="The application was put right"),
    "paper_added": text(fi="Liite lisättiin", sv="En bilaga lades till", en="An attachment was added"),
    "paper_removed": text(fi="Liite poistettiin", sv="En bilaga togs bort", en="An attachment was removed"),
}  # fmt: skip
