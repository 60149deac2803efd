# SPDX-License-Identifier: EUPL-1.2
"""The people of the demo whom everyone can meet: fixed keys and stories, the same at every size and seed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ennakko.demo_city.identity import FIRST_PERSONA_NUMBER
from ennakko.demo_city.organisations import PERSONA_COMPANY
from ennakko.values.identity_code import compose
from ennakko.values.texts import Text, text

FIRST_CITY_KEY = 2**40
"""Keys of the drawn residents begin here; personas and their families have small ones."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A planted row of the population register and what the other registers know of the person."""

    person: int
    sex: Literal["f", "m"]
    given_names: str
    surname: str
    birth_date: date
    home: str
    language: str = "fi"
    service_language: Literal["fi", "sv", "en"] = "fi"
    activity: str = "student"
    education: str = "none"
    income_year: int = 0
    """Cents; a month's income is a twelfth."""
    unemployed_since: date | None = None
    guardians: tuple[int, ...] = ()
    non_disclosure: bool = False
    municipality: str = "091"
    suomifi_messages: bool = False
    employer: str | None = None

    @property
    def identity_code(self) -> str:
        """The persona's own code, with an individual number that residents never take."""
        return compose(self.birth_date, FIRST_PERSONA_NUMBER + (self.sex == "m"))


@dataclass(frozen=True, slots=True)
class Home:
    """A planted household's address; the point is of the sub-district, not of a house."""

    household: int
    street_address: str
    postal_code: str
    district: str
    sub_district: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as. `person` is the key in the registers, None for staff and for whom they do not know."""

    key: int
    slug: str
    person: int | None
    role: Literal["resident", "staff", "employer"]
    names: str
    birth_date: date
    identity_code: str
    language: Literal["fi", "sv", "en"]
    story: Text
    staff_roles: tuple[str, ...] = ()
    company: str | None = field(default=None)


HOMES: dict[str, Home] = {
    "koskela": Home(1, "Fleminginkatu 14 A 22", "00530", "301", "0913301112", 60.1873, 24.9536),
    "lindqvist": Home(2, "Otavantie 6 B 11", "00200", "105", "0911105311", 60.1607, 24.8792),
    "warsame": Home(3, "Kontulankaari 11 C 38", "00940", "703", "0917703471", 60.2373, 25.0829),
    "rantanen": Home(4, "Kirkkonummentie 3 A 5", "00390", "205", "0912205331", 60.2409, 24.8818),
    "saarinen": Home(5, "Nervanderinkatu 9 A 4", "00100", "103", "0911103130", 60.1726, 24.9274),
    "makela": Home(6, "Siltavuorenranta 16 D 60", "00170", "101", "0911101010", 60.1739, 24.9543),
    "heikkinen": Home(7, "Porolahdentie 5 A 7", "00820", "602", "0916602432", 60.2018, 25.0557),
    "aho": Home(8, "Untamontie 2 B 14", "00610", "305", "0913305250", 60.2141, 24.9489),
    "salo": Home(9, "Malminkaari 19 E 91", "00700", "503", "0915503381", 60.2512, 25.0093),
    "tuominen": Home(10, "Haapalahdenkatu 8 A 3", "00300", "201", "0912201150", 60.1975, 24.8964),
    "laakso": Home(11, "Vaasankatu 12 C 19", "00500", "301", "0913301113", 60.1869, 24.9585),
    "moving": Home(12, "Aurinkotuulenkatu 4 A 16", "00990", "704", "0917704545", 60.2046, 25.1412),
}

RESIDENTS: tuple[Resident, ...] = (
    Resident(1001, "f", "Aino Ilona", "Koskela", date(2010, 5, 21), "koskela", guardians=(1002,)),
    Resident(
        1002, "f", "Marja Hannele", "Koskela", date(1979, 11, 3), "koskela", activity="employed",
        education="lower_tertiary", income_year=4_320_000, suomifi_messages=True, employer="any",
    ),
    Resident(1003, "m", "Eetu Olavi", "Koskela", date(2011, 9, 2), "koskela", guardians=(1002,), activity="child"),
    Resident(
        1004, "f", "Elsa Linnéa", "Lindqvist", date(2009, 3, 17), "lindqvist", "sv", "sv", guardians=(1005,)
    ),
    Resident(
        1005, "f", "Petra Karin", "Lindqvist", date(1977, 6, 8), "lindqvist", "sv", "sv", activity="employed",
        education="higher_tertiary", income_year=5_160_000, employer="any",
    ),
    Resident(1006, "f", "Hodan", "Warsame", date(2010, 10, 12), "warsame", "so", "en", guardians=(1007,)),
    Resident(
        1007, "f", "Sahra", "Warsame", date(1981, 2, 25), "warsame", "so", "en", activity="employed",
        education="vocational", income_year=2_640_000, employer="any",
    ),
    Resident(1008, "m", "Onni Eemil", "Rantanen", date(2008, 8, 14), "rantanen", guardians=(1009,)),
    Resident(
        1009, "m", "Jukka Tapani", "Rantanen", date(1975, 1, 19), "rantanen", activity="employed",
        education="vocational", income_year=3_480_000, employer="any",
    ),
    Resident(
        1010, "f", "Iida Maria", "Saarinen", date(2010, 2, 9), "saarinen", guardians=(1011,), non_disclosure=True,
        suomifi_messages=True,
    ),
    Resident(
        1011, "f", "Katja Johanna", "Saarinen", date(1983, 7, 30), "saarinen", activity="employed",
        education="lower_tertiary", income_year=3_600_000, non_disclosure=True, suomifi_messages=True, employer="any",
    ),
    Resident(1012, "m", "Veikko Antero", "Mäkelä", date(2009, 12, 1), "makela", guardians=(1013,)),
    Resident(
        1013, "f", "Sanna Kaarina", "Mäkelä", date(1978, 4, 4), "makela", activity="employed",
        education="higher_tertiary", income_year=6_120_000, employer="any",
    ),
    Resident(1014, "m", "Aleksi Juhani", "Heikkinen", date(2010, 6, 30), "heikkinen", guardians=(1015,)),
    Resident(
        1015, "m", "Mika Petteri", "Heikkinen", date(1976, 9, 23), "heikkinen", activity="employed",
        education="vocational", income_year=3_960_000, employer="any",
    ),
    Resident(1016, "f", "Sara Amanda", "Niemi", date(2009, 8, 27), "moving", guardians=(1017,), municipality="837"),
    Resident(
        1017, "f", "Tiina Marjatta", "Niemi", date(1980, 12, 15), "moving", activity="employed",
        education="lower_tertiary", income_year=3_840_000, municipality="837",
    ),
    Resident(
        1018, "m", "Timo Kalevi", "Aho", date(1984, 3, 11), "aho", activity="unemployed", education="vocational",
        income_year=1_560_000, unemployed_since=date(2025, 2, 3),
    ),
    Resident(
        1019, "f", "Kerttu Annikki", "Salo", date(1944, 10, 7), "salo", activity="pensioner", education="basic",
        income_year=1_980_000,
    ),
    Resident(
        1020, "f", "Noora Elina", "Tuominen", date(1990, 5, 5), "tuominen", activity="employed",
        education="higher_tertiary", income_year=4_680_000, suomifi_messages=True, employer="any",
    ),
    Resident(1021, "m", "Oiva Aatos", "Tuominen", date(2020, 9, 24), "tuominen", guardians=(1020,), activity="child"),
    Resident(
        1022, "m", "Petri Mikael", "Laakso", date(1978, 2, 2), "laakso", activity="employed",
        education="lower_tertiary", income_year=5_400_000, suomifi_messages=True, employer=PERSONA_COMPANY,
    ),
)  # fmt: skip

MOVES_IN = date(2026, 4, 22)
"""The day Sara Niemi and her mother move to Helsinki."""
MOVES_OUT = date(2026, 5, 18)
"""The day Aleksi Heikkinen and his father move to Vantaa."""
MOVING_IN, MOVING_OUT = (1016, 1017), (1014, 1015)

_BY_KEY = {resident.person: resident for resident in RESIDENTS}


def _resident(key: int, slug: str, story: Text, *, role: Literal["resident", "employer"] = "resident") -> Persona:
    row = _BY_KEY[key]
    names = f"{row.given_names.split()[0]} {row.surname}"
    company = PERSONA_COMPANY if role == "employer" else None
    return Persona(
        key, slug, key, role, names, row.birth_date, row.identity_code, row.service_language, story, company=company
    )


def _staff(key: int, slug: str, names: str, sex: str, birth: date, roles: tuple[str, ...], story: Text) -> Persona:
    code = compose(birth, FIRST_PERSONA_NUMBER + (sex == "m"))
    return Persona(key, slug, None, "staff", names, birth, code, "fi", story, staff_roles=roles)


PERSONAS: tuple[Persona, ...] = (
    _resident(1001, "aino", text(
        fi="Aino täyttää tänä vuonna 16. Kesäseteli odottaa häntä omalla sivulla.",
        sv="Aino fyller 16 i år. Sommarsedeln väntar på hennes egen sida.",
        en="Aino turns 16 this year. Her summer voucher is waiting on her own page.")),
    _resident(1004, "elsa", text(
        fi="Elsa täyttää 17 ja asioi ruotsiksi. Kaikki tulee hänelle ruotsiksi.",
        sv="Elsa fyller 17 och använder svenska. Allt kommer till henne på svenska.",
        en="Elsa turns 17 and uses Swedish. Everything reaches her in Swedish.")),
    _resident(1006, "hodan", text(
        fi="Hodan täyttää 16. Hän puhuu kotona somalia ja asioi englanniksi.",
        sv="Hodan fyller 16. Hemma talar hon somaliska, med staden engelska.",
        en="Hodan turns 16. She speaks Somali at home and is served in English.")),
    _resident(1003, "eetu", text(
        fi="Eetu täyttää tänä vuonna 15. Seteliä ei ole vielä, ja sivu kertoo, miksi. Äiti Marja on huoltaja.",
        sv="Eetu fyller 15 i år. Han får ingen sedel än, och sidan berättar varför. Mamma Marja är vårdnadshavare.",
        en="Eetu turns 15 this year. No voucher yet, and the page tells why. His mother Marja is his guardian.")),
    _resident(1008, "onni", text(
        fi="Onni täyttää 18 eikä kuulu enää tämän vuoden kohderyhmään.",
        sv="Onni fyller 18 och hör inte längre till årets målgrupp.",
        en="Onni turns 18 and is no longer in this year's target group.")),
    Persona(
        1101, "leevi", None, "resident", "Leevi Harju", date(2010, 1, 28), compose(date(2010, 1, 28), 999), "fi",
        text(fi="Leevi asuu Espoossa ja käy koulua Helsingissä. Rekisteri ei tunne häntä: hän hakee itse.",
             sv="Leevi bor i Esbo och går i skola i Helsingfors. Registret känner inte honom: han ansöker själv.",
             en="Leevi lives in Espoo, goes to school in Helsinki and is not in the register: he applies himself.")),
    _resident(1016, "sara", text(
        fi="Sara muuttaa Tampereelta Helsinkiin 22.4.2026. Siirrä kelloa, ja seteli tulee.",
        sv="Sara flyttar från Tammerfors till Helsingfors 22.4.2026. Flytta klockan, så kommer sedeln.",
        en="Sara moves from Tampere to Helsinki on 22 April 2026. Move the clock, and the voucher comes.")),
    _resident(1014, "aleksi", text(
        fi="Aleksi saa setelin, mutta muuttaa 18.5.2026 Vantaalle.",
        sv="Aleksi får en sedel, men flyttar till Vanda 18.5.2026.",
        en="Aleksi gets a voucher but moves to Vantaa on 18 May 2026.")),
    _resident(1010, "iida", text(
        fi="Iidalla on turvakielto. Hän saa saman kuin muut, mutta vain suojattua kanavaa pitkin.",
        sv="Iida har spärrmarkering. Hon får detsamma som andra, men bara genom en skyddad kanal.",
        en="Iida's data are under non-disclosure. She gets what others get, but only by a secure channel.")),
    _resident(1012, "veikko", text(
        fi="Veikko on kieltänyt kaupunkia katsomasta hänen puolestaan eteenpäin. Hakea hän voi silti.",
        sv="Veikko har förbjudit staden att förutse hans behov. Ansöka kan han ändå.",
        en="Veikko has told the city not to look ahead for him. He can still apply.")),
    _resident(1002, "marja", text(
        fi="Marja on Ainon ja Eetun äiti ja huoltaja.",
        sv="Marja är mamma till och vårdnadshavare för Aino och Eetu.",
        en="Marja is the mother and guardian of Aino and Eetu.")),
    _resident(1018, "timo", text(
        fi="Timo, 42, on ollut työtön työnhakija helmikuusta 2025.",
        sv="Timo, 42, har varit arbetslös arbetssökande sedan februari 2025.",
        en="Timo, 42, has been an unemployed job seeker since February 2025.")),
    _resident(1019, "kerttu", text(
        fi="Kerttu, 81, asuu yksin Malmilla. Sähköpostia hänellä ei ole.",
        sv="Kerttu, 81, bor ensam i Malm. Hon har ingen e-post.",
        en="Kerttu, 81, lives alone in Malmi. She has no e-mail.")),
    _resident(1020, "noora", text(
        fi="Nooran poika Oiva täyttää syksyllä kuusi ja menee elokuussa esiopetukseen.",
        sv="Nooras son Oiva fyller sex i höst och börjar i förskola i augusti.",
        en="Noora's son Oiva turns six in the autumn and starts pre-school in August.")),
    _resident(1022, "petri", text(
        fi="Petri pitää kahvilaa Vaasankadulla ja asioi Kahvila Aamukaste Oy:n puolesta.",
        sv="Petri har ett café på Vasagatan och företräder Kahvila Aamukaste Oy.",
        en="Petri keeps a café in Vaasankatu and acts for Kahvila Aamukaste Oy."), role="employer"),
    _staff(2001, "ritva", "Ritva Lehtonen", "f", date(1972, 3, 14), ("summer-voucher.handler",), text(
        fi="Ritva käsittelee kesäsetelihakemukset, joita kone ei ratkaise.",
        sv="Ritva handlägger de ansökningar om sommarsedel som maskinen inte avgör.",
        en="Ritva handles the voucher applications that the machine does not settle.")),
    _staff(2002, "samuli", "Samuli Korhonen", "m", date(1988, 6, 2), ("summer-voucher.handler",), text(
        fi="Samuli on toinen käsittelijä; jono jaetaan kahdelle.",
        sv="Samuli är den andra handläggaren; kön delas på två.",
        en="Samuli is the second handler; the queue is shared by two.")),
    _staff(2003, "outi", "Outi Peltonen", "f", date(1969, 9, 9), ("summer-voucher.decision-maker",), text(
        fi="Outi päättää: hän julkaisee erät ja allekirjoittaa päätökset.",
        sv="Outi beslutar: hon frisläpper partierna och undertecknar besluten.",
        en="Outi decides: she releases the runs and signs the decisions.")),
    _staff(2004, "harri", "Harri Kallio", "m", date(1966, 11, 21), ("director",), text(
        fi="Harri johtaa toimialaa ja näkee luvut, ei ihmisiä.",
        sv="Harri leder sektorn och ser siffrorna, inte människorna.",
        en="Harri directs the division and sees figures, not people.")),
    _staff(2005, "leena", "Leena Jokinen", "f", date(1974, 8, 5), ("unit-supervisor",), text(
        fi="Leena on lähiesihenkilö: hän jakaa työn ja seuraa määräaikoja.",
        sv="Leena är närmaste chef: hon fördelar arbetet och följer tidsfristerna.",
        en="Leena supervises the unit: she shares out the work and watches the deadlines.")),
    _staff(2006, "joonas", "Joonas Virta", "m", date(1993, 4, 27), ("adviser",), text(
        fi="Joonas neuvoo tiskillä ja puhelimessa ja tekee asian asiakkaan kanssa.",
        sv="Joonas ger råd vid disken och i telefon och gör ärendet tillsammans med kunden.",
        en="Joonas advises at the counter and by phone and does the errand together with the customer.")),
    _staff(2007, "anneli", "Anneli Sjögren", "f", date(1971, 1, 12), ("data-protection-officer",), text(
        fi="Anneli on tietosuojavastaava: kuka katsoi mitä ja miksi.",
        sv="Anneli är dataskyddsombud: vem såg vad och varför.",
        en="Anneli is the data protection officer: who looked at what, and why.")),
    _staff(2008, "pekka", "Pekka Hietala", "m", date(1964, 5, 18), ("auditor",), text(
        fi="Pekka tarkastaa: jokainen päätös lasketaan uudelleen päivän säännöillä.",
        sv="Pekka reviderar: varje beslut räknas om med dagens regler.",
        en="Pekka audits: every decision can be computed again by that day's rules.")),
    _staff(2009, "mirja", "Mirja Lampi", "f", date(1980, 10, 30), ("administrator",), text(
        fi="Mirja antaa ja poistaa työntekijöiden roolit.",
        sv="Mirja ger och tar bort personalens roller.",
        en="Mirja grants and removes the staff's roles.")),
    _staff(2010, "sirpa", "Sirpa Nurmi", "f", date(1968, 2, 20), ("protected-clerk",), text(
        fi="Sirpa hoitaa turvakiellon alaiset asiat, yksin ja muiden jonojen ulkopuolella.",
        sv="Sirpa sköter ärenden med spärrmarkering, ensam och utanför andras köer.",
        en="Sirpa takes care of non-disclosure matters, alone and outside the other queues.")),
)  # fmt: skip


def persona(slug: str) -> Persona:
    """The persona of that slug; raises KeyError naming those there are."""
    for one in PERSONAS:
        if one.slug == slug:
            return one
    raise KeyError(f"No persona is called {slug}. There are: {', '.join(each.slug for each in PERSONAS)}")
