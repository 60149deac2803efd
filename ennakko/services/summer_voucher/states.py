# SPDX-License-Identifier: EUPL-1.2
"""The states of a voucher."""

from enum import StrEnum

from ennakko.values.texts import Text, text


class VoucherState(StrEnum):
    """Where a voucher stands; using it is the employer's side."""

    ISSUED = "issued"
    DECLINED = "declined"
    VOIDED = "voided"
    REISSUED = "reissued"


NAMES: dict[VoucherState, Text] = {
    VoucherState.ISSUED: text(fi="Voimassa", sv="I kraft", en="Valid"),
    VoucherState.DECLINED: text(fi="Et halunnut seteliä", sv="Du ville inte ha sedeln", en="You did not want it"),
    VoucherState.VOIDED: text(fi="Mitätöity", sv="Makulerad", en="Void"),
    VoucherState.REISSUED: text(fi="Korvattu uudella", sv="Ersatt med en ny", en="Replaced by a new one"),
}
LIVE = frozenset({VoucherState.ISSUED, VoucherState.DECLINED})
"""A youth has at most one voucher a year in these states: a declined one can still be taken back."""

# (from, verb, to): what may happen to a voucher. Declining and undoing follow the answer to its offer.
MOVES: tuple[tuple[VoucherState, str, VoucherState], ...] = (
    (VoucherState.ISSUED, "decline", VoucherState.DECLINED),
    (VoucherState.DECLINED, "undo_decline", VoucherState.ISSUED),
    (VoucherState.ISSUED, "void", VoucherState.VOIDED),
    (VoucherState.DECLINED, "void", VoucherState.VOIDED),
    (VoucherState.ISSUED, "reissue", VoucherState.REISSUED),
)


def after(state: str, verb: str) -> VoucherState | None:
    """The state that a verb leads to, or None where it may not be done."""
    return next((to for start, does, to in MOVES if start == state and does == verb), None)
