# SPDX-License-Identifier: EUPL-1.2
"""Making the offers of a run: thousands at a time, in whole portions, the same rows however often it is repeated.

Each portion is one transaction with its people, offers, recipients and events. A run that was killed halfway leaves
whole portions behind; repeating it makes the rest. Nothing is shown or sent before the run is complete.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import polars as pl
from django.db import transaction

from ennakko.kernel import audit, people
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.offers.events import append_many
from ennakko.kernel.offers.kinds import Audience, OfferKind, kind_of
from ennakko.kernel.offers.models import Offer, Recipient, Run
from ennakko.kernel.offers.recipients import Reach, reach_of
from ennakko.kernel.offers.states import OPEN, OfferState, Verb
from ennakko.kernel.registers import Screening
from ennakko.kernel.registers.gathering import as_json

PORTION = 3000
READ_AT_ONCE = 30_000
"""Subjects whose contacts are read from the registers together: a look costs the same for one and for thousands."""
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
    for read in entitled.iter_slices(READ_AT_ONCE):
        waiting = read["person"].to_list()
        before = _latest(service, round, waiting)
        reach = reach_of(
            kind, [one for one in waiting if _may_have_another(before.get(one))], on, screening.on_snapshot
        )
        for portion in read.iter_slices(PORTION):
            with transaction.atomic():
                Run.objects.select_for_update().get(pk=run.pk)
                wanted = portion["person"].to_list()
                # Looked at again under the lock: another process may be making the same run.
                before = _latest(service, round, wanted)
                new = [one for one in wanted if one in reach.told and _may_have_another(before.get(one))]
                already += len(wanted) - len(new)
                if new:
                    made += _make_portion(kind, run, screening, portion, new, before, reach, values, actor, at, on)
            if progress is not None:
                progress(made + already, entitled.height)
    complete(run, screening.counts, made, already, actor, at)
    return Made(run, made, already)


def _run(service: str, screening: Screening, round: str, actor: Actor, at: datetime, on: date) -> Run:
    run, _ = Run.objects.get_or_create(
        service=service,
        audience="people",
        round=round,
        on=on,
        snapshot=screening.snapshot,
        rule_version_id=screening.version,
        defaults={"rule": screening.rule, "purpose": screening.purpose, "made_by": actor.subject, "started_at": at},
    )
    return run


@dataclass(frozen=True, slots=True)
class Before:
    """The latest offer of a round to somebody; `open_elsewhere` tells of one still open in another round."""

    sequence: int = 0
    state: str = ""
    offer: int | None = None
    open_elsewhere: bool = False

    @property
    def allows_another(self) -> bool:
        """Whether this round may make an offer: nothing is open elsewhere, its own was withdrawn or there was none."""
        return not self.open_elsewhere and self.state in ("", OfferState.WITHDRAWN)


def _latest(service: str, round: str, persons: list[int]) -> dict[int, Before]:
    found: dict[int, Before] = {}
    rows = (
        Offer.objects.filter(service=service, subject__in=among(persons))
        .order_by("sequence")
        .values_list("subject_id", "round", "sequence", "state", "id")
    )
    for subject, of_round, sequence, state, number in rows:
        known = found.get(subject, Before())
        if of_round == round:
            found[subject] = Before(sequence, state, number, known.open_elsewhere)
        elif state in OPEN:
            found[subject] = Before(known.sequence, known.state, known.offer, True)
    return found


def _may_have_another(before: Before | None) -> bool:
    return before is None or before.allows_another


OFFER_COLUMNS = (
    "id", "service", "round", "sequence", "subject", "organisation", "run", "replaces", "state", "state_at", "facts",
    "steps", "content", "corrections", "answer_by", "answer", "answered_at", "reminders",
)  # fmt: skip
RECIPIENT_COLUMNS = ("id", "offer", "person", "organisation", "role", "language", "link_version", "opened_at")


def _make_portion(
    kind: OfferKind,
    run: Run,
    screening: Screening,
    portion: pl.DataFrame,
    new: list[int],
    before: Mapping[int, Before],
    reach: Reach,
    values: Values,
    actor: Actor,
    at: datetime,
    on: date,
) -> int:
    rows = portion.filter(pl.col("person").is_in(pl.Series(new, dtype=pl.Int64).implode()))
    facts = as_json(rows)
    steps = as_json(screening.steps_of(new))
    contents = _contents(values, new)
    told_of = {told for one in new for told, _, _ in reach.told[one]}
    people.ensure((reach.known[one] for one in told_of.union(new)), at=at)
    uncorrected: dict[str, Any] = {}
    offers: list[tuple[Any, ...]] = []
    recipients: list[tuple[Any, ...]] = []
    answer_by = kind.answer_by(on)
    for person in new:
        earlier = before.get(person, Before())
        sequence = earlier.sequence + 1
        number = offer_key(run.service, person, run.round, sequence)
        offers.append(
            (
                number, run.service, run.round, sequence, person, "", run.pk, earlier.offer, OfferState.MADE, at,
                facts[person], steps[person], contents(person), uncorrected, answer_by, "", None, 0,
            )
        )  # fmt: skip
        for told, role, language in reach.told[person]:
            recipients.append((key_of("recipient", number, told), number, told, "", role, language, 1, None))
    made = insert_rows(Offer, OFFER_COLUMNS, offers)
    if made != len(offers):
        # The uniqueness of the table said no though the look before it said yes: nothing of this portion stands.
        raise RuntimeError(f"{len(offers) - made} offers of {run} stand already; run it again.")
    insert_rows(Recipient, RECIPIENT_COLUMNS, recipients)
    append_many((row[0] for row in offers), Verb.MAKE, by=actor.subject, at=at)
    statement = {"run": run.pk, "offers": len(offers), "digest": audit.rows_digest([row[0], row[4]] for row in offers)}
    audit.write(actor, "offers.make", f"run:{run.pk}", at, {}, "offers", statement=statement)
    return made


def _contents(values: Values, persons: list[int]) -> Callable[[int], dict[str, Any]]:
    if isinstance(values, pl.DataFrame):
        own = as_json(values.filter(pl.col("person").is_in(pl.Series(persons, dtype=pl.Int64).implode())))
        return lambda person: own.get(person, {})
    same = json.loads(json.dumps(dict(values)))
    return lambda person: same


def complete(run: Run, counted: Mapping[str, int], made: int, already: int, actor: Actor, at: datetime) -> None:
    """From now on the run's offers may be released and shown; completing twice changes nothing."""
    with transaction.atomic():
        counts = {**counted, "offers": Offer.objects.filter(run=run).count()}
        if Run.objects.filter(pk=run.pk, complete_at=None).update(complete_at=at, counts=counts):
            said = {"run": run.pk, "made": made, "already_had": already}
            audit.write(actor, "offers.complete", f"run:{run.pk}", at, {}, "offers", statement=said)
    run.refresh_from_db()


def complete_interrupted(service: str, round: str, *, actor: Actor, at: datetime, audience: Audience = "people") -> int:
    """Let the offers of runs that were killed halfway go on: a later run made the rest of theirs. How many runs.

    Call it when a later run of the round is complete: whole portions were made, and everybody else has an offer of it.
    """
    stopped = Run.objects.filter(
        service=service, audience=audience, round=round, complete_at=None, offers__isnull=False
    ).distinct()
    for run in stopped:
        with transaction.atomic():
            counts = {"offers": Offer.objects.filter(run=run).count()}
            if Run.objects.filter(pk=run.pk, complete_at=None).update(complete_at=at, counts=counts):
                said: dict[str, object] = {"run": run.pk, "interrupted": True, **counts}
                audit.write(actor, "offers.complete", f"run:{run.pk}", at, {}, "offers", statement=said)
    return len(stopped)
