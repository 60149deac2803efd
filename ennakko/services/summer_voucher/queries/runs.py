# SPDX-License-Identifier: EUPL-1.2
"""The year's runs as the official sees them before releasing: how many, and why a few drawn by lot were chosen."""

from dataclasses import dataclass

from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.queries import replay
from ennakko.kernel.offers.states import OfferState
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.wording import Shown
from ennakko.values.texts import Text, text

SAMPLE = 3
COUNTED = {
    "entitled": text(fi="täytti ehdot", sv="uppfyllde villkoren", en="met the conditions"),
    "objecting": text(fi="kieltänyt ennakoinnin", sv="har förbjudit förutseendet", en="told us not to look ahead"),
    "unknown": text(fi="ei voitu ratkaista", sv="kunde inte avgöras", en="could not be settled"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a run."""

    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run that waits: how many offers it holds, the screening's counts, the deciding reasons of a few."""

    run: Run
    offers: int
    counts: tuple[Count, ...]
    sample: tuple[tuple[Shown, ...], ...]


def view_of(run: Run) -> RunView:
    """The run with its sample; nobody's name or key is in it, and nobody under non-disclosure is drawn."""
    made = Offer.objects.filter(run=run, state=OfferState.MADE)
    # The keys are hashes: their order is a lot drawn once, the same each time the page is opened.
    drawn = made.filter(subject__non_disclosure=False).select_related("run", "run__rule_version").order_by("id")
    return RunView(
        run=run,
        offers=made.count(),
        counts=tuple(Count(words, int(run.counts[name])) for name, words in COUNTED.items() if name in run.counts),
        sample=tuple(_reasons(one) for one in drawn[:SAMPLE]),
    )


def _reasons(offer: Offer) -> tuple[Shown, ...]:
    decision = replay(offer).decision
    return tuple(
        Shown(one.step, one.text, one.holds, "; ".join(one.cite))
        for one in decision.reasons
        if one.decisive and one.step != decision.bound.definition.outcome
    )


def released(*, most: int) -> list[Run]:
    """The runs released last."""
    rows = Run.objects.filter(service=SERVICE, released_at__isnull=False).order_by("-released_at", "-id")
    return list(rows[:most])


def offers_in(run: Run) -> int:
    """How many offers a run made."""
    return int(run.counts.get("offers", 0))
