# SPDX-License-Identifier: EUPL-1.2
"""Telling that the work ended or was broken off, as a procedure: what may be told, changed and removed, and by whom."""

from __future__ import annotations

from typing import Any

from ennakko.rules import questions
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import answer_to, question
from ennakko.services.hiring_benefit.law import (
    alterations_2026,
    application_texts_2026,
    refusals,
    states_2026,
    texts_2021,
    values,
)
from ennakko.services.hiring_benefit.law.alterations_2026 import KINDS, Alteration
from ennakko.services.hiring_benefit.law.states_2026 import ALTERATION_EDITABLE, ALTERATION_REMOVABLE
from ennakko.services.hiring_benefit.law.values import Case, day, known_day, truth, words
from ennakko.values.texts import text

OK, CREATED, REMOVED, WRONG, FORBIDDEN = 200, 201, 204, 400, 403


@traced(
    "hiring-benefit.alteration",
    title=text(fi="Ilmoitus muutoksesta", sv="Anmälan om ändring", en="Notice of a change"),
    cite="act 15 §",
    inputs=(
        *(Input(name, "date", unknown=True) for name in ("benefit_start", "benefit_end", "end", "resume")),
        *(Input(name, "code", unknown=True) for name in (
            "type", "initial_state", "role", "action", "contact_person_name", "einvoice_provider_name",
            "einvoice_provider_identifier", "einvoice_address",
        )),
        Input("use_einvoice", "bool", unknown=True),
        Input("existing_recovery", "rows", unknown=True),
    ),
    modules=(alterations_2026, application_texts_2026, questions, refusals, states_2026, texts_2021, values),
)  # fmt: skip
def alteration(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """Whether a notice that the work ended or was broken off is taken in, changed or removed (act 15 §).

    The benefit's days are `benefit_start` and `benefit_end`; `existing_recovery` the days of another notice. A contact
    person who is not mentioned at all is taken as known.
    """
    return answer_to(
        case,
        (
            question(lambda given: _changed(given, trace), "initial_state", "role", "action"),
            question(lambda given: _noticed(given, trace), "type", "end", "benefit_start", "benefit_end"),
        ),
    )


def _changed(case: Case, trace: Trace) -> dict[str, Any]:
    remove = words(case, "action") == "remove"
    table = ALTERATION_REMOVABLE if remove else ALTERATION_EDITABLE
    allowed = words(case, "initial_state") in table.get(words(case, "role"), frozenset())
    trace.note("changed", allowed, None, "act 15 §")
    return {"http": FORBIDDEN if not allowed else REMOVED if remove else OK}


def _noticed(case: Case, trace: Trace) -> dict[str, Any]:
    kind = words(case, "type")
    if kind not in KINDS:
        raise ValueError(f"type must be one of {', '.join(KINDS)}, not {kind!r}")
    invoice = tuple(
        words(case, key) for key in ("einvoice_provider_name", "einvoice_provider_identifier", "einvoice_address")
    )
    told = Alteration(
        kind,
        day(case["end"], "end"),
        known_day(case, "resume"),
        words(case, "contact_person_name") if "contact_person_name" in case else "known",
        (invoice[0], invoice[1], invoice[2]) if truth(case, "use_einvoice") else None,
    )
    pair = case.get("existing_recovery")
    others = [] if not pair else [(day(pair[0], "existing_recovery"), day(pair[1], "existing_recovery"))]
    start, end = day(case["benefit_start"], "benefit_start"), day(case["benefit_end"], "benefit_end")
    problems = alterations_2026.problems(told, start=start, end=end, others=others)
    for one in problems:
        trace.note(one.code, False, one.text, one.cite)
    return {"http": WRONG if problems else CREATED, "problems": [one.code for one in problems]}
