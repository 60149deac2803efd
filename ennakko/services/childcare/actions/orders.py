# SPDX-License-Identifier: EUPL-1.2
"""Drafts are ordered on a page and made by a job: a whole city takes longer than a page may."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, Refused, require, staff_actor
from ennakko.kernel.closed import Closed
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.registers.permits import PermitMissing
from ennakko.services.childcare.actions import reruns, rounds
from ennakko.services.childcare.actions.rounds import NO_UNITS, RETENTION, NotNow
from ennakko.services.childcare.allocation.instance import Mode
from ennakko.services.childcare.building import open_pools
from ennakko.services.childcare.models import Round, RoundOrder
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.states import RoundState
from ennakko.services.childcare.states_orders import OrderState
from ennakko.values.texts import LANGUAGES, Text, text

log = logging.getLogger(__name__)
T = TypeVar("T")
MAKE, RERUN = "childcare.make-round", "childcare.rerun"
ALREADY = text(
    fi="Luonnosta tehdään jo samalle päivälle. Odota, että se valmistuu.",
    sv="Ett utkast för samma dag görs redan. Vänta tills det är klart.",
    en="A draft for the same day is being made already. Wait until it is ready.",
)
STOPPED = text(
    fi="Työ keskeytyi kesken. Mitään ei tallennettu: tilaa se uudelleen.",
    sv="Arbetet avbröts. Ingenting sparades: beställ det på nytt.",
    en="The work was interrupted. Nothing was kept: order it again.",
)
BROKEN = text(
    fi="Työtä ei voitu tehdä virheen vuoksi. Virhe on kirjattu ylläpidolle.",
    sv="Arbetet kunde inte göras på grund av ett fel. Felet har antecknats för administrationen.",
    en="The work could not be done because of an error. The error has been recorded for the administrators.",
)
LEFT = text(
    fi="Tilaajalla ei ole enää oikeutta tähän.", sv="Den som beställde har inte längre rätt till det här.",
    en="Whoever ordered it may do this no longer.",
)  # fmt: skip


def order(
    form: str, *, starts: date, mode: Mode, policy: Policy | None, actor: Actor, at: datetime, on: date
) -> RoundOrder:
    """Ask for a draft. Raises Refused, and NotNow where no unit is open then or one is being made already."""
    del on
    require(actor, MAKE)
    if actor.staff is None:
        raise Refused(LEFT, MAKE)  # a draft is ordered by somebody in person; the machine makes it itself
    if not open_pools(form, starts):
        raise NotNow(NO_UNITS)
    weights = None if policy is None else policy.as_json()
    return _ordered(RoundOrder(form=form, starts=starts, mode=mode, policy=weights), actor, actor.staff, at)


def order_rerun(round: Round, *, actor: Actor, at: datetime) -> RoundOrder:
    """Ask for a draft of what has come free. Raises Refused, and NotNow where the round is not out or one is made."""
    require(actor, RERUN, round)
    if actor.staff is None:
        raise Refused(LEFT, RERUN)
    if round.state != RoundState.RELEASED:
        raise NotNow(reruns.NOT_RELEASED)
    row = RoundOrder(form=round.form, starts=round.starts, mode=round.mode, rerun_of=round)
    return _ordered(row, actor, actor.staff, at)


def _ordered(row: RoundOrder, actor: Actor, member: int, at: datetime) -> RoundOrder:
    row.ordered_by_id, row.ordered_at = member, at
    said: dict[str, object] = {"form": row.form, "starts": row.starts.isoformat()}
    if row.rerun_of is not None:
        said["rerun_of"] = row.rerun_of.key
    try:
        with transaction.atomic():
            row.save()
            audit.write(actor, "childcare.order-round", f"childcare-order:{row.pk}", at, {}, RETENTION, statement=said)
    except IntegrityError:
        raise NotNow(ALREADY) from None
    return row


def make_ordered(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Make every ordered draft, the earliest first; a draft that cannot be made says why and stops no other.

    The job runs by one worker at a time: what still stands as running was left by a worker that died.
    """
    return JobReport(work_through(RoundOrder, "round", lambda row: _made(row, at=at, on=on), at=at, progress=progress))


def work_through(
    orders: type[Any], result: str, made_of: Callable[[Any], tuple[Any, Text | None]], *, at: datetime,
    progress: Progress,
) -> dict[str, Any]:  # fmt: skip
    """Make what waits of one kind of orders, the earliest first; how many were made, and how many failed.

    `result`: the column for what `made_of` gives; it gives the reason too where nothing came of an order.
    """
    stopped = orders.objects.filter(state=OrderState.RUNNING)
    stopped.update(state=OrderState.FAILED, ended_at=at, reason=said_in_all(STOPPED))
    waiting = orders.objects.filter(state=OrderState.WAITING).order_by("ordered_at", "pk")
    made = failed = 0
    while (row := waiting.first()) is not None:
        orders.objects.filter(pk=row.pk).update(state=OrderState.RUNNING)
        found, why = made_of(row)
        setattr(row, result, found)
        row.ended_at = at
        row.state = OrderState.DONE if why is None else OrderState.FAILED
        row.reason = {} if why is None else said_in_all(why)
        row.save(update_fields=[result, "ended_at", "state", "reason"])
        made, failed = made + (why is None), failed + (why is not None)
        progress(made + failed)
    return {"made": made, "failed": failed}


def _made(row: RoundOrder, *, at: datetime, on: date) -> tuple[Round | None, Text | None]:
    actor = staff_actor(row.ordered_by.subject, on=on)
    if actor is None:
        return None, LEFT

    def make() -> Round:
        if row.rerun_of is not None:
            return reruns.rerun(row.rerun_of, actor=actor, at=at, on=on).round
        return rounds.make_round(
            row.form, starts=row.starts, actor=actor, at=at, on=on, mode=row.mode,  # type: ignore[arg-type]
            policy=None if row.policy is None else Policy(**row.policy),
        ).round  # fmt: skip

    return tried(make, f"draft {row.pk}")


def tried(work: Callable[[], T], name: str) -> tuple[T | None, Text | None]:
    """What some ordered work gives, or why it gives nothing; an error of ours is logged by its name."""
    try:
        return work(), None
    except Refused:
        return None, LEFT
    except Closed as closed:
        return None, closed.reason
    except PermitMissing as missing:
        return None, text(fi=str(missing), sv=str(missing), en=str(missing))
    except Exception:  # whoever ordered it is told, and the other orders go on
        log.exception("Ordered work could not be done: %s", name)
        return None, BROKEN


def said_in_all(words: Text) -> dict[str, str]:
    """A text as the table keeps it, by language."""
    return {language: words.in_(language) for language in LANGUAGES}


JOBS = (
    Job(
        "childcare.rounds",
        text(fi="Tee tilatut paikkakierrokset", sv="Gör beställda platsomgångar", en="Make ordered rounds of places"),
        make_ordered,
        "minute",
    ),
)
