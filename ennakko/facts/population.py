# SPDX-License-Identifier: Apache-2.0
"""What the population register knows of a person (Act 661/2009): birth, home, language, moves.

Coordinates are in the register but are no facts: rules have no fractions, and a place is decided on by district.
"""

from ennakko.rules.facts_api import Relation, fact
from ennakko.values.texts import text

_SOURCE = "population-register"

birth_date = fact(
    "birth_date", "date", source=_SOURCE,
    label=text(fi="syntymäaika", sv="födelsedatum", en="date of birth"),
    ask=text(fi="Milloin olet syntynyt?", sv="När är du född?", en="When were you born?"),
)  # fmt: skip
sex = fact(
    "sex", "code", source=_SOURCE,
    label=text(fi="sukupuoli rekisterissä", sv="kön i registret", en="sex in the register"),
)  # fmt: skip
"""f or m, as in the register."""
municipality = fact(
    "municipality", "code", source=_SOURCE,
    label=text(fi="kotikunta", sv="hemkommun", en="municipality of residence"),
    ask=text(fi="Missä kunnassa asut?", sv="I vilken kommun bor du?", en="In which municipality do you live?"),
)  # fmt: skip
"""Three digits, Statistics Finland's municipality code."""
alive = fact(
    "alive", "bool", source=_SOURCE,
    label=text(fi="on elossa", sv="lever", en="is alive"),
)  # fmt: skip
death_date = fact(
    "death_date", "date", unknown=True, source=_SOURCE,
    label=text(fi="kuolinpäivä", sv="dödsdag", en="date of death"),
)  # fmt: skip
moved_in = fact(
    "moved_in", "date", unknown=True, source=_SOURCE,
    label=text(fi="muuttopäivä kuntaan", sv="inflyttningsdag", en="date of moving to the municipality"),
    ask=text(
        fi="Milloin muutit nykyiseen kotikuntaasi?",
        sv="När flyttade du till din nuvarande hemkommun?",
        en="When did you move to your present municipality?",
    ),
)  # fmt: skip
moved_out = fact(
    "moved_out", "date", unknown=True, source=_SOURCE,
    label=text(fi="muuttopäivä pois kunnasta", sv="utflyttningsdag", en="date of moving away from the municipality"),
)  # fmt: skip
non_disclosure = fact(
    "non_disclosure", "bool", sensitivity="secret", source=_SOURCE,
    label=text(fi="turvakielto", sv="spärrmarkering", en="non-disclosure for personal safety"),
)  # fmt: skip
mother_tongue = fact(
    "mother_tongue", "code", source=_SOURCE,
    label=text(fi="äidinkieli", sv="modersmål", en="mother tongue"),
    ask=text(fi="Mikä on äidinkielesi?", sv="Vilket är ditt modersmål?", en="What is your mother tongue?"),
)  # fmt: skip
"""ISO 639 code."""
service_language = fact(
    "service_language", "code", source=_SOURCE,
    label=text(fi="asiointikieli", sv="kontaktspråk", en="service language"),
    ask=text(
        fi="Millä kielellä haluat asioida?",
        sv="På vilket språk vill du bli betjänad?",
        en="In which language would you like to be served?",
    ),
)  # fmt: skip
"""fi, sv or en."""
household = fact(
    "household", "int", unknown=True, source=_SOURCE,
    label=text(fi="asuntokunta", sv="bostadshushåll", en="household-dwelling unit"),
)  # fmt: skip
"""Number of the household-dwelling unit; unknown for who lives in an institution."""
district = fact(
    "district", "code", unknown=True, source=_SOURCE,
    label=text(fi="asuinalue", sv="bostadsområde", en="district of residence"),
)  # fmt: skip
"""District code; not known of a person whose address is withheld or who lives elsewhere."""
sub_district = fact(
    "sub_district", "code", unknown=True, source=_SOURCE,
    label=text(fi="osa-alue", sv="delområde", en="sub-district of residence"),
)  # fmt: skip
postal_code = fact(
    "postal_code", "code", unknown=True, source=_SOURCE,
    label=text(fi="postinumero", sv="postnummer", en="postal code"),
    ask=text(fi="Mikä on postinumerosi?", sv="Vilket är ditt postnummer?", en="What is your postal code?"),
)  # fmt: skip
moves_on = fact(
    "moves_on", "date", unknown=True, source="move-notifications",
    label=text(fi="ilmoitettu muuttopäivä", sv="anmäld flyttningsdag", en="announced day of moving"),
    ask=text(fi="Milloin muutat?", sv="När flyttar du?", en="When do you move?"),
)  # fmt: skip
"""A move within the municipality that has been announced ahead; unknown where none has."""
future_district = fact(
    "future_district", "code", unknown=True, source="move-notifications",
    label=text(fi="tuleva asuinalue", sv="kommande bostadsområde", en="future district of residence"),
)  # fmt: skip

in_household = Relation(
    "household",
    label=text(fi="samassa asunnossa asuvat", sv="de som bor i samma bostad", en="those who live in the same dwelling"),
    source=_SOURCE,
)
"""Everyone of the household-dwelling unit, the person among them; not the family of any act."""
