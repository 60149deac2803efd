# SPDX-License-Identifier: EUPL-1.2
"""Matters that the decision archive has not taken: which request, why in words, since when, how often it was tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case as When
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as If
from django.db.models.functions import Coalesce

from ennakko.kernel.access import Actor, visible
from ennakko.kernel.cases.models import Case
from ennakko.services.hiring_benefit.access_money import ARCHIVE
from ennakko.services.hiring_benefit.law.states_2026 import REQUESTED
from ennakko.services.hiring_benefit.models import Application, ArchiveEvent
from ennakko.services.hiring_benefit.wording_archive import REQUESTS, UNANSWERED, why_of
from ennakko.values.texts import Text

PATIENCE = timedelta(days=1)
"""A request that nobody has answered for so long is told to a person; it is sent again by itself all the while."""
OUT = tuple(REQUESTED.values())
DECISION = REQUESTED["send_decision"]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A request that has not gone through: what was to be delivered, why it was not, in words and as it was said."""

    application: Application
    request: str
    what: Text
    why: tuple[Text, ...]
    said: tuple[str, ...]
    since: datetime
    tries: int


def undelivered(actor: Actor, *, wall: datetime) -> "QuerySet[Application]":
    """The applications that the actor may see of which a request has not gone through; decisions first, then oldest."""
    cases = visible(actor, ARCHIVE, Case.objects.filter(kind="benefit", emptied_at=None))
    own = ArchiveEvent.objects.filter(application=OuterRef("pk"))
    newest = own.order_by("-pk")
    went = own.filter(failures=[]).exclude(state__in=OUT).order_by("-pk").values("pk")[:1]
    later = own.filter(pk__gt=OuterRef("went")).order_by("pk")
    counted = later.order_by().values("application")
    every = counted.annotate(rows=Count("pk")).values("rows")
    failing = counted.annotate(rows=Count("pk", filter=~Q(failures=[]))).values("rows")
    found = Application.objects.filter(case__in=cases).annotate(
        stands=Subquery(newest.values("state")[:1]),
        failed=Subquery(newest.values("failures")[:1]),
        asked=Subquery(newest.exclude(request="").values("request")[:1]),
        went=Coalesce(Subquery(went), Value(0)),
        since=Subquery(later.values("at")[:1]),
        every=Coalesce(Subquery(every, output_field=IntegerField()), Value(0)),
        failing=Coalesce(Subquery(failing, output_field=IntegerField()), Value(0)),
    )
    quiet = Q(stands__in=OUT, since__lte=wall - PATIENCE)
    first = When(If(stands=DECISION, then=Value(0)), default=Value(1))
    bad = ~Q(failed=[]) & Q(failed__isnull=False)
    return found.filter(bad | quiet).select_related("case").order_by(first, "since", "pk")


def as_shown(row: Application) -> Undelivered:
    """A row of `undelivered` as a page shows it."""
    told = row.__dict__
    said = tuple(str(one) for one in told["failed"] or ())
    kind = str(told["asked"] or "")
    failing, every = int(told["failing"]), int(told["every"])
    # A request and its failure are two rows; what was never sent, or never answered, has the one.
    why = tuple(why_of(one) for one in said) or (UNANSWERED,)
    # The archive's own words stand in the reason already: they are not said twice.
    more = tuple(one for one in said if not any(one[:500] in words.en for words in why))
    return Undelivered(
        row, kind, REQUESTS[kind], why, more, told["since"],
        max(failing, every - failing, 1),
    )  # fmt: skip


def waiting(actor: Actor, *, wall: datetime) -> int:
    """How many there are; one query."""
    return undelivered(actor, wall=wall).count()
