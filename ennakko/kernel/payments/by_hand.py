# SPDX-License-Identifier: EUPL-1.2
"""What a person does in place of the finance system: delivers a file, writes down what became of its lines."""

from collections.abc import Iterable
from datetime import date, datetime

from ennakko.kernel.access import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.payments import ports, reasons
from ennakko.kernel.payments.access import CONFIRM, SEND
from ennakko.kernel.payments.batching import content_of
from ennakko.kernel.payments.confirming import Confirmed, confirm
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.planning import NotPayable, said
from ennakko.kernel.payments.sending import leaving, sent
from ennakko.kernel.payments.states import LineState


def sent_by_hand(batch: Batch, *, actor: Actor, at: datetime, wall: datetime) -> Batch:
    """A person has delivered the file, where no transfer is wired; raises NotPayable where one is."""
    require(actor, SEND)
    if ports.transfer() is not None:
        raise NotPayable(reasons.HAS_TRANSFER)
    content_of(batch)
    return sent(leaving(batch, wall=wall), actor=actor, at=at)


def confirm_by_hand(
    batch: Batch,
    *,
    paid: bool,
    numbers: Iterable[int] | None,
    paid_on: date | None,
    why: str,
    actor: Actor,
    at: datetime,
    on: date,
) -> Confirmed:
    """A person tells what became of lines that are on their way: of some numbers, or of all (None).

    It is stored as any confirmation, with who told it and why. Lines that are settled already are left as they are.
    Raises Refused, NotPayable for a day to come, a missing reason or no such line.
    """
    require(actor, CONFIRM)
    reason = said(why)
    if paid and (paid_on is None or paid_on > on):
        raise NotPayable(reasons.PAID_LATER)
    waiting = Line.objects.filter(batch=batch, state=LineState.SENT).order_by("number")
    if numbers is not None:
        waiting = waiting.filter(number__in=list(numbers))
    found = [number for number in waiting.values_list("number", flat=True) if number]
    if not found:
        raise NotPayable(reasons.NOTHING_WAITS)
    return confirm(
        [
            ports.Confirmation(
                id=f"by hand: {actor.subject} {at.isoformat()} {number}",
                reference=batch.reference,
                line=number,
                state="paid" if paid else "returned",
                paid_on=paid_on if paid else None,
                reason=reason,
            )
            for number in found
        ],
        actor=actor,
        at=at,
    )
