# SPDX-License-Identifier: EUPL-1.2
"""A claim that is rejected or withdrawn holds its voucher no more: the youth can give it to another employer.

A rejection that is changed takes it back, if nobody else has used it by then.
"""

from datetime import datetime

from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.states import VoucherState


def free(row: ClaimRow, *, at: datetime) -> None:
    """Free the voucher of a row, in the caller's transaction; one that holds none changes nothing."""
    if not row.holds:
        return
    row.holds = False
    row.save(update_fields=["holds"])
    if row.voucher_id is not None:
        used = Voucher.objects.filter(pk=row.voucher_id, state=VoucherState.USED)
        used.update(state=VoucherState.ISSUED, state_at=at)


def hold_again(row: ClaimRow, *, at: datetime) -> bool:
    """Use the voucher of a row again, in the caller's transaction; False where it is not free."""
    if row.voucher_id is None:
        return False
    unused = Voucher.objects.filter(pk=row.voucher_id, state=VoucherState.ISSUED)
    if not unused.update(state=VoucherState.USED, state_at=at):
        return False
    row.holds = True
    row.save(update_fields=["holds"])
    return True
