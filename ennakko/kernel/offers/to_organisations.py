# SPDX-License-Identifier: EUPL-1.2
"""Making offers to organisations: to those whom a rule or the city's own records chose, in whole portions.

As with people, repeating a run that was killed makes the rest, and nothing is shown or sent before it is complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, organisations
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.offers.events import append_many
from ennakko.kernel.offers.kinds import OfferKind, kind_of
from ennakko.kernel.offers.making import OFFER_COLUMNS, RECIPIENT_COLUMNS, Before, Made, complete, key_of, offer_key
from ennakko.kernel.offers.models import Offer, Recipient, Run
from ennakko.kernel.offers.states import OPEN, OfferState, Verb
from ennakko.kernel.registers.versions import RuleOrId, rule_of, store_version
from ennakko.rules.decision import Outcome

PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The organisations that an offer is for, by business id: what was read of each, and what each is offered.

    `facts` and `contents` hold JSON values. Chosen by a rule: `rule` and `version` name it, `steps` tells what each of
    its conditions came to. `counts` is what the choice itself counted, for the run's page.
    """

    purpose: str
    facts: Mapping[str, Mapping[str, Any]]
    contents: Mapping[str, Mapping[str, Any]]
    rule: str = ""
    version: str | None = None
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    snapshot: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if without := set(self.facts) - set(self.contents):
            raise ValueError(f"Nothing is offered to {', '.join(sorted(without)[:3])}: give contents for each.")


def choose(
    rule: RuleOrId,
    facts: Mapping[str, Mapping[str, Any]],
    *,
    contents: Mapping[str, Mapping[str, Any]],
    purpose: str,
    on: date,
    at: datetime,
    snapshot: str = "",
) -> Chosen:
    """Those of the organisations (facts by business id) for whom an expression rule says yes on a day."""
    bound = rule_of(rule).bind(on)
    version = store_version(rule, at)
    entitled: dict[str, Mapping[str, Any]] = {}
    steps: dict[str, Mapping[str, Any]] = {}
    unknown = 0
    for business_id, known in facts.items():
        decision = bound.decide(known)
        unknown += decision.outcome is Outcome.UNKNOWN
        if decision.outcome is Outcome.YES:
            entitled[business_id] = _json(known)
            steps[business_id] = _json(decision.values)
    return Chosen(
        purpose=purpose, facts=entitled, contents=contents, rule=bound.id, version=version.digest, steps=steps,
        snapshot=snapshot, counts={"looked_at": len(facts), "entitled": len(entitled), "unknown": unknown},
    )  # fmt: skip


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored: days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def make_offers_to_organisations(
    service: str, *, chosen: Chosen, round: str, actor: Actor, at: datetime, on: date
) -> Made:
    """Offers to the chosen organisations that this round has not reached and that have none open.

    Left out, and counted: those that want none of this service's, that have ended, or of which the city has no record.
    """
    kind = kind_of(service, "organisations")
    wanted = sorted(chosen.facts)
    known = organisations.known_many(wanted)
    unwilling, gone = organisations.unwilling(service), organisations.ended_by(on)
    reached = [one for one in wanted if one in known and one not in unwilling and one not in gone]
    run = _run(service, chosen, round, actor, at, on)
    contacts = organisations.contacts_of(reached)
    languages = {one: contacts[one].language if one in contacts else known[one].language for one in reached}
    made = already = 0
    for start in range(0, len(reached), PORTION):
        portion = reached[start : start + PORTION]
        with transaction.atomic():
            Run.objects.select_for_update().get(pk=run.pk)
            before = _latest(service, round, portion)
            new = [one for one in portion if before.get(one, Before()).allows_another]
            already += len(portion) - len(new)
            if new:
                made += _make_portion(kind, run, chosen, new, before, languages, actor, at, on)
    counts = {
        **chosen.counts,
        "chosen": len(wanted),
        "unwilling": sum(one in unwilling for one in wanted),
        "ended": sum(one in gone for one in wanted),
        "without_record": sum(one not in known for one in wanted),
    }
    complete(run, counts, made, already, actor, at)
    return Made(run, made, already)


def _run(service: str, chosen: Chosen, round: str, actor: Actor, at: datetime, on: date) -> Run:
    run, _ = Run.objects.get_or_create(
        service=service,
        audience="organisations",
        round=round,
        on=on,
        snapshot=chosen.snapshot,
        rule_version_id=chosen.version,
        defaults={"rule": chosen.rule, "purpose": chosen.purpose, "made_by": actor.subject, "started_at": at},
    )
    return run


def _latest(service: str, round: str, business_ids: Sequence[str]) -> dict[str, Before]:
    rows = Offer.objects.filter(service=service, organisation__in=business_ids).order_by("sequence")
    found: dict[str, Before] = {}
    for business_id, of_round, sequence, state, number in rows.values_list(
        "organisation", "round", "sequence", "state", "id"
    ):
        known = found.get(business_id, Before())
        if of_round == round:
            found[business_id] = Before(sequence, state, number, known.open_elsewhere)
        elif state in OPEN:
            found[business_id] = Before(known.sequence, known.state, known.offer, True)
    return found


def _make_portion(
    kind: OfferKind,
    run: Run,
    chosen: Chosen,
    new: Sequence[str],
    before: Mapping[str, Before],
    languages: Mapping[str, str],
    actor: Actor,
    at: datetime,
    on: date,
) -> int:
    uncorrected: dict[str, Any] = {}
    offers: list[tuple[Any, ...]] = []
    recipients: list[tuple[Any, ...]] = []
    answer_by = kind.answer_by(on)
    for one in new:
        earlier = before.get(one, Before())
        sequence = earlier.sequence + 1
        number = offer_key(run.service, one, run.round, sequence)
        offers.append(
            (
                number, run.service, run.round, sequence, None, one, run.pk, earlier.offer, OfferState.MADE, at,
                dict(chosen.facts[one]), dict(chosen.steps.get(one, {})), dict(chosen.contents[one]), uncorrected,
                answer_by, "", None, 0,
            )
        )  # fmt: skip
        recipients.append((key_of("recipient", number, one), number, None, one, "subject", languages[one], 1, None))
    made = insert_rows(Offer, OFFER_COLUMNS, offers)
    if made != len(offers):
        raise RuntimeError(f"{len(offers) - made} offers of {run} stand already; run it again.")
    insert_rows(Recipient, RECIPIENT_COLUMNS, recipients)
    append_many((row[0] for row in offers), Verb.MAKE, by=actor.subject, at=at)
    statement = {"run": run.pk, "offers": len(offers), "digest": audit.rows_digest([row[0], row[5]] for row in offers)}
    audit.write(actor, "offers.make", f"run:{run.pk}", at, {}, "offers", statement=statement)
    return made
