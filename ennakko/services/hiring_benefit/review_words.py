# SPDX-License-Identifier: EUPL-1.2
"""What the machine says of the ten things that are looked at."""

from collections.abc import Mapping
from typing import Final

from ennakko.services.hiring_benefit.models import ReviewKind
from ennakko.services.hiring_benefit.states import EmployeeConsent
from ennakko.values.texts import Text, text

TITLES: Final[Mapping[str, Text]] = {
    ReviewKind.PAPER: text(fi="Hakemus", sv="Ansökan", en="Application"),
    ReviewKind.COMPANY: text(fi="Työnantaja", sv="Arbetsgivaren", en="Employer"),
    ReviewKind.CONTACT: text(fi="Yhteyshenkilö", sv="Kontaktperson", en="Contact person"),
    ReviewKind.DE_MINIMIS: text(fi="Vähämerkityksinen tuki", sv="Stöd av mindre betydelse", en="De minimis aid"),
    ReviewKind.NEGOTIATIONS: text(fi="Muutosneuvottelut", sv="Omställningsförhandlingar", en="Change negotiations"),
    ReviewKind.EMPLOYEE: text(fi="Työntekijä", sv="Den anställda", en="Employee"),
    ReviewKind.PAY_SUBSIDY: text(fi="Palkkatuki", sv="Lönesubvention", en="Pay subsidy"),
    ReviewKind.BENEFIT: text(fi="Tukiaika", sv="Stödperiod", en="Period"),
    ReviewKind.EMPLOYMENT: text(fi="Työsuhde", sv="Anställning", en="Employment"),
    ReviewKind.APPROVAL: text(fi="Ehtojen hyväksyntä", sv="Godkännande av villkoren", en="Terms approved"),
}

CAME_ONLINE = text(fi="Lähetetty sähköisesti", sv="Sänd elektroniskt", en="Sent electronically")
PAPER_SCANNED = text(
    fi="Paperihakemus on liitteenä", sv="Pappersansökan finns som bilaga", en="The paper application is attached"
)
PAPER_MISSING = text(
    fi="Paperihakemus puuttuu liitteistä", sv="Pappersansökan saknas bland bilagorna",
    en="The paper application is not attached",
)  # fmt: skip
COMPANY_NOT_KNOWN = text(
    fi="Rekisteri ei ole vastannut työnantajasta", sv="Registret har inte svarat om arbetsgivaren",
    en="No register has answered about the employer",
)  # fmt: skip
COMPANY_ENDED = text(
    fi="Työnantaja on lakannut rekisterin mukaan", sv="Arbetsgivaren har upphört enligt registret",
    en="The employer has ended by its register",
)  # fmt: skip
COMPANY_AS_REGISTERED = text(
    fi="Tiedot ovat kuten rekisterissä", sv="Uppgifterna är som i registret", en="The details are as in the register"
)
COMPANY_DIFFERS = text(
    fi="Nimi tai muoto on nyt rekisterissä toinen", sv="Namnet eller formen är nu en annan i registret",
    en="Name or form is now another in the register",
)  # fmt: skip
ACCOUNT_TOLD = text(fi="Tilinumero on annettu", sv="Kontonumret har angetts", en="The account is told")
ACCOUNT_MISSING = text(fi="Tilinumero puuttuu", sv="Kontonumret saknas", en="The account is missing")
CONTACT_TOLD = text(
    fi="Nimi, puhelin ja sähköposti on annettu", sv="Namn, telefon och e-post har angetts",
    en="Name, phone and e-mail are told",
)  # fmt: skip
CONTACT_MISSING = text(
    fi="Nimi, puhelin tai sähköposti puuttuu", sv="Namn, telefon eller e-post saknas",
    en="Name, phone or e-mail is missing",
)  # fmt: skip
AID_NOT_TOLD = text(
    fi="Vastaus vähämerkityksisestä tuesta puuttuu", sv="Svaret om stöd av mindre betydelse saknas",
    en="The answer about de minimis aid is missing",
)  # fmt: skip
NEGOTIATIONS = text(
    fi="Muutosneuvotteluja on ollut: lue selvitys", sv="Omställningsförhandlingar har förts: läs utredningen",
    en="There have been change negotiations: read what is told of them",
)  # fmt: skip
NO_NEGOTIATIONS = text(
    fi="Muutosneuvotteluja ei ole ollut", sv="Inga omställningsförhandlingar", en="No change negotiations"
)
NEGOTIATIONS_NOT_TOLD = text(
    fi="Muutosneuvotteluista ei ole kerrottu", sv="Om omställningsförhandlingar har inget sagts",
    en="Nothing is told of change negotiations",
)  # fmt: skip
CONSENT: Final[Mapping[str, Text]] = {
    EmployeeConsent.NOT_ASKED: text(
        fi="Työntekijältä ei ole kysytty", sv="Den anställda har inte tillfrågats", en="The employee was not asked"
    ),
    EmployeeConsent.ASKED: text(
        fi="Työntekijän vastausta odotetaan", sv="Den anställdas svar väntas", en="The employee's answer is awaited"
    ),
    EmployeeConsent.GIVEN: text(
        fi="Työntekijä on vahvistanut tiedot", sv="Den anställda har bekräftat uppgifterna",
        en="The employee has confirmed",
    ),
    EmployeeConsent.REFUSED: text(
        fi="Työntekijä ei vahvistanut tietoja", sv="Den anställda bekräftade inte uppgifterna",
        en="The employee did not confirm",
    ),
    EmployeeConsent.WITHDRAWN: text(
        fi="Työntekijä on perunut vahvistuksensa", sv="Den anställda har återtagit sin bekräftelse",
        en="The employee withdrew the confirmation",
    ),
    EmployeeConsent.ON_PAPER: text(
        fi="Työntekijä on vahvistanut paperilla", sv="Den anställda har bekräftat på papper",
        en="The employee confirmed on paper",
    ),
}  # fmt: skip
EMPLOYEE_KNOWN = text(
    fi="Väestötietojärjestelmä tuntee työntekijän", sv="Befolkningsdatasystemet känner den anställda",
    en="The population register knows the employee",
)  # fmt: skip
EMPLOYEE_NOT_KNOWN = text(
    fi="Työntekijää ei löydy väestötietojärjestelmästä", sv="Den anställda finns inte i befolkningsdatasystemet",
    en="The population register does not know the employee",
)  # fmt: skip
SUBSIDY_TOLD = text(
    fi="Työhön on kerrottu muu tuki: tarkista päätös ja rivit",
    sv="Annat stöd har uppgetts: kontrollera beslutet och raderna",
    en="Other support is told of: check its decision and the rows",
)
NO_SUBSIDY = text(fi="Palkkatukea ei ole", sv="Ingen lönesubvention", en="No pay subsidy")
READ: Final[Mapping[str, Text]] = {
    "employment_contract": text(
        fi="Lue työsopimus: työaika, palkka, alkamispäivä", sv="Läs arbetsavtalet: arbetstid, lön, första dag",
        en="Read the employment contract: hours, pay, first day",
    ),
    "education_contract": text(
        fi="Lue oppisopimus", sv="Läs läroavtalet", en="Read the apprenticeship contract"
    ),
    "pay_subsidy_decision": text(
        fi="Lue palkkatukipäätös", sv="Läs lönesubventionsbeslutet", en="Read the decision on pay subsidy"
    ),
    "commission_contract": text(
        fi="Lue toimeksiantosopimus", sv="Läs uppdragsavtalet", en="Read the commission contract"
    ),
}  # fmt: skip
MISSING: Final[Mapping[str, Text]] = {
    "employment_contract": text(
        fi="Työsopimus puuttuu", sv="Arbetsavtalet saknas", en="The employment contract is missing"
    ),
    "education_contract": text(
        fi="Oppisopimus puuttuu", sv="Läroavtalet saknas", en="The apprenticeship contract is missing"
    ),
    "pay_subsidy_decision": text(
        fi="Palkkatukipäätös puuttuu", sv="Lönesubventionsbeslutet saknas", en="The decision on pay subsidy is missing"
    ),
    "commission_contract": text(
        fi="Toimeksiantosopimus puuttuu", sv="Uppdragsavtalet saknas", en="The commission contract is missing"
    ),
}
PAY_TOLD = text(fi="Palkka on kerrottu", sv="Lönen har angetts", en="The pay is told")
PAY_MISSING = text(fi="Palkka puuttuu", sv="Lönen saknas", en="The pay is missing")
TERMS_APPROVED = text(
    fi="Ehdot hyväksyttiin lähetettäessä", sv="Villkoren godkändes vid sändningen", en="The terms were approved"
)
TERMS_ON_PAPER = text(
    fi="Tarkista allekirjoitus paperista", sv="Kontrollera underskriften på papperet",
    en="Check the signature on the paper",
)  # fmt: skip
TERMS_MISSING = text(
    fi="Ehtojen hyväksyntä puuttuu", sv="Villkoren har inte godkänts", en="The terms have not been approved"
)
