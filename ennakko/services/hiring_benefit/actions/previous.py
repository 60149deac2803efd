# SPDX-License-Identifier: EUPL-1.2
"""The register of benefits granted before this service: rows are added, put right with a reason, and removed."""

from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.models import Application, PreviousBenefit
from ennakko.values.identity_code import is_valid

PREVIOUS = "hiring-benefit.previous-benefits"
RETENTION = "cases"


def add(
    organisation: str,
    code: str,
    *,
    start: date,
    end: date,
    source: str,
    actor: Actor,
    at: datetime,
    monthly_cents: int | None = None,
    total_cents: int | None = None,
) -> PreviousBenefit:
    """Write an earlier benefit down; `source` says where it is known from. Raises Refused, NotNow."""
    require(actor, PREVIOUS)
    plain = code.strip().upper()
    if not is_valid(plain):
        raise NotNow(reasons.UNKNOWN_CODE)
    if end < start:
        raise NotNow(reasons.PERIOD_TURNED)
    if not source.strip():
        raise NotNow(reasons.SAY_WHY)
    with transaction.atomic():
        row = PreviousBenefit.objects.create(
            organisation=organisation, identity_code_sealed=keys.seal(plain, context=context_of(organisation)),
            identity_code_index=keys.index_of(plain), start=start, end=end, monthly_cents=monthly_cents,
            total_cents=total_cents, source=source.strip(), added_by=actor.subject, added_by_name=actor.name,
            added_at=at,
        )  # fmt: skip
        audit.write(actor, PREVIOUS, f"organisation:{organisation}", at, {"added": row.pk}, RETENTION)
    return row


def add_for(application: Application, code: str, **told: object) -> PreviousBenefit:
    """The same for the employer and the employee of an application."""
    return add(application.organisation, code, **told)  # type: ignore[arg-type]


def correct(
    row: PreviousBenefit, *, start: date, end: date, total_cents: int | None, why: str, actor: Actor, at: datetime
) -> PreviousBenefit:
    """Put a row right: the wrong one is removed with the reason, and the right one stands in its place."""
    with transaction.atomic():
        removed = remove(row, why=why, actor=actor, at=at)
        code = keys.unseal(bytes(removed.identity_code_sealed), context=context_of(removed.organisation))
        return add(
            removed.organisation, code, start=start, end=end, source=removed.source, actor=actor, at=at,
            total_cents=total_cents,
        )  # fmt: skip


def remove(row: PreviousBenefit, *, why: str, actor: Actor, at: datetime) -> PreviousBenefit:
    """Take a wrong row out, with the reason; raises NotNow without one, and where it has been removed already."""
    require(actor, PREVIOUS)
    if not why.strip():
        raise NotNow(reasons.SAY_WHY)
    with transaction.atomic():
        found = PreviousBenefit.objects.select_for_update().get(pk=row.pk)
        if found.removed_at is not None:
            raise NotNow(reasons.REMOVED_ALREADY)
        found.removed_at, found.removed_by_name, found.removed_why = at, actor.name, why.strip()
        found.save(update_fields=["removed_at", "removed_by_name", "removed_why"])
        audit.write(actor, PREVIOUS, f"organisation:{found.organisation}", at, {"removed": found.pk}, RETENTION)
    return found


def context_of(organisation: str) -> str:
    """What an identity code of the register is sealed with."""
    return f"previous:{organisation}"
