# SPDX-License-Identifier: EUPL-1.2
"""The lives of a line, a batch and a recovery as tables: from which state, by which verb, to which state."""

from enum import StrEnum

from ennakko.values.texts import Text, text


class LineState(StrEnum):
    """Where a line is. Money has left only in PAID; only lines in PAID or RETURNED are settled with the other side."""

    PLANNED = "planned"
    BATCHED = "batched"
    SENT = "sent"
    PAID = "paid"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class LineVerb(StrEnum):
    BATCH = "batch"
    UNBATCH = "unbatch"
    SEND = "send"
    CONFIRM_PAID = "confirm_paid"
    CONFIRM_RETURNED = "confirm_returned"
    CANCEL = "cancel"
    CORRECT_PAID = "correct_paid"
    CORRECT_RETURNED = "correct_returned"


LINES: dict[tuple[LineState, LineVerb], LineState] = {
    (LineState.PLANNED, LineVerb.BATCH): LineState.BATCHED,
    (LineState.PLANNED, LineVerb.CANCEL): LineState.CANCELLED,
    (LineState.BATCHED, LineVerb.UNBATCH): LineState.PLANNED,
    (LineState.BATCHED, LineVerb.SEND): LineState.SENT,
    (LineState.SENT, LineVerb.CONFIRM_PAID): LineState.PAID,
    (LineState.SENT, LineVerb.CONFIRM_RETURNED): LineState.RETURNED,
    # The confirmation can overtake the answer to the sending: the file was handed over and nobody wrote it down yet.
    (LineState.BATCHED, LineVerb.CONFIRM_PAID): LineState.PAID,
    (LineState.BATCHED, LineVerb.CONFIRM_RETURNED): LineState.RETURNED,
    # Only a person does these, on the page of odd confirmations.
    (LineState.RETURNED, LineVerb.CORRECT_PAID): LineState.PAID,
    (LineState.PAID, LineVerb.CORRECT_RETURNED): LineState.RETURNED,
}
IN_TRANSIT = (LineState.BATCHED, LineState.SENT)
ENDED = (LineState.PAID, LineState.RETURNED, LineState.CANCELLED)


class BatchState(StrEnum):
    """Where a batch is: lines chosen, file stored, let go by an official, with the other side, all confirmed."""

    MADE = "made"
    READY = "ready"
    RELEASED = "released"
    SENT = "sent"
    SETTLED = "settled"
    DISSOLVED = "dissolved"


class BatchVerb(StrEnum):
    WRITE_FILE = "write_file"
    RELEASE = "release"
    SEND = "send"
    SETTLE = "settle"
    DISSOLVE = "dissolve"


BATCHES: dict[tuple[BatchState, BatchVerb], BatchState] = {
    (BatchState.MADE, BatchVerb.WRITE_FILE): BatchState.READY,
    (BatchState.READY, BatchVerb.RELEASE): BatchState.RELEASED,
    (BatchState.RELEASED, BatchVerb.SEND): BatchState.SENT,
    (BatchState.SENT, BatchVerb.SEND): BatchState.SENT,
    (BatchState.SENT, BatchVerb.SETTLE): BatchState.SETTLED,
    (BatchState.MADE, BatchVerb.DISSOLVE): BatchState.DISSOLVED,
    (BatchState.READY, BatchVerb.DISSOLVE): BatchState.DISSOLVED,
    # Only while it is sure that the other side does not have it.
    (BatchState.RELEASED, BatchVerb.DISSOLVE): BatchState.DISSOLVED,
}
OPEN_BATCHES = (BatchState.MADE, BatchState.READY, BatchState.RELEASED, BatchState.SENT)


class RecoveryState(StrEnum):
    """Where a recovery is: claimed by a decision, the money back, or given up (an appeal, a correction)."""

    CLAIMED = "claimed"
    RECOVERED = "recovered"
    WAIVED = "waived"


LINE_NAMES: dict[str, Text] = {
    LineState.PLANNED: text(fi="odottaa maksatuserää", sv="väntar på en betalningsomgång", en="waiting for a batch"),
    LineState.BATCHED: text(fi="maksatuserässä", sv="i en betalningsomgång", en="in a batch"),
    LineState.SENT: text(fi="lähetetty maksettavaksi", sv="skickad för betalning", en="sent for payment"),
    LineState.PAID: text(fi="maksettu", sv="betald", en="paid"),
    LineState.RETURNED: text(fi="palautunut", sv="returnerad", en="returned"),
    LineState.CANCELLED: text(fi="peruttu", sv="annullerad", en="cancelled"),
    "recovering": text(fi="peritään takaisin", sv="återkrävs", en="being recovered"),
    "recovered": text(fi="peritty takaisin", sv="återkrävd och betald", en="recovered"),
}
BATCH_NAMES: dict[str, Text] = {
    BatchState.MADE: text(fi="koottu", sv="sammanställd", en="put together"),
    BatchState.READY: text(fi="odottaa vapauttamista", sv="väntar på frisläppning", en="waiting for release"),
    BatchState.RELEASED: text(fi="lähdössä", sv="på väg", en="on its way"),
    BatchState.SENT: text(fi="lähetetty", sv="skickad", en="sent"),
    BatchState.SETTLED: text(fi="kaikki rivit vahvistettu", sv="alla rader bekräftade", en="every line confirmed"),
    BatchState.DISSOLVED: text(fi="purettu", sv="upplöst", en="dissolved"),
}
RECOVERY_NAMES: dict[str, Text] = {
    RecoveryState.CLAIMED: text(fi="vaadittu takaisin", sv="återkrävd", en="claimed back"),
    RecoveryState.RECOVERED: text(fi="saatu takaisin", sv="fått tillbaka", en="got back"),
    RecoveryState.WAIVED: text(fi="luovuttu perinnästä", sv="återkravet eftergett", en="claim given up"),
}
