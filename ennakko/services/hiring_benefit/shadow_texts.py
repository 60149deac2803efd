# SPDX-License-Identifier: EUPL-1.2
"""Why a past decision of another system differs from ours, in every language."""

from collections.abc import Iterable
from typing import Final

from ennakko.services.hiring_benefit.law.texts_2021 import fields
from ennakko.values.texts import Text, text

INSTALMENTS: Final = text(
    fi="Erät eivät noudata ehtoja.", sv="Raterna följer inte villkoren.", en="The instalments do not follow the rules."
)
ROUNDING: Final = text(
    fi="Ero on pyöristystä: enintään euro kutakin jaksoa kohti.",
    sv="Skillnaden är avrundning: högst en euro per delperiod.",
    en="The difference is rounding: at most a euro for each part of the period.",
)
SUBSIDY_DAYS_NOT_TOLD: Final = text(
    fi="Vienti ei kerro palkkatuen päiviä: oletettiin koko tukiaika.",
    sv="Exporten berättar inte lönesubventionens dagar: hela perioden antogs.",
    en="The export does not tell the days of the pay subsidy: the whole period was assumed.",
)
TRAINING_NOT_TOLD: Final = text(
    fi="Oppisopimus, eikä vienti kerro koulutuskorvausta.",
    sv="Läroavtal, och exporten berättar inte utbildningsersättningen.",
    en="An apprenticeship, and the export does not tell the training compensation.",
)
UNEXPLAINED: Final = text(
    fi="Syy ei selviä tiedoista: katso tapaus.",
    sv="Orsaken framgår inte av uppgifterna: se på ärendet.",
    en="The data do not tell why: look at the case.",
)
APPLIED_DAYS: Final = text(
    fi="Määrä on laskettu haetulta ajalta, ei myönnetyltä.",
    sv="Beloppet är räknat för den sökta tiden, inte den beviljade.",
    en="The amount is that of the days applied for, not of those granted.",
)
WITHOUT_SUBSIDY: Final = text(
    fi="Määrä on laskettu vähentämättä palkkatukea.",
    sv="Beloppet är räknat utan avdrag för lönesubvention.",
    en="The amount is calculated without taking off the pay subsidy.",
)
LOWER_CAP: Final = text(
    fi="Määrä on laskettu kuin työhön saataisiin palkkatukea: matalampi enimmäismäärä.",
    sv="Beloppet är räknat som om lönesubvention fåtts: det lägre maximibeloppet.",
    en="The amount is calculated as if pay subsidy were had: the lower highest amount.",
)
HIGHER_CAP: Final = text(
    fi="Määrä on laskettu kuin palkkatukea ei saataisi: korkeampi enimmäismäärä.",
    sv="Beloppet är räknat som om ingen lönesubvention fåtts: det högre maximibeloppet.",
    en="The amount is calculated as if no pay subsidy were had: the higher highest amount.",
)
WITHOUT_MANUAL: Final = text(
    fi="Määrä on ehtojen mukainen eikä käsin annettu.",
    sv="Beloppet följer villkoren och inte det som getts manuellt.",
    en="The amount is that of the rules and not the one given by hand.",
)
VACATION_UNIT: Final = text(
    fi="Lomaraha on luettu toisin: kuukaudelta tai koko ajalta.",
    sv="Semesterpenningen är läst på annat sätt: per månad eller för hela tiden.",
    en="The vacation money is read otherwise: of a month or of the whole period.",
)


def other_rule_set(name: str) -> Text:
    """The amount follows another rule set."""
    return text(
        fi=f"Määrä on laskettu ehdoilla {name}.",
        sv=f"Beloppet är räknat enligt villkoren {name}.",
        en=f"The amount is calculated by the conditions {name}.",
    )


def other_share(share: int) -> Text:
    """The amount follows another share of the costs."""
    return text(
        fi=f"Määrä on laskettu osuudella {share} %.",
        sv=f"Beloppet är räknat med andelen {share} %.",
        en=f"The amount is calculated with a share of {share} %.",
    )


def both(first: Text, second: Text) -> Text:
    """Two reasons together."""
    return text(fi=f"{first.fi} {second.fi}", sv=f"{first.sv} {second.sv}", en=f"{first.en} {second.en}")


def not_held(sentence: Text) -> Text:
    """A condition that does not hold."""
    return text(
        fi=f"Ehto ei täyty: {sentence.fi}.",
        sv=f"Villkoret uppfylls inte: {sentence.sv}.",
        en=f"The condition does not hold: {sentence.en}.",
    )


def refused(why: str) -> Text:
    """They refused, and no condition that the case tells of is broken."""
    told = f": {why}" if why else ""
    return text(
        fi=f"Hylätty, vaikka tiedossa olevat ehdot täyttyvät{told}.",
        sv=f"Avslagen fast de villkor som man vet något om uppfylls{told}.",
        en=f"Refused although the conditions that the case tells of hold{told}.",
    )


def lacking(names: Iterable[str]) -> Text:
    """What the case does not tell."""
    called = fields(names)
    return text(
        fi=f"Tiedot puuttuvat: {called.fi}.", sv=f"Uppgifter saknas: {called.sv}.", en=f"Not told: {called.en}."
    )


def unreadable(error: str) -> Text:
    """A value that cannot be read, as the program says it."""
    return text(fi=f"Tietoa ei voi lukea: {error}", sv=f"Uppgiften går inte att läsa: {error}", en=error)
