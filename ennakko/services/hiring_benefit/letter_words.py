# SPDX-License-Identifier: EUPL-1.2
"""What the benefit letter's pages and refusals say, and the wordings that are consented to, by version."""

from __future__ import annotations

from typing import Final

from ennakko.values.texts import Text, text

WORDING: Final = "2026-1"
"""The version of the wordings below; a change of words is a new version."""
RECEIVER: Final = "employer-with-code"
"""To whom the waiver lets the city tell: whoever the resident gives the code to."""
CONSENT: Final = text(
    fi="Kaupunki saa tarkistaa kotikuntani ja sen, mistä alkaen olen ollut työttömänä, ja tehdä minulle kirjeen.",
    sv="Staden får kontrollera min hemkommun och sedan när jag har varit arbetslös, och göra ett brev åt mig.",
    en="The city may check my municipality and since when I have been unemployed, and write me the letter.",
)
WAIVER: Final = text(
    fi="Kun annan koodin työnantajalle, kaupunki saa kertoa hänelle nimeni, henkilötunnukseni ja sen, "
    "että lisän ehdot täyttyvät osaltani.",
    sv="När jag ger koden till en arbetsgivare får staden berätta mitt namn, min personbeteckning och "
    "att villkoren för tillägget uppfylls för min del.",
    en="When I give the code to an employer, the city may tell them my name, my identity code and "
    "that the conditions of the benefit are met on my part.",
)
FIELDS_OF_WORK: Final[dict[str, Text]] = {
    "2": text(fi="Asiantuntijatyö", sv="Specialistarbete", en="Professional work"),
    "3": text(fi="Tekninen ja muu asiantuntijatuki", sv="Tekniskt arbete och expertstöd",
              en="Technical and associate professional work"),
    "4": text(fi="Toimisto- ja asiakaspalvelu", sv="Kontors- och kundtjänst", en="Office and customer service"),
    "5": text(fi="Palvelu, myynti ja hoiva", sv="Service, försäljning och omsorg", en="Service, sales and care"),
    "6": text(fi="Maa-, metsä- ja puutarhatyö", sv="Jord-, skogs- och trädgårdsarbete",
              en="Farm, forest and garden work"),
    "7": text(fi="Rakennus-, korjaus- ja valmistustyö", sv="Byggande, reparation och tillverkning",
              en="Building, repair and manufacture"),
    "8": text(fi="Prosessi- ja kuljetustyö", sv="Process- och transportarbete", en="Process and transport work"),
    "9": text(fi="Siivous, avustava ja muu työ", sv="Städning, hjälparbete och annat", en="Cleaning, help and other"),
}  # fmt: skip
"""Major groups of the international classification of occupations ISCO-08, in everyday words."""
NOT_KNOWN: Final = text(
    fi="Rekisteri ei tunne sinua. Neuvoja auttaa: kirje tehdään myös yhdessä.",
    sv="Registret känner inte till dig. Rådgivaren hjälper: brevet kan göras tillsammans.",
    en="The register does not know you. An adviser helps: the letter can be made together.",
)
BOTH_NEEDED: Final = text(
    fi="Kirjettä ei voi tehdä ilman molempia. Voit perua ne milloin tahansa.",
    sv="Brevet kan inte göras utan bägge. Du kan återkalla dem när som helst.",
    en="The letter cannot be made without both. You may withdraw them at any time.",
)
TOO_MANY: Final = text(
    fi="Olet tilannut kirjeen monta kertaa tänään. Yritä huomenna uudelleen.",
    sv="Du har beställt brevet många gånger i dag. Försök igen i morgon.",
    en="You have ordered the letter many times today. Try again tomorrow.",
)
NO_REGISTER: Final = text(
    fi="Rekisteri ei juuri nyt vastaa. Mitään ei tallennettu. Yritä hetken päästä uudelleen.",
    sv="Registret svarar inte just nu. Inget sparades. Försök igen om en stund.",
    en="The register does not answer just now. Nothing was saved. Try again in a while.",
)
DEAD_CODE: Final = text(
    fi="Koodilla ei löydy kirjettä. Tarkista koodi tai pyydä se työntekijältä uudelleen. "
    "Voit täyttää työntekijän tiedot myös itse.",
    sv="Ingen brev hittas med koden. Kontrollera koden eller be den anställda om den på nytt. "
    "Du kan också fylla i den anställdas uppgifter själv.",
    en="No letter is found by this code. Check the code, or ask the employee for it again. "
    "You can also fill in the employee's details yourself.",
)
"""Said alike of a code that never was, one that was withdrawn, and one tried too often."""
