# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of an employer's claim: its course, its fields, its look-ups and its sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import Answer, Case, Question, mapping, number, question, words
from ennakko.services.summer_voucher.law import claim_fields_2026 as claim_fields
from ennakko.services.summer_voucher.law import course_2026 as course
from ennakko.services.summer_voucher.law.course_2026 import Answer as Door
from ennakko.services.summer_voucher.law.course_2026 import ClaimStatus, LookUp, Reader

WHOLE_CLAIM: Final[Mapping[str, Any]] = {
    "street_address": "Mannerheimintie 1",
    "bank_account_number": "FI2112345600000785",
    "contact_person_name": "Aino Virtanen",
    "contact_person_email": "aino.virtanen@example.fi",
    "contact_person_phone_number": "040 123 4567",
    "is_separate_invoicer": False,
    "attachments": {"employment_contract": 1, "payslip": 1},
}
"""A claim that lacks nothing: a case names only what is otherwise."""

WHOLE_VOUCHER: Final[Mapping[str, Any]] = {
    "summer_voucher_serial_number": "31n-022",
    "employee_phone_number": "040 765 4321",
    "employment_postcode": "00100",
    "employment_start_date": "2026-06-01",
    "employment_end_date": "2026-06-30",
    "employment_work_hours": 60,
    "employment_salary_paid": 500,
    "hired_without_voucher_assessment": "maybe",
}
INVOICER: Final = dict.fromkeys(claim_fields.INVOICER_FIELDS, "x")
OF_CLAIM: Final = (
    *claim_fields.CLAIM_FIELDS, *claim_fields.INVOICER_FIELDS, *claim_fields.FOREIGN_ACCOUNT_FIELDS, "language",
)  # fmt: skip
OF_VOUCHER: Final = (*claim_fields.VOUCHER_FIELDS, "employment_description", "job_type")
"""The fields that a case may name or give, of a claim and of each of its vouchers."""

FOREIGN_ACCOUNT: Final = dict.fromkeys(claim_fields.FOREIGN_ACCOUNT_FIELDS, "x")

HTTP: Final = {Door.DONE: 200, Door.REFUSED: 400, Door.FORBIDDEN: 403, Door.NOT_FOUND: 404}
ROLES: Final = {
    **dict.fromkeys(("employer", "own company", "colleague"), Reader.OWN),
    **dict.fromkeys(("other company", "other employer"), Reader.OTHER),
    **dict.fromkeys(("handler", "staff", "superuser"), Reader.HANDLER), "anonymous": Reader.ANONYMOUS,
}  # fmt: skip


def status(case: Case, key: str = "status") -> ClaimStatus:
    """A status of a case; raises EvaluationError that names the ones there are."""
    try:
        return ClaimStatus(case[key])
    except ValueError:
        raise EvaluationError(f"{key} must be one of {', '.join(ClaimStatus)}, not {case[key]!r}") from None


def reader(case: Case, key: str = "role") -> Reader:
    """Who asks; raises EvaluationError that names the roles there are."""
    written = case[key]
    if not isinstance(written, str) or written not in ROLES:
        raise EvaluationError(f"{key} must be one of {', '.join(ROLES)}, not {written!r}")
    return ROLES[written]


def door(answer: Door, done: int = 200) -> Answer:
    """What is answered to a request, by the number that the City's interface uses."""
    return {"http": done if answer is Door.DONE else HTTP[answer]}


# --- the course of a claim (act 21 §)


def _moved(case: Case) -> Answer:
    start, to = status(case, "from"), status(case, "to")
    allowed = course.may_move(start, to)
    sent = allowed and (start, to) == (ClaimStatus.DRAFT, ClaimStatus.SUBMITTED)
    return {"allowed_by_validator": allowed, "submitted_at": "now" if sent else "unchanged"}


def _created(case: Case) -> Answer:
    beside = any("draft" in key and (value is True or value == 1) for key, value in case.items())
    if ("status" in case and status(case) is not ClaimStatus.DRAFT) or beside:
        return {"http": 400, "vouchers_created": 0}
    return {"http": 201, "vouchers_created": 1}


def _whose(case: Case) -> Reader:
    own = case.get("own_company", case.get("same_company_session", True))
    return Reader.OWN if own else Reader.OTHER


def _updated(case: Case) -> Answer:
    return door(course.edit(_whose(case), status(case)))


def _deleted(case: Case) -> Answer:
    return door(course.delete(_whose(case), status(case)), done=204)


def _seen(case: Case) -> Answer:
    told = str(case.get("application", "own company")).replace(" ", "_")
    whose = Reader.OTHER if "other_company" in told else _whose(case)
    at = status(case) if "status" in case else next((one for one in ClaimStatus if one in told), ClaimStatus.DRAFT)
    seen = course.found(whose, at)
    return {"http": 200 if seen else 404, "visible": seen}


def _listed(case: Case) -> Answer:
    return {"shows": f"only applications of {number(case, 'created_at__year', least=2000, most=9999)}"}


def _ordered(_case: Case) -> Answer:
    return {"ordering": "index in the list sent"}


# --- sending a claim: what it lacks (act 19 § and 21 §)


def _sent(claim: Mapping[str, Any]) -> Answer:
    refusals = claim_fields.lacking(claim)
    if not refusals:
        return {"http": 200, "status": str(ClaimStatus.SUBMITTED), "submitted_at": "now"}
    first = refusals[0]
    return {
        "http": 400, "status": str(ClaimStatus.DRAFT), "error_field": first.field, "code": first.code,
        "error_fields": [refusal.field for refusal in refusals], "text": first.text.in_("en"),
    }  # fmt: skip


def _sent_without(case: Case) -> Answer:
    """A whole claim, sent with the things changed that the case names."""
    claim = {**WHOLE_CLAIM, "summer_vouchers": [dict(WHOLE_VOUCHER)]}
    if case.get("is_separate_invoicer") is True:
        claim |= {"is_separate_invoicer": True} | ({} if case.get("invoicer_fields") == "empty" else INVOICER)
    if "iban" in case:
        claim |= {"bank_account_number": words(case, "iban")} | FOREIGN_ACCOUNT
    claim |= {name: case[name] for name in OF_CLAIM if name in case and name != "summer_vouchers"}
    row = {**WHOLE_VOUCHER} | {name: case[name] for name in OF_VOUCHER if name in case}
    gone = [*_named(case, "missing", (*OF_CLAIM, *OF_VOUCHER)), *_named(case, "voucher_missing", OF_VOUCHER)]
    claim["summer_vouchers"] = [row | dict.fromkeys((name for name in gone if name in OF_VOUCHER), None)]
    claim |= dict.fromkeys((name for name in gone if name in OF_CLAIM), None)
    papers = _named(case, "missing_attachment", claim_fields.PAPER_KINDS)
    if papers:
        claim["attachments"] = {kind: 0 if kind in papers else 1 for kind in claim_fields.PAPER_KINDS}
    return _sent(claim)


def _named(case: Case, key: str, there_are: tuple[str, ...]) -> list[str]:
    """The names of what a case leaves out, "all" being everything; EvaluationError for a name that there is not."""
    told = case.get(key)
    if told is None or told == "none":
        return []
    if told == "all":
        return list(there_are)
    names = told if isinstance(told, list) else [told]
    for name in names:
        if name not in there_are:
            raise EvaluationError(f"{key} must name what is left out: {', '.join(there_are)}, not {name!r}")
    return names


def _patched(case: Case) -> Answer:
    """Changing the status sends the claim: nothing that sending needs is passed by, whatever the method."""
    body = mapping(case, "body")
    wanted = status(body) if "status" in body else ClaimStatus.DRAFT
    if wanted is not ClaimStatus.SUBMITTED:
        refused = wanted is not ClaimStatus.DRAFT
        return {"http": 400 if refused else 200, "status": str(ClaimStatus.DRAFT)}
    papers = case.get("attachments", 0)
    return _sent({**body, "attachments": dict.fromkeys(claim_fields.PAPER_KINDS, papers)})


# --- looking a voucher up and joining it to a claim (act 15 §)

FETCHED: Final = (
    "employee_name", "employee_birthdate", "employee_phone_number", "employee_home_city", "employee_postcode",
    "employee_school",
)  # fmt: skip
"""What an employer is given of the youth whose number and name it has."""

MESSAGES: Final = {
    LookUp.UNKNOWN_NUMBER: "not found",
    LookUp.OTHER_SURNAME: "not found",
    LookUp.NOT_ACCEPTED: "not yet valid",
    LookUp.ALREADY_USED: "already used",
}


HOLDS_NOTHING: Final = frozenset({ClaimStatus.DRAFT, ClaimStatus.REJECTED, ClaimStatus.DELETED})
"""The states of another claim in which it holds no voucher (act 15 § 2)."""


def _looked_up(case: Case) -> LookUp:
    told = case.get("rule")
    if told is not None and told not in (*LookUp, None):
        raise EvaluationError(f"rule must be one of {', '.join(LookUp)}, not {told!r}")
    of_youth = case.get("youth_status", "accepted")
    used = any(case.get(key) for key in ("used", "used_elsewhere", "used_in_other_application"))
    # Only a claim that was sent or accepted holds a voucher; the other claim is taken to be one when nothing is told.
    held_by = next((key for key in ("other_status", "other_application_status") if key in case), None)
    used = used and (held_by is None or status(case, held_by) not in HOLDS_NOTHING)
    words_of_voucher = str(case.get("voucher") or "").casefold()
    known = not any(word in words_of_voucher for word in ("unknown", "not found", "does not exist", "nonexistent"))
    return course.look_up(
        number_known=known and case.get("number_exists", True) is True and told != LookUp.UNKNOWN_NUMBER,
        surname_fits=case.get("surname_match", case.get("name_matches", True)) is True and told != LookUp.OTHER_SURNAME,
        in_force=of_youth == "accepted" and told != LookUp.NOT_ACCEPTED,
        used=used or told == LookUp.ALREADY_USED,
    )


def _fetched(case: Case) -> Answer:
    found = _looked_up(case)
    if found is LookUp.FOUND:
        return {"http": 200, "fields": list(FETCHED)}
    if found in (LookUp.UNKNOWN_NUMBER, LookUp.OTHER_SURNAME):
        # One answer for both: nobody learns from it whether a number is in use.
        return {"http": 404, "error_code": "not_found"}
    return {"http": 400, "error_code": str(found)}


def _joined(case: Case) -> Answer:
    found = _looked_up(case)
    if found is LookUp.FOUND:
        return {"http": 200, "linked": True}
    return {"http": 400, "linked": False, "message": MESSAGES[found], "error_code": str(found)}


LOOK_UPS: Final = (
    *(
        question(_fetched, key, area="employer.fetch_employee_data")
        for key in ("surname_match", "number_exists", "rule")
    ),
    question(_fetched, area="employer.fetch_employee_data", told=True),
    *(
        question(_joined, key, area="employer.link_voucher")
        for key in ("voucher", "name_matches", "youth_status", "used_in_other_application", "used_elsewhere")
    ),
)

SENDING: Final = (
    question(_patched, "method", "body"),
    *(
        question(_sent_without, key)
        for key in ("iban", "is_separate_invoicer", "missing_attachment", "voucher_missing", "missing")
    ),
)

COURSE: Final[tuple[Question, ...]] = (
    question(_moved, "from", "to"),
    question(_updated, "same_company_session", "status", area=("employer.colleague_edit", "employer.update")),
    question(_deleted, "own_company", "status", area="employer.delete"),
    question(_updated, "other_user", "status", area="employer.colleague_edit"),
    question(_created, "status", area="employer.create"),
    question(_created, area="employer.create", told=True),
    question(_updated, "status", area="employer.update"),
    question(_deleted, "status", area="employer.delete"),
    question(_seen, "application"),
    question(_seen, area="employer.visibility", told=True),
    question(_listed, "created_at__year"),
    question(_ordered, "put_index"),
)
