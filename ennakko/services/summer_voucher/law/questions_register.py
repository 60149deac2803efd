# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of the population register's answers, and of single fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import AREA, Answer, Case, Question, mapping, number, question, words
from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law import fields, texts_2026
from ennakko.services.summer_voucher.law.acceptance_2026 import Applied, Registered, Status
from ennakko.services.summer_voucher.law.refusals import Refusal

FOUND: Final = "0000"
LIVES_IN: Final = "Kotikunta "
"""How the register's stand-in persons name the municipality that they live in."""

FIELDS_OF_RESIDUAL: Final = (
    "first_name", "last_name", "email", "school", "phone_number", "postcode", "language", "non_vtj_birthdate",
    "additional_info_description", "target_group",
)  # fmt: skip
"""What a handler must fill in for a youth without a Finnish identity code."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def withheld(case: Case) -> bool:
    """Whether the register found the person and kept both municipality and street to itself: non-disclosure."""
    found = case.get("return_code") == FOUND and str(case.get("person_found")) == "1"
    return found and case.get("municipality_number") is None and case.get("street") is None


def _restricted(case: Case) -> Answer:
    return {"restricted": withheld(case)}


def _kept(case: Case) -> Answer:
    # No answer is no news: what was known of non-disclosure stays until the register says otherwise.
    known = bool(case["previous"]) if case["vtj_json"] is None else withheld(mapping(case, "vtj_json"))
    return {"is_vtj_data_restricted": known}


def _needs_more(case: Case) -> Answer:
    municipality = None if case["is_vtj_data_restricted"] else words(case, "vtj_home_municipality")
    questions = _judged(municipality=municipality, home="")
    return {"need_additional_info": bool(questions)}


def _judged(*, home: str, municipality: str | None, **told: Any) -> tuple[Refusal, ...]:
    group = "primary_target_group"
    return acceptance.open_questions(
        applied=Applied(fields.TARGET_GROUPS[group], group, frozenset({group})),
        registered=Registered(
            **{"code_valid": True, "alive": True, "surname_same": True, "municipality": municipality, **told}
        ),
        home=home,
    )


def sent(case: Case, home: str) -> Answer:
    """What follows when an application meets one of the register's stand-in answers, by the age being right."""
    answers: Mapping[str, dict[str, Any]] = {
        "Kuollut": {"alive": False, "municipality": home},
        "Väärä sukunimi": {"surname_same": False, "municipality": home},
        "Ei löydy": {"code_valid": False, "municipality": None},
        "Turvakielto": {"municipality": None, "non_disclosure": True},
    }
    asked = str(case["vtj_case"])
    if asked.startswith(LIVES_IN):
        told: dict[str, Any] | None = {"municipality": asked.removeprefix(LIVES_IN)}
    else:
        told = answers.get(asked)
    if told is None:
        return unanswered(case)
    questions = _judged(home=home, **told)
    registered = Registered(**{"code_valid": True, "alive": True, "surname_same": True, **told})
    anyway = bool(case.get("request_additional_information"))
    refusal = acceptance.refused_on_sending(registered=registered, questions=questions, send_anyway=anyway)
    if refusal is None:
        return {"http": 201, "email": "additional_info_request" if questions else "activation"}
    return {"http": 400, "code": refusal.code, "shown": refusal.text.in_("en")}


def unanswered(_case: Case) -> Answer:
    """What follows when the register or the mail does not answer: nothing is lost, the rest is done later."""
    return {"http": 202, "applications_created": 1, "code": "continues_later"}


def _blocker(case: Case) -> Answer:
    if not case["ssn"]:
        return {"exception": "missingSsn"}
    if case.get("validity_code") != "1":
        return {"exception": "notFound"}
    return {"exception": "isDead" if case.get("dead") == "1" else None}


def _first_names(case: Case) -> Answer:
    found: Any = case["vtj_json"]
    for key in ("Henkilo", "NykyisetEtunimet", "Etunimet"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return {"first_names": found if isinstance(found, str) else ""}


def _end_user(case: Case) -> Answer:
    # The register's own log names the official by an identifier that is never reused nor guessed, else by our key.
    username = str(case["username"])
    return {"end_user": username if _UUID.fullmatch(username) else f"pk {case['user_pk']}"}


# --- single fields (act 5 §)


def _year_open(case: Case) -> Answer:
    if case["configuration_for_current_year"]:
        return {"http": 201, "applications_created": 1}
    closed = texts_2026.NOT_OPEN_THIS_YEAR.in_("en")
    return {"http": 400, "applications_created": 0, "code": "not_open", "text": closed}


def judged_field(field: str, value: object) -> Answer:
    """Whether a field may hold a value, in every word that cases use of it."""
    if field not in fields.CHECKS:
        raise EvaluationError(f"No field {field}. Fields: {', '.join(fields.CHECKS)}")
    refusal = fields.check(field, value)
    if refusal is None:
        stored = fields.tidied(value) if isinstance(value, str) else "" if value is None else value
        return {"valid": True, "http": 201, "created": 1, "stored": stored, "max_length_error": False}
    return {
        "valid": False, "http": 400, "created": 0, "error_field": field, "code": refusal.code,
        "codes": [refusal.code], "max_length_error": refusal.code == "max_length", "text": refusal.text.in_("en"),
    }  # fmt: skip


def _field(case: Case) -> Answer:
    return judged_field(str(case["field"]), case["value"])


def _length(case: Case) -> Answer:
    field, length = str(case["field"]), number(case, "length")
    return {"max_length_error": field in fields.LONGEST and length > fields.LONGEST[field]}


def _missing(case: Case) -> Answer:
    named = case.get("missing_field", case.get("missing"))
    if isinstance(named, list):
        named = next(iter(named), None)
    if not isinstance(named, str):
        raise EvaluationError("missing_field must be the name of a field, or an array of them")
    refusal = fields.missing(named)
    return {"http": 400, "error_field": refusal.field, "codes": [refusal.code], "created": 0, "changed": False}


def _named_field(field: str) -> Question:
    return question(lambda case: judged_field(field, case[field]), field)


FIELD_OF_AREA: Final[Mapping[str, str]] = {
    "field.name": "last_name",
    "field.phone": "phone_number",
    "field.postcode": "postcode",
    "field.school_unlisted": "school",
    "handler.create_without_ssn.birthdate": "non_vtj_birthdate",
}
"""What a value is of which a case tells only the area."""

_LIKE_A_POSTCODE = re.compile(r"[0-9 ]{1,6}")
_LIKE_A_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}(\1[0-9]{1,4})?")


def _bare_value(case: Case) -> Answer:
    """A value without its field: the area tells it, else its shape; what has neither is a name, the freest field."""
    value = case["value"]
    field = FIELD_OF_AREA.get(str(case.get(AREA)))
    if field is None:
        field = "last_name"
        if isinstance(value, str) and _LIKE_A_POSTCODE.fullmatch(value) and value.strip():
            field = "postcode"
        elif isinstance(value, str) and _LIKE_A_DAY.fullmatch(value):
            field = "non_vtj_birthdate"
    return judged_field(field, value)


def _residual(case: Case) -> Answer:
    data = mapping(case, "data")
    refusals = [
        fields.check(field, data[field]) if field in data else fields.missing(field) for field in FIELDS_OF_RESIDUAL
    ]
    wrong = [refusal for refusal in refusals if refusal is not None]
    if wrong:
        return {"http": 400, "created": 0, "codes": [each.code for each in wrong], "error_field": wrong[0].field}
    return {
        "http": 201, "created": 1, "status": str(Status.ADDITIONAL_INFORMATION_PROVIDED), "is_unlisted_school": True,
        "additional_info_user_reasons": ["other"], "social_security_number": "", "handler": None, "voucher": False,
        "body_keys": ["id"], "email_to_handler": "fi",
    }  # fmt: skip


REGISTER: Final[tuple[Question, ...]] = (
    question(unanswered, "vtj_service"),
    question(unanswered, "smtp"),
    question(_restricted, "return_code"),
    question(_kept, "previous", "vtj_json"),
    question(_first_names, "vtj_json"),
    question(_needs_more, "is_vtj_data_restricted"),
    question(_end_user, "username", "user_pk"),
    question(_blocker, "ssn"),
)

FIELDS: Final[tuple[Question, ...]] = (
    question(_year_open, "configuration_for_current_year"),
    question(_residual, "data"),
    question(_length, "field", "length"),
    question(_field, "field", "value"),
    question(_missing, "missing_field"),
    question(_missing, "missing"),
    *(_named_field(field) for field in ("target_group", "language")),
    question(_bare_value, "value"),
)
