# SPDX-License-Identifier: Apache-2.0
"""A voucher and a fee made up for the tests: facts, parameters and two rules that no list shows."""

from __future__ import annotations

from datetime import date
from functools import partial

from ennakko.rules import Relation, Rule, aged, at_least, at_most, choose, param, source, turns, whole_euros
from ennakko.rules.facts_api import fact as declare
from ennakko.rules.parameter_files import parse
from ennakko.rules.parameters import ParameterBook
from ennakko.values.texts import Text, text


def same(word: str) -> Text:
    return text(fi=word, sv=word, en=word)


# In no catalogue: other tests go through it.
fact = partial(declare, listed=False)

source(
    "sample-school", title=text(fi="koulurekisteri", sv="skolregistret", en="school register"), controller=same("koulu")
)
born = fact("sample_born", "date", label=text(fi="syntymäaika", sv="födelsedatum", en="date of birth"), source="sample")
home = fact("sample_home", "code", label=text(fi="kotikunta", sv="hemkommun", en="municipality"), source="sample")
grade = fact(
    "sample_grade", "int", unknown=True, label=text(fi="luokka-aste", sv="årskurs", en="grade"), source="sample-school"
)
wishes = fact(
    "sample_wishes",
    "bool",
    unknown=True,
    label=text(fi="oma toive", sv="eget önskemål", en="own wish"),
    source="resident",
    ask=text(fi="Haluatko setelin?", sv="Vill du ha sedeln?", en="Would you like the voucher?"),
)
given = fact("sample_given", "bool", label=text(fi="seteli annettu", sv="sedel given", en="given"), source="sample")
key = fact("sample_key", "int", label=same("key"), source="sample")
income = fact(
    "sample_income", "money", unknown=True, label=text(fi="tulot", sv="inkomster", en="income"), source="sample-incomes"
)
rent = fact("sample_rent", "money", label=same("rent"), source="sample", json="euros")
hours = fact("sample_hours", "int", label=same("hours"), source="sample")
household = Relation("sample_household", label=text(fi="talous", sv="hushåll", en="household"), listed=False)

PARAMETERS = """
[[ages]]
from = 2024-01-01
value = [16]
source = "Kaupunginhallitus 2023 § 780"
[[ages]]
from = 2026-01-01
value = [16, 17]
source = "Kaupunginhallitus 2025 § 800"

[[value]]
from = 2022-01-01
until = 2026-12-31
euros = "350.50"
source = "Kaupunginhallitus § 780"
[[value]]
from = 2027-01-01
not_decided = true
ask = { fi = "kaupunginhallitus", sv = "stadsstyrelsen", en = "the city board" }
source = "ei päätöstä"

[[limit]]
from = 2023-03-01
steps = { 2 = { euros = 3874 }, 3 = { euros = 4998 }, 4 = { euros = 5675 } }
source = "1503/2016 § 7"

[[highest]]
from = 2023-03-01
euros = 295
source = "1503/2016 § 5"
"""
BOOK = ParameterBook(parse(PARAMETERS, service="sample", origin="sample/law/parameters.toml"))
ON = date(2026, 4, 15)


class Voucher(Rule, registered=False):
    id = "sample.voucher"
    title = text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher")
    scope = ~aged(born, 30)
    resident = (home == "091").says(fi="asuu Helsingissä", sv="bor i Helsingfors", en="lives in Helsinki").by("§ 1")
    ninth = (grade == 9).says(fi="on 9. luokalla", sv="går i årskurs 9", en="is in the 9th grade")
    right_age = turns(born, param("sample.ages")).says(
        fi="täyttää tänä vuonna {ages}", sv="fyller {ages} i år", en="turns {ages} this year"
    )
    unused = (~given).says(fi="ei ole saanut seteliä", sv="har inte fått någon sedel", en="has had no voucher")
    entitled = resident & (ninth | right_age) & unused
    value = choose((entitled, param("sample.value")), otherwise=0).says(
        fi="setelin arvo", sv="sedelns värde", en="value of the voucher"
    )
    outcome = "entitled"
    amount = "value"


class Fee(Rule, registered=False):
    id = "sample.fee"
    title = text(fi="Maksu", sv="Avgift", en="Fee")
    _adult = aged(born, 18)
    family = household.count()
    earned = household.sum(income, where=_adult).says(
        fi="perheen tulot", sv="familjens inkomster", en="the family's income"
    )
    limit = param("sample.limit")[family].says(fi="tuloraja", sv="inkomstgräns", en="income limit").by("1503/2016 § 7")
    first = at_most(whole_euros(at_least(earned - limit, 0), rate=107, per=1000), param("sample.highest"))
    place = household.place(born, tie=key, where=~_adult, descending=True)
    share = choose((place == 1, 100), (place == 2, 40), otherwise=20)
    fee = whole_euros(first, rate=share, per=100).says(
        fi="maksu {value}, sisarosuus {share} %",
        sv="avgift {value}, andel {share} %",
        en="fee {value}, share {share} %",
    )
    pays = fee > 0
    outcome = "pays"
    amount = "fee"
    direction = "fee"


def youth(**changed: object) -> dict[str, object]:
    """A sixteen-year-old of Helsinki in the ninth grade, without a voucher."""
    return {
        "sample_born": date(2010, 5, 31),
        "sample_home": "091",
        "sample_grade": 9,
        "sample_given": False,
        **changed,
    }


def member(key: int, birth: date, **facts: object) -> dict[str, object]:
    """A person of a household."""
    return {"sample_key": key, "sample_born": birth, **facts}
