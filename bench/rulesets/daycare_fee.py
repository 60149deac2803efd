# SPDX-License-Identifier: EUPL-1.2
"""Day-care fee of the benchmark: 10 steps over the household, unknown when one adult's income is unknown."""

from __future__ import annotations

from bench.rulesets.facts import birth_date, care_hours, household, income_month, key
from ennakko.rules import Rule, aged, at_least, at_most, choose, param, whole_euros
from ennakko.values.money import euros
from ennakko.values.texts import text

LAW = "1503/2016 § 5–9"
_in_care = (birth_date >= param("bench-daycare.born_from")) & (care_hours > 0)


class DaycareFee(Rule):
    id = "bench-daycare.fee"
    title = text(fi="Varhaiskasvatusmaksu", sv="Avgift för småbarnspedagogik", en="Day-care fee")
    scope = _in_care

    family = household.count()
    earned = household.sum(income_month, where=aged(birth_date, 18)).says(
        fi="Perheen tulot {value}", sv="Familjens inkomster {value}", en="Family income {value}"
    )
    limit = (
        param("bench-daycare.limits")[at_least(family, 2)] + at_least(family - 6, 0) * param("bench-daycare.limit_more")
    ).by(LAW)
    first = at_most(
        whole_euros(at_least(earned - limit, 0), rate=param("bench-daycare.per_mille"), per=1000),
        param("bench-daycare.highest"),
    ).by(LAW)
    place = household.place(birth_date, tie=key, where=_in_care, descending=True)
    sibling = choose((place == 1, 100), (place == 2, 40), otherwise=20).by(LAW)
    time = choose((care_hours <= 20, 60), (care_hours <= 30, 80), otherwise=100).by(LAW)
    full = whole_euros(first * sibling * time, per=10_000)
    fee = choose((full < param("bench-daycare.lowest"), 0), otherwise=full).by(LAW)
    pays = (fee > 0).says(fi="Maksua peritään", sv="Avgift tas ut", en="A fee is charged")

    outcome = "pays"
    amount = "fee"
    direction = "fee"


class LowerHighestFee(DaycareFee):
    """The reform of the benchmark: 280 € instead of 311 €."""

    parameters = {"bench-daycare.highest": euros(280)}
