# SPDX-License-Identifier: EUPL-1.2
"""Unfinished claims: the organisation's people share them; they hold no voucher, and are told to nobody else."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db import transaction

from ennakko.kernel import documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import remove
from ennakko.kernel.cases import drafts
from ennakko.kernel.cases.drafts import Begun, FormKind, register_form
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_reading import read
from ennakko.services.summer_voucher.claim_values import MOST_ROWS, documents_about, raw_rows
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import ClaimDraftHold, ClaimRow
from ennakko.values.texts import text

CLAIM = "summer-voucher.claim"
NOTE_KEPT: Final = timedelta(minutes=30)
"""How long a colleague is told that a voucher stands in an unfinished claim."""


def _on_drop(organisation: str, key: str) -> None:
    """A draft is thrown away: documents that wait for it go, and those that were sent on have moved already."""
    documents.destroy(about=[documents_about(organisation, key, n) for n in range(1, MOST_ROWS + 1)])


FORM = register_form(
    FormKind(
        SERVICE,
        "claim",
        "2026-1",
        text(
            fi="Työnantajan kesäsetelihakemus",
            sv="Arbetsgivarens ansökan om sommarsedel",
            en="Employer's claim of the summer voucher",
        ),
        on_drop=_on_drop,
    )
)


def save(raw: Mapping[str, Any], *, key: str, actor: Actor, at: datetime, wall: datetime) -> Begun:
    """Keep an unfinished claim; vouchers in it are noted for colleagues for half an hour. Raises Refused."""
    require(actor, CLAIM)
    begun = drafts.save_draft(FORM, key, dict(raw), owner=actor, at=at, organisation=actor.organisation)
    values = read(raw, complete=False).values
    known = gathering.look_up(values.rows)
    for voucher in known.vouchers.values():
        ClaimDraftHold.objects.update_or_create(
            organisation=actor.organisation, voucher=voucher, defaults={"until": wall + NOTE_KEPT}
        )
    return begun


def remove_row(
    raw: Mapping[str, Any], position: int, *, key: str, actor: Actor, at: datetime, wall: datetime
) -> dict[str, Any]:
    """Take one row (from 0) off an unfinished claim, with its documents; those of the later rows go up with their rows.

    The claim as it is kept now; a position that there is not changes nothing. Raises Refused.
    """
    require(actor, CLAIM)
    rows = list(raw_rows(raw))
    if not 0 <= position < len(rows):
        return dict(raw)
    kept = {**raw, "rows": [row for index, row in enumerate(rows) if index != position]}
    places = [documents_about(actor.organisation, key, n) for n in range(1, len(rows) + 1)]
    with transaction.atomic():
        documents.destroy(about=[places[position]])
        for before, now in pairwise(places[position:]):
            documents.move(now, before)
        save(kept, key=key, actor=actor, at=at, wall=wall)
    return kept


def drop(key: str, *, actor: Actor) -> bool:
    """Throw an unfinished claim away, with its documents; whether there was one. Raises Refused."""
    require(actor, CLAIM)
    with transaction.atomic():
        begun = drafts.draft_of(FORM, key, owner=actor, organisation=actor.organisation)
        if begun is None:
            return False
        numbers = gathering.numbers_in(read(begun.data, complete=False).values.rows)
        ClaimDraftHold.objects.filter(organisation=actor.organisation, voucher__number__in=numbers).delete()
        return drafts.drop_draft(FORM, key, owner=actor, organisation=actor.organisation)


def forget(key: str, organisation: str, rows: Iterable[ClaimRow], *, actor: Actor) -> None:
    """A claim was sent: its draft and the notes on its vouchers are gone, in the sending's transaction."""
    if drafts.drop_draft(FORM, key, owner=actor, organisation=organisation):
        for used in (row.voucher_id for row in rows if row.voucher_id is not None):
            remove(ClaimDraftHold, {"organisation": organisation, "voucher": used})


def written_by_colleague(organisation: str, voucher: int, *, wall: datetime) -> bool:
    """Whether somebody of the same organisation has the voucher in an unfinished claim just now."""
    return ClaimDraftHold.objects.filter(organisation=organisation, voucher=voucher, until__gt=wall).exists()
