# SPDX-License-Identifier: EUPL-1.2
"""The procedures of the summer voucher by their ids: each takes a worked case and answers in the case's own words."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.parameters import NotDecided, ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import Answer, Case, Question, asked, number, question
from ennakko.services.summer_voucher.law import (
    acceptance_2026,
    fields,
    keeping_2026,
    number_2026,
    questions_acceptance,
    questions_doors,
    questions_keeping,
    questions_names,
    questions_register,
    refusals,
    surname_2026,
    texts_2026,
)
from ennakko.services.summer_voucher.law.questions_names import CODES, NAMES, NUMBERS, typed_code
from ennakko.values import identity_code
from ennakko.values.money import in_euros
from ennakko.values.texts import Text, text

HOME: Final = "summer-voucher.home_municipality_name"
FIGURES: Final = {
    "value_eur": "summer-voucher.voucher_value",
    "min_pay_eur": "summer-voucher.min_pay",
    "min_hours": "summer-voucher.min_hours",
}

_ASKED = text(fi="Kysytty: {facts}", sv="Fråga: {facts}", en="Asked of: {facts}")


def _worked(case: Case, trace: Trace, questions: tuple[Question, ...], *cite: str) -> Answer:
    found = asked(case, questions)
    facts = ", ".join(sorted(found.needs))
    trace.note("question", facts, _ASKED.format(facts=facts), *cite)
    return found.answer(case)


@traced(
    "summer-voucher.acceptance",
    title=text(
        fi="Kesäsetelihakemuksen vastaanotto ja hyväksyminen",
        sv="Mottagande och godkännande av ansökan om sommarsedel",
        en="Taking in and accepting an application for a summer job voucher",
    ),
    cite=("act 3 §", "act 5 §", "act 6 §", "act 7 §", "act 8 §"),
    inputs=(
        Input("area", "code", unknown=True),
        Input("vtj", "code", unknown=True),
        Input("age_by_year", "int", unknown=True),
        Input("declared_target_group", "code", unknown=True),
        Input("vtj_home_municipality", "code", unknown=True),
        Input("alive", "bool", unknown=True),
        Input("ssn_valid_in_vtj", "bool", unknown=True),
        Input("last_name_matches_vtj", "bool", unknown=True),
        Input("status", "code", unknown=True),
    ),
    parameters=(HOME, *FIGURES.values()),
    modules=(
        acceptance_2026, fields, identity_code, keeping_2026, questions, questions_acceptance, questions_doors,
        questions_keeping, questions_names, questions_register, refusals, texts_2026,
    ),
)  # fmt: skip
def acceptance(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """How an application is taken in and decided (act 2–8 §); raises EvaluationError for a case that asks nothing."""
    home = str(trace.parameter(book, HOME))
    answered = _worked(
        case,
        trace,
        (
            question(typed_code, "social_security_number"),
            question(
                lambda given: questions_acceptance.accepted_at_once(given, home),
                "vtj", "age_by_year", "declared_target_group",
            ),
            *questions_keeping.KEEPING,
            *questions_doors.BY_AREA,
            question(lambda given: questions_register.sent(given, home), "vtj_case"),
            *questions_acceptance.ACCEPTANCE,
            *questions_register.REGISTER,
            *questions_register.FIELDS,
            question(lambda given: _figures(given, trace, book), "year"),
            *questions_doors.DOORS,
        ),
        "act 3 §",
    )  # fmt: skip
    for code in answered.get("open_questions", ()):
        trace.note(code, False, None, "act 3 §")
    return answered


def _figures(case: Case, trace: Trace, book: ParameterBook) -> Answer:
    on = date(number(case, "year", least=MINYEAR, most=MAXYEAR), 1, 1)
    values = {key: trace.parameter(book, name, on) for key, name in FIGURES.items()}
    open_ones = [value for value in values.values() if isinstance(value, NotDecided)]
    answered: Answer = {key: _plain(key, value) for key, value in values.items()}
    return {**answered, "ask": open_ones[0].ask.in_("en")} if open_ones else answered


def _plain(key: str, value: object) -> int | Decimal | None:
    if not isinstance(value, int):
        return None
    return in_euros(value) if key.endswith("_eur") else value


@traced(
    "summer-voucher.number",
    title=text(
        fi="Kesäsetelin numero", sv="Sommarsedelns nummer", en="The number of the summer job voucher"
    ),
    cite="act 9 §",
    inputs=(Input("number", "int", unknown=True), Input("typed", "code", unknown=True)),
    modules=(number_2026, questions, questions_names),
)  # fmt: skip
def voucher_number(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """A voucher's number shown, read or drawn (act 9 §)."""
    return _worked(case, trace, NUMBERS, "act 9 §")


@traced(
    "summer-voucher.surname",
    title=text(fi="Nimen tunnistaminen", sv="Igenkänning av namn", en="Recognising a name"),
    cite="act 10 §",
    inputs=(Input("last_name", "code", unknown=True), Input("full_name", "code", unknown=True)),
    modules=(questions, questions_names, surname_2026),
)
def surname(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """Whether a typed name fits the registered surname, and which name is official (act 10 §)."""
    return _worked(case, trace, NAMES, "act 10 §")


@traced(
    "summer-voucher.identity-code",
    title=text(fi="Henkilötunnus", sv="Personbeteckning", en="Personal identity code"),
    cite="act 11 §",
    inputs=(Input("ssn", "code", unknown=True), Input("birthdate", "date", unknown=True)),
    modules=(fields, identity_code, questions, questions_names, refusals),
)
def personal_identity_code(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """An identity code read, made, masked or judged for an application (act 11 §)."""
    return _worked(case, trace, CODES, "act 11 §")


NOT_COMPUTED: Final[dict[str, Text]] = {
    "1 §": text(
        fi="Toteava: kertoo, mihin seteli perustuu.",
        sv="Konstaterande: berättar vad sedeln grundar sig på.",
        en="Declaratory: tells what the voucher rests on.",
    ),
    "13 §": text(
        fi="Muutoksenhaku on tietoa kunnan profiilissa (appeals.toml).",
        sv="Ändringssökande är uppgifter i kommunens profil (appeals.toml).",
        en="Appeals are data in the municipality's profile (appeals.toml).",
    ),
}
"""Paragraphs of the act that no rule computes, each with the reason."""
