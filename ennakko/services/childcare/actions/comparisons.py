# SPDX-License-Identifier: EUPL-1.2
"""Comparisons are ordered on a page and made by a job: two rounds of a whole city take longer than a page may."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from ennakko.kernel.access import Actor, Refused, require, staff_actor
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.services.childcare.actions.orders import LEFT, tried, work_through
from ennakko.services.childcare.actions.rounds import NO_UNITS, NotNow
from ennakko.services.childcare.building import open_pools
from ennakko.services.childcare.comparing import NewUnit, Trial, compare
from ennakko.services.childcare.models import ComparisonOrder
from ennakko.services.childcare.placing.policy import Policy
from ennakko.values.texts import text

COMPARE = "childcare.compare"
KEPT_DAYS = 90
"""Comparisons hold no child; after this they are out of date all the same."""
ALREADY = text(
    fi="Edellinen vertailusi on vielä kesken. Odota, että se valmistuu.",
    sv="Din förra jämförelse pågår ännu. Vänta tills den är klar.",
    en="Your previous comparison is still being made. Wait until it is ready.",
)


def order(
    form: str, *, starts: date, first: Trial, second: Trial, place: str, actor: Actor, at: datetime
) -> ComparisonOrder:
    """Ask for a comparison. Raises Refused, and NotNow where no unit is open then or one's previous is being made.

    `place`: where a new building would stand, in the words that were written.
    """
    require(actor, COMPARE)
    if actor.staff is None:
        raise Refused(LEFT, COMPARE)
    if not open_pools(form, starts):
        raise NotNow(NO_UNITS)
    asked = {"form": form, "starts": starts.isoformat(), "trials": [_told(first), _told(second)], "place": place}
    try:
        with transaction.atomic():
            return ComparisonOrder.objects.create(asked=asked, ordered_by_id=actor.staff, ordered_at=at)
    except IntegrityError:
        raise NotNow(ALREADY) from None


def make_ordered(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Make every ordered comparison, the earliest first; old ones are put away."""
    counted = work_through(ComparisonOrder, "found", lambda row: _made(row, at=at, on=on), at=at, progress=progress)
    old = ComparisonOrder.objects.filter(ended_at__lt=at - timedelta(days=KEPT_DAYS))
    put_away, _ = old.delete()
    return JobReport({**counted, "put_away": put_away})


def _made(row: ComparisonOrder, *, at: datetime, on: date) -> tuple[dict[str, Any] | None, Any]:
    actor = staff_actor(row.ordered_by.subject, on=on)
    if actor is None:
        return None, LEFT
    first, second = map(_trial, row.asked["trials"])
    starts = date.fromisoformat(row.asked["starts"])
    return tried(
        lambda: asdict(
            compare(row.asked["form"], starts=starts, first=first, second=second, actor=actor, at=at, on=on)
        ),
        f"comparison {row.pk}",
    )


def _told(trial: Trial) -> dict[str, Any]:
    return {
        "policy": trial.policy.as_json(), "mode": trial.mode, "closed": sorted(trial.closed),
        "added": [asdict(one) for one in trial.added], "seed": trial.seed,
    }  # fmt: skip


def _trial(told: dict[str, Any]) -> Trial:
    return Trial(
        Policy(**told["policy"]), told["mode"], frozenset(told["closed"]),
        tuple(NewUnit(**one) for one in told["added"]), told["seed"],
    )  # fmt: skip


JOBS = (
    Job(
        "childcare.comparisons",
        text(
            fi="Tee tilatut vertailut paikkakierroksista", sv="Gör beställda jämförelser av platsomgångar",
            en="Make ordered comparisons of rounds of places",
        ),
        make_ordered,
        "minute",
    ),
)  # fmt: skip
