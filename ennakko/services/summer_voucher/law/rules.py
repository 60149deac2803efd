# SPDX-License-Identifier: EUPL-1.2
"""Who is entitled to the summer voucher of the year. Claims stand in `claim_rules`; the procedures here too."""

from __future__ import annotations

from ennakko.facts.population import alive, birth_date, municipality
from ennakko.rules import Rule, all_of, choose, on_day, param, turns, year
from ennakko.services.summer_voucher.law import claim_procedure, procedures, same_again
from ennakko.services.summer_voucher.law.facts import voucher_given
from ennakko.values.texts import text

__all__ = ["SummerVoucherEntitled", "claim_procedure", "procedures", "same_again"]


class SummerVoucherEntitled(Rule):
    """Entitled: a resident, alive, turning one of the year's ages, without this year's voucher (act 2 §).

    No school fact is read. Outside the ages of the young the rule does not apply and nothing is asked.
    """

    id = "summer-voucher.entitled"
    title = text(
        fi="Oikeus kesäseteliin", sv="Rätt till sommarsedeln", en="Entitlement to the summer job voucher"
    )  # fmt: skip

    _age = year(on_day) - year(birth_date)
    scope = (_age >= param("summer-voucher.youngest_considered")) & (_age <= param("summer-voucher.oldest_considered"))

    resident = (
        (municipality == param("summer-voucher.home_municipality"))
        .says(fi="Asut kaupungissa", sv="Du bor i staden", en="You live in the city")
        .by("act 2 § 1")
    )
    right_age = (
        turns(birth_date, param("summer-voucher.ages"))
        .says(
            fi="Täytät tänä vuonna vaaditun iän ({ages})",
            sv="Du fyller i år den ålder som krävs ({ages})",
            en="You reach the required age this year ({ages})",
        )
        .by("act 2 § 2")
    )
    living = alive.says(
        fi="Tietosi ovat voimassa väestötietojärjestelmässä",
        sv="Dina uppgifter gäller i befolkningsdatasystemet",
        en="Your details are current in the population register",
    ).by("act 2 § 3")
    not_given = (
        (~voucher_given)
        .says(
            fi="Et ole vielä saanut tämän vuoden seteliä",
            sv="Du har inte ännu fått årets sedel",
            en="You have not got this year's voucher yet",
        )
        .by("act 2 § 4")
    )
    entitled = all_of(resident, right_age, living, not_given)
    value = (
        choose((entitled, param("summer-voucher.voucher_value")), otherwise=0)
        .says(fi="Setelin arvo: {value}", sv="Sedelns värde: {value}", en="Value of the voucher: {value}")
        .by("act 12 §")
    )

    outcome = "entitled"
    amount = "value"
    direction = "benefit"
