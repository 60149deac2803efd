# SPDX-License-Identifier: EUPL-1.2
"""The people of the demo whom everyone can meet: fixed keys and stories, the same at every size and seed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ennakko.demo_city.home import home
from ennakko.demo_city.identity import FIRST_PERSONA_NUMBER
from ennakko.demo_city.organisations import (
    CAFE,
    EVENTS_ABROAD,
    GARDEN,
    HOUSING_COMPANY,
    PARISH,
    PERSONA_COMPANY,
    YOUTH_ASSOCIATION,
    persona_company_names,
)
from ennakko.demo_city.persona_homes import HOMES as HOMES
from ennakko.values.identity_code import compose
from ennakko.values.texts import Text, text

FIRST_CITY_KEY = 2**40
"""Keys of the drawn residents begin here; personas and their families have small ones."""


HERE = home()
"""The municipality whose city this is."""


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
    municipality: str = HERE.code
    suomifi_messages: bool = False
    employer: str | None = None

    @property
    def identity_code(self) -> str:
        """The persona's own code, with an individual number that residents never take."""
        return compose(self.birth_date, FIRST_PERSONA_NUMBER + (self.sex == "m"))


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as. `person` is the key in the registers, None for staff and for whom they do not know.

    `mandates`: business id and codes of mandates (signatory, grants, employment) of each organisation they may act for.
    """

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
    mandates: tuple[tuple[str, frozenset[str]], ...] = field(default=())

    @property
    def company(self) -> str | None:
        """The first organisation that they may act for."""
        return self.mandates[0][0] if self.mandates else None


SIGNATORY = frozenset({"signatory", "grants", "employment"})
GRANTS = frozenset({"grants"})
DAILY = frozenset({"grants", "employment"})

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
    Resident(
        1023, "f", "Olga", "Smirnova", date(1987, 3, 22), "smirnov", "ru", activity="employed",
        education="vocational", income_year=3_120_000, employer="any",
    ),
    Resident(1024, "m", "Maksim", "Smirnov", date(2020, 6, 11), "smirnov", "ru", guardians=(1023,), activity="child"),
    Resident(
        1025, "f", "Layla", "Hassan", date(1992, 8, 9), "hassan", "ar", "en", activity="student",
        education="higher_tertiary", income_year=1_080_000,
    ),
    Resident(1026, "m", "Yusuf", "Hassan", date(2020, 2, 18), "hassan", "ar", "en", guardians=(1025,),
             activity="child"),
)  # fmt: skip

MOVES_IN = date(2026, 4, 22)
"""The day Sara Niemi and her mother move here."""
MOVES_OUT = date(2026, 5, 18)
"""The day Aleksi Heikkinen and his father move to Vantaa."""
MOVING_IN, MOVING_OUT = (1016, 1017), (1014, 1015)

_BY_KEY = {resident.person: resident for resident in RESIDENTS}


def _resident(key: int, slug: str, story: Text, *, mandates: tuple[tuple[str, frozenset[str]], ...] = ()) -> Persona:
    row = _BY_KEY[key]
    names = f"{row.given_names.split()[0]} {row.surname}"
    role: Literal["resident", "employer"] = "employer" if mandates else "resident"
    return Persona(
        key, slug, key, role, names, row.birth_date, row.identity_code, row.service_language, story, mandates=mandates
    )


def _employer(
    key: int,
    slug: str,
    names: str,
    sex: str,
    birth: date,
    language: Literal["fi", "sv", "en"],
    mandates: tuple[tuple[str, frozenset[str]], ...],
    story: Text,
) -> Persona:
    """Somebody who works in the city and lives elsewhere: the registers do not know them."""
    code = compose(birth, FIRST_PERSONA_NUMBER + (sex == "m"))
    return Persona(key, slug, None, "employer", names, birth, code, language, story, mandates=mandates)


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
        home().said(text(
            fi="Leevi asuu Espoossa ja käy koulua {inside}. Rekisteri ei tunne häntä: hän hakee itse.",
            sv="Leevi bor i Esbo och går i skola {inside}. Registret känner inte honom: han ansöker själv.",
            en="Leevi lives in Espoo, goes to school {inside} and is not in the register: he applies himself."))),
    _resident(1016, "sara", home().said(text(
        fi="Sara muuttaa Tampereelta {into} 22.4.2026. Siirrä kelloa, ja seteli tulee.",
        sv="Sara flyttar från Tammerfors {into} 22.4.2026. Flytta klockan, så kommer sedeln.",
        en="Sara moves from Tampere {into} on 22 April 2026. Move the clock, and the voucher comes."))),
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
    _resident(1023, "olga", text(
        fi="Olgan poika Maksim menee esiopetukseen. Olga lukee mieluiten venäjää.",
        sv="Olgas son Maksim börjar i förskola. Olga läser helst ryska.",
        en="Olga's son Maksim starts pre-school. Olga reads Russian best.")),
    _resident(1025, "layla", text(
        fi="Laylan poika Yusuf menee esiopetukseen. Layla lukee mieluiten arabiaa.",
        sv="Laylas son Yusuf börjar i förskola. Layla läser helst arabiska.",
        en="Layla's son Yusuf starts pre-school. Layla reads Arabic best.")),
    _resident(1022, "petri", text(
        fi="Petri pitää kahvilaa Vaasankadulla ja asioi Kahvila Aamukaste Oy:n puolesta.",
        sv="Petri har ett café på Vasagatan och företräder Kahvila Aamukaste Oy.",
        en="Petri keeps a café in Vaasankatu and acts for Kahvila Aamukaste Oy."), mandates=((CAFE, SIGNATORY),)),
    _employer(1102, "jenni", "Jenni Holopainen", "f", date(1997, 4, 8), "fi", ((CAFE, GRANTS),), text(
        fi="Jenni hoitaa kahvilan paperit. Petri antoi hänelle valtuuden hakea tukia; asiat ovat heille yhteiset.",
        sv="Jenni sköter kaféets papper. Petri gav henne fullmakt att söka bidrag; ärendena är gemensamma för dem.",
        en="Jenni does the café's paperwork. Petri gave her a mandate to apply for grants; they share its matters.")),
    _employer(1103, "henrik", "Henrik Ekholm", "m", date(1971, 10, 14), "sv",
              ((GARDEN, SIGNATORY), (YOUTH_ASSOCIATION, SIGNATORY)), text(
        fi="Henrikillä on puutarha-alan yritys ja luottamustoimi ruotsinkielisessä nuorisoyhdistyksessä.",
        sv="Henrik driver ett trädgårdsföretag och leder ungdomsföreningen Måsarna. Han använder svenska.",
        en="Henrik runs a garden firm and chairs a Swedish-speaking youth association. He acts for either.")),
    _employer(1104, "pirjo", "Pirjo Kettunen", "f", date(1963, 7, 27), "fi",
              ((HOUSING_COMPANY, DAILY), (PARISH, DAILY)), text(
        fi="Pirjo on taloyhtiön isännöitsijä ja seurakunnan talouspäällikkö. Molemmat palkkaavat kesäksi nuoria.",
        sv="Pirjo är disponent för ett husbolag och ekonomichef i en församling. Båda anställer unga på sommaren.",
        en="Pirjo manages a housing company and a parish's finances. Both hire young people for the summer.")),
    _employer(1105, "kadri", "Kadri Tamm", "f", date(1985, 12, 2), "en", ((EVENTS_ABROAD, SIGNATORY),), text(
        fi="Kadri järjestää tapahtumia Tallinnasta käsin. Yrityksen tili on virolaisessa pankissa.",
        sv="Kadri ordnar evenemang från Tallinn. Företagets konto finns i en estnisk bank.",
        en="Kadri organises events from Tallinn. The company's account is with an Estonian bank.")),
    _employer(1106, "ville", "Ville Ahonen", "m", date(1990, 8, 19), "fi", (), text(
        fi="Villeä on pyydetty asioimaan urheiluseuran puolesta, mutta valtuutta hänellä ei vielä ole.",
        sv="Ville har ombetts sköta ärenden för en idrottsförening, men någon fullmakt har han inte ännu.",
        en="Ville was asked to act for a sports club, but has no mandate yet.")),
    _staff(2001, "ritva", "Ritva Lehtonen", "f", date(1972, 3, 14), ("summer-voucher.handler",), text(
        fi="Ritva käsittelee kesäsetelihakemukset, joita kone ei ratkaise.",
        sv="Ritva handlägger de ansökningar om sommarsedel som maskinen inte avgör.",
        en="Ritva handles the voucher applications that the machine does not settle.")),
    _staff(2002, "samuli", "Samuli Korhonen", "m", date(1988, 6, 2),
           ("summer-voucher.handler", "hiring-benefit.handler"), text(
        fi="Samuli on kesäsetelin toinen käsittelijä ja käsittelee palkkauslisän hakemukset.",
        sv="Samuli är sommarsedelns andra handläggare och handlägger ansökningarna om anställningstillägg.",
        en="Samuli is the second handler of vouchers, and handles the applications for the hiring benefit.")),
    _staff(2003, "outi", "Outi Peltonen", "f", date(1969, 9, 9),
           ("summer-voucher.decision-maker", "hiring-benefit.decision-maker"), text(
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
    _staff(2011, "tuula", "Tuula Salminen", "f", date(1976, 6, 15), ("finance",), text(
        fi="Tuula hoitaa maksatuksen: erät pankkiin, kuittaukset takaisin, palautuneet kuntoon.",
        sv="Tuula sköter utbetalningarna: partier till banken, kvittenser tillbaka, returer i ordning.",
        en="Tuula looks after payments: batches out, confirmations back, returned ones put right.")),
    _staff(2012, "kirsti", "Kirsti Aalto", "f", date(1970, 9, 3), ("registrar", "records-official"), text(
        fi="Kirsti pitää asiarekisteriä, vastaa tietopyyntöihin ja siirtää päättyneet asiat arkistoon.",
        sv="Kirsti för ärenderegistret, svarar på begäran om information och överför avslutade ärenden till arkivet.",
        en="Kirsti keeps the register of matters, answers requests for information and transfers to the archive.")),
    _staff(2013, "paula", "Paula Rinne", "f", date(1985, 4, 17), ("childcare.service-worker",), text(
        fi="Paula on varhaiskasvatuksen palveluohjaaja: hän soittaa perheille ja selvittää vaikeat paikat.",
        sv="Paula är servicehandledare inom småbarnspedagogiken: hon ringer familjer och reder ut svåra platser.",
        en="Paula is a service adviser of early education: she calls families and finds the hard places.")),
    _staff(2014, "eeva", "Eeva Karjalainen", "f", date(1967, 12, 5),
           ("childcare.decision-maker", "childcare.fee-official"), text(
        fi="Eeva päättää paikoista ja maksuista: hän julkaisee kierrokset ja allekirjoittaa päätökset.",
        sv="Eeva beslutar om platser och avgifter: hon frisläpper omgångarna och undertecknar besluten.",
        en="Eeva decides on places and fees: she releases the rounds and signs the decisions.")),
    _staff(2015, "kaisa", "Kaisa Lehtonen", "f", date(1978, 3, 9), ("childcare.supervisor",), text(
        fi="Kaisa johtaa päiväkotia: hän näkee, ketkä aloittavat ja paljonko paikkoja on.",
        sv="Kaisa är daghemsföreståndare: hon ser vilka som börjar och hur många platser det finns.",
        en="Kaisa heads a day-care centre: she sees who begins and how many seats there are.")),
)  # fmt: skip


def persona(slug: str) -> Persona:
    """The persona of that slug; raises KeyError naming those there are."""
    for one in PERSONAS:
        if one.slug == slug:
            return one
    raise KeyError(f"No persona is called {slug}. There are: {', '.join(each.slug for each in PERSONAS)}")


def mandates_of(identity_code: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Business id, name and mandates of each organisation for which a persona may act, by their identity code."""
    names = persona_company_names()
    return tuple(
        (business_id, names[business_id], mandates)
        for one in PERSONAS
        if one.identity_code == identity_code
        for business_id, mandates in one.mandates
    )


def signatories_of(business_id: str) -> frozenset[int] | None:
    """The register keys of the personas who may sign for an organisation; None for one that no persona acts for."""
    if business_id not in persona_company_names():
        return None
    return frozenset(
        one.person
        for one in PERSONAS
        for organisation, mandates in one.mandates
        if organisation == business_id and "signatory" in mandates and one.person is not None
    )
