# SPDX-License-Identifier: EUPL-1.2
"""The conditions of an employer's claim for one voucher (act 15–20 §): R1–R14, what each failing one means, the sum.

The city's figures are those of the voucher's own year, whenever the claim is sent or judged.
"""

from __future__ import annotations

from typing import Final

from ennakko.facts.business import employer_kind
from ennakko.facts.population import birth_date
from ennakko.rules import (
    Expression,
    Rule,
    add_years,
    all_of,
    any_of,
    at_least,
    choose,
    days_between,
    param,
    year,
)
from ennakko.rules.expressions import YearlyParameter
from ennakko.services.summer_voucher.law.claim_facts import (
    HUNDREDTHS,
    account_shared,
    budget_left_cents,
    city_claims_this_year,
    claimed_on,
    contract_given,
    employer_claims_this_year,
    figures_confirmed,
    foreign_account_complete,
    hours,
    iban_valid,
    pay_cents,
    payment_plan,
    payslip_given,
    self_hire,
    surname_fits,
    tax_debt,
    used_by,
    voucher_found,
    voucher_state,
    voucher_year,
    wages_confirmed,
    work_end,
    work_start,
)
from ennakko.values.texts import text

WEEK: Final = 7
USABLE: Final = "issued"
"""The one state in which a voucher can be used."""


def _figure(name: str, kind: str | None = None) -> YearlyParameter:
    """A figure of the voucher's own year."""
    return param(f"summer-voucher.{name}", kind).in_year(voucher_year)


def _fails(condition: Expression) -> Expression:
    """Known not to hold: what is not known is no reason to turn anybody down."""
    return (~condition).or_else(False)


def _open(condition: Expression) -> Expression:
    return ~condition.is_known()


class ClaimConditions(Rule):
    """A claim is ready to be accepted when R1–R14 hold; `result` says what follows when one does not or is unknown."""

    id = "summer-voucher.claim-conditions"
    title = text(
        fi="Työnantajan kesäsetelihakemuksen ehdot",
        sv="Villkor för arbetsgivarens ansökan om sommarsedeln",
        en="Conditions of the employer's claim for the summer job voucher",
    )

    season_start = _figure("work_start", "date")
    season_end = _figure("work_end", "date")
    least_hours = _figure("min_hours", "int")
    least_pay = _figure("min_pay", "money")
    least_a_week = _figure("weekly_hours", "int")
    pay_rises = _figure("pay_by_hours", "bool")
    deadline = _figure("claim_deadline", "date")

    _days = at_least(days_between(work_start, work_end) + 1, 1)

    r1_voucher = (
        (voucher_found & surname_fits)
        .says(
            fi="Setelin numero löytyy ja nuoren sukunimi kuuluu siihen",
            sv="Sedelns nummer finns och den ungas efternamn hör till den",
            en="The voucher number exists and the youth's surname belongs to it",
        )
        .by("act 15 § 1")
    )
    r2_unused = (
        ((voucher_state == USABLE) & (used_by == ""))
        .says(
            fi="Seteli on voimassa, eikä sitä ole käytetty toisessa hakemuksessa",
            sv="Sedeln är i kraft och har inte använts i en annan ansökan",
            en="The voucher is valid and has not been used in another claim",
        )
        .by("act 15 § 2")
    )
    r2_season = (
        ((voucher_year == year(claimed_on)) | (claimed_on <= deadline))
        .says(
            fi="Seteli on hakemuksen vuodelta, tai sen vuoden hakuaika on auki",
            sv="Sedeln är från ansökningsåret, eller så är dess års ansökningstid öppen",
            en="The voucher is of the year of the claim, or its year's time for claims is open",
        )
        .by("act 15 § 2")
    )
    r3_employer = (
        employer_kind.is_in(_figure("allowed_employers", "set"))
        .says(
            fi="Työnantaja voi käyttää seteliä: se ei ole kunta, valtio eikä yksityishenkilö",
            sv="Arbetsgivaren kan använda sedeln: den är inte en kommun, staten eller en privatperson",
            en="The employer may use the voucher: it is no municipality, state body or private person",
        )
        .by("act 16 §")
    )
    r4_period = (
        ((work_start <= work_end) & (work_start >= season_start) & (work_end <= season_end))
        .says(
            fi="Työ on tehty työkaudella {season_start}–{season_end}",
            sv="Arbetet har utförts under säsongen {season_start}–{season_end}",
            en="The work was done in the season {season_start} – {season_end}",
        )
        .by("act 17 § 1")
    )
    r5_hours = (
        (hours >= least_hours * HUNDREDTHS)
        .says(
            fi="Työtunteja on vähintään {least_hours}",
            sv="Arbetstimmarna är minst {least_hours}",
            en="There are at least {least_hours} hours of work",
        )
        .by("act 17 § 2")
    )
    r6_weekly = (
        (hours * WEEK >= least_a_week * HUNDREDTHS * _days)
        .says(
            fi="Työtä on keskimäärin vähintään {least_a_week} tuntia viikossa",
            sv="Arbetstiden är i genomsnitt minst {least_a_week} timmar per vecka",
            en="There are on average at least {least_a_week} hours of work a week",
        )
        .by("act 17 § 3")
    )
    r7_pay = (
        ((pay_cents >= least_pay) & (~pay_rises | (pay_cents * HUNDREDTHS * least_hours >= least_pay * hours)))
        .says(
            fi="Palkka on vähintään {least_pay}, ja samassa suhteessa enemmän, kun tunteja on yli {least_hours}",
            sv="Lönen är minst {least_pay}, och i samma proportion högre när timmarna är fler än {least_hours}",
            en="The pay is at least {least_pay}, and in proportion more for more than {least_hours} hours",
        )
        .by("act 17 § 4")
    )

    # Working time by age (Young Workers Act 998/1993). Only the whole period is told, so its averages are judged.
    _adult = work_start >= add_years(birth_date, param("summer-voucher.adult_worker_age"))
    _full = work_start >= add_years(birth_date, param("summer-voucher.full_worker_age"))
    old_enough = year(work_start) - year(birth_date) >= param("summer-voucher.youngest_worker")
    day_kept = choose(
        (_adult, True),
        (_full, hours <= param("summer-voucher.young_day_hours", "int") * HUNDREDTHS * _days),
        otherwise=hours <= param("summer-voucher.child_day_hours", "int") * HUNDREDTHS * _days,
    )
    week_kept = choose(
        (_adult, True),
        (_full, hours * WEEK <= param("summer-voucher.young_week_hours", "int") * HUNDREDTHS * at_least(_days, WEEK)),
        otherwise=(
            hours * WEEK <= param("summer-voucher.child_week_hours", "int") * HUNDREDTHS * at_least(_days, WEEK)
        ),
    )
    # The season of work is the school's summer holiday: nothing else of the holidays is known here.
    holiday_kept = _full | (_days * 2 <= days_between(season_start, season_end) + 1)
    r8_lawful = (
        all_of(old_enough, day_kept, week_kept, holiday_kept)
        .says(
            fi="Työaika mahtuu nuoren iän mukaisiin rajoihin",
            sv="Arbetstiden ryms inom gränserna för den ungas ålder",
            en="The working time keeps within the limits of the youth's age",
        )
        .by("act 18 §", "998/1993 2 §, 4 §, 6 §")
    )
    r9_deadline = (
        (claimed_on <= deadline)
        .says(
            fi="Hakemus saapui viimeistään {deadline}",
            sv="Ansökan kom in senast {deadline}",
            en="The claim arrived by {deadline}",
        )
        .by("act 19 § 1")
    )
    r10_taxes = (
        (~tax_debt | payment_plan)
        .says(
            fi="Työnantajalla ei ole verovelkaa, tai siitä on maksujärjestely",
            sv="Arbetsgivaren har ingen skatteskuld, eller så finns det en betalningsplan",
            en="The employer has no tax debt, or there is a payment arrangement for it",
        )
        .by("act 16 §")
    )
    r11_proof = (
        ((contract_given & payslip_given) | wages_confirmed)
        .says(
            fi="Työsopimus ja palkkalaskelma on annettu, tai tulorekisteri vahvistaa palkan",
            sv="Arbetsavtalet och lönespecifikationen har getts, eller så bekräftar inkomstregistret lönen",
            en="The employment contract and the payslip are given, or the Incomes Register confirms the pay",
        )
        .by("act 19 § 2")
    )

    worth = _figure("voucher_value", "money") + _figure("value_addition")[hours // HUNDREDTHS]
    _per_employer = _figure("cap_per_employer", "int")
    _of_all = _figure("cap_of_vouchers", "int")
    _budget = _figure("budget", "money")
    r12_room = (
        all_of(
            (_per_employer == 0) | (employer_claims_this_year < _per_employer),
            (_of_all == 0) | (city_claims_this_year < _of_all),
            (_budget == 0) | (budget_left_cents >= worth),
        )
        .says(
            fi="Setelien määrän rajat ja vuoden määräraha riittävät",
            sv="Gränserna för antalet sedlar och årets anslag räcker till",
            en="The limits on the number of vouchers and the year's budget suffice",
        )
        .by("act 20 § 2")
    )
    r13_account = (
        (iban_valid & foreign_account_complete)
        .says(
            fi="Tilinumero on oikein, ja ulkomaisesta tilistä on kaikki tiedot",
            sv="Kontonumret är rätt, och alla uppgifter om ett utländskt konto finns",
            en="The account number is right, and the details of a foreign account are complete",
        )
        .by("act 19 § 3")
    )
    r14_apart = (
        (~self_hire & ~account_shared)
        .says(
            fi="Nuori ei edusta työnantajaa, eikä tili ole toisen työnantajan",
            sv="Den unga företräder inte arbetsgivaren, och kontot är inte en annan arbetsgivares",
            en="The youth does not represent the employer, and the account is no other employer's",
        )
        .by("act 16 §")
    )

    ready = all_of(
        r1_voucher, r2_unused, r2_season, r3_employer, r4_period, r5_hours, r6_weekly, r7_pay, r8_lawful, r9_deadline,
        r10_taxes, r11_proof, r12_room, r13_account, r14_apart,
    )  # fmt: skip
    value = (
        choose((ready, worth), otherwise=0)
        .says(fi="Maksettava summa: {value}", sv="Summa som betalas: {value}", en="Sum to be paid: {value}")
        .by("act 20 § 1")
    )

    # What follows. Who says that the details are right as they are gets a decision by a person, not the same question
    # again; only an account that cannot be paid to is always corrected.
    _mistaken = any_of(*(_fails(each) for each in (r1_voucher, r2_unused, r4_period, r5_hours, r7_pay)))
    _insists = figures_confirmed.or_else(False)
    to_reject = any_of(_fails(r2_season), _fails(r3_employer), _fails(r9_deadline), _mistaken & _insists)
    to_correct = (_mistaken & ~_insists) | _fails(r13_account)
    to_ask = any_of(
        _fails(r11_proof), _open(r11_proof), _open(r1_voucher), _open(work_start), _open(work_end), _open(hours),
        _open(pay_cents), _open(r13_account),
    )  # fmt: skip
    result = choose(
        (ready.or_else(False), "ready"),
        (to_reject, "reject"),
        (to_correct, "correct"),
        (to_ask, "ask"),
        otherwise="manual",
    )

    outcome = "ready"
    amount = "value"
    direction = "benefit"
