# SPDX-License-Identifier: EUPL-1.2
"""Residents who would rather be called: the wish is remembered until somebody has called."""

from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers.models import Offer
from ennakko.services.summer_voucher.models import CallRequest

RETENTION = "summer-voucher"


def ask(offer: Offer, *, at: datetime) -> CallRequest:
    """Remember the wish, once while it waits; in the answer's transaction."""
    found, _ = CallRequest.objects.get_or_create(offer=offer, done_at=None, defaults={"asked_at": at})
    return found


def called(call: CallRequest, *, actor: Actor, at: datetime) -> None:
    """Somebody called the resident who had asked for it."""
    require(actor, "summer-voucher.call", call.offer)
    with transaction.atomic():
        row = CallRequest.objects.select_for_update().get(pk=call.pk)
        if row.done_at is None:
            row.done_at, row.done_by = at, actor.name
            row.save(update_fields=["done_at", "done_by"])
            audit.write(actor, "summer-voucher.call", f"offer:{row.offer_id}", at, {}, RETENTION)
