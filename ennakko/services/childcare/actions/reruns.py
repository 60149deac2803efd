# SPDX-License-Identifier: EUPL-1.2
"""Freed seats are given out anew: to those without a place, and to those who wait for another unit by their own wish.

Nobody who has a place, offered or taken, gets a worse one: whoever waits for nothing is not in the re-run at all, and
whoever does keeps the present seat unless a wished one comes free, in chains if need be.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among
from ennakko.kernel.registers import screen
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.actions.rounds import PURPOSE, RETENTION, Made, NotNow
from ennakko.services.childcare.building import PoolRow, build, open_pools
from ennakko.services.childcare.models import Placement, Round, RoundInput, WaitWish
from ennakko.services.childcare.placing.instance import UNPLACED, Prepared, packed, prepare
from ennakko.services.childcare.placing.placing import Placed, proven
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries import needs as needing
from ennakko.services.childcare.queries import seats, streets
from ennakko.services.childcare.states import HOLDING, PlacementState, RoundState, WishState
from ennakko.values.texts import text

KEPT = 9_000_000
"""What losing a place counts for whoever has one: more than any newcomer's place could be worth to them."""
NOT_RELEASED = text(
    fi="Vain julkaistun kierroksen vapautuneet paikat voi jakaa uudelleen.",
    sv="Bara en frisläppt omgångs lediga platser kan delas ut på nytt.",
    en="Only the freed seats of a released round can be given out again.",
)


class Worse(RuntimeError):
    """A re-run would have worsened somebody's place: it is not made at all."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one holder has and waits for: the pool held, and wished units by rank."""

    placement: int
    pool: str
    units: tuple[str, ...]


def rerun(round: Round, *, actor: Actor, at: datetime, on: date, seed: int | None = None) -> Made:
    """A draft that gives out what has come free since a round was released. Raises Refused, PermitMissing, NotNow."""
    require(actor, "childcare.rerun", round)
    if round.state != RoundState.RELEASED:
        raise NotNow(NOT_RELEASED)
    form, starts = round.form, round.starts
    screening = screen(
        rounds.turn_rule(form, on), purpose=PURPOSE, on=starts, actor=actor, at=at, reason=f"freed seats {round.key}"
    )
    wishing = waiting(form, starts)
    without = _without_place(form, starts, screening.entitled().to_list(), wishing)
    found = needing.gather(
        [*without, *wishing], form=form, starts=starts, snapshot=screening.on_snapshot, actor=actor, at=at, on=on,
        reason=f"freed seats {round.key}",
    )  # fmt: skip
    here = [one for one in found if one.latitude is not None]
    pools = open_pools(form, starts)
    policy = Policy(**round.policy)
    built = build(
        here, pools, seats.free(starts, [one.id for one in pools], snapshot=screening.on_snapshot), form=form,
        policy=policy, network=streets.network_of(streets.in_use()), snapshot=screening.on_snapshot,
    )  # fmt: skip
    prepared, moved_cost = with_wishes(built, pools, wishing)
    draw = secrets.randbits(62) if seed is None else seed
    # Chains are a matter of least cost: the stable mode has no holders to keep whole.
    prepared, placed = proven(prepared, mode="flow", seed=draw, together=policy.together)
    keep_whole(prepared, placed, wishing)
    row = Round(
        form=form, starts=starts, mode="flow", seed=draw, policy=round.policy, rule=screening.rule,
        rule_version=screening.version, snapshot=screening.snapshot, network=streets.in_use(),
        open_questions=round.open_questions, replaces=round,
    )  # fmt: skip
    rounds.fill(row, prepared, placed, actor, at)
    row.objective, row.lower_bound = row.objective - moved_cost, row.lower_bound - moved_cost
    movers = _movers(prepared, placed, wishing)
    shown = [one for one in found if one.child not in wishing or one.child in movers]
    with transaction.atomic():
        row.key = rounds.next_key(form, starts)
        row.counts = {
            **rounds.counted(screening.counts, [one for one in found if one.child not in wishing], placed, prepared),
            "waiting": len(wishing), "moved": len(movers), "placed": _newly(prepared, placed, wishing),
            "cohort": len(without),
        }  # fmt: skip
        row.counts["unplaced"] = row.counts["cohort"] - row.counts["placed"]
        row.save()
        RoundInput.objects.create(round=row, packed=packed(prepared, seed=draw, mode="flow", policy=row.policy))
        replaces = {child: wishing[child].placement for child in movers}
        rounds.propose(row, shown, here, prepared, placed, at, replaces)
        said = {"key": row.key, "input": row.input_hash, "answer": row.answer_hash, "seed": str(draw)}
        audit.write(actor, "childcare.rerun", f"childcare-round:{row.pk}", at, {}, RETENTION, statement=said)
    return Made(row, screening)


def waiting(form: str, starts: date) -> dict[int, Wishes]:
    """Children who have a place and wait for another unit, with what they have and wish."""
    wished: dict[int, list[str]] = {}
    rows = WaitWish.objects.filter(form=form, starts=starts, state=WishState.WAITING).order_by("child", "rank", "pk")
    for child, unit in rows.values_list("child", "unit"):
        wished.setdefault(child, []).append(unit)
    held = Placement.objects.filter(
        form=form, starts=starts, state__in=sorted(HOLDING), child__in=list(wished), protected=False
    )
    return {
        child: Wishes(pk, pool, tuple(wished[child]))
        for pk, child, pool in held.order_by("child").values_list("pk", "child", "pool")
    }


def _without_place(form: str, starts: date, entitled: Sequence[int], wishing: Mapping[int, Wishes]) -> list[int]:
    """Children whose turn it is and who have no place: new ones and those left without; not those who said no."""
    done = Placement.objects.filter(form=form, starts=starts, round__state=RoundState.RELEASED)
    said_no = set(done.filter(state=PlacementState.GIVEN_UP).values_list("child", flat=True))
    wishes = WaitWish.objects.filter(form=form, starts=starts, state=WishState.WAITING)
    still = set(wishes.values_list("child", flat=True))
    with_a_person = [PlacementState.BY_HAND, PlacementState.PROPOSED]
    by_hand = set(done.filter(state__in=with_a_person).values_list("child", flat=True))
    passed = by_hand | set(wishing) | (said_no - still)
    return [one for one in entitled if one not in passed]


def with_wishes(built: Prepared, pools: Sequence[PoolRow], wishing: Mapping[int, Wishes]) -> tuple[Prepared, int]:
    """The instance in which holders may keep what they have or get what they wish, and never less; and the sum added.

    Newcomers' costs are all raised alike, so that being left without counts for a holder more than for any of them.
    """
    raised = KEPT - UNPLACED
    holds = np.array([int(child) in wishing for child in built.children.tolist()], dtype=bool)
    child = built.child_of_edge
    costs = built.costs.astype(np.int64) + np.where(holds[child], 0, raised)
    keep = np.ones(child.size, dtype=bool)
    number = {pool.id: at for at, pool in enumerate(pools)}
    capacity = built.capacity.copy()
    more: list[tuple[int, int, int]] = []
    for position in np.flatnonzero(holds).tolist():
        own = wishing[int(built.children[position])]
        edges = built.of_child(position)
        held = number[own.pool]
        capacity[held] += 1
        at_held = [e for e in range(edges.start, edges.stop) if built.pools[e] == held]
        now = int(costs[at_held[0]]) if at_held else KEPT - UNPLACED
        if not at_held:
            more.append((position, held, now))
        for edge in range(edges.start, edges.stop):
            pool = int(built.pools[edge])
            if pool == held:
                continue
            unit = pools[pool].unit
            if unit not in own.units or unit == pools[held].unit:
                keep[edge] = False
                continue
            # A wish is better than what one has, the dearer the better, even where it is farther.
            better = now - (len(own.units) - own.units.index(unit))
            costs[edge] = max(0, min(int(costs[edge]), better))
    extra = np.array(more, dtype=np.int64).reshape(-1, 3)
    prepared = prepare(
        built.pool_ids, built.unit_of, capacity, built.children,
        np.concatenate((child[keep], extra[:, 0])), np.concatenate((built.pools[keep].astype(np.int64), extra[:, 1])),
        np.concatenate((costs[keep], extra[:, 2])),
        np.concatenate((built.metres[keep].astype(np.int64), np.zeros(len(more), dtype=np.int64))),
        np.concatenate((built.marks[keep], np.zeros(len(more), dtype=np.uint8))),
        tuple(group for group in built.together if not holds[list(group)].any()), KEPT,
    )  # fmt: skip
    return prepared, raised * int((~holds).sum())


def keep_whole(prepared: Prepared, placed: Placed, wishing: Mapping[int, Wishes]) -> None:
    """Nobody who had a place has lost it or got one not wished for; raises Worse, and nothing is stored."""
    for position, child in enumerate(prepared.children.tolist()):
        if child not in wishing:
            continue
        pool = int(placed.assigned[position])
        if pool < 0:
            raise Worse(f"The re-run would have taken a place away: placement {wishing[child].placement}.")


def _movers(prepared: Prepared, placed: Placed, wishing: Mapping[int, Wishes]) -> set[int]:
    return {
        child
        for child, pool in zip(prepared.children.tolist(), placed.assigned.tolist(), strict=True)
        if child in wishing and prepared.pool_ids[pool] != wishing[child].pool
    }


def _newly(prepared: Prepared, placed: Placed, wishing: Mapping[int, Wishes]) -> int:
    pairs = zip(prepared.children.tolist(), placed.assigned.tolist(), strict=True)
    return sum(1 for child, pool in pairs if child not in wishing and pool >= 0)


def end_met_wishes(round: Round, *, at: datetime) -> int:
    """Wishes that the round's places fulfil are met, and lesser ones after them are waited for no more; how many."""
    placed = dict(
        round.placements.filter(state__in=sorted(HOLDING), pool__isnull=False).values_list("child", "pool__unit")
    )
    rows = WaitWish.objects.filter(
        form=round.form, starts=round.starts, state=WishState.WAITING, child__in=among(placed)
    ).values_list("pk", "child", "unit", "rank")
    ranks = {child: rank for _, child, unit, rank in rows if placed[child] == unit}
    met = [pk for pk, child, unit, _ in rows if placed[child] == unit]
    lesser = [pk for pk, child, _, rank in rows if child in ranks and rank > ranks[child]]
    WaitWish.objects.filter(pk__in=met).update(state=WishState.MET, ended_at=at)
    WaitWish.objects.filter(pk__in=lesser).update(state=WishState.ENDED, ended_at=at)
    return len(met) + len(lesser)
