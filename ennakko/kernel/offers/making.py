# SPDX-License-Identifier: EUPL-1.2
"""Making the offers of a run: thousands at a time, in whole portions, the same rows however often it is repeated.

Each portion is one transaction with its people, offers, recipients and events. A run that was killed halfway leaves
whole portions behind; repeating it makes the rest. Nothing is shown or sent before the run is complete.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit, people
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.offers.kinds import OfferKind, kind_of
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
from ennakko.kernel.offers.states import OPEN, OfferState, Verb
from ennakko.kernel.registers import Screening, contacts, guardians
from ennakko.kernel.registers.gathering import as_json
from ennakko.kernel.registers.snapshots import Snapshot
from ennakko.values.dates import age_on

PORTION = 3000
Values = Mapping[str, object] | pl.DataFrame
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a run came to: offers made now, those whom the round had reached already, and the screening's own counts."""

    run: Run
    made: int
    already_had: int


def key_of(*parts: object) -> int:
    """A positive 63-bit key made of what a row is for, so that making it twice makes the same row."""
    said = "\x1f".join(str(part) for part in parts).encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def offer_key(service: str, subject: object, round: str, sequence: int) -> int:
    """The key of the offer to a person (their key) or an organisation (its business id)."""
    return key_of("offer", service, subject, round, sequence)


def make_offers(
    service: str,
    *,
    screening: Screening,
    round: str,
    values: Values,
    actor: Actor,
    at: datetime,
    on: date,
    progress: Progress | None = None,
) -> Made:
    """Offers to everybody the screening found entitled, whom this round has not reached and who has none open.

    `values` is what is offered: the same for all, or a frame with a person column and one row for each. A person whose
    offer of this round was withdrawn and who is entitled again gets a new one that replaces it.
    """
    kind = kind_of(service)
    run = _run(service, screening, round, actor, at, on)
    entitled = screening.facts.sort("person")
    made = already = 0
    for portion in entitled.iter_slices(PORTION):
        with transaction.atomic():
            Run.objects.select_for_update().get(pk=run.pk)
            wanted = portion["person"].to_list()
            before = _latest(service, round, wanted)
            new = [person for person in wanted if _may_have_another(before.get(person))]
            already += len(wanted) - len(new)
            if new:
                made += _make_portion(kind, run, screening, portion, new, before, values, actor, at, on)
        if progress is not None:
            progress(made + already, entitled.height)
    _complete(run, screening, made, already, actor, at)
    return Made(run, made, already)


def _run(service: str, screening: Screening, round: str, actor: Actor, at: datetime, on: date) -> Run:
    run, _ = Run.objects.get_or_create(
        service=service,
        round=round,
        on=on,
        snapshot=screening.snapshot,
        rule_version_id=screening.version,
        defaults={"rule": screening.rule, "purpose": screening.purpose, "made_by": actor.subject, "started_at": at},
    )
    return run


@dataclass(frozen=True, slots=True)
class _Before:
    """The latest offer of a round to somebody; `open_elsewhere` tells of one still open in another round."""

    sequence: int = 0
    state: str = ""
    offer: int | None = None
    open_elsewhere: bool = False


def _latest(service: str, round: str, persons: list[int]) -> dict[int, _Before]:
    found: dict[int, _Before] = {}
    rows = (
        Offer.objects.filter(Q(round=round) | Q(state__in=OPEN), service=service, subject__in=persons)
        .order_by("sequence")
        .values_list("subject_id", "round", "sequence", "state", "id")
    )
    for subject, of_round, sequence, state, number in rows:
        known = found.get(subject, _Before())
        if of_round == round:
            found[subject] = _Before(sequence, state, number, known.open_elsewhere)
        else:
            found[subject] = _Before(known.sequence, known.state, known.offer, True)
    return found


def _may_have_another(before: _Before | None) -> bool:
    if before is None:
        return True
    return not before.open_elsewhere and before.state in ("", OfferState.WITHDRAWN)


_OFFER = (
    "id", "service", "round", "sequence", "subject", "organisation", "run", "replaces", "state", "state_at", "facts",
    "steps", "content", "corrections", "answer_by", "answer", "answered_at", "reminders",
)  # fmt: skip
_RECIPIENT = ("id", "offer", "person", "role", "language", "link_version", "opened_at")
_EVENT = ("offer", "verb", "by", "at", "details")


def _make_portion(
    kind: OfferKind,
    run: Run,
    screening: Screening,
    portion: pl.DataFrame,
    new: list[int],
    before: Mapping[int, _Before],
    values: Values,
    actor: Actor,
    at: datetime,
    on: date,
) -> int:
    snapshot = screening.on_snapshot
    rows = portion.filter(pl.col("person").is_in(pl.Series(new, dtype=pl.Int64).implode()))
    facts = as_json(rows)
    steps = as_json(screening.steps_of(new))
    contents = _contents(values, new)
    reached = _reach(kind, new, on, at, snapshot)
    offers: list[tuple[Any, ...]] = []
    recipients: list[tuple[Any, ...]] = []
    answer_by = kind.answer_by(on)
    for person in new:
        earlier = before.get(person, _Before())
        sequence = earlier.sequence + 1
        number = offer_key(run.service, person, run.round, sequence)
        offers.append(
            (
                number, run.service, run.round, sequence, person, "", run.pk, earlier.offer, OfferState.MADE, at,
                facts[person], steps[person], contents(person), {}, answer_by, "", None, 0,
            )
        )  # fmt: skip
        for told, role, language in reached[person]:
            recipients.append((key_of("recipient", number, told), number, told, role, language, 1, None))
    made = insert_rows(Offer, _OFFER, offers)
    if made != len(offers):
        # The uniqueness of the table said no though the look before it said yes: nothing of this portion stands.
        raise RuntimeError(f"{len(offers) - made} offers of {run} stand already; run it again.")
    insert_rows(Recipient, _RECIPIENT, recipients)
    insert_rows(OfferEvent, _EVENT, ((row[0], Verb.MAKE, actor.subject, at, {}) for row in offers))
    statement = {"run": run.pk, "offers": len(offers), "digest": audit.rows_digest([row[0], row[4]] for row in offers)}
    audit.write(actor, "offers.make", f"run:{run.pk}", at, {}, "offers", statement=statement)
    return made


def _contents(values: Values, persons: list[int]) -> Callable[[int], dict[str, Any]]:
    if isinstance(values, pl.DataFrame):
        own = as_json(values.filter(pl.col("person").is_in(pl.Series(persons, dtype=pl.Int64).implode())))
        return lambda person: own.get(person, {})
    same = json.loads(json.dumps(dict(values)))
    return lambda person: same


def _reach(
    kind: OfferKind, persons: list[int], on: date, at: datetime, snapshot: Snapshot
) -> dict[int, list[tuple[int, str, str]]]:
    """Whom each offer is told to (person, role, language); rows in `people` are made for all of them."""
    own = contacts(persons, snapshot)
    reached: dict[int, list[tuple[int, str, str]]] = {
        row["person"]: [(row["person"], "subject", row["language"])] for row in own.iter_rows(named=True)
    }
    if lost := set(persons) - set(reached):
        raise LookupError(f"Snapshot {snapshot.id} has no contact row for {len(lost)} residents: build it again.")
    # A protected child's guardian may be the one they are protected from: only the child is told, and the clerk.
    children = [
        row["person"]
        for row in own.iter_rows(named=True)
        if not row["non_disclosure"] and age_on(row["birth_date"], on) < kind.guardians_copied_below
    ]
    copies = (
        guardians(children, snapshot) if children else pl.DataFrame(schema={"child": pl.Int64, "guardian": pl.Int64})
    )
    adults = contacts(copies["guardian"].unique().to_list(), snapshot) if copies.height else own.clear()
    languages = dict(adults.select("person", "language").iter_rows())
    for child, adult in copies.iter_rows():
        if adult in languages:
            reached[child].append((adult, "guardian", languages[adult]))
    people.ensure((_known(row) for row in _rows(own, adults)), at=at)
    return reached


def _rows(*frames: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for frame in frames:
        yield from frame.iter_rows(named=True)


def _known(row: Mapping[str, Any]) -> people.Known:
    return people.Known(
        key=row["person"],
        identity_code=row["identity_code"],
        given_names=row["given_names"],
        surname=row["surname"],
        language=row["language"],
        email=row["email"] or "",
        phone=row["phone"] or "",
        suomifi_messages=row["suomifi_messages"],
        non_disclosure=row["non_disclosure"],
    )


def _complete(run: Run, screening: Screening, made: int, already: int, actor: Actor, at: datetime) -> None:
    """From now on the run's offers may be released and shown; completing twice changes nothing."""
    with transaction.atomic():
        counts = {**screening.counts, "offers": Offer.objects.filter(run=run).count()}
        if Run.objects.filter(pk=run.pk, complete_at=None).update(complete_at=at, counts=counts):
            said = {"run": run.pk, "made": made, "already_had": already}
            audit.write(actor, "offers.complete", f"run:{run.pk}", at, {}, "offers", statement=said)
    run.refresh_from_db()


def complete_interrupted(service: str, round: str, *, actor: Actor, at: datetime) -> int:
    """Let the offers of runs that were killed halfway go on: a later run made the rest of theirs. How many runs.

    Call it when a later run of the round is complete: whole portions were made, and everybody else has an offer of it.
    """
    stopped = Run.objects.filter(service=service, round=round, complete_at=None, offers__isnull=False).distinct()
    for run in stopped:
        with transaction.atomic():
            counts = {"offers": Offer.objects.filter(run=run).count()}
            if Run.objects.filter(pk=run.pk, complete_at=None).update(complete_at=at, counts=counts):
                said: dict[str, object] = {"run": run.pk, "interrupted": True, **counts}
                audit.write(actor, "offers.complete", f"run:{run.pk}", at, {}, "offers", statement=said)
    return len(stopped)
