# SPDX-License-Identifier: EUPL-1.2
"""Identity codes of applications, sealed and indexed again under the newest key."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.models import Application

PORTION: Final = 500


def rotate_keys(*, by: Actor, at: datetime, progress: Callable[[int], object] | None = None) -> int:
    """Seal and index again what an older key sealed; how many applications. Safe to stop and to start again.

    An e-mail address without a code has its keyed hash made again too: it is how a second application is noticed.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(Application.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:PORTION])
            if not rows:
                break
            changed += sum(_again(row) for row in rows)
            last = rows[-1].pk
        if progress is not None:
            progress(changed)
    if changed:
        with transaction.atomic():
            statement: dict[str, object] = {"key": keys.current_id(), "rows": changed}
            audit.write(by, "summer-voucher.rotate-keys", "keys", at, {}, KEPT_FOR_GOOD, statement=statement)
    return changed


def _again(row: Application) -> bool:
    sealed = row.identity_code_sealed
    email = keys.index_of(f"email {row.email.casefold()}") if row.email_index else ""
    old = sealed is not None and keys.sealed_with(bytes(sealed)) != keys.current_id()
    if not old and email == row.email_index:
        return False
    if old:
        code = identity_code_of(row)
        row.identity_code_sealed, row.identity_code_index = keys.seal(code, context=row.reference), keys.index_of(code)
    row.email_index = email
    row.save(update_fields=["identity_code_sealed", "identity_code_index", "email_index"])
    return True
