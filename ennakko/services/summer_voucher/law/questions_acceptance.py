# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of taking in and deciding an application."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import (
    Answer,
    Case,
    Question,
    day,
    listed,
    mapping,
    number,
    question,
    words,
)
from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law import fields
from ennakko.services.summer_voucher.law.acceptance_2026 import Applied, Earlier, Registered, Status
from ennakko.services.summer_voucher.law.refusals import Refusal

HANDLERS_LANGUAGE: Final = "fi"
ON_FIRST_CLICK: Final = " on first click"


def _refused(refusals: Sequence[Refusal]) -> Answer:
    first = refusals[0]
    return {
        "http": 400,
        "code": first.code,
        "codes": [refusal.code for refusal in refusals],
        "error_field": first.field,
        "text": first.text.in_("en"),
        "changed": False,
        "created": 0,
        "applications_created": 0,
    }


def _status(case: Case, key: str = "status") -> Status:
    try:
        return Status(case[key])
    except ValueError:
        raise EvaluationError(f"{key} must be one of {', '.join(Status)}, not {case[key]!r}") from None


# --- accepted at once, and confirming (act 3 § and 6 §)


def accepted_at_once(case: Case, home: str) -> Answer:
    """The status and page after confirming an application that was just made."""
    in_use = case["vtj"] != "disabled"
    questions = acceptance.open_questions(
        applied=Applied(
            age_by_year=number(case, "age_by_year"),
            declared_group=words(case, "declared_target_group") or "",
            open_groups=frozenset(str(group).partition("(")[0] for group in listed(case, "enabled_target_groups")),
        ),
        registered=Registered(
            in_use=in_use,
            code_valid=case.get("ssn_valid_in_vtj"),
            alive=case.get("alive"),
            surname_same=case.get("last_name_matches_vtj"),
            municipality=words(case, "vtj_home_municipality"),
        ),
        home=home,
    )
    after = acceptance.confirm(
        status=Status.SUBMITTED,
        active=False,
        expired=bool(case.get("link_expired")),
        another_active=bool(case.get("accepted_application_this_year")),
        questions=questions,
    )
    answer: Answer = {
        "http": 302, "status": str(after.status), "redirect": after.page,
        "open_questions": [refusal.code for refusal in questions],
    }  # fmt: skip
    return answer if in_use else {**answer, "vtj_json": None}


def _confirmed(case: Case) -> Answer:
    state = str(case["state"])
    clicked_before = state.endswith(ON_FIRST_CLICK)
    inactive = state == "inactive"
    status = Status.SUBMITTED if inactive else _status({"state": state.removesuffix(ON_FIRST_CLICK)}, "state")
    needs_more = bool(case.get("need_additional_info"))
    after = acceptance.confirm(
        status=status,
        active=clicked_before or not inactive,
        expired=bool(case.get("link_expired")),
        another_active=False,
        questions=[Refusal("told_by_case", fields.EMPTY)] if needs_more else [],
    )
    unchanged = after.status is status
    return {"redirect": after.page, "status": "unchanged" if unchanged else str(after.status), "active": after.active}


def _link(case: Case) -> Answer:
    expired = acceptance.link_expired(
        age_seconds=number(case, "age_seconds"), limit_seconds=number(case, "limit_seconds")
    )
    included = acceptance.holds_its_place(confirmed=bool(case.get("confirmed")), expired=expired)
    return {"expired": expired, "included": included}


# --- one a year (act 7 §)


def _duplicate(case: Case) -> Answer:
    told = mapping(case, "existing")
    refusal = acceptance.duplicate(
        Earlier(
            same_email=bool(told["same_email"]),
            same_identity_code=bool(told["same_ssn"]),
            confirmed=bool(told["email_confirmed"]),
            link_expired=bool(told["link_expired"]),
            this_year=bool(told["created_this_year"]),
            status=_status(told),
        )
    )
    return {"http": 201} if refusal is None else _refused([refusal])


# --- explaining (act 5 §)


_OWN_NAME = re.compile(r"_(in|to)_[a-z]+")


def without_a_name(reasons: object) -> object:
    """Reasons as we name them: the City's interface writes its own name into two of them."""
    if not isinstance(reasons, list):
        return reasons
    return [_OWN_NAME.sub(r"_\1_city", each) if isinstance(each, str) else each for each in reasons]


def _reasons(case: Case) -> Answer:
    refusal = fields.reasons(without_a_name(case["reasons"]), allow_empty=bool(case.get("allow_empty")))
    return {"valid": refusal is None}


def _explained(case: Case) -> Answer:
    refusals = acceptance.additional_information(
        status=_status(case), reasons=without_a_name(case["reasons"]), description=case["description"]
    )
    if refusals:
        return {**_refused(refusals), "status": str(_status(case))}
    return {
        "http": 201,
        "status": str(Status.ADDITIONAL_INFORMATION_PROVIDED),
        "description_stored": fields.tidied(case["description"]),
        "email_to_handler": HANDLERS_LANGUAGE,
        "changed": True,
    }


def _ignored_field(_case: Case) -> Answer:
    # Only the two fields of an explanation are read; whatever else was sent is neither stored nor refused.
    return {"http": 201, "extra_ignored": True}


# --- handling (act 8 §)


def _handled(case: Case) -> Answer:
    status = _status(case)
    decided = acceptance.decide(status=status, accept=case["action"] == "accept")
    if isinstance(decided, Refusal):
        return {**_refused([decided]), "status": str(status), "audit_entries": 0}
    return {"http": 200, "status": str(decided), "audit_entries": 1}


def _standing(case: Case) -> Answer:
    standing = acceptance.STANDINGS[_status(case)]
    return {
        "can_accept_manually": standing.may_accept,
        "can_reject": standing.may_reject,
        "handled": standing.final,
        "waits_for_youth": standing.waits_for_youth,
        "vtj_fetched_again": not standing.final,
    }


# --- ages (act 2 §)


def _age(case: Case) -> Answer:
    return {"age": acceptance.age_by_year(day(case, "birthdate"), number(case, "application_year"))}


def _group(case: Case) -> Answer:
    return {"target_group": acceptance.group_of_age(number(case, "age_by_year"))}


def _language(case: Case) -> Answer:
    to_handlers = str(case["mail"]).startswith("processing")
    return {"language": HANDLERS_LANGUAGE if to_handlers else case["youth_language"]}


ACCEPTANCE: Final[tuple[Question, ...]] = (
    question(_duplicate, "existing"),
    question(_confirmed, "state"),
    question(_link, "limit_seconds", "age_seconds"),
    question(_explained, "status", "reasons", "description"),
    question(_reasons, "reasons"),
    question(_ignored_field, "extra_field"),
    question(_handled, "status", "action"),
    question(_age, "birthdate", "application_year"),
    question(_language, "youth_language", "mail"),
    question(_group, "age_by_year"),
    question(_standing, "status"),
)
