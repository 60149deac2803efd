# SPDX-License-Identifier: EUPL-1.2
"""A season of the demo that is over, lived day by day through the service's own actions.

A part of the year's youths got their vouchers from the city, were reminded in a registered experiment, and used them or
did not; employers claimed, were asked, corrected and took back; officials handled and decided; the bank paid.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ennakko.kernel import clock, messages, offers
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.messages.models import Message, State
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.kernel.registers import screen
from ennakko.services.summer_voucher import conditions, offer
from ennakko.services.summer_voucher.actions import nudges, vouchers
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.demo_desk import Desk
from ennakko.services.summer_voucher.demo_employers import plans, unit
from ennakko.services.summer_voucher.demo_sending import Senders
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.models import ClaimRow, Experiment, ExperimentMember, Voucher
from ennakko.services.summer_voucher.states import VoucherState

MACHINE = SYSTEM("demo")
GIVEN = 540
"""How many of the year's youths have a voucher in the demo: enough for figures, and soon made."""
PERSONAS_BELOW = 5000
DECLINED = 0.05
USED, USED_WHEN_REMINDED_EARLY = 0.40, 0.46
"""Shares of the young who find work with their voucher."""
BEFORE_NUDGE = timedelta(days=35)
FIRST_CLAIMS = timedelta(days=47)
"""From the first day of work to the first claims: wages of June are paid in July."""
AFTER_DEADLINE = timedelta(days=42)

Event = Callable[[datetime, date], None]


@dataclass(frozen=True, slots=True)
class Season:
    """What a season came to: vouchers given, youths reminded, claims and the vouchers in them, claims given up."""

    year: int
    given: int
    reminded: int
    claims: int
    rows: int
    gave_up: int


class Days:
    """What happens on which day, in the order in which it was planned."""

    def __init__(self) -> None:
        self._heap: list[tuple[date, int, Event]] = []
        self._planned = 0

    def plan(self, day: date, event: Event) -> None:
        """Let something happen on a day."""
        self._planned += 1
        heapq.heappush(self._heap, (day, self._planned, event))

    def live(self) -> None:
        """Day after day until nothing is left; the messages of each day go on that day."""
        while self._heap:
            day = self._heap[0][0]
            while self._heap and self._heap[0][0] == day:
                _, number, event = heapq.heappop(self._heap)
                event(_at(day, number), day)
            if Message.objects.filter(state=State.PLANNED).exists():
                messages.deliver_due(clock.wall(), at=_at(day, 0, hour=18))


def _at(day: date, number: int, *, hour: int = 8) -> datetime:
    moment = datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())
    return moment + timedelta(minutes=number * 7 % 480)


def make_season(year: int, *, persona: Callable[[str], Actor]) -> Season | None:
    """Live a season that is over; None where it stands already, or the year's conditions are not all decided."""
    last = conditions.last_of_year(year)
    deadline, start = conditions.decided("claim_deadline", last), conditions.decided("work_start", last)
    if conditions.undecided(last) is not None or deadline is None or start is None:
        return None
    if Run.objects.filter(service=SERVICE, audience="people", round=str(year)).exists():
        return None
    nudge = next(iter(reversed(nudges.days_of(year))), None)
    given_on = (nudge or start) - BEFORE_NUDGE
    days, desk, senders = Days(), Desk(persona), Senders()
    days.plan(given_on, lambda at, on: _give(at, on))
    days.plan(given_on + timedelta(days=1), lambda at, on: _release(at, on, persona("outi")))
    days.plan(given_on + timedelta(days=8), lambda at, on: _decline(at, on))
    if nudge is not None:
        days.plan(nudge, lambda at, on: _register(nudge, at, on))
        for arm in nudges.ARMS:
            days.plan(nudge + timedelta(days=arm.after_days), lambda at, on: _nudge(at, on))
    first = start + FIRST_CLAIMS
    days.plan(start, lambda at, on: _plan_claims(days, senders, year, first, deadline))
    work_end = conditions.decided("work_end", last)
    if work_end is not None:
        days.plan(work_end + timedelta(days=1), lambda at, on: _end_offers(at, on))
    desk.plan_weeks(days.plan, first=first, last=deadline + AFTER_DEADLINE, employers=senders)
    days.plan(deadline + timedelta(days=1), lambda at, on: _settle(at, on))
    days.live()
    rows = ClaimRow.objects.filter(year=year)
    return Season(
        year=year,
        given=Voucher.objects.filter(year=year).count(),
        reminded=ExperimentMember.objects.filter(experiment__year=year, reached_at__isnull=False).count(),
        claims=rows.values("claim").distinct().count(),
        rows=rows.count(),
        gave_up=senders.gave_up,
    )


def _give(at: datetime, on: date) -> None:
    """Vouchers to a part of those entitled, as the city gives them to all."""
    found = screen(SummerVoucherEntitled, purpose=SERVICE, on=on, actor=MACHINE, at=at, reason="vouchers of the year")
    others = found.facts.filter(found.facts["person"] > PERSONAS_BELOW)
    chosen = others.gather_every(max(1, round(others.height / GIVEN)))
    offers.make_offers(
        SERVICE, screening=replace(found, facts=chosen), round=str(on.year), values=conditions.offered(on),
        actor=MACHINE, at=at, on=on,
    )  # fmt: skip
    vouchers.issue_to_offers(on.year, actor=MACHINE, at=at)


def _release(at: datetime, on: date, official: Actor) -> None:
    for run in Run.objects.filter(service=SERVICE, audience="people", round=str(on.year)):
        offer.release(run, actor=official, at=at, on=on)


def _decline(at: datetime, on: date) -> None:
    offers.note_sent(at)
    for one in Offer.objects.filter(service=SERVICE, round=str(on.year), state__in=ANSWERABLE, subject__isnull=False):
        if unit(one.pk, "declined") < DECLINED:
            youth = Actor("resident", f"demo-{one.subject_id}", person=one.subject_id, strong=True)
            offers.answer(one, "declined", actor=youth, at=at, on=on)


def _register(day: date, at: datetime, on: date) -> None:
    nudges.register(day, actor=MACHINE, at=at, on=on, seed=int(unit(day, "seed") * 2**40))


def _nudge(at: datetime, on: date) -> None:
    nudges.nudge_due(actor=MACHINE, at=at, on=on)


def _settle(at: datetime, on: date) -> None:
    nudges.settle(actor=MACHINE, at=at, on=on)


def _end_offers(at: datetime, on: date) -> None:
    offers.expire(on, at=at, actor=MACHINE)


def _plan_claims(days: Days, senders: Senders, year: int, first: date, deadline: date) -> None:
    """Who finds work with the voucher, and when which employer claims."""
    early = _reminded_early(year)
    held = Voucher.objects.filter(year=year, state=VoucherState.ISSUED, person__non_disclosure=False)
    used = [
        pk for pk in held.order_by("pk").values_list("pk", flat=True)
        if unit(pk, "used") < (USED_WHEN_REMINDED_EARLY if pk in early else USED)
    ]  # fmt: skip
    for plan in plans(used, year=year, first=first, deadline=deadline):
        days.plan(plan.day, senders.sending(plan, days.plan))


def _reminded_early(year: int) -> set[int]:
    experiment: Any = Experiment.objects.filter(year=year).first()
    if experiment is None:
        return set()
    early = ExperimentMember.objects.filter(experiment=experiment, arm=nudges.ARMS[0].id)
    return set(early.values_list("voucher", flat=True))
