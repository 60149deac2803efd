# SPDX-License-Identifier: EUPL-1.2
"""What is known of an employer's claim for one voucher, by the names that its rule reads; `None` is "not known"."""

from __future__ import annotations

from typing import Final

from ennakko.facts.sources import EMPLOYER, TAX_DEBTS
from ennakko.rules import fact
from ennakko.values.texts import text

HUNDREDTHS: Final = 100
"""Hours are whole hundredths of an hour: 60,5 hours is 6050."""

_OWN = "own-services"

voucher_found = fact(
    "voucher_found", "bool", unknown=True, source=_OWN,
    label=text(fi="setelin numero on olemassa", sv="sedelns nummer finns", en="the voucher number exists"),
    ask=text(fi="Mikä on setelin numero?", sv="Vilket är sedelns nummer?", en="What is the number of the voucher?"),
)  # fmt: skip
"""Whether the typed number has right check digits and is the number of a voucher."""
surname_fits = fact(
    "surname_fits", "bool", unknown=True, source=_OWN,
    label=text(fi="sukunimi kuuluu setelille", sv="efternamnet hör till sedeln", en="the surname fits the voucher"),
    ask=text(fi="Mikä on nuoren sukunimi?", sv="Vad heter den unga i efternamn?", en="What is the youth's surname?"),
)  # fmt: skip
voucher_year = fact(
    "voucher_year", "int", unknown=True, source=_OWN,
    label=text(fi="setelin vuosi", sv="sedelns år", en="year of the voucher"),
)  # fmt: skip
voucher_state = fact(
    "voucher_state", "code", unknown=True, source=_OWN,
    label=text(fi="setelin tila", sv="sedelns status", en="state of the voucher"),
)  # fmt: skip
"""issued, declined, voided or reissued."""
used_by = fact(
    "used_by", "code", unknown=True, source=_OWN,
    label=text(
        fi="hakemus, jossa seteli on käytetty", sv="ansökan där sedeln använts", en="claim that has used the voucher"
    ),
)  # fmt: skip
"""Reference of another claim sent or accepted with this voucher, "" when there is none (drafts do not count)."""
work_start = fact(
    "work_start", "date", unknown=True, source=EMPLOYER.id,
    label=text(fi="työ alkoi", sv="arbetet började", en="work began"),
    ask=text(fi="Mistä päivästä nuori työskenteli?", sv="Vilken dag började den unga arbeta?",
             en="On which day did the youth begin to work?"),
)  # fmt: skip
work_end = fact(
    "work_end", "date", unknown=True, source=EMPLOYER.id,
    label=text(fi="työ päättyi", sv="arbetet upphörde", en="work ended"),
    ask=text(fi="Mikä oli viimeinen työpäivä?", sv="Vilken var den sista arbetsdagen?",
             en="Which was the last day of work?"),
)  # fmt: skip
"""The last day of work, included."""
hours = fact(
    "hours", "int", unknown=True, source=EMPLOYER.id,
    label=text(fi="työtunnit (sadasosina)", sv="arbetstimmar (i hundradelar)", en="hours of work (in hundredths)"),
    ask=text(fi="Montako tuntia nuori työskenteli?", sv="Hur många timmar arbetade den unga?",
             en="How many hours did the youth work?"),
)  # fmt: skip
pay_cents = fact(
    "pay_cents", "money", unknown=True, source=EMPLOYER.id,
    label=text(fi="maksettu bruttopalkka", sv="utbetald bruttolön", en="gross pay"),
    ask=text(fi="Paljonko nuorelle maksettiin palkkaa?", sv="Hur mycket lön betalades?",
             en="How much was the youth paid?"),
)  # fmt: skip
claimed_on = fact(
    "claimed_on", "date", unknown=True, source=_OWN,
    label=text(fi="hakemus saapui", sv="ansökan kom in", en="claim arrived"),
)  # fmt: skip
tax_debt = fact(
    "tax_debt", "bool", unknown=True, source=TAX_DEBTS.id,
    label=text(fi="työnantajalla on verovelkaa", sv="arbetsgivaren har skatteskuld", en="the employer has tax debt"),
)  # fmt: skip
payment_plan = fact(
    "payment_plan", "bool", unknown=True, source=TAX_DEBTS.id,
    label=text(
        fi="verovelasta on maksujärjestely", sv="det finns en betalningsplan för skatteskulden",
        en="there is a payment arrangement for the tax debt",
    ),
)  # fmt: skip
contract_given = fact(
    "contract_given", "bool", unknown=True, source=_OWN,
    label=text(fi="työsopimus on liitteenä", sv="arbetsavtalet är bifogat", en="the employment contract is attached"),
)  # fmt: skip
payslip_given = fact(
    "payslip_given", "bool", unknown=True, source=_OWN,
    label=text(fi="palkkalaskelma on liitteenä", sv="lönespecifikationen är bifogad", en="the payslip is attached"),
)  # fmt: skip
wages_confirmed = fact(
    "wages_confirmed", "bool", unknown=True, source=_OWN,
    label=text(
        fi="tulorekisteri vahvistaa palkan", sv="inkomstregistret bekräftar lönen",
        en="the Incomes Register confirms the pay",
    ),
)  # fmt: skip
"""Whether the register showed at least this pay by this employer in the period; unknown where it was not asked."""
employer_claims_this_year = fact(
    "employer_claims_this_year", "int", unknown=True, source=_OWN,
    label=text(
        fi="työnantajan muut hakemukset samasta vuodesta", sv="arbetsgivarens andra ansökningar samma år",
        en="the employer's other claims of the same year",
    ),
)  # fmt: skip
"""Vouchers of the same year in the employer's other claims that were sent and not rejected."""
city_claims_this_year = fact(
    "city_claims_this_year", "int", unknown=True, source=_OWN,
    label=text(
        fi="kaikki muut hakemukset samasta vuodesta", sv="alla andra ansökningar samma år",
        en="all other claims of the same year",
    ),
)  # fmt: skip
"""Vouchers of the same year in everybody's other claims that were sent and not rejected."""
budget_left_cents = fact(
    "budget_left_cents", "money", unknown=True, source=_OWN,
    label=text(fi="määrärahaa jäljellä", sv="anslag kvar", en="budget left"),
)  # fmt: skip
"""What the year's budget still holds before this claim."""
iban_valid = fact(
    "iban_valid", "bool", unknown=True, source=EMPLOYER.id,
    label=text(fi="tilinumero on oikein", sv="kontonumret är rätt", en="the account number is right"),
    ask=text(fi="Mille tilille tuki maksetaan?", sv="Till vilket konto betalas stödet?",
             en="To which account is the sum paid?"),
)  # fmt: skip
foreign_account_complete = fact(
    "foreign_account_complete", "bool", unknown=True, source=EMPLOYER.id,
    label=text(
        fi="ulkomaisen tilin tiedot ovat täydelliset", sv="det utländska kontots uppgifter är fullständiga",
        en="the details of a foreign account are complete",
    ),
)  # fmt: skip
"""True also for an account in Finland, which needs no more than its number."""
self_hire = fact(
    "self_hire", "bool", unknown=True, source=_OWN,
    label=text(
        fi="nuori edustaa itse työnantajaa", sv="den unga företräder själv arbetsgivaren",
        en="the youth represents the employer",
    ),
)  # fmt: skip
account_shared = fact(
    "account_shared", "bool", unknown=True, source=_OWN,
    label=text(
        fi="sama tili on toisella työnantajalla", sv="en annan arbetsgivare har samma konto",
        en="another employer has the same account",
    ),
)  # fmt: skip
figures_confirmed = fact(
    "figures_confirmed", "bool", unknown=True, source=EMPLOYER.id,
    label=text(
        fi="työnantaja vahvistaa tiedot sellaisinaan", sv="arbetsgivaren bekräftar uppgifterna som de är",
        en="the employer confirms the details as they are",
    ),
)  # fmt: skip
"""True when the employer, told what does not fit, sends the claim all the same: then a person decides."""
