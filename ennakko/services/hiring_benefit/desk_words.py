# SPDX-License-Identifier: EUPL-1.2
"""What the facts on an application's desk are called, and who told them."""

from collections.abc import Mapping
from typing import Final

from ennakko.values.texts import Text, text

YES: Final = text(fi="Kyllä", sv="Ja", en="Yes")
NO: Final = text(fi="Ei", sv="Nej", en="No")
TOLD_BY: Final[Mapping[str, Text]] = {
    "employer": text(fi="Työnantaja", sv="Arbetsgivaren", en="The employer"),
    "staff": text(fi="Käsittelijä korjasi", sv="Rättat av handläggaren", en="Corrected by the handler"),
}
GROUPS: Final[Mapping[str, Text]] = {
    "work": text(fi="Työ", sv="Arbetet", en="The work"),
    "pay": text(fi="Palkka ja tuet", sv="Lön och stöd", en="Pay and support"),
    "employee": text(fi="Työntekijä", sv="Den anställda", en="The employee"),
    "employer": text(fi="Työnantaja", sv="Arbetsgivaren", en="The employer"),
}
LABELS: Final[Mapping[str, Text]] = {
    "period": text(fi="Haettu aika", sv="Sökt tid", en="Period applied for"),
    "start": text(fi="Ensimmäinen päivä", sv="Första dag", en="First day"),
    "end": text(fi="Viimeinen päivä", sv="Sista dag", en="Last day"),
    "job_title": text(fi="Tehtävä", sv="Arbetsuppgift", en="Job"),
    "weekly_hours": text(fi="Työaika viikossa", sv="Arbetstid per vecka", en="Working time a week"),
    "collective_agreement": text(fi="Työehtosopimus", sv="Kollektivavtal", en="Collective agreement"),
    "apprenticeship": text(fi="Oppisopimus", sv="Läroavtal", en="Apprenticeship"),
    "role_description": text(fi="Tehtävän kuvaus", sv="Beskrivning av uppgiften", en="Description of the work"),
    "pay_cents": text(fi="Palkka kuukaudessa", sv="Månadslön", en="Pay a month"),
    "vacation_cents": text(fi="Lomaraha kuukaudessa", sv="Semesterpenning per månad", en="Vacation money a month"),
    "other_cents": text(fi="Sivukulut kuukaudessa", sv="Bikostnader per månad", en="Side costs a month"),
    "pay_subsidy": text(fi="Palkkatuki", sv="Lönesubvention", en="Pay subsidy"),
    "not_granted": text(fi="Ei palkkatukea", sv="Ingen lönesubvention", en="No pay subsidy"),
    "granted": text(fi="Palkkatuki myönnetty", sv="Lönesubvention beviljad", en="Pay subsidy granted"),
    "granted_aged": text(
        fi="55 vuotta täyttäneen tuki myönnetty", sv="Stöd för dem som fyllt 55 beviljat",
        en="Support of those over 55 granted",
    ),
    "other_support": text(fi="Muu tuki työhön", sv="Annat stöd för arbetet", en="Other support for the work"),
    "employee_name": text(fi="Nimi", sv="Namn", en="Name"),
    "identity_code": text(fi="Henkilötunnus", sv="Personbeteckning", en="Identity code"),
    "register": text(fi="Tunnetaan rekisterissä", sv="Känd i registret", en="Known to the register"),
    "organisation": text(fi="Y-tunnus", sv="FO-nummer", en="Business ID"),
    "street_address": text(fi="Osoite", sv="Adress", en="Address"),
    "industry": text(fi="Toimiala", sv="Bransch", en="Industry"),
    "contact": text(fi="Yhteyshenkilö", sv="Kontaktperson", en="Contact person"),
    "contact_first_name": text(fi="Yhteyshenkilön etunimi", sv="Kontaktpersonens förnamn", en="Contact's first name"),
    "contact_last_name": text(fi="Yhteyshenkilön sukunimi", sv="Kontaktpersonens efternamn", en="Contact's surname"),
    "contact_phone": text(fi="Puhelin", sv="Telefon", en="Phone"),
    "contact_email": text(fi="Sähköposti", sv="E-post", en="E-mail"),
    "iban": text(fi="Tili", sv="Konto", en="Account"),
    "business_activity": text(fi="Taloudellista toimintaa", sv="Ekonomisk verksamhet", en="Economic activity"),
    "manager_available": text(fi="Lähiesihenkilö", sv="Närmaste chef", en="Immediate manager"),
    "negotiations": text(fi="Muutosneuvottelut", sv="Omställningsförhandlingar", en="Change negotiations"),
    "negotiations_description": text(
        fi="Muutosneuvottelujen selvitys", sv="Utredning om förhandlingarna", en="What is told of the negotiations"
    ),
    "language": text(fi="Asioinnin kieli", sv="Ärendets språk", en="Language of the matter"),
    "de_minimis_aid": text(
        fi="Saanut vähämerkityksistä tukea", sv="Fått stöd av mindre betydelse", en="Has had de minimis aid"
    ),
    "business_id": text(fi="Työnantajan Y-tunnus", sv="Arbetsgivarens FO-nummer", en="Employer's business ID"),
    "received_on": text(fi="Hakemus saapui", sv="Ansökan kom in", en="The application arrived"),
    "lives_here": text(fi="Työntekijä asuu kaupungissa", sv="Den anställda bor i staden",
                       en="The employee lives in the city"),
    "granter": text(fi="Tuen myöntäjä", sv="Stödets beviljare", en="Granter of the aid"),
    "amount": text(fi="Tuen määrä, €", sv="Stödets belopp, €", en="Amount of the aid, €"),
    "granted_on": text(fi="Tuki myönnetty", sv="Stödet beviljat", en="Aid granted on"),
    "first_name": text(fi="Etunimi", sv="Förnamn", en="First name"),
    "last_name": text(fi="Sukunimi", sv="Efternamn", en="Surname"),
}  # fmt: skip
SOURCES: Final[Mapping[str, Text]] = {
    "application": text(fi="hakemus", sv="ansökan", en="application"),
    "handler": text(fi="käsittelijä", sv="handläggaren", en="handler"),
    "law": text(fi="ehdot", sv="villkoren", en="conditions"),
}
"""Where a figure of a calculation came from."""
REGISTERS: Final[Mapping[str, Text]] = {
    "business-register": text(fi="Yritysrekisteri", sv="Företagsregistret", en="Business register"),
    "association-register": text(fi="Yhdistysrekisteri", sv="Föreningsregistret", en="Register of associations"),
}
