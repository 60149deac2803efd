# SPDX-License-Identifier: EUPL-1.2
"""Whether the benefit may be granted. The amount and what follows from it are procedures, registered beside."""

from __future__ import annotations

from typing import Final

from ennakko.facts.business import employer_kind
from ennakko.facts.employment import unemployed_since
from ennakko.facts.population import municipality
from ennakko.rules import (
    Rule,
    add_days,
    add_months,
    add_years,
    all_of,
    any_of,
    days_30e,
    months_between,
    on_day,
    param,
)
from ennakko.services.hiring_benefit.law import (
    aid_answers,
    alteration_answers,
    amount_answers,
    application_answers,
    day_answers,
    decision_answers,
    facts,
    instalment_answers,
    previous_answers,
    recovery_answers,
)
from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH
from ennakko.values.texts import Text, text

__all__ = [
    "NOT_COMPUTED", "HiringBenefitEligible", "aid_answers", "alteration_answers", "amount_answers",
    "application_answers", "day_answers", "decision_answers", "instalment_answers", "previous_answers",
    "recovery_answers",
]  # fmt: skip


class HiringBenefitEligible(Rule):
    """Whether the benefit may be granted on the day, by the conditions of its first day (act 2–8 §).

    The day of the evaluation is the day of granting: de minimis aid is counted back from it, with this benefit added.
    """

    id = "hiring-benefit.eligible"
    title = text(
        fi="Edellytykset lisän myöntämiselle", sv="Förutsättningar för tillägget", en="Conditions of the benefit"
    )

    law_day = facts.rules_of.or_else(facts.benefit_start).says(
        fi="Sovelletaan tämän päivän ehtoja", sv="Villkoren denna dag tillämpas", en="The conditions of this day apply"
    ).by("act 2 §")  # fmt: skip
    _association = employer_kind.is_in(["association", "foundation"])

    employer = (
        employer_kind.is_in(param("hiring-benefit.employer_kinds"))
        .says(
            fi="Työnantaja on yritys tai yhteisö, jolle lisä voidaan myöntää",
            sv="Arbetsgivaren är ett företag eller en sammanslutning som kan beviljas tillägget",
            en="The employer is a company or an association that may be granted the benefit",
        )
        .by("act 3 §")
    )
    managed = (
        any_of(~_association, facts.manager_available)
        .says(
            fi="Yhdistyksessä työntekijällä on lähiesihenkilö",
            sv="I en förening har den anställda en närmaste chef",
            en="In an association the employee has an immediate manager",
        )
        .by("act 3 §")
    )
    resident = (
        (municipality == param("hiring-benefit.home_municipality"))
        .says(
            fi="Työntekijä asuu kaupungissa", sv="Den anställda bor i staden", en="The employee lives in the city"
        )
        .by("act 4 §")
    )  # fmt: skip
    unemployed_enough = all_of(
        param("hiring-benefit.unemployment_counts")[law_day] == 1,
        months_between(unemployed_since, facts.benefit_start) >= param("hiring-benefit.unemployed_months")[law_day],
    ).says(
        fi="Työntekijä on ollut työttömänä vaaditun ajan",
        sv="Den anställda har varit arbetslös den tid som krävs",
        en="The employee has been unemployed for the time required",
    ).by("act 4 §")  # fmt: skip
    need_assessed = all_of(
        param("hiring-benefit.card_counts")[law_day] == 1, facts.service_need_assessed
    ).says(
        fi="Kaupunki on arvioinut työntekijän palvelutarpeen",
        sv="Staden har bedömt den anställdas servicebehov",
        en="The city has assessed the employee's need of service",
    ).by("act 4 §")  # fmt: skip
    subsidised = all_of(
        param("hiring-benefit.subsidy_counts")[law_day] == 1, facts.pay_subsidy
    ).says(
        fi="Työhön on myönnetty palkkatuki tai 55 vuotta täyttäneen työllistämistuki",
        sv="Lönesubvention eller sysselsättningsstöd för dem som fyllt 55 har beviljats för arbetet",
        en="Pay subsidy or the employment support of those over 55 has been granted for the work",
    ).by("act 4 §")  # fmt: skip
    hard_to_employ = all_of(
        param("hiring-benefit.disability_counts")[law_day] == 1,
        any_of(facts.labour_market_days >= param("hiring-benefit.allowance_days"), facts.disability_subsidy),
    ).says(
        fi="Työmarkkinatukipäiviä on riittävästi ({allowance_days}), tai palkkatuen syy on vamma tai sairaus",
        sv="Arbetsmarknadsstödsdagarna räcker ({allowance_days}), eller subventionen beror på skada eller sjukdom",
        en="The days of labour market subsidy are enough ({allowance_days}), or pay subsidy is for a disability",
    ).by("act 4 §")  # fmt: skip
    target_group = (
        any_of(unemployed_enough, need_assessed, subsidised, hard_to_employ)
        .says(
            fi="Työntekijä kuuluu niihin, joiden palkkaamiseen lisä on tarkoitettu",
            sv="Den anställda hör till dem vars anställning tillägget är avsett för",
            en="The employee is one of those for whose hiring the benefit is meant",
        )
        .by("act 4 §")
    )
    no_other_support = (
        any_of(param("hiring-benefit.subsidy_excludes")[law_day] == 0, ~facts.pay_subsidy)
        .says(
            fi="Työhön ei saada palkkatukea eikä 55 vuotta täyttäneen työllistämistukea",
            sv="Varken lönesubvention eller sysselsättningsstöd för dem som fyllt 55 fås för arbetet",
            en="Neither pay subsidy nor the employment support of those over 55 is had for the work",
        )
        .by("act 5 §")
    )
    hours_enough = (
        (
            (facts.weekly_hours >= param("hiring-benefit.least_hours"))
            & (facts.weekly_hours <= param("hiring-benefit.most_hours"))
        )
        .says(
            fi="Työaika viikossa on riittävä (vähintään {least_hours} h)",
            sv="Arbetstiden per vecka räcker (minst {least_hours} h)",
            en="The working time a week is enough (at least {least_hours} h)",
        )
        .by("act 5 §")
    )
    long_enough = (
        (facts.benefit_end >= add_days(add_months(facts.benefit_start, param("hiring-benefit.least_months")), -1))
        .says(
            fi="Tukiaika on riittävän pitkä (vähintään {least_months} kk)",
            sv="Stödperioden är tillräckligt lång (minst {least_months} mån)",
            en="The period is long enough (at least {least_months} months)",
        )
        .by("act 6 §")
    )
    short_enough = (
        any_of(
            facts.apprenticeship,
            facts.benefit_end < add_months(facts.benefit_start, param("hiring-benefit.most_months")),
        )
        .says(
            fi="Tukiaika ei ole liian pitkä (enintään {most_months} kk, oppisopimuksessa koko sopimuksen aika)",
            sv="Stödperioden är inte för lång (högst {most_months} mån, i läroavtal hela avtalstiden)",
            en="The period is not too long (at most {most_months} months, in an apprenticeship its whole length)",
        )
        .by("act 6 §")
    )
    in_time = (
        (facts.benefit_start >= add_months(facts.applied_on, param("hiring-benefit.back_months")))
        .says(
            fi="Lisää haetaan ajoissa",
            sv="Tillägget söks i tid",
            en="The benefit is applied for in time",
        )
        .by("act 6 §")
    )
    months_left = (
        any_of(
            facts.apprenticeship,
            facts.used_days + days_30e(facts.benefit_start, add_days(facts.benefit_end, 1))
            <= param("hiring-benefit.most_months") * DAYS_OF_MONTH,
        )
        .says(
            fi="Saman henkilön kuukausia on jäljellä tarpeeksi (enintään {most_months} kk)",
            sv="Av samma persons månader återstår tillräckligt många (högst {most_months} mån)",
            en="Enough of the same person's months are left (at most {most_months} months)",
        )
        .by("act 7 §")
    )
    not_twice = (
        (~facts.overlaps_earlier)
        .says(
            fi="Samalta ajalta ei ole jo myönnetty lisää",
            sv="Tillägg har inte redan beviljats för samma tid",
            en="No benefit has been granted for the same time already",
        )
        .by("act 7 §")
    )
    counts_as_aid = (
        any_of(~_association, facts.business_activity)
        .says(
            fi="Lisä on vähämerkityksistä tukea",
            sv="Tillägget är stöd av mindre betydelse",
            en="The benefit is de minimis aid",
        )
        .by("act 8 §")
    )
    aid_before = facts.aid.sum(
        facts.aid_cents,
        where=(facts.aid_granted_on > add_years(on_day, param("hiring-benefit.de_minimis_years")))
        & (facts.aid_granted_on <= on_day),
    ).says(
        fi="Vähämerkityksistä tukea kolmessa vuodessa",
        sv="Stöd av mindre betydelse på tre år",
        en="De minimis aid in three years",
    ).by("act 8 §")  # fmt: skip
    within_ceiling = (
        any_of(
            ~counts_as_aid,
            aid_before + facts.benefit_cents <= param("hiring-benefit.de_minimis_ceiling")[on_day],
        )
        .says(
            fi="Vähämerkityksistä tukea on tämän lisän kanssa enintään sallittu määrä",
            sv="Stödet av mindre betydelse är med detta tillägg högst det tillåtna beloppet",
            en="De minimis aid with this benefit is at most what is allowed",
        )
        .by("act 8 §", "(EU) 2023/2831, 3(2)")
    )
    eligible = all_of(
        employer, managed, resident, target_group, no_other_support, hours_enough, long_enough, short_enough, in_time,
        months_left, not_twice, within_ceiling,
    )  # fmt: skip

    outcome = "eligible"


NOT_COMPUTED: Final[dict[str, Text]] = {
    "1 §": text(
        fi="Toteava: kertoo, mihin lisä perustuu.",
        sv="Konstaterande: berättar vad tillägget grundar sig på.",
        en="Declaratory: tells what the benefit rests on.",
    ),
    "21 §": text(
        fi="Säilytysaikoja valvoo palvelun ajastettu työ, ei yksittäisen asian sääntö.",
        sv="Förvaringstiderna övervakas av tjänstens schemalagda jobb, inte av en regel för ett enskilt ärende.",
        en="Retention is watched by the service's scheduled job, not by a rule on one case.",
    ),
}
"""Paragraphs of the act that no rule computes, each with the reason."""
