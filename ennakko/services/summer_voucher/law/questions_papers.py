# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of a claim's attachments, of the lists made of claims, and of notes and their course."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import AREA, Answer, Case, Question, listed, mapping, number, question, words
from ennakko.services.summer_voucher.law import claim_fields_2026 as claim_fields
from ennakko.services.summer_voucher.law import course_2026 as course
from ennakko.services.summer_voucher.law import exports, fields
from ennakko.services.summer_voucher.law.course_2026 import Entry
from ennakko.services.summer_voucher.law.questions_claim import door, reader, status
from ennakko.services.summer_voucher.law.refusals import Refusal

# --- attachments (act 22 §)

PROMISED: Final = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
}  # fmt: skip
BEGINS: Final = {kind: start for start, kind in claim_fields.SIGNATURES.items()}
TEXT: Final = b"Hello, world"
_FILE = re.compile(r"(?:valid )?(?P<true>pdf|png|jpe?g)|(?:valid )?(?P<is>\w+) named \.(?P<named>\w+)")


def _uploaded(case: Case) -> Answer:
    """A file taken in or refused by its contents, size and number; what a case does not tell is right."""
    first, promised = _file(words(case, "file") or "" if "file" in case else "valid pdf")
    size = number(case, "bytes", least=0) if "bytes" in case else 0 if case.get("file") == "empty" else 1000
    before = number(case, "nth_of_type", least=1) - 1 if "nth_of_type" in case else 0
    taken = claim_fields.paper(first_bytes=first, size=size, promised=promised, of_kind_before=before)
    if not isinstance(taken, Refusal):
        return {"http": 201, "content_type": taken, "url_in_body": False}
    wrong = "not a valid pdf" if promised == "application/pdf" else "not a valid image"
    message = wrong if taken.code == "invalid" else taken.text.in_("en")
    return {"http": 400, "code": taken.code, "message": message, "text": taken.text.in_("en")}


def _file(told: str) -> tuple[bytes, str | None]:
    """How a file that a case tells of begins, and what its name promises: "valid pdf", "text named .png"."""
    parts = _FILE.fullmatch(told.strip().casefold())
    if parts is None:
        return TEXT, None
    if parts["true"]:
        return BEGINS[PROMISED[parts["true"]]], PROMISED[parts["true"]]
    return BEGINS.get(PROMISED.get(parts["is"], ""), TEXT), PROMISED.get(parts["named"], parts["named"])


def _added(case: Case) -> Answer:
    return door(course.add_paper(reader(case), status(case)), done=201)


def _removed(case: Case) -> Answer:
    return door(course.remove_paper(reader(case), status(case)), done=204)


def _handed(case: Case) -> Answer:
    # Who is told by the company reads; who is told by the part they play adds.
    return _read(case) if str(case["role"]).endswith(" company") else _added(case)


def _read(case: Case) -> Answer:
    return door(course.read_paper(reader(case), status(case)))


PAPERS: Final = (
    *(question(_uploaded, key) for key in ("file", "bytes", "nth_of_type")),
    question(_handed, "role", "status", area="attachment.upload_by_status"),
    question(_removed, "role", "status", area="attachment.delete_by_status"),
    question(_read, "role", "status", area="attachment.read"),
)

# --- lists for payment and reports (act 23 §)


LIST_KEYS: Final = frozenset({"kind", "columns", "area", "role", "method"})


def _none_belongs(key: str, value: object) -> bool:
    """Whether a thing told of the claims means that the list is empty: "only_drafts" true, "applications" 0."""
    if type(value) is bool:
        return value is not key.startswith("has_")
    return type(value) is int and value == 0


def _list(case: Case) -> Answer:
    kind, columns = case["kind"], case.get("columns", "talpa")
    if kind not in exports.KINDS:
        return {"error": "invalid_export_kind", "redirect": "landing page"}
    if columns not in exports.COLUMN_SETS:
        return {"error": "invalid_columns", "redirect": "landing page"}
    # Whatever else a case tells of the claims is why none of them belongs to the list.
    if any(_none_belongs(key, value) for key, value in case.items() if key not in LIST_KEYS):
        error = "no_unhandled" if kind == exports.UNHANDLED else "no_applications"
        return {"error": error, "redirect": "landing page"}
    return {
        "http": 200,
        "is_exported_after": kind == exports.UNHANDLED,
        "access_log_entries": 1,
        "stores": ["actor", "actor_email", "request path", "kind", "columns"],
    }


def _allowed_list(case: Case) -> Answer:
    role = str(case["role"])
    if role == "anonymous":
        return {"http": 302, "to": "AD login"}
    return {"http": 200} if role in ("staff", "superuser", "handler") else {"http": 302, "to": "handler 403"}


def _method(case: Case) -> Answer:
    return {"http": 200 if str(case["method"]).lower() in ("get", "head") else 405}


def _payment_columns(case: Case) -> Answer:
    shorter = case["exclude_2026_fields"]
    return {"columns": list(exports.PAYMENT_COLUMNS if shorter else exports.PAYMENT_COLUMNS_2026)}


def _report(_case: Case) -> Answer:
    return {
        "columns": list(exports.REPORTING_COLUMNS), "order_by": list(exports.ORDER),
        "first_column": "running number from 1",
    }  # fmt: skip


DAY_FIELDS: Final = exports.RECEIVED_COLUMNS | exports.WORK_DAY_COLUMNS | {"employment dates"}


def _cell(case: Case) -> Answer:
    if case["field"] not in DAY_FIELDS:
        raise EvaluationError(f"field must be one with a day: {', '.join(sorted(DAY_FIELDS))}, not {case['field']!r}")
    received = case["field"] in exports.RECEIVED_COLUMNS
    shape = exports.RECEIVED_FORMAT if received else exports.WORK_DAY_FORMAT
    told = next((case[key] for key in ("submitted_at", "value", "date") if isinstance(case.get(key), str)), None)
    if told is None:
        return {"format": shape}
    try:
        return {"format": shape, "cell": exports.written_day(date.fromisoformat(told[:10]), str(case["field"]))}
    except ValueError:
        raise EvaluationError(f"A cell's day is told as 2026-06-01, not {told!r}") from None


def _group(case: Case) -> Answer:
    if isinstance(case.get("youth_application"), Mapping):
        case = {**mapping(case, "youth_application"), **{key: told for key, told in case.items() if key != AREA}}
    reasons = listed(case, "additional_info_user_reasons") or listed(case, "reasons")
    group, calculation = exports.group_and_calculation(
        declared=words(case, "target_group") or "",
        age=number(case, "age_by_year") if case.get("age_by_year") is not None else None,
        gave_age_as_reason="underage_or_overage" in reasons,
        groups=dict(fields.TARGET_GROUPS),
    )
    return {"group": group, "status": calculation, "status_cell": calculation}


def _youth_list(case: Case) -> Answer:
    if number(case, "applications", least=0) == 0:
        return {"http": 200, "text": "Hakemuksia ei löytynyt."}
    return {"http": 200, "columns": list(exports.YOUTH_COLUMNS)}


def _youth_birth(case: Case) -> Answer:
    told = words(case, "birthdate")
    if not told:
        return {"birth_year": -1, "birthdate": "N/A"}
    try:
        born = date.fromisoformat(told)
    except ValueError:
        raise EvaluationError(f"birthdate must be a day such as 2010-06-15 or null, not {told!r}") from None
    return {"birth_year": born.year, "birthdate": f"{born:%d.%m.%Y}"}


def _logged(_case: Case) -> Answer:
    return {"access_log_entries": 1}


LISTS: Final = (
    question(_list, "kind"),
    question(_payment_columns, "exclude_2026_fields"),
    question(_cell, "field"),
    question(_group, "target_group"),
    question(_group, "youth_application"),
    question(_youth_birth, "birthdate"),
    question(_youth_list, "applications"),
    question(_logged, "audit"),
    question(_method, "method"),
    question(_allowed_list, "role"),
)

NOTHING_GIVEN: Final = question(_report)
"""What is asked by a case that gives nothing: how the report looks."""

# --- notes (act 24 §)

NOTE_KINDS: Final = ("internal", "internal_note", "external_message")
AUTHOR: Final = "author"
TARGETS: Final = frozenset({"youthapplication", "employerapplication", "attachment", "application", "claim", "given"})
"""What a note is about, in letters alone; "given" stands for any of them."""


def _note(case: Case) -> Answer:
    if case.get("user", "handler") not in WRITERS:
        return _permission(case)
    about = case.get("target", case.get("target_type"))
    if about and re.sub("[^a-z]", "", str(about).casefold()) not in TARGETS:
        return {"http": 400, "notes": 0, "error_field": "target_type"}
    if not about or ("target_id" in case and not case["target_id"]):
        return {"http": 400, "notes": 0, "error_field": "target_id" if about else "target_type"}
    kind = case.get("note_type", "(left out)")
    if about == "attachment" and kind == "external_message":
        return {"http": 400, "error_field": "note_type", "notes": 0}
    if kind != "(left out)" and kind not in NOTE_KINDS:
        return {"http": 400, "error_field": "note_type", "notes": 0}
    if "content" in case and not str(case["content"] or "").strip():
        return {"http": 400, "error_field": "content", "notes": 0}
    return {"http": 201, "author": "the caller", "notes": 1}


WRITERS: Final = frozenset({"handler", "staff", "superuser"})


def _permission(case: Case) -> Answer:
    user = case.get("user")
    if user is None:
        return {"http": 401, "http_in": [401, 403]}
    if user not in WRITERS:
        return {"http": 403}
    return {"http": 201 if case.get("what") == "create" else 200}


def _note_changed(case: Case) -> Answer:
    if case["by"] != AUTHOR:
        return {"http": 403, "unchanged": True, "notes": 1}
    moved = case.get("target") == "different"
    return {"http": 400 if moved else 200, "unchanged": moved}


def _note_deleted(case: Case) -> Answer:
    own = case["by"] == AUTHOR
    return {"http": 204, "notes": 0} if own else {"http": 403, "notes": 1, "unchanged": True}


def _notes_listed(case: Case) -> Answer:
    whole = case.get("target_type") and case.get("target_id")
    return {"http": 200} if whole else {"http": 200, "rows": 0}


# --- the course (act 24 §)


def _lines(case: Case) -> list[Entry]:
    """The lines that the case gives; without them two notes and a change of state between them."""
    first = datetime(2026, 6, 1, 9, tzinfo=UTC)
    told = listed(case, "entries") or ["note", "activity", "note"]
    return [Entry(str(kind), first + timedelta(hours=hour), "") for hour, kind in enumerate(told)]


def _course(case: Case) -> Answer:
    kinds = listed(case, "types") if case["types"] is not None else ()
    lines = course.course(_lines(case), [str(kind) for kind in kinds])
    return {"count": len(lines), "items": [line.kind for line in lines]}


def _course_of(case: Case) -> Answer:
    if case["model"] == "attachment":
        return {"items": [], "count": 0}
    return _course({"types": []})


def _change(case: Case) -> Answer:
    names = re.findall(r"[a-z_]+", str(case["change"]).replace("only", ""))
    return {"log": "activity" if course.is_logged(names) else None}


def _author(case: Case) -> Answer:
    told = words(case, "actor")
    return {"author_name": course.author_name(told, gone=(told or "").casefold() in GONE)}


GONE: Final = frozenset({"deleted", "deleted user", "gone"})


NOTES: Final[tuple[Question, ...]] = (
    question(_permission, "user", "what"),
    question(_note_changed, "by", area="notes.update"),
    question(_note_deleted, "by", area="notes.delete"),
    question(_notes_listed, "only_one_of_target_type_and_id"),
    question(_note, "target_type", area="notes.create"),
    question(_note, "target", area="notes.create"),
    question(_notes_listed, "target_type", "target_id", area="notes.list"),
    question(_notes_listed, area="notes.list", told=True),
    question(_course, "types"),
    question(_course_of, "model"),
    question(_change, "change"),
    question(_author, "actor"),
)
