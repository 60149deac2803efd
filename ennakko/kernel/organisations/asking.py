# SPDX-License-Identifier: EUPL-1.2
"""Records are made and kept up to date by asking the registers; a register's silence never stops anybody.

The registers are asked outside any transaction: nobody's lock waits for an answer from outside.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.access import RETENTION
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.kernel.organisations.queries import known, searched
from ennakko.values import business_id as business_ids

log = logging.getLogger(__name__)

FROM_MANDATE = "mandate"
"""The source of a record that no register has told of: name and business id from whoever acts for it."""
ASK_AGAIN_AFTER = timedelta(days=7)
"""How old a register's answer may grow before somebody's arrival makes us ask again."""
REST = timedelta(minutes=10)
"""A register that was silent is asked again no sooner."""

_TOLD = (
    "name", "name_sv", "form", "form_text", "kind", "industry", "industry_text", "street_address", "postal_code",
    "post_office", "founded", "ended", "source",
)  # fmt: skip


class NoSuchBusinessId(ValueError):
    """The text is no business id: its form or its check digit is wrong."""


def ensure(business_id: str, *, at: datetime, name: str = "") -> Organisation:
    """The record of an organisation, made or brought up to date where needed; `name` is what the mandate called it.

    Where both registers are silent or know nothing of it, name and business id are enough. Raises NoSuchBusinessId.
    """
    if not business_ids.is_valid(business_id):
        raise NoSuchBusinessId(f"{business_id!r} is no business id.")
    row = known(business_id)
    if row is not None and not _due(row, at):
        return row
    return _brought_up_to_date(business_id, at=at, name=name)


def refresh(business_id: str, *, at: datetime) -> Organisation:
    """Ask the registers now. Not found, or silence, leaves what is known as it was; raises NoSuchBusinessId."""
    if not business_ids.is_valid(business_id):
        raise NoSuchBusinessId(f"{business_id!r} is no business id.")
    return _brought_up_to_date(business_id, at=at, name="")


def refresh_stale(*, at: datetime, most: int = 200, progress: Callable[[int], object] | None = None) -> tuple[int, int]:
    """Ask again for those of whom the registers were silent, the longest waiting first: how many asked, how many told.

    Stops at the third silence in a row: the registers are down, and the next run goes on.
    """
    asked = told = silent = 0
    waiting = Organisation.objects.filter(stale=True).order_by("asked_at", "pk").values_list("pk", flat=True)
    for business_id in list(waiting[:most]):
        row = _brought_up_to_date(business_id, at=at, name="")
        asked, told = asked + 1, told + (not row.stale)
        silent = silent + 1 if row.stale else 0
        if progress is not None:
            progress(asked)
        if silent == 3:
            break
    return asked, told


def _due(row: Organisation, at: datetime) -> bool:
    if row.stale:
        return row.asked_at is None or at - row.asked_at >= REST or at < row.asked_at
    return row.fetched_at is None or at - row.fetched_at >= ASK_AGAIN_AFTER


def _brought_up_to_date(business_id: str, *, at: datetime, name: str) -> Organisation:
    found, silent = _asked(business_id)
    with transaction.atomic():
        row, new = Organisation.objects.select_for_update().get_or_create(
            business_id=business_id,
            defaults={
                "name": name or business_id,
                "search": _search(business_id, name, ""),
                "source": FROM_MANDATE,
                "created_at": at,
            },
        )
        before = {field: getattr(row, field) for field in (*_TOLD, "language")}
        row.asked_at, row.stale = at, silent and found is None
        if found is not None:
            _take_over(row, found)
            row.fetched_at = at
        elif not silent and row.fetched_at is None:
            # The registers do not know it: what the mandate told stays, and they need not be asked every time.
            row.fetched_at = at
        elif name and row.source == FROM_MANDATE:
            row.name = name
        row.search = _search(business_id, row.name, row.name_sv)
        row.save()
        changed = [field for field, value in before.items() if getattr(row, field) != value]
        if new or changed:
            said: dict[str, object] = {"source": row.source, "changed": [] if new else changed}
            verb = "organisations.add" if new else "organisations.refresh"
            audit.write(SYSTEM("organisations"), verb, f"organisation:{business_id}", at, said, RETENTION)
    return row


def _asked(business_id: str) -> tuple[RegisteredOrganisation | None, bool]:
    """What a register tells, and whether one of them was silent: the business register first, then associations'."""
    silent = False
    for ask in (ports.business_register().company, ports.association_register().association):
        try:
            found = ask(business_id)
        except Unavailable as silence:
            log.warning("organisations: %s", silence.what)
            silent = True
            continue
        if found is not None:
            return found, silent
    return None, silent


def _take_over(row: Organisation, found: RegisteredOrganisation) -> None:
    for field in _TOLD:
        # What the register does not hold today does not erase what it held: an address goes only for another one.
        value = getattr(found, field)
        if value or field == "ended":
            setattr(row, field, value)
    row.language = found.language or row.language


def _search(business_id: str, *names: str) -> str:
    return searched(*names, business_id, business_id.replace("-", ""))[:700]
