# SPDX-License-Identifier: EUPL-1.2
"""How full a unit is, when a place is due and until when it is given, as procedures."""

from __future__ import annotations

from typing import Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.services.childcare.law import places_2018, values
from ennakko.services.childcare.law.places_2018 import (
    care_end,
    child_coefficient,
    due_date,
    educators_of,
    occupancy_percent,
    over_three_from,
    relative_proximity,
)
from ennakko.services.childcare.law.values import (
    Answer,
    Case,
    answer_to,
    day,
    items,
    known_day,
    number,
    question,
    shown,
    truth,
    whole,
    word,
)
from ennakko.values.dates import age_on
from ennakko.values.texts import text

EACH: Final = (
    "childcare.children_per_educator", "childcare.under_three_per_educator", "childcare.part_day_per_educator",
)  # fmt: skip
MONTHS: Final = "childcare.months_to_apply"
DAYS: Final = "childcare.days_when_urgent"
DAY_MINUTES: Final = 459
"""An educator's day, 7 h 39 min."""
MOST_EDUCATORS: Final = 10_000
MOST_METRES: Final = 10_000_000
APPLIED: Final = ("DAYCARE", "PRESCHOOL", "CLUB")
BY_TERM: Final = ("PRESCHOOL", "PREPARATORY", "CLUB", "PRESCHOOL_DAYCARE", "PRESCHOOL_CLUB", "PREPARATORY_DAYCARE")
PLANNED: Final = ("DAYCARE", "DAYCARE_PART_TIME", *BY_TERM)
IN_TERMS: Final = ("PRESCHOOL", "PREPARATORY", "CLUB")
FAMILY: Final = ("FAMILY", "GROUP_FAMILY")

SUM = text(
    fi="Lasten kertoimien summa kasvattajien paikoista.",
    sv="Summan av barnens koefficienter av fostrarnas platser.",
    en="The sum of the children's coefficients of the educators' seats.",
)
EDUCATORS = text(
    fi="Läsnäolo kasvattajina: päivä on 7 tuntia 39 minuuttia.",
    sv="Närvaron som fostrare: en dag är 7 timmar 39 minuter.",
    en="Presence as educators: a day is 7 hours 39 minutes.",
)
CHILD = text(
    fi="Lapsen kerroin: montako paikkaa lapsi vie.",
    sv="Barnets koefficient: hur många platser barnet tar.",
    en="The child's coefficient: how many seats the child takes.",
)
DUE = text(
    fi="Paikka on järjestettävä viimeistään tänä päivänä.",
    sv="Platsen ska ordnas senast denna dag.",
    en="The place must be arranged by this day.",
)
NOT_DUE = text(
    fi="Määräpäivää ei ole: siirtohakemus, tai kiireellisen perustetta ei ole liitetty.",
    sv="Ingen sista dag: byte av plats, eller skälet till brådskan har inte bifogats.",
    en="There is no due date: a transfer, or the grounds of urgency are not attached.",
)
END = text(
    fi="Paikka annetaan tähän päivään.", sv="Platsen ges till denna dag.", en="The place is given until this day."
)
THREE = text(
    fi="Lapsi luetaan kolme vuotta täyttäneisiin tästä päivästä.",
    sv="Barnet räknas till dem som fyllt tre år från denna dag.",
    en="The child counts among those of three and over from this day.",
)
NEARER = text(
    fi="Matka lähimpään muuhun paikkaan pitenisi näin monta metriä.",
    sv="Vägen till den närmaste andra platsen skulle bli så många meter längre.",
    en="The way to the nearest other place would be so many metres longer.",
)


def _names(*pairs: tuple[str, str]) -> tuple[Input, ...]:
    return tuple(Input(name, kind, unknown=True) for name, kind in pairs)


@traced(
    "childcare.occupancy-percent",
    title=text(fi="Yksikön täyttöaste", sv="Enhetens fyllnadsgrad", en="How full a unit is"),
    cite=("act 11 §", "act 12 §"),
    inputs=_names(
        ("sum", "int"), ("coefficients", "rows"), ("caretakers", "int"), ("minutes", "int"), ("coefficient", "int"),
        ("placement_type", "code"), ("age", "int"), ("born", "date"), ("on", "date"), ("part_day", "bool"),
        ("service_need_coefficient", "int"), ("assistance_factor", "int"), ("unit_type", "code"),
        ("term_break", "bool"), ("absent", "bool"),
    ),
    parameters=EACH,
    modules=(places_2018, values),
)  # fmt: skip
def occupancy(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    """`sum` of children's coefficients and `caretakers` (null: none known): `percent`, one decimal (act 11 §).

    `minutes` and `coefficient` of an educator's presence: `caretakers`. `placement_type` with `age` (or `born` and
    `on`): the child's own coefficient (act 12 §).
    """
    each = (trace.parameter(book, EACH[0]), trace.parameter(book, EACH[1]), trace.parameter(book, EACH[2]))

    def percent(given: Case) -> Answer:
        if "sum" in given:
            total = number(given["sum"], "sum", least=0, most=MOST_EDUCATORS)
        else:
            total = sum(
                (
                    number(one, f"coefficients[{at}]", least=0, most=100)
                    for at, one in enumerate(items(given["coefficients"], "coefficients"))
                ),
                start=number(0, "sum"),
            )
        told = given["caretakers"]
        educators = None if told is None else number(told, "caretakers", least=0, most=MOST_EDUCATORS)
        found = trace.note("percent", occupancy_percent(total, educators, each[0]), SUM, "act 11 §")
        return {"percent": found, "expect": found}

    def present(given: Case) -> Answer:
        minutes = whole(given["minutes"], "minutes", least=0, most=24 * 60)
        share = number(given["coefficient"], "coefficient", least=0, most=100)
        found = trace.note("caretakers", educators_of(minutes, share, each[0], DAY_MINUTES), EDUCATORS, "act 11 §")
        return {"caretakers": found, "expect": found}

    def child(given: Case) -> Answer:
        kind = given["placement_type"]
        if not isinstance(kind, str):
            raise EvaluationError(f'placement_type must be a word, as "DAYCARE", not {shown(kind)}.')
        own, factor = given.get("service_need_coefficient"), given.get("assistance_factor")
        found = child_coefficient(
            under_three=_age(given, trace) < 3,
            part_day=truth(given, "part_day") or "PART_TIME" in kind.upper(),
            own=None if own is None else number(own, "service_need_coefficient", least=0, most=10),
            in_family=given.get("unit_type") in FAMILY,
            away=truth(given, "absent") or (truth(given, "term_break") and kind.upper() in IN_TERMS),
            assistance=number(1 if factor is None else factor, "assistance_factor", least=0, most=100),
            each=each,
        )
        trace.note("coefficient", found, CHILD, "act 12 §")
        return {"coefficient": found, "expect": found}

    return answer_to(
        case,
        (
            question(percent, "sum", "caretakers"),
            question(percent, "coefficients", "caretakers"),
            question(present, "minutes", "coefficient"),
            question(child, "placement_type"),
        ),
    )


def _age(case: Case, trace: Trace) -> int:
    if case.get("age") is not None:
        return whole(case["age"], "age", least=0, most=20)
    born = known_day(case, "born")
    if born is None:
        raise EvaluationError("The case does not tell the child's age: give age, or born and on.")
    return age_on(born, known_day(case, "on") or trace.on)


@traced(
    "childcare.due-date",
    title=text(
        fi="Milloin paikan on oltava valmis", sv="När platsen ska vara klar", en="When a place must be ready"
    ),
    cite=("act 10 §", "act 13 §", "act 14 §"),
    inputs=_names(
        ("type", "code"), ("sent", "date"), ("preferred_start", "date"), ("urgent", "bool"), ("attachments", "rows"),
        ("transfer", "bool"), ("relative_to_start", "bool"), ("manual_due_date", "date"), ("born", "date"),
        ("start", "date"), ("term", "rows"),
    ),
    parameters=(MONTHS, DAYS),
    modules=(places_2018, values),
)  # fmt: skip
def due(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    """`sent` of an application of a `type`: the day by which the place is due, null if there is none (act 13 §).

    `type`, `start` and `born` or `term`: the last day of the place (act 14 §). `born` alone: from when a voucher is
    that of a child of three (act 10 §).
    """
    months, days = trace.parameter(book, MONTHS), trace.parameter(book, DAYS)

    def applied(given: Case) -> Answer:
        found = known_day(given, "manual_due_date") or due_date(
            word(given, "type", APPLIED),
            day(given["sent"], "sent"),
            preferred=known_day(given, "preferred_start"),
            urgent=truth(given, "urgent"),
            transfer=truth(given, "transfer"),
            attachments=[
                day(one, f"attachments[{at}]") for at, one in enumerate(items(given.get("attachments"), "attachments"))
            ],
            after_start=truth(given, "relative_to_start"),
            months=months,
            days=days,
        )
        trace.note("due_date", found, NOT_DUE if found is None else DUE, "act 13 §")
        return {"due_date": found, "expect": found}

    def planned(given: Case) -> Answer:
        kind, start = word(given, "type", PLANNED), day(given["start"], "start")
        if kind not in BY_TERM:
            if given.get("born") is None:
                raise EvaluationError("The end of a place in day care needs born, the child's day of birth.")
            born = day(given["born"], "born")
            if born > start:
                raise EvaluationError(f"born {born} is after start {start}: write the days the right way round.")
            return _ends(trace, {"end": care_end(born, start)})
        term = items(given.get("term"), "term")
        if len(term) != 2:
            raise EvaluationError('term must be the first and last day of the term, as ["2026-08-11", "2027-06-05"].')
        last = day(term[1], "term[1]")
        if start > last:
            raise EvaluationError(f"start {start} is after the term's last day {last}: give the term it begins in.")
        return _ends(trace, {"end": last, "connected_daycare_end": last.replace(month=7, day=31)})

    def of_three(given: Case) -> Answer:
        found = trace.note("over3_from", over_three_from(day(given["born"], "born")), THREE, "act 10 §")
        return {"over3_from": found, "expect": found}

    return answer_to(
        case,
        (question(applied, "type", "sent"), question(planned, "type", "start"), question(of_three, "born")),
    )


def _ends(trace: Trace, ends: Answer) -> Answer:
    trace.note("end", ends["end"], END, "act 14 §")
    return {**ends, "expect": ends["end"]}


@traced(
    "childcare.relative-proximity",
    title=text(fi="Suhteellinen läheisyys", sv="Relativ närhet", en="Relative proximity"),
    cite="act 15 §",
    inputs=_names(
        ("wished_m", "int"), ("alternatives", "rows"), ("nearest_alternative_m", "int"), ("second_nearest_m", "int")
    ),
    modules=(places_2018, values),
)
def proximity(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    """How many metres a child's way would grow if not given the place wished (act 15 §): a priority to compare with."""
    wished = whole(case["wished_m"], "wished_m", least=0, most=MOST_METRES)
    told = [*items(case.get("alternatives"), "alternatives")]
    told += [case[key] for key in ("nearest_alternative_m", "second_nearest_m") if case.get(key) is not None]
    if not told:
        raise EvaluationError("Give the metres of at least one other place: alternatives, or nearest_alternative_m.")
    others = [whole(one, f"alternatives[{at}]", least=0, most=MOST_METRES) for at, one in enumerate(told)]
    found = trace.note("metres", relative_proximity(wished, others), NEARER, "act 15 §", unit="metres")
    return {"metres": found, "expect": found}
