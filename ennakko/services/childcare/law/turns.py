# SPDX-License-Identifier: EUPL-1.2
"""Whose turn it is: pre-school, and early education. Decided for the day on which the places begin."""

from __future__ import annotations

from ennakko.facts.early_education import parental_leave_until
from ennakko.facts.population import alive, birth_date, moved_in, municipality
from ennakko.rules import Expression, Rule, all_of, any_of, month, on_day, param, year
from ennakko.services.childcare.law.facts import early_education_place_held, preschool_place_held
from ennakko.values.texts import text


def _months(day: Expression) -> Expression:
    """Months by the calendar: the day of the month does not matter."""
    return year(day) * 12 + month(day)


class PreschoolTurn(Rule):
    """Whose pre-school year begins: a resident who turns six that year and has no place for it (act 17 §)."""

    id = "childcare.preschool-turn"
    title = text(fi="Esiopetuksen vuoro", sv="Turen till förskolan", en="Turn of pre-school")

    _turns = year(on_day) - year(birth_date)
    scope = (_turns >= 5) & (_turns <= 7)

    resident = (
        (municipality == param("childcare.home_municipality"))
        .says(fi="Lapsi asuu kunnassa", sv="Barnet bor i kommunen", en="The child lives in the municipality")
        .by("act 17 §", "628/1998 § 4")
    )
    right_year = (
        (_turns == param("childcare.preschool_age"))
        .says(
            fi="Lapsi täyttää esiopetuksen alkamisvuonna 6 vuotta",
            sv="Barnet fyller 6 år det år då förskolan börjar",
            en="The child turns six in the year in which pre-school begins",
        )
        .by("act 17 §", "628/1998 § 26 a")
    )
    living = alive.says(
        fi="Tiedot ovat voimassa väestötietojärjestelmässä",
        sv="Uppgifterna gäller i befolkningsdatasystemet",
        en="The details are current in the population register",
    ).by("act 17 §")
    without_place = (
        (~preschool_place_held)
        .says(
            fi="Lapsella ei ole vielä esiopetuspaikkaa",
            sv="Barnet har ännu ingen plats i förskolan",
            en="The child has no place in pre-school yet",
        )
        .by("act 17 §")
    )
    entitled = all_of(resident, right_year, living, without_place)

    outcome = "entitled"


class EarlyEducationTurn(Rule):
    """Whose turn of early education has come: nine months, three years or moved in, without a place (act 18 §).

    For a municipality that is not told of parental allowance; `EarlyEducationTurnAfterLeave` reads it.
    """

    id = "childcare.early-education-turn"
    title = text(fi="Varhaiskasvatuksen vuoro", sv="Turen till småbarnspedagogiken", en="Turn of early education")

    _age_in_months = _months(on_day) - _months(birth_date)
    _here_for = _months(on_day) - _months(moved_in)
    scope = (_age_in_months >= 0) & (year(on_day) - year(birth_date) < param("childcare.preschool_age"))

    resident = (
        (municipality == param("childcare.home_municipality"))
        .says(fi="Lapsi asuu kunnassa", sv="Barnet bor i kommunen", en="The child lives in the municipality")
        .by("act 18 §", "540/2018 § 12")
    )
    living = alive.says(
        fi="Tiedot ovat voimassa väestötietojärjestelmässä",
        sv="Uppgifterna gäller i befolkningsdatasystemet",
        en="The details are current in the population register",
    ).by("act 18 §")
    old_enough = (
        (_age_in_months >= param("childcare.youngest_months"))
        .says(
            fi="Lapsi on täyttänyt yhdeksän kuukautta kuukauden loppuun mennessä",
            sv="Barnet har fyllt nio månader före månadens slut",
            en="The child has turned nine months by the end of the month",
        )
        .by("act 18 §", "540/2018 § 12")
    )
    without_place = (
        (~early_education_place_held)
        .says(
            fi="Lapsella ei ole paikkaa kunnan varhaiskasvatuksessa",
            sv="Barnet har ingen plats i kommunens småbarnspedagogik",
            en="The child has no place in the municipality's early education",
        )
        .by("act 18 §")
    )
    nine_months = (
        (_age_in_months == param("childcare.youngest_months"))
        .says(
            fi="Lapsi täyttää tässä kuussa yhdeksän kuukautta",
            sv="Barnet fyller nio månader den här månaden",
            en="The child turns nine months this month",
        )
        .by("act 18 §", "540/2018 § 12")
    )
    three_years = (
        (_age_in_months == param("childcare.home_care_months"))
        .says(
            fi="Lapsi täyttää tässä kuussa kolme vuotta",
            sv="Barnet fyller tre år den här månaden",
            en="The child turns three this month",
        )
        .by("act 18 §", "1128/1996 § 3")
    )
    newcomer = (
        ((_here_for >= 0) & (_here_for <= param("childcare.months_to_apply")))
        .or_else(False)
        .says(
            fi="Perhe on muuttanut kuntaan viime kuukausina",
            sv="Familjen har flyttat till kommunen under de senaste månaderna",
            en="The family has moved in during the last months",
        )
        .by("act 18 §", "540/2018 § 17")
    )
    turn = any_of(nine_months, three_years, newcomer).says(
        fi="Nyt on lapsen vuoro", sv="Nu är det barnets tur", en="It is the child's turn now"
    ).by("act 18 §")  # fmt: skip
    entitled = all_of(resident, living, old_enough, without_place, turn)

    outcome = "entitled"


class EarlyEducationTurnAfterLeave(EarlyEducationTurn):
    """The same where the end of parental allowance is known: it is waited for, and brings the turn (act 18 §)."""

    id = "childcare.early-education-turn-after-leave"
    title = text(
        fi="Varhaiskasvatuksen vuoro, kun vanhempainrahan loppu tiedetään",
        sv="Turen till småbarnspedagogiken när föräldrapenningens slut är känt",
        en="Turn of early education where the end of parental allowance is known",
    )

    leave_over = (
        (parental_leave_until < on_day)
        .or_else(True)
        .says(
            fi="Vanhempainrahaa ei makseta enää paikan alkaessa",
            sv="Föräldrapenning betalas inte längre när platsen börjar",
            en="Parental allowance is no longer paid when the place begins",
        )
        .by("act 18 §", "540/2018 § 12")
    )
    leave_ends = (
        (_months(on_day) - _months(parental_leave_until) == 1)
        .or_else(False)
        .says(
            fi="Vanhempainraha päättyy paikan alkamista edeltävässä kuussa",
            sv="Föräldrapenningen upphör månaden innan platsen börjar",
            en="Parental allowance ends in the month before the place begins",
        )
        .by("act 18 §", "540/2018 § 12")
    )
    turn = (
        any_of(EarlyEducationTurn.nine_months, EarlyEducationTurn.three_years, EarlyEducationTurn.newcomer, leave_ends)
        .says(fi="Nyt on lapsen vuoro", sv="Nu är det barnets tur", en="It is the child's turn now")
        .by("act 18 §")
    )
    entitled = all_of(
        EarlyEducationTurn.resident, EarlyEducationTurn.living, EarlyEducationTurn.old_enough,
        EarlyEducationTurn.without_place, leave_over, turn,
    )  # fmt: skip
