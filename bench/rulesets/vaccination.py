# SPDX-License-Identifier: EUPL-1.2
"""Vaccination invitation of the benchmark: 4 steps, the oldest and the risk groups first."""

from __future__ import annotations

from bench.rulesets.facts import birth_date, municipality, risk_group, vaccinated
from ennakko.rules import Rule, aged, all_of, any_of, choose, param
from ennakko.values.texts import text


class Vaccination(Rule):
    id = "bench-vaccination.invited"
    title = text(fi="Kutsu rokotukseen", sv="Kallelse till vaccination", en="Invitation to vaccination")
    scope = (municipality == param("bench-vaccination.city")) & aged(birth_date, 18)

    due = (~vaccinated).says(fi="Ei ole rokotettu", sv="Är inte vaccinerad", en="Is not vaccinated")
    elderly = aged(birth_date, param("bench-vaccination.elderly")).says(
        fi="On täyttänyt 65 vuotta", sv="Har fyllt 65 år", en="Has reached 65"
    )
    invited = all_of(due, any_of(elderly, risk_group))
    wave = choose(
        (invited & aged(birth_date, param("bench-vaccination.oldest")), 1),
        (invited & elderly, 2),
        (invited, 3),
        otherwise=0,
    )

    outcome = "invited"
    amount = "wave"
    direction = "benefit"
