# SPDX-License-Identifier: Apache-2.0
"""The base registers that facts come from, and who controls each."""

from ennakko.rules.errors import near_names
from ennakko.rules.facts_api import Source, source
from ennakko.values.texts import text

_POPULATION_AGENCY = text(
    fi="Digi- ja väestötietovirasto",
    sv="Myndigheten för digitalisering och befolkningsdata",
    en="Digital and Population Data Services Agency",
)

POPULATION = source(
    "population-register",
    title=text(fi="Väestötietojärjestelmä", sv="Befolkningsdatasystemet", en="Population Information System"),
    controller=_POPULATION_AGENCY,
    file="residents",
)
MOVES = source(
    "move-notifications",
    title=text(
        fi="Väestötietojärjestelmän muuttoilmoitukset", sv="Flyttanmälningar i befolkningsdatasystemet",
        en="Notifications of moves in the Population Information System",
    ),
    controller=_POPULATION_AGENCY,
    file="announced_moves",
)  # fmt: skip
GUARDIANSHIP = source(
    "guardianship",
    title=text(
        fi="Huoltajuus- ja edunvalvontatiedot",
        sv="Uppgifter om vårdnad och intressebevakning",
        en="Custody and guardianship data",
    ),
    controller=_POPULATION_AGENCY,
    file="guardianships",
)
SCHOOL = source(
    "school-register",
    title=text(fi="Oppilasrekisteri", sv="Elevregistret", en="Pupil register"),
    controller=text(fi="opetuksen järjestäjä", sv="utbildningsanordnaren", en="the education provider"),
    file="school",
)
INCOMES = source(
    "incomes-register",
    title=text(fi="Tulorekisteri", sv="Inkomstregistret", en="Incomes Register"),
    controller=text(
        fi="Verohallinnon Tulorekisteriyksikkö",
        sv="Skatteförvaltningens inkomstregisterenhet",
        en="Incomes Register Unit of the Tax Administration",
    ),
    file="incomes",
)
TAX = source(
    "tax",
    title=text(fi="Verotuksen tiedot", sv="Beskattningsuppgifter", en="Tax data"),
    controller=text(fi="Verohallinto", sv="Skatteförvaltningen", en="Finnish Tax Administration"),
    file="incomes",
)
EMPLOYMENT = source(
    "employment",
    title=text(
        fi="Työvoimapalvelujen ja työsuhteiden tiedot",
        sv="Uppgifter om arbetskraftsservice och anställningar",
        en="Employment services and employment data",
    ),
    controller=text(fi="työvoimaviranomainen", sv="arbetskraftsmyndigheten", en="the employment authority"),
    file="activity",
)
BUSINESS = source(
    "business-register",
    title=text(fi="Yritys- ja yhteisötietojärjestelmä", sv="Företags- och organisationsdatasystemet",
               en="Business Information System"),
    controller=text(
        fi="Patentti- ja rekisterihallitus",
        sv="Patent- och registerstyrelsen",
        en="Finnish Patent and Registration Office",
    ),
    file="companies",
)  # fmt: skip
EARLY_EDUCATION = source(
    "early-education",
    title=text(
        fi="Varhaiskasvatuksen asiakasrekisteri",
        sv="Småbarnspedagogikens klientregister",
        en="Client register of early education",
    ),
    controller=text(
        fi="kunnan varhaiskasvatus", sv="kommunens småbarnspedagogik", en="the municipality's early education"
    ),
    file="early_education",
)
BENEFITS = source(
    "family-benefits",
    title=text(fi="Lapsiperheiden etuudet", sv="Barnfamiljers förmåner", en="Benefits of families with children"),
    controller=text(fi="Kansaneläkelaitos", sv="Folkpensionsanstalten", en="Social Insurance Institution"),
    file="early_education",
)
OWN_SERVICES = source(
    "own-services",
    title=text(fi="Kunnan omat palvelut", sv="Kommunens egna tjänster", en="The municipality's own services"),
    controller=text(fi="kunta", sv="kommunen", en="the municipality"),
)
TAX_DEBTS = source(
    "tax-debt-register",
    title=text(fi="Verovelkarekisteri", sv="Skatteskuldregistret", en="Tax Debt Register"),
    controller=text(fi="Verohallinto", sv="Skatteförvaltningen", en="Finnish Tax Administration"),
)
EMPLOYER = source(
    "employer",
    title=text(fi="Työnantaja itse", sv="Arbetsgivaren själv", en="The employer"),
    controller=text(fi="kunta", sv="kommunen", en="the municipality"),
)
"""What an employer tells in a claim."""

_ALL = (
    POPULATION, MOVES, GUARDIANSHIP, SCHOOL, EARLY_EDUCATION, BENEFITS, INCOMES, TAX, EMPLOYMENT, BUSINESS,
    OWN_SERVICES, TAX_DEBTS, EMPLOYER,
)  # fmt: skip
_BY_ID = {one.id: one for one in _ALL}


def ids() -> frozenset[str]:
    """The ids of all sources."""
    return frozenset(_BY_ID)


def catalogue() -> tuple[Source, ...]:
    """All sources, the population register first."""
    return _ALL


def get(id: str) -> Source:
    """A source by id; raises KeyError naming the near ones."""
    if id not in _BY_ID:
        raise KeyError(f"No source is called {id}.{near_names(id, _BY_ID)}")
    return _BY_ID[id]
