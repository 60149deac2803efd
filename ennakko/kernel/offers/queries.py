# SPDX-License-Identifier: EUPL-1.2
"""Offers looked up: a person's own, a handler's lists, counts by state, and an offer decided again as of then.

Whoever is under non-disclosure stands in no list, search or count: only on their own page and on the clerk's desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Count, QuerySet

from ennakko.kernel.offers.kinds import OfferKind, kind_of
from ennakko.kernel.offers.models import Offer, OfferEvent, Run
from ennakko.kernel.offers.states import ANSWERABLE, OPEN, OfferState
from ennakko.kernel.registers.versions import decide_as_of_then
from ennakko.rules.decision import Decision, Outcome


def of_kind(kind: OfferKind) -> "QuerySet[Offer]":
    """The offers that a service makes in one way: to people, or to organisations."""
    rows = Offer.objects.filter(service=kind.service)
    return rows.filter(organisation="") if kind.audience == "people" else rows.exclude(organisation="")


def kinds_among(rows: "QuerySet[Offer]") -> list[OfferKind]:
    """The ways of offering that some offers were made in; raises UnknownOfferKind for one that is no longer known."""
    to_people = rows.filter(organisation="").order_by().values_list("service", flat=True).distinct()
    to_organisations = rows.exclude(organisation="").order_by().values_list("service", flat=True).distinct()
    return [kind_of(one) for one in to_people] + [kind_of(one, "organisations") for one in to_organisations]


def shown() -> "QuerySet[Offer]":
    """Offers that may be shown to their recipients: of complete runs, released."""
    return Offer.objects.filter(run__complete_at__isnull=False).exclude(state=OfferState.MADE).select_related("run")


def of_person(person: int) -> "QuerySet[Offer]":
    """A person's own offers, the newest first, for their own page."""
    return shown().filter(subject=person).order_by("-state_at", "-id")


def told_to(person: int) -> "QuerySet[Offer]":
    """Offers of which a person is told: their own, and their children's copies."""
    return shown().filter(recipients__person=person).order_by("-state_at", "-id")


def of_organisation(business_id: str) -> "QuerySet[Offer]":
    """An organisation's own offers, the newest first, for its page."""
    return shown().filter(organisation=business_id).exclude(organisation="").order_by("-state_at", "-id")


def waiting_for_organisation(business_id: str) -> "QuerySet[Offer]":
    """An organisation's offers that wait for an answer."""
    return of_organisation(business_id).filter(state__in=ANSWERABLE)


def waiting(person: int) -> "QuerySet[Offer]":
    """A person's offers that wait for an answer."""
    return of_person(person).filter(state__in=ANSWERABLE)


def listed(service: str) -> "QuerySet[Offer]":
    """A service's offers to people for staff's lists and searches."""
    rows = Offer.objects.filter(service=service, organisation="")
    return rows.exclude(subject__non_disclosure=True).select_related("subject", "run")


def listed_to_organisations(service: str) -> "QuerySet[Offer]":
    """A service's offers to organisations for staff's lists."""
    return Offer.objects.filter(service=service).exclude(organisation="").select_related("run")


def counted() -> "QuerySet[Offer]":
    """Shown offers to people for totals that anybody may see: those under non-disclosure are in none of them."""
    return shown().filter(organisation="").exclude(subject__non_disclosure=True)


def search(service: str, words: str) -> "QuerySet[Offer]":
    """Offers whose subject's name has every word; never those under non-disclosure."""
    from ennakko.kernel.people import found_by_name

    return listed(service).filter(subject__in=found_by_name(words).values("key")).order_by("-state_at", "-id")


def history(offer: Offer) -> "QuerySet[OfferEvent]":
    """What happened to an offer, in order."""
    return offer.events.order_by("at", "id")


def latest_run(service: str) -> Run | None:
    """The newest complete run of a service."""
    return Run.objects.filter(service=service, complete_at__isnull=False).order_by("-complete_at", "-id").first()


def waiting_for_release(services: Iterable[str]) -> "QuerySet[Run]":
    """Complete runs that a named official has not released yet."""
    return Run.objects.filter(service__in=list(services), complete_at__isnull=False, released_at=None).order_by("id")


def counts_by_state(service: str, round: str) -> pl.DataFrame:
    """Columns state and offers, of those who may be counted; goes through the figures' gate before it is shown."""
    rows = listed(service).filter(round=round).order_by().values_list("state").annotate(n=Count("id")).order_by("state")
    return pl.DataFrame(list(rows), schema={"state": pl.String, "offers": pl.Int64}, orient="row")


def subjects_by_state(service: str, round: str) -> pl.DataFrame:
    """Columns person and state, of those who may be counted: to be joined with districts, languages and so on."""
    rows = listed(service).filter(round=round).order_by("subject").values_list("subject", "state")
    return pl.DataFrame(list(rows), schema={"person": pl.Int64, "state": pl.String}, orient="row")


class NoRule(LookupError):
    """The offer was not chosen by a rule, so there is none to decide it again by."""


@dataclass(frozen=True, slots=True)
class Replay:
    """An offer decided again from what was stored: `same` tells whether every step came to what it came to then."""

    decision: Decision
    same: bool
    differing: tuple[str, ...]


def replay(offer: Offer) -> Replay:
    """Decide an offer again as of then: the stored rule, its parameters, the stored facts and the run's day.

    Raises NoRule for an offer that no rule chose.
    """
    if offer.run.rule_version is None:
        raise NoRule(f"{offer} was chosen by no rule.")
    decision = decide_as_of_then(offer.run.rule_version, offer.facts, offer.run.on)
    now: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in decision.values.items()
    }
    differing = tuple(name for name, value in now.items() if name in offer.steps and offer.steps[name] != value)
    differing += tuple(sorted(offer.steps.keys() - now.keys()))
    return Replay(decision, decision.outcome is Outcome.YES and not differing, differing)


def snapshots_in_use() -> list[str]:
    """Snapshots of runs with open offers: their folders are kept."""
    return list(Run.objects.filter(offers__state__in=OPEN).order_by().values_list("snapshot", flat=True).distinct())
