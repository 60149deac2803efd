# SPDX-License-Identifier: EUPL-1.2
"""The director's pages: the situation with its day and source, and what another rule would have cost, beside it."""

from datetime import date
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.figures import Gated
from ennakko.kernel.organisations.industries import section_name
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import money, say
from ennakko.kernel.ui.tables import Cell, Column, Row, Table
from ennakko.kernel.ui.uploads import file_response
from ennakko.rules.parameters import default_book
from ennakko.services.hiring_benefit import conditions, figures, simulating
from ennakko.services.hiring_benefit.figures import FIGURES_ACTION
from ennakko.services.hiring_benefit.forms_leader import OWN, ReformForm, StatisticsForm
from ennakko.services.hiring_benefit.simulating import Group, Simulated
from ennakko.services.hiring_benefit.states import BENEFIT_NAMES
from ennakko.services.hiring_benefit.statistics_export import EXPORT, export
from ennakko.values.texts import LANGUAGES, Text, text

BY_STATE = text(fi="Avoimet hakemukset", sv="Öppna ansökningar", en="Open applications")
BY_INDUSTRY = text(fi="Myönnetyt toimialoittain", sv="Beviljade per bransch", en="Granted by industry")
BY_AREA = text(fi="Myönnetyt alueittain", sv="Beviljade per område", en="Granted by area")
BY_MONTH = text(fi="Myönnetyt kuukausittain", sv="Beviljade per månad", en="Granted month by month")
INDUSTRY = text(fi="Toimiala", sv="Bransch", en="Industry")
AREA = text(fi="Postinumeroalue", sv="Postnummerområde", en="Postal area")
MONTH = text(fi="Kuukausi", sv="Månad", en="Month")
STATE = text(fi="Vaihe", sv="Skede", en="Stage")
APPLICATIONS = text(fi="Hakemuksia", sv="Ansökningar", en="Applications")
BENEFITS = text(fi="Lisiä", sv="Tillägg", en="Benefits")
SUM = text(fi="Summa", sv="Summa", en="Sum")
COST = text(fi="Ero", sv="Skillnad", en="Difference")
GAIN = text(fi="Saisi enemmän", sv="Skulle få mer", en="Would get more")
LOSE = text(fi="Saisi vähemmän", sv="Skulle få mindre", en="Would get less")
OTHERS = text(fi="Muut yhteensä: {names}", sv="Övriga sammanlagt: {names}", en="The others together: {names}")
UNKNOWN = text(fi="Ei tiedossa", sv="Okänt", en="Not known")
MOST_GROUPS = 12


@require_safe
@signed_in_staff(FIGURES_ACTION)
def situation(request: HttpRequest) -> HttpResponse:
    """A year of the benefit."""
    actor, on = actor_of(request), clock.today()
    years = sorted({*figures.years(), on.year}, reverse=True)
    asked = request.GET.get("year", str(on.year))
    if asked not in {str(one) for one in years}:
        raise Http404
    year = int(asked)
    context: dict[str, Any] = {
        "year": year, "years": years, "on": on, "tiles": figures.overview(actor, year=year, on=on),
        "hidden": charts.HIDDEN, "page_role": "leader",
        "pipeline": _table(figures.pipeline(actor), "state", STATE, BY_STATE, lambda key: say(BENEFIT_NAMES[key])),
        "by_month": _months(figures.granted_by(actor, "month", year=year)),
        "by_industry": _sums(figures.granted_by(actor, "industry", year=year), "industry", INDUSTRY, BY_INDUSTRY,
                             lambda key: say(section_name(key))),
        "by_area": _sums(figures.granted_by(actor, "area", year=year), "area", AREA, BY_AREA, _area),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Hiring benefit: the situation"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/situation.html", context)


def _area(key: str) -> str:
    return say(UNKNOWN) if key == "?" else f"{key}••"


def _cell(value: int | None) -> Cell:
    return charts.HIDDEN if value is None else value


def _table(gated: Gated, by: str, label: Text, caption: Text, name: Any) -> Table:
    columns = (Column(key="group", label=label), Column(key="persons", label=APPLICATIONS, numeric=True))
    cells = gated.frame.drop_nulls(by).select(by, "persons").rows()
    order = {state: place for place, state in enumerate(BENEFIT_NAMES)}
    rows = [
        Row(cells=(name(key), _cell(persons))) for key, persons in sorted(cells, key=lambda one: order.get(one[0], 99))
    ]
    return Table(caption=caption, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)


def _sums(gated: Gated, by: str, label: Text, caption: Text, name: Any) -> Table:
    cells = gated.frame.drop_nulls(by).select(by, "persons", "cents").rows()
    cells.sort(key=lambda one: (one[1] is None, -(one[1] or 0), str(one[0])))
    shown, hidden = _parted(cells)
    columns = (
        Column(key="group", label=label), Column(key="persons", label=BENEFITS, numeric=True),
        Column(key="cents", label=SUM, numeric=True),
    )  # fmt: skip
    rows = [
        Row(cells=(name(key), _cell(persons), charts.HIDDEN if cents is None else money(cents)))
        for key, persons, cents in shown + hidden
    ]
    ((every, all_cents),) = gated.frame.filter(pl.col(by).is_null()).select("persons", "cents").rows()
    if len(hidden) > 1 and every is not None:
        # What the hidden ones come to together follows from the rest, and the gate has seen that it tells of nobody.
        others = OTHERS.format(names=text(**dict.fromkeys(LANGUAGES, ", ".join(name(one[0]) for one in hidden))))
        left = every - sum(one[1] for one in shown), all_cents - sum(one[2] for one in shown)
        rows[len(shown) :] = [Row(cells=(say(others), left[0], money(left[1])))]
    return Table(caption=caption, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)


def _parted(cells: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Those with a number, and those whose number is hidden."""
    return [one for one in cells if one[1] is not None], [one for one in cells if one[1] is None]


def _months(gated: Gated) -> charts.Chart | None:
    cells = sorted(gated.frame.drop_nulls("month").select("month", "persons").rows())
    if not cells:
        return None
    points = [(f"{int(month[5:])}/{month[:4]}", count) for month, count in cells]
    return charts.bars(title=BY_MONTH, series=[charts.Series(name=BENEFITS, points=points)], label=MONTH)


@require_safe
@signed_in_staff(FIGURES_ACTION)
def simulation(request: HttpRequest) -> HttpResponse:
    """What another rule would have cost on every benefit granted so far, beside the rule in force."""
    actor, on = actor_of(request), clock.today()
    share, month = conditions.decided("cost_share", on), conditions.decided("highest_month_alone", on)
    initial = {"share": share, "month": None if month is None else month // 100}
    form = ReformForm(request.GET if "reform" in request.GET else None, initial=initial)
    context: dict[str, Any] = {
        "form": form, "found": None, "share": share, "month": month, "page_role": "leader",
        "breadcrumb": [
            (_("Your work"), reverse("home")),
            (_("Hiring benefit: the situation"), reverse("hiring-benefit:figures")), (_("What if?"), ""),
        ],
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if given["reform"] == OWN:
            first = date_of_newest(on)
            pair = simulating.own_reform(share=given["share"], month_cents=given["month"] * 100, from_day=first)
        else:
            pair = simulating.asked_reform(given["reform"])
        found = simulating.simulate(pair, actor=actor, at=clock.now())
        context |= {"found": found, "milliseconds": max(round(found.seconds * 1000), 1), **_shown(found)}
    return render(request, "hiring_benefit/simulation.html", context, status=422 if form.errors else 200)


def date_of_newest(on: date) -> date:
    """The first day of the figures in force: the changed ones hold as long."""
    return default_book().row("hiring-benefit.highest_month_alone", on).start


def _shown(found: Simulated) -> dict[str, Any]:
    if found.few or not found.by:
        return {}
    return {
        "by_industry": _groups(found.by["industry"], INDUSTRY, lambda key: say(section_name(key))),
        "by_area": _groups(found.by["area"], AREA, _area),
    }


def _groups(groups: tuple[Group, ...], label: Text, name: Any) -> Table:
    columns = (
        Column(key="group", label=label), Column(key="cost", label=COST, numeric=True),
        Column(key="winners", label=GAIN, numeric=True), Column(key="losers", label=LOSE, numeric=True),
    )  # fmt: skip
    rows = [
        Row(cells=(name(one.key), charts.HIDDEN if one.cost is None else money(one.cost), _cell(one.winners),
                   _cell(one.losers)))
        for one in groups
    ]  # fmt: skip
    return Table(caption=label, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(EXPORT)
def statistics(request: HttpRequest) -> HttpResponse:
    """The statistics as a file; what they are for is asked, and the reading is logged."""
    form = StatisticsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = export(
            after=given["after"], before=given["before"], actor=actor_of(request), at=clock.now(),
            purpose=given["purpose"],
        )  # fmt: skip
        return file_response(made, name=f"hiring-benefit-{clock.today()}.csv", type="text/csv")
    context = {
        "form": form,
        "breadcrumb": [
            (_("Your work"), reverse("home")),
            (_("Hiring benefit: the situation"), reverse("hiring-benefit:figures")), (_("Statistics"), ""),
        ],
    }  # fmt: skip
    return render(request, "hiring_benefit/statistics.html", context, status=422 if form.errors else 200)
