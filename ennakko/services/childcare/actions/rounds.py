# SPDX-License-Identifier: EUPL-1.2
"""A round of places: made by the machine, compared, put aside, or released by a named official; and its record.

Nothing is sent by making one. Several drafts of a form and day may stand; one of them is released.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.making import key_of
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.registers import Screening, gathering, permitted, screen, tables
from ennakko.kernel.registers.versions import rule_of
from ennakko.rules import Rule
from ennakko.rules.parameters import default_book
from ennakko.services.childcare.allocation.instance import Mode
from ennakko.services.childcare.building import build, open_pools
from ennakko.services.childcare.distances.walking import minutes
from ennakko.services.childcare.law.turns import EarlyEducationTurn, EarlyEducationTurnAfterLeave, PreschoolTurn
from ennakko.services.childcare.models import Placement, Pool, Round, RoundInput
from ennakko.services.childcare.placing.instance import ESTIMATED, Prepared, answer_digest, digest, packed
from ennakko.services.childcare.placing.placing import Placed, proven
from ennakko.services.childcare.placing.policy import Policy, decided
from ennakko.services.childcare.placing.reasoning import reasons
from ennakko.services.childcare.queries import needs as needing
from ennakko.services.childcare.queries import seats, streets
from ennakko.services.childcare.queries.needs import TO_A_PERSON, Need
from ennakko.services.childcare.states import HOLDING, PlacementState, RoundState
from ennakko.values.texts import LANGUAGES, text

PURPOSE: Final = "childcare"
RETENTION: Final = "childcare"
FORMS: Final = ("preschool", "early-education")
PORTION: Final = 3000
COLUMNS: Final = (
    "id", "round", "child", "form", "starts", "pool", "state", "state_at", "metres", "estimated", "cost", "district",
    "language", "needs", "assumed", "flags", "reasons", "protected", "together_with", "offer", "replaces",
)  # fmt: skip
NOT_A_DRAFT = text(
    fi="Kierros ”{key}” ei ole enää luonnos.",
    sv="Omgången ”{key}” är inte längre ett utkast.",
    en="The round “{key}” is no longer a draft.",
)
SEATS_GONE = text(
    fi="Osa kierroksen ”{key}” paikoista on mennyt muille sen tekemisen jälkeen. Tee luonnos uudelleen.",
    sv="En del av platserna i omgången ”{key}” har gått till andra sedan den gjordes. Gör utkastet på nytt.",
    en="Some places of the round “{key}” have gone to others since it was made. Make the draft again.",
)
NO_UNITS = text(
    fi="Yksiköitä ei ole otettu käyttöön: päivitä ne ensin rekisteristä.",
    sv="Inga enheter har tagits i bruk: uppdatera dem först från registret.",
    en="No units have been taken into use: update them from their register first.",
)


class NotNow(Closed):
    """The round does not allow this now; `reason` says why in every language."""


@dataclass(frozen=True, slots=True)
class Made:
    """A round just made, and the screening that found the children."""

    round: Round
    screening: Screening


def turn_rule(form: str, on: date) -> type[Rule]:
    """The rule of whose turn it is; the end of parental allowance is read only where a permit lets it."""
    if form == "preschool":
        return PreschoolTurn
    if form != "early-education":
        raise ValueError(f"There is no form {form!r}: write {' or '.join(FORMS)}.")
    return EarlyEducationTurnAfterLeave if permitted(PURPOSE, ["parental_leave_until"], on) else EarlyEducationTurn


def make_round(
    form: str,
    *,
    starts: date,
    actor: Actor,
    at: datetime,
    on: date,
    policy: Policy | None = None,
    mode: Mode = "flow",
    seed: int | None = None,
) -> Made:
    """Find every child whose turn it is, and propose a place to each; nothing is sent.

    `starts` is the first day of the places. Without `policy` the city's own weights count, and those that nobody has
    decided do not. `seed`: the draw for ties, drawn now if not given, and recorded. Raises Refused, PermitMissing
    and NotNow.
    """
    require(actor, "childcare.make-round")
    pools = open_pools(form, starts)
    if not pools:
        raise NotNow(NO_UNITS)
    screening = screen(
        turn_rule(form, on), purpose=PURPOSE, on=starts, actor=actor, at=at, reason=f"places of {form} from {starts}"
    )
    children = screening.entitled().to_list()
    found = needing.gather(
        children, form=form, starts=starts, snapshot=screening.on_snapshot, actor=actor, at=at, on=on,
        reason=f"places of {form} from {starts}",
    )  # fmt: skip
    city = decided(on, default_book())
    used = city.policy if policy is None else policy
    placed_here = [one for one in found if one.latitude is not None]
    network = streets.in_use()
    prepared = build(
        placed_here, pools, seats.free(starts, [one.id for one in pools], snapshot=screening.on_snapshot), form=form,
        policy=used, network=streets.network_of(network), snapshot=screening.on_snapshot,
    )  # fmt: skip
    draw = secrets.randbits(62) if seed is None else seed
    prepared, placed = proven(prepared, mode=mode, seed=draw, together=used.together)
    asks = {} if policy is not None else city.open_questions
    row = Round(
        form=form, starts=starts, mode=mode, seed=draw, policy=used.as_json(), rule=screening.rule,
        rule_version=screening.version, snapshot=screening.snapshot, network=network,
        open_questions=[
            {"weight": name, "ask": {one: ask.in_(one) for one in LANGUAGES}} for name, ask in asks.items()
        ],
    )  # fmt: skip
    fill(row, prepared, placed, actor, at)
    with transaction.atomic():
        row.key = next_key(form, starts)
        row.counts = counted(screening.counts, found, placed, prepared)
        row.save()
        RoundInput.objects.create(round=row, packed=packed(prepared, seed=draw, mode=mode, policy=used.as_json()))
        propose(row, found, placed_here, prepared, placed, at)
        said = {"key": row.key, "input": row.input_hash, "answer": row.answer_hash, "seed": str(draw)}
        audit.write(actor, "childcare.make-round", f"childcare-round:{row.pk}", at, {}, RETENTION, statement=said)
    return Made(row, screening)


def fill(row: Round, prepared: Prepared, placed: Placed, actor: Actor, at: datetime) -> None:
    """What the record says of the solving."""
    row.state = RoundState.MADE
    row.input_hash = digest(prepared, seed=row.seed, mode=row.mode, policy=row.policy)
    row.answer_hash = answer_digest(prepared, placed.assigned)
    row.objective, row.lower_bound, row.gap = placed.total, placed.lower_bound, placed.gap
    row.milliseconds = round(placed.seconds * 1000)
    row.made_by, row.made_at = actor.subject, at


def next_key(form: str, starts: date) -> str:
    """`preschool-2026-08`; the next draft or re-run of it is `preschool-2026-08/2`."""
    first = f"{form}-{starts:%Y-%m}"
    number = Round.objects.filter(form=form, starts=starts).count() + 1
    return first if number == 1 else f"{first}/{number}"


def counted(screened: Mapping[str, int], needs: Sequence[Need], placed: Placed, prepared: Prepared) -> dict[str, Any]:
    got = int((placed.assigned >= 0).sum())
    return {
        "cohort": len(needs),
        "placed": got,
        "unplaced": int(placed.assigned.size) - got,
        "protected": sum(one.protected for one in needs),
        "by_hand": sum(bool(TO_A_PERSON.intersection(one.flags)) and not one.protected for one in needs),
        "private_care": sum(one.private_care for one in needs),
        "objecting": screened["objecting"],
        "unknown": screened["unknown"],
        "seats": int(prepared.capacity.sum()),
        "siblings": sum(len(one) for one in prepared.together),
        "siblings_pinned": len(placed.pinned),
        "siblings_apart": placed.split,
    }


def placement_key(round_key: str, child: int, part: str = "") -> int:
    """The key of a child's place in a round; made twice, it is the same row."""
    return key_of("childcare-placement", round_key, child, part)


def propose(
    row: Round, needs: Sequence[Need], here: Sequence[Need], prepared: Prepared, placed: Placed, at: datetime,
    replaces: Mapping[int, int] | None = None,
) -> None:  # fmt: skip
    quiet = frozenset(at for at, one in enumerate(here) if one.support)
    why = reasons(prepared, placed, quiet=quiet, mode=row.mode)
    number = {one.child: position for position, one in enumerate(here)}
    rows: list[tuple[Any, ...]] = []
    for one in needs:
        position = number.get(one.child)
        pool = -1 if position is None else int(placed.assigned[position])
        told = why[position] if position is not None else None
        by_hand = one.protected or bool(TO_A_PERSON.intersection(one.flags))
        state = PlacementState.BY_HAND if by_hand else PlacementState.PROPOSED if pool >= 0 else PlacementState.UNPLACED
        sibling = placed.pinned.get(position) if position is not None else None
        rows.append((
            placement_key(row.key, one.child), row.pk, one.child, row.form, row.starts,
            prepared.pool_ids[pool] if pool >= 0 else None, state, at, told.metres if told else None,
            bool(told and told.marks & ESTIMATED), told.cost if told else None, one.district, one.language,
            one.as_json(), list(one.assumed), list(one.flags), told.reasons if told else {}, one.protected,
            None if sibling is None else here[sibling].child, None, (replaces or {}).get(one.child),
        ))  # fmt: skip
    for first in range(0, len(rows), PORTION):
        insert_rows(Placement, COLUMNS, rows[first : first + PORTION])


def discard(round: Round, *, actor: Actor, at: datetime) -> None:
    """Put a draft aside: its places are nobody's. Raises Refused, and NotNow for a round that is no draft."""
    require(actor, "childcare.discard-round", round)
    with transaction.atomic():
        row = _locked_draft(round)
        row.state = RoundState.DISCARDED
        row.save(update_fields=["state"])
        row.placements.update(state=PlacementState.WITHDRAWN, state_at=at)
        audit.write(actor, "childcare.discard-round", f"childcare-round:{row.pk}", at, {}, RETENTION,
                    statement={"key": row.key})  # fmt: skip
    round.refresh_from_db()


def _locked_draft(round: Round) -> Round:
    row = Round.objects.select_for_update().get(pk=round.pk)
    if row.state != RoundState.MADE:
        raise NotNow(NOT_A_DRAFT.format(key=row.key))
    return row


@dataclass(frozen=True, slots=True)
class Released:
    """A released round: how many offers went out, and how many children were left out since it was made."""

    round: Round
    offers: int
    dropped: int


def release(round: Round, *, actor: Actor, at: datetime, on: date) -> Released:
    """A named official lets a round be offered: seats are kept, offers are made and sent. Other drafts stay drafts.

    Everyone is screened anew first: whose turn it no longer is, or who objects by now, is told of nothing. Raises
    Refused, and NotNow for a round that is no draft.
    """
    from ennakko.services.childcare import offer
    from ennakko.services.childcare.actions import reruns

    require(actor, "childcare.release-round", round)
    screening = screen(
        turn_rule(round.form, on), purpose=PURPOSE, on=round.starts, actor=actor, at=at, reason=f"release {round.key}"
    )
    entitled = set(screening.entitled().to_list())
    with transaction.atomic():
        row = _locked_draft(round)
        row.state, row.released_by, row.released_at = RoundState.RELEASED, actor.subject, at
        row.save(update_fields=["state", "released_by", "released_at"])
        entitled = (entitled | _moving(row)) - _proposed_by_hand(row)
        dropped = _drop(row, entitled, at)
        _replace_earlier(row, at)
        row.placements.filter(state=PlacementState.PROPOSED).update(state=PlacementState.HELD, state_at=at)
        _still_room(row)
        _keep_old_seats(row, at)
        audit.write(actor, "childcare.release-round", f"childcare-round:{row.pk}", at, {}, RETENTION,
                    statement={"key": row.key, "dropped": dropped})  # fmt: skip
        reruns.end_met_wishes(row, at=at)
    sent = 0
    places = places_of(row)
    if places.height:
        if row.replaces_id:
            screening = _also(screening, places["person"].to_list(), on)
        made = offer.offer_places(screening, places, round=row.key, actor=actor, at=at, on=on)
        sent = offer.release(made.run, actor=actor, at=at, on=on).released
        _tie_to_offers(row, made.run)
    round.refresh_from_db()
    return Released(round, sent, dropped)


def _proposed_by_hand(row: Round) -> set[int]:
    """Children for whom a person has proposed a place since the draft was made: what the person chose goes first."""
    chosen = Placement.objects.filter(
        form=row.form, starts=row.starts, state=PlacementState.PROPOSED, round__state=RoundState.RELEASED
    ).exclude(round=row)
    return set(chosen.values_list("child", flat=True))


def _still_room(row: Round) -> None:
    """Every seat of the round is still there; raises NotNow where others have taken some since the draft was made."""
    pools = list(row.placements.filter(state=PlacementState.HELD).order_by().values_list("pool", flat=True).distinct())
    if any(count < 0 for count in seats.left(row.starts, pools).values()):
        raise NotNow(SEATS_GONE.format(key=row.key))


def _keep_old_seats(row: Round, at: datetime) -> None:
    """The seats that movers leave wait for their answer, as far as the round has not given them to others in a chain.

    Whose seat went on in a chain keeps the place that the family wished for, whatever it answers: never none.
    """
    left_behind = Placement.objects.filter(replaced_by__round=row, state=PlacementState.REPLACED).exclude(round=row)
    seats_left = seats.left(row.starts, list(left_behind.values_list("pool", flat=True)))
    keeping = []
    for number, pool in left_behind.order_by("pk").values_list("pk", "pool"):
        if seats_left.get(pool, 0) > 0:
            seats_left[pool] -= 1
            keeping.append(number)
    Placement.objects.filter(pk__in=among(keeping)).update(state=PlacementState.KEPT, state_at=at)


def _moving(row: Round) -> set[int]:
    """Children who hold a place already and get a better one: the rule finds them no more, their offer did."""
    return set(row.placements.filter(replaces__isnull=False).values_list("child", flat=True))


def _also(screening: Screening, children: Sequence[int], on: date) -> Screening:
    """The screening with children who hold a place already, their facts read from the same snapshot."""
    missing = sorted(set(children) - set(screening.entitled().to_list()))
    if not missing:
        return screening
    definition = rule_of(screening.rule).definition
    living = tables.living(screening.on_snapshot, on).collect()["person"]
    facts = gathering.gather(
        definition.inputs, definition.relations, [one for one in missing if one in set(living.to_list())],
        screening.on_snapshot, screening.on,
    )  # fmt: skip
    return replace(screening, facts=pl.concat((screening.facts, facts.select(screening.facts.columns))).sort("person"))


def _drop(row: Round, entitled: set[int], at: datetime) -> int:
    gone = [one for one in row.placements.values_list("child", flat=True) if one not in entitled]
    return row.placements.filter(child__in=among(gone)).update(state=PlacementState.WITHDRAWN, state_at=at)


def _replace_earlier(row: Round, at: datetime) -> None:
    """What the round's children had before, a held place or none, gives way to what they have now."""
    children = row.placements.filter(state=PlacementState.PROPOSED).values_list("child", flat=True)
    earlier = Placement.objects.filter(form=row.form, starts=row.starts, child__in=among(children)).exclude(round=row)
    earlier.filter(
        state__in=[*sorted(HOLDING), PlacementState.KEPT, PlacementState.UNPLACED, PlacementState.GIVEN_UP],
        round__state=RoundState.RELEASED,
    ).update(state=PlacementState.REPLACED, state_at=at)


def places_of(row: Round) -> pl.DataFrame:
    """What is offered of a round: see `frame_of`."""
    held = row.placements.filter(state=PlacementState.HELD, offer__isnull=True, protected=False)
    return frame_of(held, row.form, row.starts)


def frame_of(placements: "QuerySet[Placement]", form: str, starts: date) -> pl.DataFrame:
    """Places to offer: person, form, placement, unit, its names and address, starts, metres, minutes, language."""
    rows = placements.order_by("child").values_list(
        "child", "pk", "pool__unit", "pool__unit__name_fi", "pool__unit__name_sv", "pool__unit__name_en",
        "pool__unit__street_address", "metres", "language",
    )  # fmt: skip
    columns = (
        "person", "placement", "unit", "unit_name_fi", "unit_name_sv", "unit_name_en", "unit_address", "metres",
        "language",
    )  # fmt: skip
    types = (pl.Int64, pl.Int64, *(pl.String,) * 5, pl.Int64, pl.String)
    frame = pl.DataFrame(list(rows), schema=dict(zip(columns, types, strict=True)), orient="row")
    walked = [None if one is None else minutes(one) for one in frame["metres"].to_list()]
    return frame.with_columns(
        pl.lit(form).alias("form"),
        pl.lit(starts.isoformat()).alias("starts"),
        pl.Series("minutes", walked, dtype=pl.Int64),
    )


def _tie_to_offers(row: Round, run: Any) -> None:
    """Each placement knows its offer."""
    own = Offer.objects.filter(run=run, service=PURPOSE, round=row.key, subject=OuterRef("child"))
    with transaction.atomic():
        waiting = row.placements.filter(state=PlacementState.HELD, offer__isnull=True)
        waiting.update(offer=Subquery(own.values("pk")[:1]))
        row.run = run
        row.save(update_fields=["run"])


__all__ = ["Made", "NotNow", "Pool", "Released", "discard", "make_round", "release", "turn_rule"]
