# SPDX-License-Identifier: EUPL-1.2
"""Summer voucher of the benchmark: 6 steps over one person's own facts."""

from __future__ import annotations

from bench.rulesets.facts import birth_date, municipality, school_grade, voucher_given
from ennakko.rules import Rule, aged, all_of, any_of, choose, param, turns
from ennakko.values.texts import text


class SummerVoucher(Rule):
    id = "bench-voucher.entitled"
    title = text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher")
    scope = aged(birth_date, 13) & ~aged(birth_date, 20)

    resident = (municipality == param("bench-voucher.city")).says(
        fi="Asuu Helsingissä", sv="Bor i Helsingfors", en="Lives in Helsinki"
    )
    ninth = (school_grade == param("bench-voucher.grade")).says(
        fi="On 9. luokalla", sv="Går i årskurs 9", en="Is in the 9th grade"
    )
    right_age = turns(birth_date, param("bench-voucher.ages")).says(
        fi="Täyttää tänä vuonna 15–17 vuotta", sv="Fyller 15–17 år i år", en="Turns 15 to 17 this year"
    )
    unused = (~voucher_given).says(
        fi="Ei ole vielä saanut seteliä", sv="Har inte fått någon sedel", en="Has had no voucher yet"
    )
    entitled = all_of(resident, any_of(ninth, right_age), unused)
    voucher_value = choose((entitled, param("bench-voucher.value")), otherwise=0)

    outcome = "entitled"
    amount = "voucher_value"
    direction = "benefit"
