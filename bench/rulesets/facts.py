# SPDX-License-Identifier: EUPL-1.2
"""What the benchmark's register knows of a person, of a household and of an employment spell."""

from __future__ import annotations

from ennakko.rules import Relation, fact
from ennakko.values.texts import text

REGISTER = "population-register"

key = fact("person", "int", label=text(fi="avain", sv="nyckel", en="key"), source=REGISTER)
birth_date = fact(
    "birth_date", "date", label=text(fi="syntymäaika", sv="födelsetid", en="date of birth"), source=REGISTER
)
municipality = fact(
    "municipality", "code", label=text(fi="kotikunta", sv="hemkommun", en="municipality"), source=REGISTER
)
school_grade = fact(
    "school_grade",
    "int",
    unknown=True,
    label=text(fi="luokka-aste", sv="årskurs", en="school grade"),
    source="school-register",
)
voucher_given = fact(
    "voucher_given",
    "bool",
    label=text(fi="seteli jo annettu", sv="sedeln redan given", en="voucher already given"),
    source="own-services",
)
income_month = fact(
    "income_month",
    "money",
    unknown=True,
    label=text(fi="tulot kuukaudessa", sv="inkomst per månad", en="monthly income"),
    source="incomes-register",
)
care_hours = fact(
    "care_hours",
    "int",
    label=text(fi="hoitotunnit viikossa", sv="vårdtimmar i veckan", en="care hours a week"),
    source="own-services",
)
risk_group = fact(
    "risk_group",
    "bool",
    unknown=True,
    sensitivity="special",
    label=text(fi="riskiryhmä", sv="riskgrupp", en="risk group"),
    source="own-services",
)
vaccinated = fact(
    "vaccinated", "bool", label=text(fi="rokotettu", sv="vaccinerad", en="vaccinated"), source="own-services"
)
unemployed_since = fact(
    "unemployed_since",
    "date",
    unknown=True,
    label=text(fi="työttömyyden alku", sv="arbetslös sedan", en="unemployed since"),
    source="employment",
)

household = Relation("household", label=text(fi="kotitalous", sv="hushåll", en="household"))
spells = Relation(
    "spells", persons=False, label=text(fi="työsuhteet", sv="anställningar", en="employment"), source="employment"
)
spell_start = spells.fact("start", "date", label=text(fi="alku", sv="början", en="start"))
spell_end = spells.fact("end", "date", unknown=True, label=text(fi="loppu", sv="slut", en="end"))
private_employer = spells.fact(
    "private_employer", "bool", label=text(fi="yksityinen", sv="privat", en="private employer")
)
wage = spells.fact("wage", "money", label=text(fi="palkka", sv="lön", en="wage"))
