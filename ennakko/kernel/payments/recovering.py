# SPDX-License-Identifier: EUPL-1.2
"""A paid sum, or a part of it, is claimed back by a decision; never more than was paid."""

from datetime import date, datetime

from django.db import connection, transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.payments import reasons
from ennakko.kernel.payments.models import Line, Recovery
from ennakko.kernel.payments.planning import RETENTION, KeyTaken, NotPayable, said
from ennakko.kernel.payments.states import LineState, RecoveryState

_COLUMNS = (
    "key", "line", "amount_cents", "decision", "reason", "state", "claimed_at", "claimed_by", "ended_by", "ended_reason"
)  # fmt: skip


def recover(
    line: Line, amount_cents: int, *, key: str, decision: str, reason: str, actor: Actor, at: datetime
) -> Recovery:
    """Claim back a paid sum or a part of it, in the caller's transaction; the same key again gives the same claim.

    `decision` names the decision of recovery. Raises NotPayable for more than was paid and is not claimed or back
    already, and for a line that is not paid; KeyTaken for the key of another claim.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Payments are claimed back in the transaction of the decision by which they are.")
    if not decision.strip():
        raise NotPayable(reasons.NEEDS_A_DECISION)
    why = said(reason)
    current = Line.objects.select_for_update().get(pk=line.pk)
    earlier = Recovery.objects.filter(key=key).first()
    if earlier is not None:
        if (earlier.line_id, earlier.amount_cents, earlier.decision) != (current.pk, amount_cents, decision.strip()):
            raise KeyTaken(f"The recovery {key!r} stands already and claims something else.")
        return earlier
    if current.state != LineState.PAID:
        raise NotPayable(reasons.NOT_PAID)
    if amount_cents <= 0:
        raise NotPayable(reasons.NO_SUM)
    if amount_cents > current.amount_cents - current.recovering_cents - current.recovered_cents:
        raise NotPayable(reasons.MORE_THAN_PAID)
    row = (key, current.pk, amount_cents, decision.strip(), why, RecoveryState.CLAIMED, at, actor.subject, "", "")
    if not insert_rows(Recovery, _COLUMNS, [row], unique=("key",)):
        raise KeyTaken(f"The recovery {key!r} stands already, of another line.")
    current.recovering_cents += amount_cents
    current.save(update_fields=["recovering_cents"])
    made = Recovery.objects.get(key=key)
    details = {"cents": amount_cents, "decision": made.decision}
    audit.write(actor, "payments.recover", f"payment:{current.pk}", at, details, RETENTION)
    return made


def end_recovery(
    recovery: Recovery, *, outcome: RecoveryState, reason: str = "", actor: Actor, at: datetime, on: date
) -> Recovery:
    """The money is back (`recovered`), or the claim is given up (`waived`, with a reason); again changes nothing."""
    if outcome not in (RecoveryState.RECOVERED, RecoveryState.WAIVED):
        raise ValueError(f"A recovery ends in recovered or waived, not {outcome!r}.")
    why = said(reason) if outcome == RecoveryState.WAIVED else " ".join(reason.split())[:500]
    with transaction.atomic():
        line = Line.objects.select_for_update().get(pk=recovery.line_id)
        current = Recovery.objects.select_for_update().get(pk=recovery.pk)
        if current.state == outcome:
            return current
        if current.state != RecoveryState.CLAIMED:
            raise NotPayable(reasons.RECOVERY_ENDED)
        line.recovering_cents -= current.amount_cents
        if outcome == RecoveryState.RECOVERED:
            line.recovered_cents += current.amount_cents
        line.closed_on = max(on, line.closed_on or on)
        line.save(update_fields=["recovering_cents", "recovered_cents", "closed_on"])
        current.state, current.ended_at, current.ended_on = outcome, at, on
        current.ended_by, current.ended_reason = actor.subject, why
        current.save()
        audit.write(actor, "payments.end-recovery", f"payment:{line.pk}", at, {"outcome": str(outcome)}, RETENTION)
    return current
