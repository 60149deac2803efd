# SPDX-License-Identifier: EUPL-1.2
"""Names and identity codes of employees, and codes of the earlier benefits' register, sealed under the newest key."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Model

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.services.hiring_benefit import employees
from ennakko.services.hiring_benefit.actions import previous
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Employee, PreviousBenefit

PORTION: Final = 500
EMPLOYEE: Final = ("first_name_sealed", "last_name_sealed", "identity_code_sealed")


def rotate_keys(*, by: Actor, at: datetime, progress: Callable[[int], object] | None = None) -> int:
    """Seal and index again what an older key sealed; how many rows. Safe to stop and to start again."""
    changed = _table(Employee, _employee, progress) + _table(PreviousBenefit, _earlier, progress)
    if changed:
        with transaction.atomic():
            statement: dict[str, object] = {"key": keys.current_id(), "rows": changed}
            audit.write(by, f"{SERVICE}.rotate-keys", "keys", at, {}, KEPT_FOR_GOOD, statement=statement)
    return changed


def _table(model: type[Model], again: Callable[..., Iterable[str]], progress: Callable[[int], object] | None) -> int:
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:PORTION])
            if not rows:
                return changed
            for row in rows:
                if columns := list(again(row)):
                    row.save(update_fields=columns)
                    changed += 1
            last = rows[-1].pk
        if progress is not None:
            progress(changed)


def _old(sealed: bytes | memoryview | None) -> bool:
    return sealed is not None and keys.sealed_with(bytes(sealed)) != keys.current_id()


def _employee(row: Employee) -> Iterable[str]:
    """Seals an employee's row again; the columns that changed, none where the newest key holds them all."""
    if not any(_old(getattr(row, name)) for name in EMPLOYEE):
        return ()
    first, last, code = employees.first_name_of(row), employees.last_name_of(row), employees.code_of(row)
    new = employees.new_employee(row.application, first_name=first, last_name=last, code=code)
    for name in EMPLOYEE:
        if getattr(row, name) is not None:
            setattr(row, name, getattr(new, name))
    row.name_index = new.name_index if first or last else row.name_index
    row.identity_code_index = new.identity_code_index if code else row.identity_code_index
    return (*EMPLOYEE, "name_index", "identity_code_index")


def _earlier(row: PreviousBenefit) -> Iterable[str]:
    """Seals a row of the register of earlier benefits again."""
    if not row.identity_code_sealed or not _old(row.identity_code_sealed):
        return ()
    context = previous.context_of(row.organisation)
    code = keys.unseal(bytes(row.identity_code_sealed), context=context)
    row.identity_code_sealed, row.identity_code_index = keys.seal(code, context=context), keys.index_of(code)
    return ("identity_code_sealed", "identity_code_index")
