# SPDX-License-Identifier: EUPL-1.2
"""What is said about an application, an alteration and a decision that something is missing in, in every language."""

from __future__ import annotations

from typing import Final

from ennakko.values.texts import text

REQUIRED: Final = text(fi="Täytä: {label}.", sv="Fyll i: {label}.", en="Fill in: {label}.")
ACCOUNT: Final = text(fi="tilinumero", sv="kontonummer", en="bank account")
FIRST_NAME: Final = text(
    fi="yhteyshenkilön etunimi", sv="kontaktpersonens förnamn", en="first name of the contact person"
)
LAST_NAME: Final = text(
    fi="yhteyshenkilön sukunimi", sv="kontaktpersonens efternamn", en="last name of the contact person"
)
PHONE: Final = text(fi="puhelinnumero", sv="telefonnummer", en="phone number")
EMAIL: Final = text(fi="sähköpostiosoite", sv="e-postadress", en="e-mail address")
NEGOTIATIONS: Final = text(
    fi="onko muutosneuvotteluja ollut vuoden aikana",
    sv="om omställningsförhandlingar har förts under året",
    en="whether there have been change negotiations within a year",
)
PAY_SUBSIDY: Final = text(
    fi="onko työhön myönnetty palkkatukea", sv="om lönesubvention har beviljats", en="whether pay subsidy is granted"
)
BENEFIT_TYPE: Final = text(fi="lisän muoto", sv="tilläggets form", en="form of the benefit")
START: Final = text(fi="tukiajan alku", sv="stödperiodens början", en="first day of the period")
END: Final = text(fi="tukiajan loppu", sv="stödperiodens slut", en="last day of the period")
BUSINESS: Final = text(
    fi="onko taloudellista toimintaa", sv="om det finns ekonomisk verksamhet", en="whether there is economic activity"
)
MANAGER: Final = text(
    fi="onko lähiesihenkilö tavoitettavissa",
    sv="om den närmaste chefen är anträffbar",
    en="whether an immediate manager is available",
)
DE_MINIMIS: Final = text(
    fi="onko saatu vähämerkityksistä tukea",
    sv="om stöd av mindre betydelse har fåtts",
    en="whether de minimis aid has been had",
)
APPRENTICESHIP: Final = text(
    fi="onko kyse oppisopimuksesta", sv="om det är ett läroavtal", en="whether it is an apprenticeship"
)
TOO_SHORT: Final = text(
    fi="Tukiaika on vähintään {months} kuukausi. Valitse myöhempi viimeinen päivä.",
    sv="Stödperioden är minst {months} månad. Välj en senare sista dag.",
    en="The period is at least {months} month. Choose a later last day.",
)
TOO_LONG: Final = text(
    fi="Tukiaika on enintään {months} kuukautta. Valitse aikaisempi viimeinen päivä.",
    sv="Stödperioden är högst {months} månader. Välj en tidigare sista dag.",
    en="The period is at most {months} months. Choose an earlier last day.",
)
TOO_OLD: Final = text(
    fi="Lisää maksetaan enintään {months} kuukautta taaksepäin. Valitse myöhempi alkamispäivä.",
    sv="Tillägg betalas högst {months} månader bakåt. Välj en senare första dag.",
    en="The benefit is paid at most {months} months back. Choose a later first day.",
)
UNKNOWN_ANSWER: Final = text(
    fi="Valitse, onko palkkatuki myönnetty.",
    sv="Välj om lönesubvention har beviljats.",
    en="Choose whether pay subsidy is granted.",
)
PERCENT_WITHOUT_SUBSIDY: Final = text(
    fi="Poista palkkatuen prosentti tai vastaa, että palkkatuki on myönnetty.",
    sv="Ta bort lönesubventionens procent eller svara att lönesubvention har beviljats.",
    en="Remove the percentage, or answer that pay subsidy is granted.",
)
SECOND_WITHOUT_FIRST: Final = text(
    fi="Anna ensin ensimmäisen palkkatuen prosentti.",
    sv="Ange först den första lönesubventionens procent.",
    en="Give the percentage of the first pay subsidy first.",
)
UNKNOWN_PERCENT: Final = text(
    fi="Palkkatuen mahdolliset prosentit ovat {known}.",
    sv="Lönesubventionens möjliga procentsatser är {known}.",
    en="The possible percentages of a pay subsidy are {known}.",
)

# --- alterations

OUTSIDE_BENEFIT: Final = text(
    fi="Viimeinen työpäivä on tukiajalla {period}. Korjaa päivä.",
    sv="Den sista arbetsdagen ligger inom stödperioden {period}. Rätta dagen.",
    en="The last day of work is within the period {period}. Put the day right.",
)
RETURN_MISSING: Final = text(
    fi="Kerro, milloin työ jatkuu.", sv="Ange när arbetet fortsätter.", en="Tell when the work goes on."
)
RETURN_WRONG: Final = text(
    fi="Työ jatkuu viimeisen työpäivän jälkeen ja viimeistään tukiajan lopussa. Korjaa päivä.",
    sv="Arbetet fortsätter efter den sista arbetsdagen och senast när stödperioden slutar. Rätta dagen.",
    en="The work goes on after the last day of work and by the end of the period. Put the day right.",
)
CONTACT_MISSING: Final = text(
    fi="Anna yhteyshenkilön nimi.", sv="Ange kontaktpersonens namn.", en="Give the name of the contact person."
)
INVOICE_MISSING: Final = text(
    fi="Anna verkkolaskun operaattori, sen tunnus ja verkkolaskuosoite.",
    sv="Ange nätfakturans operatör, dess kod och nätfakturaadressen.",
    en="Give the operator of the e-invoice, its id and the e-invoice address.",
)
ALTERATIONS_OVERLAP: Final = text(
    fi="Samasta ajasta {days} on jo ilmoitettu. Korjaa päivät tai muuta aiempaa ilmoitusta.",
    sv="Tiden {days} har redan anmälts. Rätta dagarna eller ändra den tidigare anmälan.",
    en="The time {days} has been told of already. Put the days right or change the earlier notice.",
)

# --- decisions

CHOOSE_OUTCOME: Final = text(
    fi="Valitse, ehdotetaanko hyväksymistä vai hylkäämistä.",
    sv="Välj om godkännande eller avslag föreslås.",
    en="Choose whether acceptance or rejection is proposed.",
)
TELL_AID: Final = text(
    fi="Kerro, onko lisä vähämerkityksistä tukea.",
    sv="Ange om tillägget är stöd av mindre betydelse.",
    en="Tell whether the benefit is de minimis aid.",
)
TELL_WHY: Final = text(
    fi="Kirjoita, miksi hakemus hylätään.",
    sv="Skriv varför ansökan avslås.",
    en="Write why the application is refused.",
)
TEXT_SHORT: Final = text(
    fi="Kirjoita vähintään {least} merkkiä.", sv="Skriv minst {least} tecken.", en="Write at least {least} characters."
)
