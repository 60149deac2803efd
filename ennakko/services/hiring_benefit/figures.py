# SPDX-License-Identifier: EUPL-1.2
"""The director's figures of the benefit: pipeline, lead times, money committed and paid, what became of the work.

Every count of persons passes the disclosure gate; nobody under non-disclosure stands in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean, median
from typing import Any, Final

import polars as pl
from django.db.models import QuerySet, Sum
from django.utils import timezone

from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures import Counted, Figure, Gated, gate
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.kernel.organisations.industries import section_of
from ennakko.rules.parameters import NotDecided
from ennakko.services.hiring_benefit import conditions
from ennakko.services.hiring_benefit.models import Alteration, Application, EmploymentCheck, Instalment
from ennakko.services.hiring_benefit.past_cases import AREA_DIGITS
from ennakko.services.hiring_benefit.simulating import FIGURES as FIGURES_ACTION
from ennakko.services.hiring_benefit.states import OPEN, BenefitState, InstalmentState
from ennakko.values.money import round_half_up
from ennakko.values.texts import Text, text

DAYS: Final = 86_400
PAID: Final = (InstalmentState.PAID, InstalmentState.COMPLETED)
GONE: Final = (*PAID, InstalmentState.CANCELLED)
AFTER_MONTHS: Final = (6, 12)
FORESEEN_TO: Final = 100_000
"""Cents to which a forecast is rounded: it is not known any closer."""
SOURCE: Final = text(
    fi="Kaupungin oma hakemusluettelo ja maksatus", sv="Stadens egen förteckning över ansökningar och utbetalningar",
    en="The city's own list of applications and payments",
)  # fmt: skip
DIMENSIONS: Final = ("industry", "area", "employer_kind", "month")


@dataclass(frozen=True, slots=True)
class Employed:
    """Whether the work went on so many months from its beginning: asked, answered, the share of yes in per cent."""

    after_months: int
    asked: int | None
    answered: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A year at a glance, on a day. Counts of 1–4 are None with whatever would tell them; cents, days.

    `committed_cents` is what the year's decisions granted less what was claimed back, `paid_cents` what of it has been
    paid, `coming_cents` what still falls due. `forecast_cents` is the year's end at the present pace, None while too
    little is known; `budget_ask` tells whom to ask where nobody has decided the budget.
    """

    year: int
    as_of: date
    open: int | None
    sent: int | None
    granted: int | None
    refused: int | None
    cancelled: int | None
    committed_cents: int | None
    paid_cents: int | None
    coming_cents: int | None
    recovered_cents: int | None
    mean_cents: int | None
    forecast_cents: int | None
    budget_cents: int | None
    budget_left_cents: int | None
    budget_ask: Text | None
    median_days: float | None
    slowest_days: float | None
    employers: int | None
    employed: tuple[Employed, ...]
    source: Text = SOURCE


def open_to_count() -> QuerySet[Application]:
    """The applications that may be counted."""
    return Application.objects.exclude(employee__person__non_disclosure=True).filter(emptied_at=None)


def overview(actor: Actor, *, year: int, on: date) -> Overview:
    """The year in figures. Raises Refused."""
    require(actor, FIGURES_ACTION)
    rows = open_to_count()
    ended = _ended(rows, year)
    waiting = rows.filter(case__state__in=OPEN).count()
    counts = _together(
        {"granted": len(ended["granted"]), "refused": len(ended["refused"]), "cancelled": len(ended["cancelled"]),
         "open": waiting}
    )  # fmt: skip
    granted = [cents for _, _, cents in ended["granted"]]
    told = counts["granted"] is not None
    recovered = _recovered(year) if told else None
    committed = sum(granted) - (recovered or 0) if told else None
    budget, ask = _budget(year)
    spans = [(to - sent).total_seconds() / DAYS for kind in ("granted", "refused") for sent, to, _ in ended[kind]]
    enough = len(spans) >= HIDE_BELOW
    return Overview(
        year=year, as_of=on, open=counts["open"],
        sent=_large(rows.filter(received_on__year=year).count()),
        granted=counts["granted"], refused=counts["refused"], cancelled=counts["cancelled"],
        committed_cents=committed, paid_cents=_money(year, paid=True) if told else None,
        coming_cents=_money(year, paid=False) if told else None, recovered_cents=recovered,
        mean_cents=round(mean(granted)) if told and granted else None,
        forecast_cents=_forecast(ended, waiting, committed, year=year, on=on),
        budget_cents=budget, budget_left_cents=None if budget is None or committed is None else budget - committed,
        budget_ask=ask, median_days=round(median(spans), 1) if enough else None,
        slowest_days=round(sorted(spans)[int(0.9 * (len(spans) - 1))], 1) if enough else None,
        employers=_large(rows.filter(received_on__year=year).values("organisation").distinct().count()),
        employed=employed(year),
    )  # fmt: skip


Ended = dict[str, list[tuple[datetime, datetime, int]]]
"""By outcome: when sent, when ended, cents granted."""


def _ended(rows: QuerySet[Application], year: int) -> Ended:
    start, end = _bounds(year)
    found: Ended = {"granted": [], "refused": [], "cancelled": []}
    for state, sent, decided, closed, cents in rows.filter(
        case__closed_at__gte=start, case__closed_at__lt=end
    ).values_list("case__state", "sent_at", "case__decisions__decided_at", "case__closed_at",
                  "case__decisions__amount_cents"):  # fmt: skip
        ended = decided or closed
        if state in found and ended is not None:
            found[state].append((sent, ended, cents or 0))
    return found


def _bounds(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _together(counts: Mapping[str, int]) -> dict[str | None, int | None]:
    """Counts that stand beside each other, through the gate: what is small cannot be told from the others either."""
    table = pl.DataFrame({"part": list(counts), "persons": list(counts.values())})
    return dict(gate(table, "persons", by=("part",)).frame.select("part", "persons").iter_rows())


def _large(count: int) -> int | None:
    return None if 0 < count < HIDE_BELOW else count


def _recovered(year: int) -> int:
    start, end = _bounds(year)
    found = (
        Alteration.objects.filter(annulled_at=None, case__closed_at__gte=start, case__closed_at__lt=end)
        .exclude(application__employee__person__non_disclosure=True)
        .aggregate(off=Sum("deducted_cents"), back=Sum("invoiced_cents"))
    )
    return (found["off"] or 0) + (found["back"] or 0)


def _money(year: int, *, paid: bool) -> int:
    start, end = _bounds(year)
    rows = Instalment.objects.filter(decision__decided_at__gte=start, decision__decided_at__lt=end).exclude(
        application__employee__person__non_disclosure=True
    )
    rows = rows.filter(state__in=PAID) if paid else rows.exclude(state__in=GONE)
    return rows.aggregate(cents=Sum("payable_cents"))["cents"] or 0


def _budget(year: int) -> tuple[int | None, Text | None]:
    found = conditions.value("budget", date(year, 12, 31))
    return (None, found.ask) if isinstance(found, NotDecided) else (int(found), None)


def _forecast(ended: Ended, waiting: int, committed: int | None, *, year: int, on: date) -> int | None:
    """The year's end if the rest of it goes as its beginning, and what waits is granted as often as before."""
    granted = [cents for _, _, cents in ended["granted"]]
    decided = len(granted) + len(ended["refused"])
    if committed is None or decided < HIDE_BELOW or not granted or on.year > year:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    gone = max((min(on, last) - first).days + 1, 1)
    rest = max((last - on).days, 0)
    pipeline = round(waiting * len(granted) / decided * mean(granted))
    foreseen = committed + pipeline + round(sum(granted) / gone * rest)
    return round_half_up(foreseen, FORESEEN_TO) * FORESEEN_TO


def employed(year: int) -> tuple[Employed, ...]:
    """Of the benefits that began in a year: is the employee still employed, by what the employers answered."""
    rows = EmploymentCheck.objects.filter(application__start__year=year).exclude(
        application__employee__person__non_disclosure=True
    )
    counted = Counter(rows.values_list("after_months", "still_employed"))
    found = []
    for months in AFTER_MONTHS:
        yes, no, silent = (counted[months, answer] for answer in (True, False, None))
        parts = _together({"yes": yes, "no": no, "silent": silent})
        answered = yes + no
        hidden = None in (parts["yes"], parts["no"]) or answered < HIDE_BELOW
        found.append(
            Employed(
                months, _large(yes + no + silent), _large(answered) if parts["silent"] is not None else None,
                None if hidden else round(100 * yes / answered),
            )
        )  # fmt: skip
    return tuple(found)


def pipeline(actor: Actor) -> Gated:
    """Open applications by state: columns state, persons. Raises Refused."""
    require(actor, FIGURES_ACTION)
    counted = Counter(open_to_count().filter(case__state__in=OPEN).values_list("case__state", flat=True))
    return _gated("state", {str(state): counted[state] for state in OPEN}.items())


def granted_by(actor: Actor, dimension: str, *, year: int) -> Gated:
    """Benefits granted in a year by industry, area, employer_kind or month, with their cents. Raises Refused."""
    require(actor, FIGURES_ACTION)
    if dimension not in DIMENSIONS:
        raise ValueError(f"Benefits are counted by {', '.join(DIMENSIONS)}, not by {dimension!r}.")
    return gate(_granted(dimension, year), "persons", by=(dimension,), measures=("cents",))


def _granted(dimension: str, year: int) -> pl.DataFrame:
    start, end = _bounds(year)
    rows = open_to_count().filter(
        case__state=BenefitState.GRANTED, case__decisions__decided_at__gte=start, case__decisions__decided_at__lt=end
    )  # fmt: skip
    found: dict[str, tuple[int, int]] = {}
    for industry, postal_code, kind, decided, cents in rows.values_list(
        "industry", "postal_code", "employer_kind", "case__decisions__decided_at", "case__decisions__amount_cents"
    ):
        group = {
            "industry": section_of(industry), "area": postal_code[:AREA_DIGITS], "employer_kind": kind,
            "month": f"{timezone.localtime(decided):%Y-%m}",
        }[dimension]  # fmt: skip
        persons, money = found.get(group or "?", (0, 0))
        found[group or "?"] = (persons + 1, money + (cents or 0))
    return pl.DataFrame(
        [(group, *counted) for group, counted in sorted(found.items())],
        schema={dimension: pl.String, "persons": pl.Int64, "cents": pl.Int64}, orient="row",
    )  # fmt: skip


def _gated(name: str, counted: Iterable[tuple[str, int]]) -> Gated:
    table = pl.DataFrame(list(counted), schema={name: pl.String, "persons": pl.Int64}, orient="row")
    return gate(table, "persons", by=(name,))


def years() -> list[int]:
    """The years in which something was sent, the newest first."""
    found = Application.objects.dates("received_on", "year", order="DESC")
    return [one.year for one in found]


def _open(dimension: str) -> Any:
    def count(on: date) -> Counted:
        return Counted(_granted(dimension, on.year), on)

    return count


FIGURES: Final = tuple(
    Figure(
        id=f"hiring-benefit.granted-by-{dimension}",
        title=title,
        source=SOURCE,
        by={dimension: label},
        count=_open(dimension),
        measures=("cents",),
        open_to_all=True,
    )
    for dimension, title, label in (
        (
            "industry",
            text(fi="Tänä vuonna myönnetyt palkkauslisät toimialoittain",
                 sv="Anställningstillägg beviljade i år, per bransch", en="Benefits granted this year by industry"),
            text(fi="Toimiala (TOL 2008, pääluokan ensimmäinen kaksinumerotaso)",
                 sv="Bransch (TOL 2008, sektionens första tvåsiffriga nivå)",
                 en="Industry (TOL 2008, the section's first division)"),
        ),
        (
            "area",
            text(fi="Tänä vuonna myönnetyt palkkauslisät työnantajan alueen mukaan",
                 sv="Anställningstillägg beviljade i år, enligt arbetsgivarens område",
                 en="Benefits granted this year by the employer's area"),
            text(fi="Postinumeron kolme ensimmäistä numeroa", sv="Postnumrets tre första siffror",
                 en="First three digits of the postal code"),
        ),
    )
)  # fmt: skip
"""What is published to all."""
