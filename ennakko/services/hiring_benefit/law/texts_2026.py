# SPDX-License-Identifier: EUPL-1.2
"""What recovery, instalments, earlier benefits and de minimis aid say, in every language."""

from __future__ import annotations

from typing import Final

from ennakko.values.texts import text

RECOVERED_ROW: Final = text(
    fi="{days}: {months} kk {whole} kuukaudesta, {value}.",
    sv="{days}: {months} mån av {whole} månader, {value}.",
    en="{days}: {months} of {whole} months, {value}.",
)
RECOVERED: Final = text(
    fi="Takaisin peritään {value}. Alle euron osat jäävät perimättä.",
    sv="{value} återkrävs. Delar under en euro återkrävs inte.",
    en="{value} is recovered. Parts of a euro are left.",
)
NOT_RECOVERED: Final = text(
    fi="Määrä on enintään {above}, joten sitä ei peritä takaisin.",
    sv="Beloppet är högst {above} och återkrävs därför inte.",
    en="The sum is at most {above} and is therefore not recovered.",
)
AT_MOST_PAID: Final = text(
    fi="Takaisin ei peritä enempää kuin on maksettu: {value}.",
    sv="Mer än vad som betalats återkrävs inte: {value}.",
    en="No more than what was paid is recovered: {value}.",
)
NOTHING_TO_RECOVER: Final = text(
    fi="Päiviä, joilta lisä perittäisiin takaisin, ei ole.",
    sv="Det finns inga dagar för vilka tillägget skulle återkrävas.",
    en="There are no days for which the benefit would be recovered.",
)
ONE_INSTALMENT: Final = text(
    fi="Lisä maksetaan yhdessä erässä: {value}.",
    sv="Tillägget betalas i en rat: {value}.",
    en="The benefit is paid in one instalment: {value}.",
)
INSTALMENT: Final = text(
    fi="Erä {number}: {value}, {days}.", sv="Rat {number}: {value}, {days}.", en="Instalment {number}: {value}, {days}."
)
INSTALMENT_SUM: Final = text(
    fi="Erä {number}: {value}.", sv="Rat {number}: {value}.", en="Instalment {number}: {value}."
)
SECOND_AFTER: Final = text(
    fi="Toisesta erästä vähennetään takaisin perittävä määrä: maksetaan {value}.",
    sv="Det belopp som återkrävs dras av från den andra raten: {value} betalas.",
    en="What is recovered is taken off the second instalment: {value} is paid.",
)
USED: Final = text(
    fi="Samalle työnantajalle samasta henkilöstä on maksettu lisää {months} kuukaudelta.",
    sv="Samma arbetsgivare har fått tillägg för samma person för {months} månader.",
    en="The same employer has had the benefit for the same person for {months} months.",
)
LEFT: Final = text(
    fi="Jäljellä on {months} kuukautta.", sv="{months} månader återstår.", en="{months} months are left."
)
NO_LIMIT: Final = text(
    fi="Oppisopimuksessa lisää maksetaan koko sopimuksen ajalta.",
    sv="I läroavtal betalas tillägget för hela avtalstiden.",
    en="In an apprenticeship the benefit is paid for its whole length.",
)
OVERLAPS: Final = text(
    fi="Samalta ajalta on jo myönnetty lisä: {days}.",
    sv="Tillägg har redan beviljats för samma tid: {days}.",
    en="A benefit has been granted for the same time already: {days}.",
)
TOO_LONG: Final = text(
    fi="Aika on pidempi kuin mitä on jäljellä.",
    sv="Tiden är längre än vad som återstår.",
    en="The period is longer than what is left.",
)
AID: Final = text(
    fi="Vähämerkityksistä tukea {since} alkaen {before}, tämä lisä {new}, enintään {ceiling}.",
    sv="Stöd av mindre betydelse från {since} {before}, detta tillägg {new}, högst {ceiling}.",
    en="De minimis aid from {since} {before}, this benefit {new}, at most {ceiling}.",
)
NOT_AID: Final = text(
    fi="Yhdistyksen muu kuin taloudellinen toiminta: lisä ei ole vähämerkityksistä tukea.",
    sv="Föreningens verksamhet är inte ekonomisk: tillägget är inte stöd av mindre betydelse.",
    en="The association's activity is not economic: the benefit is no de minimis aid.",
)
ANSWER_MISSING: Final = text(
    fi="Kerro, onko yritys saanut vähämerkityksistä tukea.",
    sv="Ange om företaget har fått stöd av mindre betydelse.",
    en="Tell whether the company has had de minimis aid.",
)
ROWS_MISSING: Final = text(
    fi="Lisää ainakin yksi saatu vähämerkityksinen tuki: myöntäjä, määrä ja päivä.",
    sv="Lägg till minst ett erhållet stöd av mindre betydelse: beviljare, belopp och dag.",
    en="Add at least one de minimis aid: granter, amount and day.",
)
ROWS_TOO_MANY: Final = text(
    fi="Poista tukirivit tai vastaa, että vähämerkityksistä tukea on saatu.",
    sv="Ta bort stödraderna eller svara att stöd av mindre betydelse har fåtts.",
    en="Remove the rows of aid, or answer that de minimis aid has been had.",
)
AID_NOT_POSITIVE: Final = text(
    fi="Tuen määrä on yli nollan. Korjaa rivi {number}.",
    sv="Stödets belopp är över noll. Rätta rad {number}.",
    en="The amount of aid is above zero. Put row {number} right.",
)
AID_IN_FUTURE: Final = text(
    fi="Tuki on myönnetty viimeistään tänään. Korjaa rivin {number} päivä.",
    sv="Stödet har beviljats senast i dag. Rätta dagen på rad {number}.",
    en="Aid has been granted today at the latest. Put the day of row {number} right.",
)
OVER_CEILING: Final = text(
    fi="Vähämerkityksistä tukea olisi yli {ceiling} kolmessa vuodessa.",
    sv="Stödet av mindre betydelse skulle överstiga {ceiling} på tre år.",
    en="De minimis aid would exceed {ceiling} in three years.",
)
