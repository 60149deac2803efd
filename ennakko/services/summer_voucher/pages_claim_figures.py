# SPDX-License-Identifier: EUPL-1.2
"""The director's page of employers' claims: uptake and money, speed, deadweight, what nobody had to write, effects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.figures import Gated
from ennakko.kernel.registers import NoSnapshot, PermitMissing, snapshots
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.areas import city_areas, district_names
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import money, say
from ennakko.kernel.ui.tables import Cell, Column, Row, Table
from ennakko.services.summer_voucher import figures_claims as figures
from ennakko.services.summer_voucher.claim_wording import HIRED_WITHOUT_NAMES, JOB_TYPE_NAMES, SHORT
from ennakko.services.summer_voucher.figures_words import (
    ARM_NAMES,
    ARMS,
    BY_DISTRICT,
    BY_INDUSTRY,
    BY_JOB,
    BY_KIND,
    BY_LANGUAGE,
    BY_SCHOOL,
    CENTS,
    CLAIMS,
    EMPLOYER_KINDS,
    GIVEN,
    HIRED,
    LANGUAGES,
    MAP_NOTE,
    REASONS,
    SCHOOL,
    SHARE,
    SPEED,
    SPEED_NAMES,
    TOO_FEW,
    UNKNOWN,
    USED,
    WITHOUT,
)
from ennakko.services.summer_voucher.industries import industry_name
from ennakko.values.texts import Text

MOST_SCHOOLS, MOST_INDUSTRIES = 20, 15


@dataclass(frozen=True, slots=True)
class Uptake:
    """Given and used of one group; None is hidden."""

    given: int | None
    used: int | None
    cents: int | None

    @property
    def share(self) -> int | None:
        """How many in a hundred have been used."""
        return round(100 * self.used / self.given) if self.given and self.used is not None else None


@require_safe
@signed_in_staff(figures.FIGURES_ACTION)
def claim_figures(request: HttpRequest) -> HttpResponse:
    """A year of claims; the years of which there is something to count are offered."""
    actor, on = actor_of(request), clock.today()
    years = sorted({*figures.years_with_claims(), on.year}, reverse=True)
    asked = request.GET.get("year", str(on.year))
    if asked not in {str(one) for one in years}:
        raise Http404
    year = int(asked)
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "tiles": figures.overview(actor, year=year),
        "hidden": charts.HIDDEN,
        "as_of": on,
        "by_industry": _bars(figures.claims_by(actor, "industry", year=year), "industry", BY_INDUSTRY, industry_name),
        "by_kind": _named(figures.claims_by(actor, "employer_kind", year=year), "employer_kind", BY_KIND,
                          EMPLOYER_KINDS),
        "by_job": _named(figures.claims_by(actor, "job_type", year=year), "job_type", BY_JOB, JOB_TYPE_NAMES),
        "without": _named(figures.claims_by(actor, "hired_without", year=year), "hired_without", WITHOUT,
                          HIRED_WITHOUT_NAMES),
        "speed": _named(figures.speed(actor, year=year), "time", SPEED, SPEED_NAMES),
        "reasons": _reasons(actor, year),
        "experiments": [(one, _arms(one)) for one in figures.experiments_of(actor, year=year)],
        "breadcrumb": [
            (_("Your work"), reverse("home")), (_("Summer job voucher: the situation"),
             reverse("summer-voucher:figures")), (_("Employers' claims"), ""),
        ],
        "page_role": "leader",
    }  # fmt: skip
    return render(request, "summer_voucher/claim_figures.html", context | _of_youths(actor, year, on))


def _of_youths(actor: Actor, year: int, on: date) -> dict[str, Any]:
    """Uptake by what the population register tells of the youths; schools only where the city has the permit."""
    try:
        found: dict[str, Any] = {
            "map": _map(_uptake(figures.uptake_by(actor, "district", year=year, on=on), "district")),
            "by_language": _uptake_table(
                _uptake(figures.uptake_by(actor, "language", year=year, on=on), "language"), BY_LANGUAGE,
                lambda code: say(LANGUAGES.get(code, UNKNOWN)),
            ),
            "register_on": snapshots.current().on,
        }  # fmt: skip
    except NoSnapshot:
        return {"no_registers": True}
    try:
        by_school = _uptake(figures.uptake_by(actor, "school", year=year, on=on), "school")
        found["by_school"] = _uptake_table(by_school, BY_SCHOOL, str, label=SCHOOL, most=MOST_SCHOOLS)
    except PermitMissing as missing:
        found["no_school"] = missing.reason
    return found


def _uptake(gated: Gated, dimension: str) -> dict[str | None, Uptake]:
    counts: dict[str | None, dict[str | None, tuple[int | None, int | None]]] = {}
    for group, answer, persons, cents in gated.frame.select(dimension, "answer", "persons", "cents").iter_rows():
        counts.setdefault(group, {})[answer] = (persons, cents)
    # Where all that were used are too few to be told, a group's zero would tell in which group they are.
    hidden = counts.get(None, {}).get("used", (0, 0))[0] is None
    nothing = (None, None) if hidden else (0, 0)
    return {
        group: Uptake(cells.get(None, (0, 0))[0], *(nothing if hidden else cells.get("used", nothing)))
        for group, cells in counts.items()
    }


def _map(counts: dict[str | None, Uptake]) -> charts.Chart | None:
    areas = city_areas()
    if areas is None or not counts:
        return None
    values = {group: one.share for group, one in counts.items() if group is not None}
    drawn = charts.districts(title=BY_DISTRICT, areas=areas, values=values, value_label=SHARE, note=MAP_NOTE)
    names = district_names()
    return replace(drawn, table=_uptake_table(counts, BY_DISTRICT, lambda code: names.get(code, code)))


def _uptake_table(
    counts: dict[str | None, Uptake], caption: Text, name: Callable[[str], str], *, label: Text = charts.DISTRICT,
    most: int = 200,
) -> Table:  # fmt: skip
    groups = sorted((one for one in counts if one is not None), key=name)[:most]
    columns = (
        Column(key="group", label=label if caption is not BY_LANGUAGE else caption),
        Column(key="given", label=GIVEN, numeric=True), Column(key="used", label=USED, numeric=True),
        Column(key="share", label=SHARE, numeric=True), Column(key="cents", label=CENTS, numeric=True),
    )  # fmt: skip
    rows = [Row(cells=(name(group), *_cells(counts[group]))) for group in groups]
    return Table(caption=caption, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)


def _cells(one: Uptake) -> tuple[Cell, ...]:
    paid = charts.HIDDEN if one.cents is None else money(one.cents)
    return _cell(one.given), _cell(one.used), "–" if one.share is None else one.share, paid


def _cell(value: int | None) -> Cell:
    return charts.HIDDEN if value is None else value


def _named(gated: Gated, dimension: str, title: Text, names: Mapping[str, Text]) -> charts.Chart | Text | None:
    return _bars(gated, dimension, title, lambda code: names.get(code, UNKNOWN))


def _bars(gated: Gated, dimension: str, title: Text, name: Callable[[str], Text]) -> charts.Chart | Text | None:
    """The groups of a gated table, the largest first where their order says nothing; None where there is nothing.

    Where even the sum is hidden no group is named: the few there are would be told by the group that they stand in.
    """
    counts = dict(gated.frame.select(dimension, "persons").iter_rows())
    whole = counts.pop(None, 0)
    counted = list(counts.items())
    if not any(count is None or count for _code, count in counted):
        return None
    if whole is None:
        return TOO_FEW
    if dimension == "time":
        counted.sort(key=lambda one: list(SPEED_NAMES).index(one[0]))
    else:
        counted.sort(key=lambda one: -(one[1] or 0))
    points = [(say(name(code)), count) for code, count in counted[:MOST_INDUSTRIES]]
    return charts.bars(title=title, series=[charts.Series(name=HIRED, points=points)], label=title)


def _reasons(actor: Actor, year: int) -> Table:
    rows = [
        Row(cells=(say(SHORT[rule]), _cell(count)))
        for rule, count in figures.top_reasons(actor, year=year)
        if rule in SHORT
    ]
    columns = (Column(key="reason", label=REASONS), Column(key="rows", label=CLAIMS, numeric=True))
    return Table(caption=REASONS, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)


def _arms(one: figures.ExperimentShown) -> Table:
    columns = (
        Column(key="arm", label=ARMS), Column(key="members", label=GIVEN, numeric=True),
        Column(key="used", label=USED, numeric=True),
    )  # fmt: skip
    rows = [Row(cells=(say(ARM_NAMES.get(arm, arm)), _cell(members), _cell(used))) for arm, members, used in one.arms]
    return Table(caption=ARMS, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)
