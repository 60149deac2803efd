# SPDX-License-Identifier: EUPL-1.2
"""Unfinished applications: the organisation's people share them; they are kept by form version for half a year."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.db import transaction

from ennakko.kernel import documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import drafts
from ennakko.kernel.cases.drafts import Begun, FormKind, register_form
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_values import MOST_EMPLOYEES, VERSION, documents_about, raw_employees
from ennakko.values.texts import text

KEPT_DAYS, WARNED_DAYS = 180, 14
"""Half a year (act 21 §); whoever began it is told two weeks before it is destroyed."""


def _on_drop(organisation: str, key: str) -> None:
    """A draft is thrown away: papers that wait for it go, and those that were sent have moved already."""
    documents.destroy(about=[documents_about(organisation, key, n) for n in range(1, MOST_EMPLOYEES + 1)])


FORM = register_form(
    FormKind(
        SERVICE,
        "benefit",
        VERSION,
        text(fi="Palkkauslisän hakemus", sv="Ansökan om anställningstillägg", en="Application for the hiring benefit"),
        kept_days=KEPT_DAYS,
        warned_days=WARNED_DAYS,
        on_drop=_on_drop,
    )
)


def new_key() -> str:
    """A key for a new application: its drafts, papers and sending go by it."""
    return uuid4().hex


def save(raw: Mapping[str, Any], *, key: str, actor: Actor, at: datetime, revision: int | None = None) -> Begun:
    """Keep an unfinished application. Raises Refused, and DraftChanged where a colleague saved meanwhile."""
    require(actor, APPLY)
    return drafts.save_draft(
        FORM, key, dict(raw), owner=actor, at=at, organisation=actor.organisation, revision=revision
    )


def draft_of(key: str, *, actor: Actor) -> Begun | None:
    """An unfinished application of the organisation. Raises Refused."""
    require(actor, APPLY)
    return drafts.draft_of(FORM, key, owner=actor, organisation=actor.organisation)


def drafts_of(actor: Actor) -> tuple[Begun, ...]:
    """Every unfinished application of the organisation, the last saved first. Raises Refused."""
    require(actor, APPLY)
    return drafts.drafts_of(FORM, owner=actor, organisation=actor.organisation)


def drop(key: str, *, actor: Actor) -> bool:
    """Throw an unfinished application away with its papers; whether there was one. Raises Refused."""
    require(actor, APPLY)
    return drafts.drop_draft(FORM, key, owner=actor, organisation=actor.organisation)


def remove_employee(raw: Mapping[str, Any], row: int, *, key: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Take one employee (from 0) off an unfinished application with the papers; a row beyond changes nothing.

    The application as it is kept now. Raises Refused.
    """
    require(actor, APPLY)
    rows = list(raw_employees(raw))
    if not 0 <= row < len(rows):
        return dict(raw)
    kept = {**raw, "employees": [one for number, one in enumerate(rows) if number != row]}
    places = [documents_about(actor.organisation, key, n) for n in range(1, len(rows) + 1)]
    with transaction.atomic():
        documents.destroy(about=[places[row]])
        for before, now in pairwise(places[row:]):
            documents.move(now, before)
        save(kept, key=key, actor=actor, at=at)
    return kept
