# SPDX-License-Identifier: Apache-2.0
"""What the employment authorities know of a person: main activity, education, unemployment, employment spells."""

from ennakko.rules.facts_api import Relation, fact
from ennakko.values.texts import text

_SOURCE = "employment"

activity = fact(
    "activity", "code", unknown=True, source=_SOURCE,
    label=text(fi="pääasiallinen toiminta", sv="huvudsaklig verksamhet", en="main activity"),
    ask=text(
        fi="Mitä teet pääasiassa: käytkö töissä, opiskeletko vai jotain muuta?",
        sv="Vad gör du huvudsakligen: arbetar, studerar eller något annat?",
        en="What do you mainly do: work, study or something else?",
    ),
)  # fmt: skip
"""employed, unemployed, student, pensioner, child or other."""
education = fact(
    "education", "code", unknown=True, source=_SOURCE,
    label=text(fi="koulutusaste", sv="utbildningsnivå", en="level of education"),
    ask=text(
        fi="Mikä on korkein suorittamasi tutkinto?",
        sv="Vilken är din högsta examen?",
        en="What is your highest qualification?",
    ),
)  # fmt: skip
"""none, basic, upper_secondary_general, vocational, lower_tertiary or higher_tertiary."""
unemployed_since = fact(
    "unemployed_since", "date", unknown=True, source=_SOURCE,
    label=text(fi="työttömyys alkoi", sv="arbetslösheten började", en="unemployed since"),
    ask=text(
        fi="Mistä päivästä olet ollut työttömänä?",
        sv="Från vilken dag har du varit arbetslös?",
        en="Since which day have you been unemployed?",
    ),
)  # fmt: skip

spells = Relation(
    "spells",
    label=text(fi="työsuhteet", sv="anställningar", en="employment spells"),
    persons=False,
    source=_SOURCE,
)
"""Employment relationships, present and past; days inclusive."""
employer = spells.fact(
    "employer", "code",
    label=text(fi="työnantajan Y-tunnus", sv="arbetsgivarens FO-nummer", en="the employer's business ID"),
)  # fmt: skip
start = spells.fact("start", "date", label=text(fi="työsuhde alkoi", sv="anställningen började", en="employment began"))
end = spells.fact(
    "end", "date", unknown=True,
    label=text(fi="työsuhde päättyi", sv="anställningen upphörde", en="employment ended"),
)  # fmt: skip
"""Last day of the spell; unknown while it goes on."""
