# SPDX-License-Identifier: EUPL-1.2
"""What the city did ahead of its people this month, for the front page: only figures that may be shown to anybody."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import polars as pl
from django.core.cache import cache as kept
from django.db.models import Max
from django.utils import timezone

from ennakko.demo_city import geo
from ennakko.kernel.figures.gate import gate
from ennakko.kernel.offers.models import OfferEvent, Run
from ennakko.kernel.offers.queries import counted, subjects_by_state
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.kernel.registers import NoSnapshot, snapshots
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.contributions import Figure
from ennakko.values.texts import text

KEPT_SECONDS = 300
OFFERED = text(fi="valmista tarjousta", sv="färdiga erbjudanden", en="ready-made offers")
OFFERED_NOTE = text(
    fi="asukkaille, jotka eivät olleet hakeneet mitään",
    sv="till invånare som inte hade ansökt om något",
    en="to residents who had applied for nothing",
)
ACCEPTED = text(fi="on jo käytössä", sv="är redan i bruk", en="are in use already")
ACCEPTED_NOTE = text(
    fi="yhdellä napautuksella, ilman lomaketta", sv="med ett tryck, utan blankett", en="with one tap, without a form"
)
OPEN = text(fi="odottaa vastausta", sv="väntar på svar", en="wait for an answer")
OPEN_NOTE = text(
    fi="muistutamme ennen määräaikaa", sv="vi påminner före tidsfristen", en="we remind before the deadline"
)
MAP_TITLE = text(
    fi="Valmiit tarjoukset peruspiireittäin", sv="Färdiga erbjudanden per distrikt", en="Ready-made offers by district"
)
MAP_VALUE = text(fi="Tarjouksia", sv="Erbjudanden", en="Offers")


def standing() -> int:
    """A number that changes whenever anything happens to an offer."""
    return OfferEvent.objects.aggregate(latest=Max("pk"))["latest"] or 0


def of_this_month(on: date) -> list[Figure]:
    """Offers sent this month, how many are kept already, and how many wait."""
    start = timezone.make_aware(datetime.combine(on.replace(day=1), time.min))
    offers = counted().filter(run__released_at__gte=start)
    offered = offers.count()
    if not offered:
        return []
    accepted = offers.filter(state__in=[OfferState.ACCEPTED, OfferState.CHANGED]).count()
    waiting = offers.filter(state__in=ANSWERABLE).count()
    return [
        Figure(value=offered, label=OFFERED, note=OFFERED_NOTE),
        Figure(value=accepted, label=ACCEPTED, note=ACCEPTED_NOTE),
        Figure(value=waiting, label=OPEN, note=OPEN_NOTE),
    ]


def by_district(on: date) -> charts.Chart | None:
    """A map of this month's offers by district, small numbers hidden; None before anything has been offered."""
    start = timezone.make_aware(datetime.combine(on.replace(day=1), time.min))
    runs = Run.objects.filter(complete_at__isnull=False, released_at__gte=start)
    rounds = sorted(set(runs.values_list("service", "round")))
    if not rounds:
        return None
    try:
        snapshot = snapshots.current()
    except NoSnapshot:
        return None
    name = f"front-map:{snapshot.id}:{on}:" + ",".join(f"{service}-{round}" for service, round in rounds)
    counts: Mapping[str, int | None] | None = kept.get(name)
    if counts is None:
        counts = _counts(rounds, snapshot)
        kept.set(name, counts, KEPT_SECONDS)
    return charts.districts(title=MAP_TITLE, areas=areas(), values=counts, value_label=MAP_VALUE)


def _counts(rounds: list[tuple[str, str]], snapshot: Any) -> dict[str, int | None]:
    """Offers by district code through the disclosure gate; None where the number is hidden."""
    told = pl.concat([subjects_by_state(service, round) for service, round in rounds]).select("person")
    homes = pl.scan_parquet(snapshot.file("residents")).select("person", "district", "non_disclosure")
    table = (
        told.lazy()
        .join(homes, on="person")
        .filter(~pl.col("non_disclosure"))
        .group_by("district")
        .agg(pl.len().cast(pl.Int64).alias("offers"))
        .sort("district")
        .collect()
    )
    frame = gate(table, "offers", by=["district"]).frame.filter(pl.col("district").is_not_null())
    return dict(frame.select("district", "offers").iter_rows())


def areas() -> dict[str, Any]:
    """The districts' shapes: the municipality's own, else those of the open data."""
    return geo.districts()
