# SPDX-License-Identifier: EUPL-1.2
"""The demo's history of places, made through the service's own actions: rounds, answers, a re-run, decisions, fees.

Families answer as families do: most take what was offered, some need no place, a few ask to be called or wait for
another unit, many have not answered yet. Freed seats are given out again. The personas' own offers wait for whoever
tries the demo.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, When

from ennakko.kernel import offers
from ennakko.kernel.access import Actor
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.kernel.registers import snapshots
from ennakko.services.childcare import demo_rounds
from ennakko.services.childcare.actions import fee_cases, place_cases, placements, units
from ennakko.services.childcare.demo_rounds import Persona
from ennakko.services.childcare.fees import Told
from ennakko.services.childcare.models import Placement, Round
from ennakko.services.childcare.queries import decisions
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.queries.units import other_units
from ennakko.services.childcare.states import PlacementState
from ennakko.services.childcare.states_cases import CaseState

OFFICIAL: Final = "eeva"
TITLE: Final = "varhaiskasvatuksen aluepäällikkö"
PRESCHOOL, EARLY, OF_HUNDRED = 60, 30, 70
"""At most so many families have answered each round, and no more than seventy of a hundred."""
WISHING: Final = 6
"""So many families keep what they took and wait for another unit."""
OWN_PAGES: Final = 5000
"""Person keys below this are personas: their offers wait for whoever tries the demo."""
SENT, RERUN = timedelta(days=8), timedelta(days=2)
"""How long ago the rounds were released, and the freed seats given out again."""


LIVED_BESIDE: Final = True
"""It needs no offers of the others: it may be made at the same time as theirs."""


@dataclass(frozen=True, slots=True)
class History:
    """What was made: offers of both rounds and of the re-run, answers, decisions of places and of fees."""

    offers: int
    answers: int
    moved: int
    decisions: int
    fees: int


def make_history(*, at: datetime, on: date, persona: Persona) -> History | None:
    """The rounds and what families made of them; None where they stand already, or there are no groups."""
    if Round.objects.exists() or not snapshots.current().file(units.GROUPS).exists():
        return None
    sent = at - SENT
    demo_rounds.take_units(at=sent, on=on)
    preschool = demo_rounds.preschool_round(at=sent, on=on, persona=persona)
    early = demo_rounds.early_education_round(at=sent, on=on, persona=persona)
    demo_rounds.lead_personas_unit(preschool, below=OWN_PAGES, on=sent.date(), persona=persona)
    answered = [*_answers(preschool, PRESCHOOL, at), *_answers(early, EARLY, at)]
    fees = _incomes(early, at)
    _wishes(preschool, at)
    again = demo_rounds.rerun(preschool, at=at - RERUN, persona=persona)
    return History(
        offers=Offer.objects.filter(service="childcare").count(),
        answers=len(answered),
        moved=again.counts["moved"],
        decisions=_decided(decisions.PLACES, at, on, persona),
        fees=_decided(decisions.FEES, at, on, persona) if fees else 0,
    )


def _of_others(round: Round, **which: Any) -> Any:
    """Offers of a round to families of whom no story is told, who can be reached like anybody."""
    return (
        Offer.objects.filter(
            service="childcare", round=round.key, subject__gt=OWN_PAGES, subject__non_disclosure=False,
            recipients__isnull=False, **which,
        ).exclude(recipients__person__non_disclosure=True).distinct().order_by("id")
    )  # fmt: skip


def _family(offer: Offer) -> Actor:
    """The guardian who answers, strongly signed in."""
    guardian = offer.recipients.select_related("person").order_by("id")[0].person
    assert guardian is not None  # guardians are told of places, never organisations
    name = f"{guardian.given_names} {guardian.surname}"
    return Actor("resident", f"demo-{guardian.pk}", person=guardian.pk, name=name, strong=True)


def _answers(round: Round, most: int, at: datetime) -> list[Offer]:
    """Some families have answered, on the days after the round; the rest are silent."""
    waiting = _of_others(round, state__in=ANSWERABLE)
    chosen = list(waiting[: min(most, waiting.count() * OF_HUNDRED // 100)])
    for number, offer in enumerate(chosen):
        _answer(number % 20, offer, at - timedelta(days=3 + number % 4))
    return chosen


def _answer(turn: int, offer: Offer, at: datetime) -> None:
    family = _family(offer)

    def says(answer: str, **details: Any) -> None:
        offers.answer(offer, answer, actor=family, at=at, on=at.date(), details=details)

    if turn in (3, 9):
        says("declined", reason="private")
    elif turn == 6:
        says("call_me", words="Soittakaa iltapäivällä, kiitos.")
    elif turn == 12:
        says("declined", reason="home")
    elif turn == 15:
        placement = of_offer(offer)
        free = next((one for one in other_units(placement) if one.free > 0), None) if placement else None
        says("accepted") if free is None else says("another", pool=free.pool)
    elif turn == 18:
        offers.open_offer(offer, recipient=None, actor=family, at=at)
    else:
        says("accepted")


def _incomes(round: Round, at: datetime) -> int:
    """Families who took a place of early education tell their income, or accept the highest fee."""
    matters = Placement.objects.filter(round=round, state=PlacementState.ACCEPTED).values_list("offer", flat=True)
    told = list(_of_others(round, pk__in=matters.filter(replaces=None)))
    for number, offer in enumerate(told):
        each = 380_000 + number * 37_000 % 260_000
        income = Told(4, (None,)) if number % 5 == 4 else Told(3 + number % 2, (each, each // 2))
        when = at - timedelta(days=1 + number % 2)
        fee_cases.tell_income(offer, income, actor=_family(offer), at=when, on=when.date())
    return len(told)


def _wishes(round: Round, at: datetime) -> None:
    """A few families keep what they took and wait for a unit, of their own area if any, where a seat has come free."""
    of_round = Placement.objects.filter(round=round, child__gt=OWN_PAGES, protected=False, replaces=None)
    waiting: set[int] = set()
    for freed in of_round.filter(state=PlacementState.GIVEN_UP).select_related("pool__unit").order_by("pk")[:WISHING]:
        took = of_round.filter(state=PlacementState.ACCEPTED, language=freed.language).exclude(pk__in=waiting)
        here = Case(When(district=freed.district, then=0), default=1)
        assert freed.pool is not None  # what was given up had been held, so it is somewhere
        others = took.exclude(pool__unit=freed.pool.unit_id).select_related("offer")
        one = others.order_by(here, "-metres", "pk").first()
        if one is not None and one.offer is not None:
            waiting.add(one.pk)
            placements.wish(one, [freed.pool.unit], actor=_family(one.offer), at=at - timedelta(days=3))


def _decided(kinds: tuple[str, ...], at: datetime, on: date, persona: Persona) -> int:
    """The official has released half of what was ready; the rest waits for whoever tries the demo."""
    official = persona(OFFICIAL)
    waiting = list(decisions.queue(official, kinds, state=CaseState.READY))
    release = fee_cases.release if kinds == decisions.FEES else place_cases.release
    made = release(waiting[: len(waiting) // 2], actor=official, at=at, on=on, title=TITLE)
    return sum(one.decision is not None for one in made)
