# SPDX-License-Identifier: EUPL-1.2
"""A person chooses a place for a child whom the machine did not place; a named official lets it be offered.

The child's row is locked from the choice to the offer, and a chosen seat is kept: two workers never place one child
twice, nor two children in one seat.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers.making import key_of
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.registers import screen
from ennakko.services.childcare.access_places import BY_HAND, RELEASE_PLACE
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.actions.placements import FULL, NOT_NOW, PlaceClosed, SeatGone
from ennakko.services.childcare.models import HandProposal, Placement, Pool
from ennakko.services.childcare.queries import by_hand as found
from ennakko.services.childcare.queries.needs import PURPOSE, Need
from ennakko.services.childcare.queries.seats import free
from ennakko.services.childcare.states import HOLDING, WAITING, PlacementState, RoundState, after
from ennakko.values.texts import Text, text

RETENTION = "childcare"
WORDS_AT_MOST = 1000
_STANDS = (*sorted(HOLDING), PlacementState.PROPOSED)
ALREADY = text(
    fi="Toinen työntekijä ehti ensin: lapselle on jo ehdotettu tai tarjottu paikkaa. Lataa sivu uudelleen.",
    sv="En kollega hann före: barnet har redan föreslagits eller erbjudits en plats. Ladda om sidan.",
    en="A colleague was first: a place has been proposed or offered to the child already. Load the page again.",
)
NOT_OUT = text(
    fi="Kierrosta ei ole vielä julkaistu. Lapsen voi sijoittaa sen jälkeen.",
    sv="Omgången är inte frisläppt än. Barnet kan placeras efter det.",
    en="The round has not been released yet. The child can be placed after that.",
)
LANGUAGE = text(
    fi="Ryhmän kieli on toinen kuin lapsen. Valitse toinen.",
    sv="Gruppens språk är ett annat än barnets. Välj en annan.",
    en="The group is of another language than the child's. Choose another.",
)
CLOSED = text(
    fi="Yksikkö tai ryhmä ei ole auki silloin. Valitse toinen.",
    sv="Enheten eller gruppen är inte öppen då. Välj en annan.",
    en="The unit or the group is not open then. Choose another.",
)
UNSUITED = text(
    fi="Ryhmä ei ole lapsen iälle, hoitoajoille tai tarpeille. Valitse toinen.",
    sv="Gruppen är inte avsedd för barnets ålder, vårdtider eller behov. Välj en annan.",
    en="The group is not for the child's age, hours or needs. Choose another.",
)
SAY_WHY = text(
    fi="Kirjoita, miksi valitsit tämän paikan.",
    sv="Skriv varför du valde platsen.",
    en="Write why you chose this place.",
)
GONE = text(
    fi="Lasta ei enää ole väestörekisterissä.",
    sv="Barnet finns inte längre i befolkningsregistret.",
    en="The child is no longer in the population register.",
)
NO_TURN = text(
    fi="Lapsen vuoro ei ole enää nyt, tai perhe on kieltänyt ennakoinnin. Palauta ehdotus.",
    sv="Det är inte längre barnets tur, eller så har familjen förbjudit att staden förutser. Ge tillbaka förslaget.",
    en="It is no longer the child's turn, or the family objects to being offered. Give the proposal back.",
)


@dataclass(slots=True)
class Sent:
    """What a release came to: places now offered, and why the others were not."""

    offered: int = 0
    refused: list[tuple[Placement, Text]] = field(default_factory=list)


def propose(placement: Placement, pool: str, words: str, *, actor: Actor, at: datetime, on: date) -> Placement:
    """A worker chooses a place and says why: the seat is kept for the child until an official has looked.

    Raises Refused; PlaceClosed where another was first, the unit is closed, of another language or does not suit;
    SeatGone where it is full.
    """
    require(actor, BY_HAND, placement)
    said = words.strip()[:WORDS_AT_MOST]
    if not said:
        raise PlaceClosed(SAY_WHY)
    need = found.need_of(placement, actor=actor, at=at, on=on)
    if need is None:
        raise PlaceClosed(GONE)
    with transaction.atomic():
        row = _locked(placement)
        chosen = _pool(pool, need, row)
        metres, estimated = found.way_to(need, [chosen.unit]).get(chosen.unit_id, (None, False))
        before = row.state
        _to(row, "change_place", at)
        new = Placement.objects.create(
            id=key_of("placement-by-hand", row.pk, chosen.pk, at.isoformat()), round=row.round, child=row.child,
            form=row.form, starts=row.starts, pool=chosen, state=PlacementState.PROPOSED, state_at=at, metres=metres,
            estimated=estimated, district=row.district, language=need.language, needs=need.as_json(),
            assumed=list(need.assumed), flags=row.flags, reasons={"by_hand": True}, protected=row.protected,
            replaces=row,
        )  # fmt: skip
        HandProposal.objects.create(
            placement=new, words=said, proposed_by=actor.subject, proposed_by_name=actor.name, proposed_at=at
        )
        told: dict[str, object] = {"person": row.child, "pool": chosen.pk, "from": str(before)}
        audit.write(actor, BY_HAND, f"placement:{new.pk}", at, told, RETENTION)
    return new


def _locked(placement: Placement) -> Placement:
    """The child's row, locked with every other place of the child's; raises PlaceClosed if a person was first."""
    same = Placement.objects.filter(child=placement.child, form=placement.form, starts=placement.starts)
    rows = list(same.select_for_update(of=("self",)).select_related("round").order_by("pk"))
    row = next(one for one in rows if one.pk == placement.pk)
    if row.round.state != RoundState.RELEASED:
        raise PlaceClosed(NOT_OUT)
    stands = any(one.state in _STANDS and one.round.state == RoundState.RELEASED for one in rows)
    if stands or row.state not in WAITING:
        raise PlaceClosed(ALREADY)
    return row


def _pool(pool: str, need: Need, row: Placement) -> Pool:
    """The chosen pool, locked, with a seat for the child in it."""
    chosen = Pool.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=pool).first()
    if chosen is None:
        raise PlaceClosed(UNSUITED)
    if not found.is_open(chosen, row.starts):
        raise PlaceClosed(CLOSED)
    if chosen.language != need.language:
        raise PlaceClosed(LANGUAGE)
    if not found.fits(need, chosen):
        raise PlaceClosed(UNSUITED)
    kept = row.state == PlacementState.BY_HAND and row.pool_id == chosen.pk
    if not kept and free(row.starts, [chosen.pk]).get(chosen.pk, 0) < 1:
        raise SeatGone(FULL)
    return chosen


def _to(row: Placement, verb: str, at: datetime) -> None:
    to = after(row.state, verb)
    if to is None:
        raise PlaceClosed(NOT_NOW)
    row.state, row.state_at = to, at
    row.save(update_fields=["state", "state_at"])


def give_back(placement: Placement, words: str, *, actor: Actor, at: datetime) -> Placement:
    """The official does not let it be offered, or the worker takes it back: the child waits for a person again.

    Raises Refused, and PlaceClosed where it has been released or given back already, or no word says why.
    """
    mine = HandProposal.objects.filter(placement=placement, proposed_by=actor.subject).exists()
    require(actor, BY_HAND if mine else RELEASE_PLACE, placement)
    said = words.strip()[:WORDS_AT_MOST]
    if not said:
        raise PlaceClosed(SAY_WHY)
    with transaction.atomic():
        row = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
        if row.state != PlacementState.PROPOSED or row.replaces_id is None:
            raise PlaceClosed(NOT_NOW)
        _to(row, "withdraw", at)
        before = Placement.objects.select_for_update(of=("self",)).get(pk=row.replaces_id)
        _to(before, "refer", at)
        _decided([row], said, actor, at)
        told: dict[str, object] = {"person": row.child}
        audit.write(actor, "childcare.give-place-back", f"placement:{row.pk}", at, told, RETENTION)
    return before


def _decided(rows: Sequence[Placement], words: str, actor: Actor, at: datetime) -> None:
    HandProposal.objects.filter(placement__in=rows).update(decided_by=actor.subject, decided_at=at, decided_words=words)


def release(chosen: Iterable[Placement], *, actor: Actor, at: datetime, on: date) -> Sent:
    """A named official lets proposed places be offered, as a round's are; one that cannot go stops no other.

    Everyone is screened anew first. Raises Refused.
    """
    require(actor, RELEASE_PLACE)
    sent = Sent()
    groups: dict[tuple[str, date], list[Placement]] = {}
    for one in chosen:
        require(actor, RELEASE_PLACE, one)
        groups.setdefault((one.form, one.starts), []).append(one)
    for (form, starts), rows in groups.items():
        _release(form, starts, rows, sent, actor=actor, at=at, on=on)
    return sent


def _release(
    form: str, starts: date, chosen: list[Placement], sent: Sent, *, actor: Actor, at: datetime, on: date
) -> None:
    from ennakko.services.childcare import offer

    screening = screen(
        rounds.turn_rule(form, on), purpose=PURPOSE, on=starts, actor=actor, at=at, reason="places chosen by a person"
    )
    entitled = set(screening.entitled().to_list())
    with transaction.atomic():
        locked = Placement.objects.select_for_update(of=("self",)).select_related("pool__unit").order_by("pk")
        going = []
        for row in locked.filter(pk__in=[one.pk for one in chosen]):
            reason = _why_not(row, entitled)
            if reason is not None:
                sent.refused.append((row, reason))
            else:
                going.append(row)
        if not going:
            return
        for row in going:
            _to(row, "hold", at)
        _decided(going, "", actor, at)
        places = rounds.frame_of(Placement.objects.filter(pk__in=[row.pk for row in going]), form, starts)
        first = HandProposal.objects.filter(placement__in=going).order_by("pk").values_list("pk", flat=True)[0]
        made = offer.offer_places(screening, places, round=f"{form}-{starts:%Y-%m}/h{first}", actor=actor, at=at, on=on)
        offers = dict(Offer.objects.filter(run=made.run).values_list("subject", "pk"))
        for row in going:
            row.offer_id = offers.get(row.child)
            row.save(update_fields=["offer"])
            told: dict[str, object] = {"person": row.child}
            audit.write(actor, RELEASE_PLACE, f"placement:{row.pk}", at, told, RETENTION)
        sent.offered += offer.release(made.run, actor=actor, at=at, on=on).released


def _why_not(row: Placement, entitled: set[int]) -> Text | None:
    if row.state != PlacementState.PROPOSED:
        return NOT_NOW
    if row.child not in entitled:
        return NO_TURN
    if row.pool is None or not found.is_open(row.pool, row.starts):
        return CLOSED
    return None
