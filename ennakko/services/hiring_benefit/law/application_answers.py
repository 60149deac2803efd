# SPDX-License-Identifier: EUPL-1.2
"""Applying as a procedure: what may be sent, moved, changed and seen, and by whom."""

from __future__ import annotations

from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import answer_to, question
from ennakko.services.hiring_benefit.law import (
    application_2026,
    application_texts_2026,
    calendar_2021,
    refusals,
    states_2026,
    texts_2021,
    values,
)
from ennakko.services.hiring_benefit.law.application_2026 import (
    SALARY,
    attachments_needed,
    forms_available,
    lacking,
    period_problems,
    subsidy_problems,
)
from ennakko.services.hiring_benefit.law.names import SUBSIDISED
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.law.states_2026 import (
    ASSIGNS,
    BY_APPLICANT,
    BY_HANDLER,
    EDITABLE,
    MESSAGES,
    may,
    named,
    shown_to_applicant,
)
from ennakko.services.hiring_benefit.law.values import Case, day, known_day, truth, whole, words
from ennakko.values.texts import text

LEAST, MOST, BACK = (f"hiring-benefit.{name}" for name in ("least_months", "most_months", "back_months"))
CAPS: Final = "hiring-benefit.pay_subsidy_caps"
OK, CREATED, REMOVED, WRONG, FORBIDDEN = 200, 201, 204, 400, 403
ROLES: Final = ("applicant", "handler")
DATES: Final = ("start_date", "end_date", "today")
CODES: Final = (
    "from_status", "to_status", "actual_status", "status", "role", "action", "attachment", "pay_subsidy_granted",
    "benefit_type", "ahjo_case_id",
)  # fmt: skip
TRUTHS: Final = (
    "archived", "decided", "apprenticeship_program", "handled_by_ahjo_automation", "is_association",
    "entered_by_handler",
)  # fmt: skip


@traced(
    "hiring-benefit.application",
    title=text(fi="Hakemuksen säännöt", sv="Regler för ansökan", en="Rules of the application"),
    cite=("act 6 §", "act 17 §", "act 18 §"),
    inputs=(
        *(Input(name, "date", unknown=True) for name in DATES),
        *(Input(name, "code", unknown=True) for name in CODES),
        *(Input(name, "bool", unknown=True) for name in TRUTHS),
        Input("pay_subsidy_percent", "int", unknown=True),
        Input("additional_pay_subsidy_percent", "int", unknown=True),
        Input("application", "rows", unknown=True),
    ),
    parameters=(LEAST, MOST, BACK, CAPS),
    modules=(
        application_2026, application_texts_2026, calendar_2021, questions, refusals, states_2026, texts_2021, values,
    ),
)  # fmt: skip
def application(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """Whether an application may be sent, moved, changed or written about (act 6 §, 17–18 §).

    `http` is what the City's earlier service answered: 200, 201, 204 taken, 400 or 403 refused. `application` with its
    fields is held against the form, `start_date` and `end_date` against the period (on `today` when it is sent).
    """
    return answer_to(
        case,
        (
            question(lambda given: _sent(given, trace), "application"),
            question(lambda given: _moved(given, trace), "from_status", "to_status"),
            question(lambda given: _seen(given, trace), "actual_status"),
            question(lambda given: _kept(given, trace), "ahjo_case_id"),
            question(
                lambda given: _subsidy(given, trace, book), "pay_subsidy_percent", "additional_pay_subsidy_percent"
            ),
            question(lambda given: _form_left(given, trace), "benefit_type", "pay_subsidy_granted"),
            question(lambda given: _apprenticeship(given, trace), "pay_subsidy_granted", "apprenticeship_program"),
            question(lambda given: _written(given, trace), "status", "archived"),
            question(lambda given: _attachment(given, trace), "status", "role", "action"),
            question(lambda given: _period(given, trace, book), "start_date", "end_date"),
        ),
    )


def _told(problems: list[Refusal], trace: Trace, *, taken: int = OK, refused: int = WRONG) -> dict[str, Any]:
    for one in problems:
        trace.note(one.code, False, one.text, one.cite)
    if not problems:
        trace.note("taken", True)
    return {"http": refused if problems else taken, "problems": [one.code for one in problems]}


def _sent(case: Case, trace: Trace) -> dict[str, Any]:
    given = case["application"]
    if not isinstance(given, dict):
        raise TypeError(f"application must be an object with its fields by name, not {given!r}")
    return {**_told(lacking(given), trace), "attachments": list(attachments_needed(given))}


def _moved(case: Case, trace: Trace) -> dict[str, Any]:
    start, to = words(case, "from_status"), words(case, "to_status")
    role = words(case, "role") or ("handler" if "handled_by_ahjo_automation" in case else "applicant")
    allowed = may(BY_HANDLER if role == "handler" else BY_APPLICANT, start, to)
    trace.note("moved", allowed, None, "act 18 §")
    return {"http": OK if allowed else WRONG, "assigned": named(to) in ASSIGNS}


def _seen(case: Case, trace: Trace) -> dict[str, Any]:
    visible = shown_to_applicant(words(case, "actual_status"), decided=bool(truth(case, "decided")))
    trace.note("visible", visible, None, "act 18 §")
    return {"visible": visible}


def _kept(case: Case, trace: Trace) -> dict[str, Any]:
    kept = bool(words(case, "ahjo_case_id") or truth(case, "handled_by_ahjo_automation"))
    trace.note("batch_kept", kept, None, "act 20 §")
    return {"batch_kept": kept}


def _subsidy(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    percents = [
        None if case.get(key) is None else whole(case[key], key)
        for key in ("pay_subsidy_percent", "additional_pay_subsidy_percent")
    ]
    caps = trace.parameter(book, CAPS)
    known = [int(key) for key, _ in caps.steps if isinstance(key, int)]
    return _told(subsidy_problems(words(case, "pay_subsidy_granted") or None, percents, known), trace)


def _form_left(case: Case, trace: Trace) -> dict[str, Any]:
    """What is left of the chosen form when an association tells that it has no economic activity."""
    available = forms_available(association=True, business_activity=False, apprenticeship=False)
    chosen = words(case, "benefit_type") or SALARY
    left = chosen if chosen in available else None
    trace.note("benefit_type", left, None, "act 12 §")
    return {"benefit_type": left}


def _apprenticeship(case: Case, trace: Trace) -> dict[str, Any]:
    asked = words(case, "pay_subsidy_granted") in SUBSIDISED and truth(case, "apprenticeship_program") is None
    trace.note("apprenticeship_asked", asked, None, "act 17 §")
    return {"http_draft": OK, "http_submit": WRONG if asked else OK}


def _written(case: Case, trace: Trace) -> dict[str, Any]:
    allowed = named(words(case, "status")) in MESSAGES
    trace.note("message", allowed, None, "act 18 §")
    return {"http": CREATED if allowed else FORBIDDEN}


def _attachment(case: Case, trace: Trace) -> dict[str, Any]:
    always = words(case, "attachment") in application_2026.AFTER_SENDING and words(case, "role") == "applicant"
    allowed = always or named(words(case, "status")) in EDITABLE.get(words(case, "role"), frozenset())
    trace.note("attachment", allowed, None, "act 17 §")
    done = REMOVED if words(case, "action") == "remove" else CREATED
    return {"http": done if allowed else FORBIDDEN}


def _period(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    apprenticeship = bool(truth(case, "apprenticeship_program"))
    found = period_problems(
        day(case["start_date"], "start_date"),
        day(case["end_date"], "end_date"),
        today=known_day(case, "today"),
        least_months=int(trace.parameter(book, LEAST)),
        most_months=None if apprenticeship else int(trace.parameter(book, MOST)),
        back_months=-int(trace.parameter(book, BACK)),
    )
    return _told(found, trace)
