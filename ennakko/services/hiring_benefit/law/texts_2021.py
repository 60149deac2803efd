# SPDX-License-Identifier: EUPL-1.2
"""What the calculation says in every language: the same words to the applicant, the handler and in the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, Final

from ennakko.values.dates import format_date
from ennakko.values.money import format_money, round_half_up
from ennakko.values.periods import Period
from ennakko.values.texts import LANGUAGES, Text, text

Maker = tuple[Callable[..., Text], tuple[Any, ...]]


def span(start: date, end: date) -> Text:
    """Days from start to end as people write them."""
    if start <= end:
        return _each(Period(start, end).format)
    return _each(lambda language: f"{format_date(start, language)} – {format_date(end, language)}")


def day(value: date) -> Text:
    """A day as people write it."""
    return _each(lambda language: format_date(value, language))


def plain(value: object) -> Text:
    """A value that is written alike in every language."""
    return _each(lambda _: str(value))


def money(cents: int) -> Text:
    """A sum as people write it."""
    return _each(lambda language: format_money(cents, language))


def number(value: Fraction, decimals: int = 2) -> Text:
    """A number with at most so many decimals, halves up; no needless zeros."""
    scale = 10**decimals
    whole, rest = divmod(abs(round_half_up(value.numerator * scale, value.denominator)), scale)
    digits = f"{rest:0{decimals}}".rstrip("0")
    sign = "−" if value < 0 else ""
    return _each(
        lambda language: sign + (f"{whole}{'.' if language == 'en' else ','}{digits}" if digits else f"{whole}")
    )


def later(template: Text, **makers: Maker) -> Callable[[], Text]:
    """A sentence made only where somebody reads it: `later(TOTAL, value=(money, (180000,)))`."""
    return partial(_made, template, makers)


def _made(template: Text, makers: dict[str, Maker]) -> Text:
    return template.format(**{name: make(*given) for name, (make, given) in makers.items()})


def _each(words: Callable[[str], str]) -> Text:
    fi, sv, en = (words(language) for language in LANGUAGES)
    return Text(fi, sv, en)


FIELDS: Final = {
    "granted_start": text(fi="tukiajan alku", sv="stödperiodens början", en="first day of the period"),
    "granted_end": text(fi="tukiajan loppu", sv="stödperiodens slut", en="last day of the period"),
    "monthly_pay": text(fi="kuukausipalkka", sv="månadslön", en="monthly pay"),
    "vacation_money": text(fi="lomaraha", sv="semesterpenning", en="vacation money"),
    "other_expenses": text(fi="muut palkkauskustannukset", sv="övriga lönekostnader", en="other hiring costs"),
    "state_aid_max_percentage": text(
        fi="tukien enimmäisosuus kustannuksista", sv="stödens högsta andel av kostnaderna",
        en="highest share of the costs that aids cover",
    ),
    "override_monthly_benefit_amount": text(
        fi="käsin annettu määrä", sv="belopp som ges manuellt", en="amount given by hand"
    ),
    "pay_subsidy_start_date": text(fi="palkkatuen alku", sv="subventionens början", en="first day of the pay subsidy"),
    "pay_subsidy_end_date": text(fi="palkkatuen loppu", sv="subventionens slut", en="last day of the pay subsidy"),
    "pay_subsidies": text(fi="palkkatuen päivät", sv="lönesubventionens dagar", en="days of the pay subsidy"),
    "training_compensations": text(
        fi="koulutuskorvauksen tiedot", sv="utbildningsersättningens uppgifter", en="details of the compensation"
    ),
}  # fmt: skip
"""What people call a field of a case."""


def fields(names: Iterable[str]) -> Text:
    """Fields by what people call them, one after another; a row's by the name of its rows."""
    called = list(dict.fromkeys(FIELDS.get(name.partition("[")[0]) or plain(name) for name in names))
    return _each(lambda language: ", ".join(one.in_(language) for one in called))


# --- what a calculation did

RULE_SET: Final = text(
    fi="Sovelletaan ehtoja, jotka ovat voimassa {start} alkavassa lisässä.",
    sv="De villkor tillämpas som gäller för tillägg som börjar {start}.",
    en="The conditions in force for a benefit that begins on {start} apply.",
)
RULE_SET_NAMED: Final = text(
    fi="Sovelletaan ehtoja {name}.", sv="Villkoren {name} tillämpas.", en="The conditions {name} apply."
)
COSTS: Final = text(
    fi="Palkkauskustannukset ovat {value} kuukaudessa: palkka {pay}, lomaraha {vacation}, muut kustannukset {other}.",
    sv="Lönekostnaderna är {value} i månaden: lön {pay}, semesterpenning {vacation}, övriga kostnader {other}.",
    en="The hiring costs are {value} a month: pay {pay}, vacation money {vacation}, other costs {other}.",
)
SHARE: Final = text(
    fi="Tuet saavat kattaa niistä enintään {share} % eli {value} kuukaudessa.",
    sv="Stöden får täcka högst {share} % av dem, {value} i månaden.",
    en="Aids may cover at most {share} % of them, {value} a month.",
)
HIGHEST: Final = text(
    fi="Lisää maksetaan enintään {value} kuukaudessa.",
    sv="Tillägget är högst {value} i månaden.",
    en="The benefit is at most {value} a month.",
)
HIGHEST_SUBSIDISED: Final = text(
    fi="Lisää maksetaan enintään {value} kuukaudessa, koska työhön saadaan palkkatukea.",
    sv="Tillägget är högst {value} i månaden, eftersom lönesubvention fås för arbetet.",
    en="The benefit is at most {value} a month, because pay subsidy is had for the work.",
)
NO_HIGHEST: Final = text(
    fi="Lisällä ei ole enimmäismäärää kuukaudessa.",
    sv="Tillägget har inget maximibelopp per månad.",
    en="The benefit has no highest amount a month.",
)
PAY_SUBSIDY: Final = text(
    fi="{days}: palkkatuki {percent} % on {value} kuukaudessa. Se vähennetään.",
    sv="{days}: lönesubventionen på {percent} % är {value} i månaden. Den dras av.",
    en="{days}: the pay subsidy of {percent} % is {value} a month. It is taken off.",
)
PAY_SUBSIDY_CAPPED: Final = text(
    fi="{days}: palkkatuki {percent} % on enimmäismääränsä {value} kuukaudessa. Se vähennetään.",
    sv="{days}: lönesubventionen på {percent} % är sitt maximibelopp {value} i månaden. Den dras av.",
    en="{days}: the pay subsidy of {percent} % is its highest, {value} a month. It is taken off.",
)
TRAINING: Final = text(
    fi="{days}: koulutuskorvaus on {value} kuukaudessa. Se vähennetään.",
    sv="{days}: utbildningsersättningen är {value} i månaden. Den dras av.",
    en="{days}: the training compensation is {value} a month. It is taken off.",
)
MONTHLY: Final = text(
    fi="{days}: lisä on {value} kuukaudessa.",
    sv="{days}: tillägget är {value} i månaden.",
    en="{days}: the benefit is {value} a month.",
)
SUBTOTAL: Final = text(
    fi="{days}: {months} kk × {monthly} = {value}.",
    sv="{days}: {months} mån × {monthly} = {value}.",
    en="{days}: {months} months × {monthly} = {value}.",
)
EMPLOYMENT: Final = text(
    fi="Työllistämisen lisä on {value} kuukaudessa.",
    sv="Sysselsättningstillägget är {value} i månaden.",
    en="The employment benefit is {value} a month.",
)
MANUAL: Final = text(
    fi="Käsittelijä on antanut määräksi {value} kuukaudessa. Perustelu: {comment}",
    sv="Handläggaren har angett beloppet {value} i månaden. Motivering: {comment}",
    en="The handler has set the amount at {value} a month. Reason: {comment}",
)
NO_COMMENT: Final = text(fi="puuttuu", sv="saknas", en="missing")
COMMISSION: Final = text(
    fi="Toimeksiannon lisää ei enää lasketa.",
    sv="Uppdragstillägget beräknas inte längre.",
    en="The commission benefit is no longer calculated.",
)
TOTAL: Final = text(
    fi="Lisä on yhteensä {value} ajalta {days}.",
    sv="Tillägget är sammanlagt {value} för tiden {days}.",
    en="The benefit is {value} in all for {days}.",
)
NOT_YET: Final = text(
    fi="Määrä lasketaan, kun tiedetään: {fields}.",
    sv="Beloppet beräknas när följande är känt: {fields}.",
    en="The amount is calculated when these are known: {fields}.",
)

# --- why it cannot be calculated as it is

END_BEFORE_START: Final = text(
    fi="Tukiaika päättyy ennen kuin se alkaa. Korjaa päivät.",
    sv="Stödperioden slutar innan den börjar. Rätta datumen.",
    en="The period ends before it begins. Put the days right.",
)
NEGATIVE: Final = text(
    fi="Summa {field} on alle nollan. Anna summa ilman miinusmerkkiä.",
    sv="Beloppet {field} är under noll. Ange det utan minustecken.",
    en="The sum {field} is below zero. Give it without the minus sign.",
)
COMMENT_ALONE: Final = text(
    fi="Perustelu kuuluu vain käsin annettuun määrään. Poista perustelu tai anna määrä.",
    sv="En motivering hör bara till ett belopp som ges manuellt. Ta bort motiveringen eller ange beloppet.",
    en="A reason belongs only to an amount given by hand. Take the reason away or give the amount.",
)
MANUAL_TOO_HIGH: Final = text(
    fi="Käsin annettu määrä on enintään {highest} kuukaudessa. Pienennä määrää.",
    sv="Ett belopp som ges manuellt är högst {highest} i månaden. Minska beloppet.",
    en="An amount given by hand is at most {highest} a month. Make it smaller.",
)
UNKNOWN_PERCENT: Final = text(
    fi="Palkkatukea {percent} % ei ole näissä ehdoissa. Mahdolliset prosentit: {known}.",
    sv="Det finns ingen lönesubvention på {percent} % i dessa villkor. Möjliga procentsatser: {known}.",
    en="These conditions have no pay subsidy of {percent} %. Possible percentages: {known}.",
)
FORM_NOT_GRANTED: Final = text(
    fi="Työllistämisen lisää ei enää myönnetä {start} alkavaan työhön. Valitse palkan lisä.",
    sv="Sysselsättningstillägg beviljas inte längre för arbete som börjar {start}. Välj lönetillägg.",
    en="The employment benefit is no longer granted for work that begins on {start}. Choose the salary benefit.",
)
ROW_ENDS_FIRST: Final = {
    "pay_subsidies": text(
        fi="Palkkatuki {days} päättyy ennen kuin se alkaa. Korjaa päivät.",
        sv="Lönesubventionen {days} slutar innan den börjar. Rätta datumen.",
        en="The pay subsidy {days} ends before it begins. Put the days right.",
    ),
    "training_compensations": text(
        fi="Koulutuskorvaus {days} päättyy ennen kuin se alkaa. Korjaa päivät.",
        sv="Utbildningsersättningen {days} slutar innan den börjar. Rätta datumen.",
        en="The training compensation {days} ends before it begins. Put the days right.",
    ),
}
OUTSIDE: Final = {
    "pay_subsidies": text(
        fi="Palkkatuki {days} ei osu tukiaikaan {period}. Korjaa päivät tai poista rivi.",
        sv="Lönesubventionen {days} ligger utanför stödperioden {period}. Rätta datumen eller ta bort raden.",
        en="The pay subsidy {days} lies outside the period {period}. Put the days right or remove the row.",
    ),
    "training_compensations": text(
        fi="Koulutuskorvaus {days} ei osu tukiaikaan {period}. Korjaa päivät tai poista rivi.",
        sv="Utbildningsersättningen {days} ligger utanför stödperioden {period}. Rätta datumen eller ta bort raden.",
        en="The training compensation {days} lies outside the period {period}. Put the days right or remove the row.",
    ),
}
OVERLAP: Final = {
    "pay_subsidies": text(
        fi="Palkkatuet {other} ja {days} menevät päällekkäin. Päivää kohti voi olla vain yksi: korjaa päivät.",
        sv="Lönesubventionerna {other} och {days} överlappar. Det kan bara finnas en per dag: rätta datumen.",
        en="The pay subsidies {other} and {days} overlap. There can be only one on a day: put the days right.",
    ),
    "training_compensations": text(
        fi="Koulutuskorvaukset {other} ja {days} menevät päällekkäin. Päivää kohti voi olla vain yksi: korjaa päivät.",
        sv="Utbildningsersättningarna {other} och {days} överlappar. Det kan bara finnas en per dag: rätta datumen.",
        en="The training compensations {other} and {days} overlap. There can be only one on a day: put the days right.",
    ),
}
