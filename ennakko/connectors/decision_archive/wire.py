# SPDX-License-Identifier: EUPL-1.2
"""Matters and records as Ahjo's interface writes them, and its answers read.

Known from the City's own open code (yjdh, benefit): field names, record kinds, lengths of titles, HAL as media type.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from ennakko.connectors.asking import Reply
from ennakko.kernel.records.decision_archive import Agent, Choice, Details, File, Matter, Record

LONGEST_TITLE, LONGEST_INTERNAL_TITLE = 512, 150
PUBLICITY: Mapping[str, str] = {
    "public": "Julkinen",
    "partly-secret": "Osittain salassa pidettävä",
    "secret": "Salassa pidettävä",
}
_DECIDER = re.compile(r'<div class="Puheenjohtajanimi">([^<]+)</div>', re.IGNORECASE)
_GUID = re.compile(r"\{?[0-9A-Za-z-]{8,64}\}?")


class Unreadable(Exception):
    """The answer is not what the interface promises; the message says which part."""


def matter(one: Matter) -> dict[str, Any]:
    """The body of POST /cases."""
    return {
        "Title": shortened(one.title, LONGEST_TITLE),
        "InternalTitle": shortened(one.internal_title, LONGEST_INTERNAL_TITLE),
        "Acquired": moment(one.acquired),
        "ClassificationCode": one.task_class,
        "ClassificationTitle": one.task_title,
        "Language": one.language,
        "PublicityClass": PUBLICITY[one.publicity],
        "Subjects": [{"Subject": subject, "Scheme": "hki-yhpa"} for subject in one.subjects],
        "PersonalData": "Sisältää erityisiä henkilötietoja",
        "Reference": one.reference,
        "Records": [record(row) for row in one.records],
        "Agents": [agent(row) for row in one.agents],
    }


def records(rows: Sequence[Record]) -> dict[str, Any]:
    """The body of POST and PUT /cases/{id}/records."""
    return {"records": [record(row) for row in rows]}


def record(one: Record) -> dict[str, Any]:
    """A record with its files; VersionSeriesId only of one that the archive has, MannerOfReceipt of one that came."""
    body = {
        "Title": shortened(one.title, LONGEST_TITLE),
        "Type": one.kind,
        "Acquired": moment(one.acquired),
        "PublicityClass": PUBLICITY[one.publicity],
        "SecurityReasons": list(one.grounds),
        "Language": one.language,
        "PersonalData": "Sisältää erityisiä henkilötietoja",
        "Documents": [file(row) for row in one.files],
        "Agents": [agent(row) for row in one.agents],
    }
    if one.series:
        body["VersionSeriesId"] = one.series
    if one.received_by:
        body["MannerOfReceipt"] = one.received_by
    return body


def file(one: File) -> dict[str, str]:
    """A file: what it is, its digest, and where the archive fetches it."""
    return {
        "FileName": one.name,
        "FormatName": one.media_type,
        "HashAlgorithm": "sha256",
        "HashValue": one.sha256,
        "FileURI": one.address,
    }


def agent(one: Agent) -> dict[str, str]:
    """An agent with what is known of them."""
    company = one.role == "sender_initiator"
    known = {
        "Role": one.role,
        "Type": one.kind,
        "CorporateName": one.organisation if company else "",
        "ContactPerson": one.name if company else "",
        "Name": "" if company else one.name,
        "ID": one.id,
        "Email": one.email,
        "AddressStreet": one.street,
        "AddressPostalCode": one.postal_code,
        "AddressCity": one.post_office,
    }
    return {name: value for name, value in known.items() if value}


def moment(at: datetime) -> str:
    """A moment in UTC to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shortened(words: str, most: int) -> str:
    """A title on one line that fits; a cut is shown by an ellipsis."""
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def request_id(reply: Reply) -> str:
    """The id that the system gave a request: a JSON object, a JSON text or the plain id; "" where there is none."""
    text = reply.content.decode("utf-8", "replace").strip()
    if not text:
        return ""
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    if isinstance(found, dict):
        found = found.get("requestId", "")
    if not isinstance(found, str) or (found and not _GUID.fullmatch(found)):
        raise Unreadable("the request's id")
    return found.strip("{}")


def details(document: Any) -> Details:
    """The answer of GET /decisions/{case}: an object, or a list of which the last holds; raises Unreadable."""
    rows = document if isinstance(document, list) else [document]
    row = rows[-1] if rows else None
    if not isinstance(row, dict):
        raise Unreadable("the decision")
    organisation, content, section = (row.get(key) for key in ("Organization", "Content", "Section"))
    if not isinstance(organisation, dict) or not isinstance(organisation.get("Name"), str):
        raise Unreadable("Organization")
    decider = _DECIDER.search(content) if isinstance(content, str) else None
    if decider is None:
        raise Unreadable("Content")
    if not isinstance(section, str | int) or isinstance(section, bool) or not str(section).strip():
        raise Unreadable("Section")
    return Details(
        " ".join(decider[1].split()), organisation["Name"], f"{str(section).strip()} §", _day(row.get("DateDecision"))
    )


def _day(written: Any) -> date:
    if isinstance(written, str):
        try:
            return datetime.fromisoformat(written).date()
        except ValueError:
            pass
    raise Unreadable("DateDecision")


def decision_makers(document: Any) -> tuple[Choice, ...]:
    """The answer of GET /agents/decisionmakers; those that do not decide are left out."""
    rows = document.get("decisionMakers") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise Unreadable("decisionMakers")
    found = []
    for row in rows:
        organisation = row.get("Organization") if isinstance(row, dict) else None
        if isinstance(organisation, dict) and organisation.get("IsDecisionMaker") is True:
            found.append(_choice(organisation))
    return tuple(one for one in found if one is not None)


def signers(document: Any) -> tuple[Choice, ...]:
    """The answer of GET /organization/persons."""
    rows = document.get("agentList") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise Unreadable("agentList")
    found = [_choice(row) for row in rows if isinstance(row, dict)]
    return tuple(one for one in found if one is not None)


def _choice(row: Mapping[str, Any]) -> Choice | None:
    id, name = row.get("ID"), row.get("Name")
    return Choice(id, name) if isinstance(id, str) and isinstance(name, str) and id and name else None
