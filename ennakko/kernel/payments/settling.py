# SPDX-License-Identifier: EUPL-1.2
"""Odd confirmations are settled by a person: looked at again, believed, or set aside, always with a reason."""

import logging
from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.payments import reasons
from ennakko.kernel.payments.access import SETTLE
from ennakko.kernel.payments.confirming import APPLIED, ODD, business_day, oddity_of
from ennakko.kernel.payments.formats import payment_format
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.planning import RETENTION, NotPayable, cancel_line, said
from ennakko.kernel.payments.sending import evidently_sent, settle_if_done
from ennakko.kernel.payments.states import IN_TRANSIT, LineState
from ennakko.values.texts import Text, text

log = logging.getLogger(__name__)
AGAIN, BELIEVE, ASIDE = "again", "believe", "aside"
CHOICES: dict[str, Text] = {
    AGAIN: text(fi="Kokeile uudelleen", sv="Försök på nytt", en="Try again"),
    BELIEVE: text(
        fi="Palaute pitää paikkansa: muuta rivi sen mukaiseksi", sv="Beskedet stämmer: ändra raden enligt det",
        en="The confirmation is right: change the line to it",
    ),
    ASIDE: text(
        fi="Palaute on virheellinen: rivi jää ennalleen", sv="Beskedet är fel: raden ändras inte",
        en="The confirmation is wrong: the line stays as it is",
    ),
}  # fmt: skip
BELIEVABLE = frozenset({"paid-after-return", "returned-after-payment", "another-sum", "no-day", "service-failed"})


def choices_for(odd: Received) -> tuple[str, ...]:
    """What can be chosen for an odd confirmation."""
    return (AGAIN, BELIEVE, ASIDE) if odd.oddity in BELIEVABLE else (AGAIN, ASIDE)


def settle(odd: Received, choice: str, *, why: str, actor: Actor, at: datetime) -> Received:
    """Settle an odd confirmation. Raises Refused, NotPayable with what stands in the way."""
    require(actor, SETTLE)
    reason = said(why)
    with transaction.atomic():
        current = Received.objects.select_for_update().get(pk=odd.pk)
        if current.outcome != ODD or current.settled_at is not None:
            raise NotPayable(reasons.SETTLED_ALREADY)
        if choice not in choices_for(current):
            raise NotPayable(reasons.UNKNOWN_CHOICE)
        batch = Batch.objects.select_for_update().filter(reference=current.reference).first()
        line = Line.objects.select_for_update().filter(batch=batch, number=current.number).first() if batch else None
        if choice == AGAIN:
            _again(current, batch, line, at)
        elif choice == BELIEVE:
            if batch is None or line is None:
                raise NotPayable(reasons.UNKNOWN_CHOICE)
            _believe(current, batch, line, actor, at)
        current.settled_at, current.settled_by, current.settled_by_name = at, actor.subject, actor.name
        current.choice, current.why, current.line = choice, reason, line
        current.save()
        details = {"choice": choice, "why": reason, "oddity": current.oddity, "confirmation": current.pk}
        subject = f"payment:{line.pk}" if line is not None else f"batch:{current.reference}"
        audit.write(actor, "payments.settle", subject, at, details, RETENTION)
    return current


def _again(current: Received, batch: Batch | None, line: Line | None, at: datetime) -> None:
    oddity = oddity_of(current, batch, line)
    if oddity:
        raise NotPayable(reasons.still_odd(oddity))
    if oddity is None and batch is not None and line is not None:
        _change(current, batch, line, at)
    current.outcome = APPLIED


def _believe(current: Received, batch: Batch, line: Line, actor: Actor, at: datetime) -> None:
    if line.recovering_cents or line.recovered_cents:
        raise NotPayable(reasons.BEING_RECOVERED)
    if current.state == LineState.PAID and line.state == LineState.RETURNED:
        _call_off_replacements(line, actor, at)
    if line.state in IN_TRANSIT or line.state != current.state:
        _change(current, batch, line, at)
    current.outcome = APPLIED


def _call_off_replacements(line: Line, actor: Actor, at: datetime) -> None:
    """The money had been paid after all: what was planned in its place is not. What has left cannot be called off."""
    for other in Line.objects.select_for_update().filter(replaces=line).exclude(state=LineState.CANCELLED):
        if other.state == LineState.PLANNED:
            cancel_line(other, reason=reasons.PAID_AFTER_ALL, actor=actor, at=at, on=business_day(at))
        elif other.state == LineState.BATCHED and other.batch and other.batch.handed_over_at is None:
            raise NotPayable(reasons.DISSOLVE_FIRST)


def _change(current: Received, batch: Batch, line: Line, at: datetime) -> None:
    paid = current.state == LineState.PAID
    line.state, line.state_at, line.closed_on = LineState(current.state), at, business_day(at)
    line.paid_on = (current.paid_on or business_day(at)) if paid else None
    line.reason = "" if paid else current.reason
    line.save(update_fields=["state", "state_at", "closed_on", "paid_on", "reason"])
    form = payment_format(batch.format)
    try:
        (form.on_paid if paid else form.on_returned)((line,), at)
    except Exception as error:  # the person is told, and nothing of the change stands
        log.exception("A service could not take the confirmation %s", current.pk)
        raise NotPayable(reasons.SERVICE_FAILS) from error
    evidently_sent(batch, at=at)
    settle_if_done(batch, at=at)
