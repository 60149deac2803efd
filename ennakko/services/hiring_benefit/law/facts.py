# SPDX-License-Identifier: EUPL-1.2
"""What the hiring benefit knows of employer, employee and work: told by the employer, or in our own ledger."""

from ennakko.facts.sources import EMPLOYER, OWN_SERVICES
from ennakko.rules.facts_api import Relation, fact
from ennakko.values.texts import text

OWN, TOLD = OWN_SERVICES.id, EMPLOYER.id

# --- of the employer

business_activity = fact(
    "business_activity", "bool", unknown=True, source=TOLD,
    label=text(fi="taloudellista toimintaa", sv="ekonomisk verksamhet", en="economic activity"),
    ask=text(
        fi="Onko yhdistyksellä taloudellista toimintaa?",
        sv="Har föreningen ekonomisk verksamhet?",
        en="Does the association have economic activity?",
    ),
)  # fmt: skip
manager_available = fact(
    "manager_available", "bool", unknown=True, source=TOLD,
    label=text(fi="lähiesihenkilö tavoitettavissa", sv="närmaste chef anträffbar", en="immediate manager available"),
    ask=text(
        fi="Onko työntekijällä yhdistyksessä lähiesihenkilö?",
        sv="Har den anställda en närmaste chef i föreningen?",
        en="Does the employee have an immediate manager in the association?",
    ),
)  # fmt: skip

aid = Relation(
    "aid",
    label=text(fi="saadut vähämerkityksiset tuet", sv="erhållna stöd av mindre betydelse", en="de minimis aid had"),
    persons=False,
    source=OWN,
)
"""De minimis aid of the employer: our own ledger and what the application tells."""
aid_granted_on = aid.fact(
    "granted_on", "date", label=text(fi="tuki myönnetty", sv="stödet beviljat", en="aid granted on")
)
aid_cents = aid.fact("aid_cents", "money", label=text(fi="tuen määrä", sv="stödets belopp", en="amount of aid"))

# --- of the employee

service_need_assessed = fact(
    "service_need_assessed", "bool", unknown=True, source=OWN,
    label=text(
        fi="kaupunki on arvioinut palvelutarpeen", sv="staden har bedömt servicebehovet",
        en="the city has assessed the need of service",
    ),
    ask=text(
        fi="Onko työntekijä saanut kaupungilta kortin tästä lisästä?",
        sv="Har den anställda fått ett kort om tillägget av staden?",
        en="Has the employee got a card of this benefit from the city?",
    ),
)  # fmt: skip
labour_market_days = fact(
    "labour_market_days", "int", unknown=True, source=TOLD,
    label=text(fi="työmarkkinatukipäiviä", sv="dagar med arbetsmarknadsstöd", en="days of labour market subsidy"),
    ask=text(
        fi="Montako päivää työntekijä on saanut työmarkkinatukea?",
        sv="Hur många dagar har den anställda fått arbetsmarknadsstöd?",
        en="For how many days has the employee had labour market subsidy?",
    ),
)  # fmt: skip

# --- of the work and what is applied for

pay_subsidy = fact(
    "pay_subsidy", "bool", unknown=True, source=TOLD,
    label=text(
        fi="palkkatuki tai 55 vuotta täyttäneen työllistämistuki",
        sv="lönesubvention eller sysselsättningsstöd för dem som fyllt 55",
        en="pay subsidy or the employment support of those over 55",
    ),
    ask=text(
        fi="Onko työhön myönnetty palkkatukea tai 55 vuotta täyttäneen työllistämistukea?",
        sv="Har lönesubvention eller sysselsättningsstöd för dem som fyllt 55 beviljats för arbetet?",
        en="Has pay subsidy or the employment support of those over 55 been granted for the work?",
    ),
)  # fmt: skip
disability_subsidy = fact(
    "disability_subsidy", "bool", unknown=True, source=TOLD,
    label=text(
        fi="palkkatuki vamman tai sairauden perusteella", sv="lönesubvention på grund av skada eller sjukdom",
        en="pay subsidy for a disability or illness",
    ),
    sensitivity="special",
    ask=text(
        fi="Onko palkkatuki myönnetty vamman tai sairauden perusteella?",
        sv="Har lönesubventionen beviljats på grund av skada eller sjukdom?",
        en="Has the pay subsidy been granted for a disability or illness?",
    ),
)  # fmt: skip
apprenticeship = fact(
    "apprenticeship", "bool", unknown=True, source=TOLD,
    label=text(fi="oppisopimus", sv="läroavtal", en="apprenticeship"),
    ask=text(fi="Onko kyse oppisopimuksesta?", sv="Är det fråga om läroavtal?", en="Is it an apprenticeship?"),
)  # fmt: skip
weekly_hours = fact(
    "weekly_hours", "int", unknown=True, source=TOLD,
    label=text(fi="työaika viikossa, tuntia", sv="arbetstid per vecka, timmar", en="working time a week, hours"),
    ask=text(
        fi="Montako tuntia viikossa työtä on?", sv="Hur många timmar per vecka är arbetet?",
        en="How many hours a week is the work?",
    ),
)  # fmt: skip
benefit_start = fact(
    "benefit_start", "date", source=TOLD,
    label=text(fi="lisä alkaa", sv="tillägget börjar", en="the benefit begins"),
    ask=text(fi="Mistä päivästä lisää haetaan?", sv="Från vilken dag söks tillägget?", en="From which day?"),
)  # fmt: skip
benefit_end = fact(
    "benefit_end", "date", source=TOLD,
    label=text(fi="lisä päättyy", sv="tillägget slutar", en="the benefit ends"),
    ask=text(fi="Mihin päivään lisää haetaan?", sv="Till vilken dag söks tillägget?", en="Until which day?"),
)  # fmt: skip
rules_of = fact(
    "rules_of", "date", unknown=True, source=OWN,
    label=text(
        fi="päivä, jonka ehtoja sovelletaan", sv="dag vars villkor tillämpas", en="day whose conditions apply"
    ),
)  # fmt: skip
"""Given where other conditions are applied than those of the benefit's first day."""
applied_on = fact(
    "applied_on", "date", source=OWN,
    label=text(fi="hakemus saapui", sv="ansökan kom in", en="application arrived"),
)  # fmt: skip
benefit_cents = fact(
    "benefit_cents", "money", source=OWN,
    label=text(fi="lisä yhteensä", sv="tillägget sammanlagt", en="the benefit in all"),
)  # fmt: skip
"""What `hiring-benefit.amount` came to."""
used_days = fact(
    "used_days", "int", source=OWN,
    label=text(
        fi="aiempien lisien päiviä, kuukaudessa 30", sv="dagar av tidigare tillägg, 30 i månaden",
        en="days of earlier benefits, 30 to a month",
    ),
)  # fmt: skip
"""What `hiring-benefit.previous-benefits` counted."""
overlaps_earlier = fact(
    "overlaps_earlier", "bool", source=OWN,
    label=text(
        fi="samalta ajalta on jo lisä", sv="tillägg finns redan för samma tid",
        en="there is a benefit for the same time already",
    ),
)  # fmt: skip
