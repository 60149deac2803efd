# SPDX-License-Identifier: EUPL-1.2
"""Helsinki-lisä of the benchmark: 6 steps over employment spells."""

from __future__ import annotations

from bench.rulesets.facts import (
    birth_date,
    municipality,
    private_employer,
    spell_end,
    spell_start,
    spells,
    unemployed_since,
    wage,
)
from ennakko.rules import (
    Rule,
    add_days,
    add_months,
    aged,
    all_of,
    at_least,
    at_most,
    choose,
    days_between,
    on_day,
    param,
)
from ennakko.values.texts import text

_window = days_between(add_months(on_day, -24), on_day)
_days_worked = at_least(
    at_most(days_between(spell_start, on_day), _window)
    - at_least(days_between(spell_end.or_else(on_day), on_day), 0)
    + 1,
    0,
)
_new_job = private_employer & (spell_start >= add_days(on_day, -30)) & (spell_start <= on_day)


class HelsinkiLisa(Rule):
    id = "bench-lisa.supported"
    title = text(fi="Helsinki-lisä", sv="Helsingforstillägg", en="Helsinki benefit")
    scope = (municipality == param("bench-lisa.city")) & unemployed_since.is_known() & aged(birth_date, 16)

    working_age = (~aged(birth_date, 65)).says(fi="Alle 65-vuotias", sv="Under 65 år", en="Under 65")
    long_idle = (days_between(unemployed_since, on_day) >= param("bench-lisa.idle_days")).says(
        fi="Työttömänä vähintään puoli vuotta", sv="Arbetslös minst ett halvår", en="Unemployed for half a year or more"
    )
    worked = spells.sum(_days_worked).says(fi="Työpäiviä {value}", sv="{value} arbetsdagar", en="{value} days worked")
    hired = spells.any(_new_job).says(fi="Uusi työ yrityksessä", sv="Nytt jobb i ett företag", en="A new private job")
    supported = all_of(working_age, long_idle, worked <= param("bench-lisa.worked_at_most"), hired)
    support = choose(
        (
            supported,
            at_most(spells.max(wage, where=_new_job) // param("bench-lisa.share"), param("bench-lisa.highest")),
        ),
        otherwise=0,
    )

    outcome = "supported"
    amount = "support"
    direction = "benefit"
