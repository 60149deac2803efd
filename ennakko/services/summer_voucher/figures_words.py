# SPDX-License-Identifier: EUPL-1.2
"""Words of the director's page of claims: titles of charts and tables, names of groups."""

from collections.abc import Mapping

from ennakko.values.texts import Text, text

GIVEN = text(fi="Annettu", sv="Getts", en="Given")
USED = text(fi="Käytetty", sv="Använda", en="Used")
CLAIMS = text(fi="Hakemuksia", sv="Ansökningar", en="Claims")
SHARE = text(fi="Käytetty, %", sv="Använda, %", en="Used, %")
CENTS = text(fi="Päätetty maksaa", sv="Beslutats betalas", en="Decided to be paid")
HIRED = text(fi="Palkattuja nuoria", sv="Anställda unga", en="Youths hired")
SCHOOL = text(fi="Koulu", sv="Skola", en="School")
UNKNOWN = text(fi="Ei tiedossa", sv="Okänt", en="Not known")
BY_DISTRICT = text(
    fi="Käytettyjen setelien osuus peruspiireittäin, %", sv="Andel använda sedlar per distrikt, %",
    en="Share of vouchers used by district, %",
)  # fmt: skip
MAP_NOTE = text(
    fi="Kuinka moni sadasta setelistä on käytetty. Harmaan alueen luku on salattu tai seteleitä ei ole.",
    sv="Hur många av hundra sedlar som har använts. För grått är talet dolt eller inga sedlar finns.",
    en="How many in a hundred vouchers have been used. Grey: the number is hidden, or there are no vouchers.",
)
BY_LANGUAGE = text(fi="Asiointikieli", sv="Kontaktspråk", en="Language of service")
BY_SCHOOL = text(fi="Käyttö kouluittain", sv="Användning per skola", en="Use by school")
BY_INDUSTRY = text(fi="Palkatut nuoret toimialoittain", sv="Anställda unga per bransch", en="Youths hired by industry")
BY_KIND = text(
    fi="Palkatut nuoret työnantajan mukaan", sv="Anställda unga per arbetsgivartyp", en="Youths hired by employer"
)
BY_JOB = text(fi="Palkatut nuoret työn mukaan", sv="Anställda unga per arbete", en="Youths hired by kind of work")
WITHOUT = text(
    fi="Olisiko nuori palkattu ilman seteliä", sv="Skulle den unga ha anställts utan sedeln",
    en="Would the youth have been hired without the voucher",
)  # fmt: skip
SPEED = text(fi="Lähetyksestä päätökseen", sv="Från ansökan till beslut", en="From sending to decision")
REASONS = text(
    fi="Mikä ehto vaati ihmisen", sv="Vilket villkor krävde en människa", en="Which condition needed a person"
)
TOO_FEW = text(
    fi="Vielä liian vähän kerrottavaksi.", sv="Ännu för få för att berättas.", en="Still too few to tell."
)  # fmt: skip
ARMS = text(fi="Kokeilun haara", sv="Försökets grupp", en="Arm of the experiment")
ARM_NAMES: Mapping[str, Text] = {
    "at_once": text(fi="Muistutus heti", sv="Påminnelse genast", en="Reminded at once"),
    "two_weeks_later": text(
        fi="Muistutus kahden viikon kuluttua", sv="Påminnelse två veckor senare", en="Reminded two weeks later"
    ),
}
LANGUAGES: Mapping[str, Text] = {
    "fi": text(fi="Suomi", sv="Finska", en="Finnish"),
    "sv": text(fi="Ruotsi", sv="Svenska", en="Swedish"),
    "en": text(fi="Englanti", sv="Engelska", en="English"),
}
SPEED_NAMES: Mapping[str, Text] = {
    "at_once": text(fi="Heti", sv="Genast", en="At once"),
    "same_day": text(fi="Vuorokaudessa", sv="Inom ett dygn", en="Within a day"),
    "week": text(fi="Viikossa", sv="Inom en vecka", en="Within a week"),
    "month": text(fi="Kuukaudessa", sv="Inom en månad", en="Within a month"),
    "longer": text(fi="Pidempään", sv="Längre", en="Longer"),
}
EMPLOYER_KINDS: Mapping[str, Text] = {
    "company": text(fi="Yritys", sv="Företag", en="Company"),
    "association": text(fi="Yhdistys", sv="Förening", en="Association"),
    "foundation": text(fi="Säätiö", sv="Stiftelse", en="Foundation"),
    "parish": text(fi="Seurakunta", sv="Församling", en="Parish"),
    "municipality": text(fi="Kunta", sv="Kommun", en="Municipality"),
    "state": text(fi="Valtio", sv="Staten", en="State"),
    "sole_trader": text(fi="Toiminimi", sv="Enskild näringsidkare", en="Sole trader"),
    "private": text(fi="Yksityishenkilö", sv="Privatperson", en="Private person"),
}
