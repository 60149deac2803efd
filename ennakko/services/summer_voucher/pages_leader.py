# SPDX-License-Identifier: EUPL-1.2
"""The director's page: the situation with its day and source, and what another rule would cost, beside the present."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.figures import Gated
from ennakko.kernel.registers import NoSnapshot
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.areas import city_areas, district_names
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Cell, Column, Row, Table
from ennakko.services.summer_voucher import conditions, figures
from ennakko.services.summer_voucher.forms import WhatIfForm
from ennakko.values.texts import Text, text

FIGURES = "summer-voucher.figures"
AGES = range(14, 22)
"""The ages that the form offers at least, besides those that the city gives the voucher to."""
ANSWERS: dict[str, Text] = {
    "kept": text(fi="Pitää setelin", sv="Behåller sedeln", en="Keep it"),
    "declined": text(fi="Sanoi ei", sv="Tackade nej", en="Said no"),
    "unanswered": text(fi="Ei ole vastannut", sv="Har inte svarat", en="No answer"),
}
GIVEN = ("kept", "declined")
"""What somebody has answered."""
LANGUAGES = {
    "fi": text(fi="Suomi", sv="Finska", en="Finnish"),
    "sv": text(fi="Ruotsi", sv="Svenska", en="Swedish"),
    "en": text(fi="Englanti", sv="Engelska", en="English"),
}
TOTAL = text(fi="Yhteensä", sv="Totalt", en="In all")
UNKNOWN = text(fi="Ei tiedossa", sv="Okänt", en="Not known")
LANGUAGE = text(fi="Asiointikieli", sv="Kontaktspråk", en="Language of service")
BY_DISTRICT = text(
    fi="Vastanneiden osuus peruspiireittäin, %", sv="Andel som har svarat per distrikt, %",
    en="Share that has answered by district, %",
)  # fmt: skip
MAP_NOTE = text(
    fi="Kuinka moni sadasta on vastannut. Harmaan alueen luku on salattu tai tarjouksia ei ole.",
    sv="Hur många av hundra som har svarat. För grått är talet dolt eller inget har erbjudits.",
    en="How many in a hundred have answered. Grey: the number is hidden, or nothing was offered.",
)
ANSWERED = text(fi="Vastannut, %", sv="Har svarat, %", en="Has answered, %")
BY_LANGUAGE = text(fi="Vastaukset kielittäin", sv="Svar per språk", en="Answers by language")
BY_WEEK = text(fi="Vastaukset viikoittain", sv="Svar per vecka", en="Answers week by week")
WEEK = text(fi="Viikko alkaa", sv="Veckan börjar", en="Week begins")
PERSONS = text(fi="Nuoria", sv="Unga", en="Youths")
MISSED = text(fi="Ainoa este", sv="Det enda hindret", en="The only thing in the way")
THEN_BY_DISTRICT = text(
    fi="Nuoria muutetulla säännöllä", sv="Unga med den ändrade regeln", en="Youths under the changed rule"
)

Counts = dict[str | None, dict[str | None, int | None]]
"""Persons by group and answer; the key None is all together, the value None is hidden."""


@require_safe
@signed_in_staff(FIGURES)
def situation(request: HttpRequest) -> HttpResponse:
    """Tiles, answers by district and language, the forecast of the cost, near misses, and what if."""
    actor, on = actor_of(request), clock.today()
    context: dict[str, Any] = {
        "on": on,
        "undecided": conditions.undecided(on),
        "hidden": charts.HIDDEN,
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Summer job voucher: the situation"), "")],
        "page_role": "leader",
    }
    try:
        tiles = figures.tiles(actor, on=on)
    except NoSnapshot:
        return render(request, "summer_voucher/situation.html", {**context, "no_registers": True})
    form = _form(request, on)
    context |= {
        "tiles": tiles,
        "forecast": figures.forecast(actor, on=on, seen=tiles),
        "map": _map(_counts(figures.answers_by(actor, "district", on=on), "district")),
        "by_language": _bars(_counts(figures.answers_by(actor, "language", on=on), "language")),
        "weeks": _weeks(actor, on),
        "misses": _misses(actor, on),
        "form": form,
        "what_if": _what_if(form, actor, on) if form.is_bound and form.is_valid() else None,
    }
    return render(request, "summer_voucher/situation.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, on: date) -> WhatIfForm:
    asked = "ages" in request.GET or "value" in request.GET
    value = conditions.decided("voucher_value", on)
    initial = {"ages": [str(age) for age in conditions.ages(on)], "value": value // 100 if value else None}
    form = WhatIfForm(request.GET if asked else None, ages=_offered(on), initial=initial)
    form.fields["value"].widget.attrs["data-slider"] = ""
    return form


def _offered(on: date) -> tuple[int, ...]:
    return tuple(range(AGES[0], max((AGES[-1], *conditions.ages(on))) + 1))


def _what_if(form: WhatIfForm, actor: Actor, on: date) -> dict[str, Any]:
    ages = tuple(int(age) for age in form.cleaned_data["ages"])
    value = form.cleaned_data["value"] * 100
    found = figures.what_if(actor, ages=ages, value_cents=value, on=on, at=clock.now())
    change = None if found.now_cents is None or found.then_cents is None else found.then_cents - found.now_cents
    cells = dict(found.by_district.frame.select("district", "persons").iter_rows())
    names = district_names()
    districts = Table(
        caption=THEN_BY_DISTRICT, caption_hidden=True, empty=charts.NOTHING,
        columns=(Column(key="district", label=charts.DISTRICT), Column(key="persons", label=PERSONS, numeric=True)),
        rows=[
            Row(cells=(names.get(code, code), _cell(cells[code])))
            for code in sorted((one for one in cells if one is not None), key=lambda one: names.get(one, one))
        ],
    )  # fmt: skip
    return {
        "found": found, "more": max(change or 0, 0), "less": max(-(change or 0), 0), "told": change is not None,
        "now_ages": _listed(conditions.ages(on)), "then_ages": _listed(found.ages),
        "now_value": conditions.decided("voucher_value", on), "districts": districts,
        "milliseconds": max(round(found.seconds * 1000), 1),
    }  # fmt: skip


def _listed(ages: tuple[int, ...]) -> str:
    return ", ".join(str(age) for age in ages) or "–"


def _cell(value: int | None) -> Cell:
    return charts.HIDDEN if value is None else value


def _counts(gated: Gated, dimension: str) -> Counts:
    counts: Counts = {}
    for group, answer, persons in gated.frame.select(dimension, "answer", "persons").iter_rows():
        counts.setdefault(group, {})[answer] = persons
    return counts


def _answers_table(counts: Counts, label: Text, caption: Text, names: dict[str, str]) -> Table:
    """Each answer of each group, and all together last."""
    groups = sorted((one for one in counts if one is not None), key=lambda one: names.get(one, one))

    def row(group: str | None, words: str) -> Row:
        cells = counts.get(group, {})
        return Row(cells=(words, *(_cell(cells.get(answer, 0)) for answer in (*ANSWERS, None))))

    rows = [row(group, names.get(group, say(UNKNOWN))) for group in groups]
    columns = (
        Column(key="group", label=label),
        *(Column(key=answer, label=words, numeric=True) for answer, words in ANSWERS.items()),
        Column(key="all", label=TOTAL, numeric=True),
    )
    return Table(
        caption=caption, caption_hidden=True, columns=columns, empty=charts.NOTHING,
        rows=[*rows, row(None, say(TOTAL))] if rows else [],
    )  # fmt: skip


def _map(counts: Counts) -> charts.Chart | None:
    """The share that has answered, made of figures that the table beside shows."""
    areas = city_areas()
    if areas is None or not counts:
        return None
    values = {group: _share(cells) for group, cells in counts.items() if group is not None}
    drawn = charts.districts(title=BY_DISTRICT, areas=areas, values=values, value_label=ANSWERED, note=MAP_NOTE)
    return replace(drawn, table=_answers_table(counts, charts.DISTRICT, BY_DISTRICT, district_names()))


def _share(cells: dict[str | None, int | None]) -> int | None:
    told, silent = cells.get(None, 0), cells.get("unanswered", 0)
    return round(100 * (told - silent) / told) if told and silent is not None else None


def _bars(counts: Counts) -> charts.Chart | None:
    names = {code: say(words) for code, words in LANGUAGES.items() if code in counts}
    if not names:
        return None
    series = [
        charts.Series(name=words, points=[(name, counts[code].get(answer, 0)) for code, name in names.items()])
        for answer, words in ANSWERS.items()
    ]
    drawn = charts.bars(title=BY_LANGUAGE, series=series, label=LANGUAGE)
    return replace(drawn, table=_answers_table(counts, LANGUAGE, BY_LANGUAGE, names))


def _weeks(actor: Actor, on: date) -> charts.Chart | None:
    frame = figures.by_week(actor, on=on)
    if frame.height < 2:
        return None
    weeks: list[tuple[date, int | None, int | None]] = frame.select("week", *GIVEN).rows()
    series = [
        charts.Series(name=ANSWERS[answer], points=[(week.isoformat(), cells[place]) for week, *cells in weeks])
        for place, answer in enumerate(GIVEN)
    ]
    drawn = charts.lines(title=BY_WEEK, series=series, label=WEEK)
    columns = (
        Column(key="week", label=WEEK),
        *(Column(key=answer, label=ANSWERS[answer], numeric=True) for answer in GIVEN),
    )
    rows = [Row(cells=(week, *(_cell(count) for count in cells))) for week, *cells in weeks]
    table = Table(caption=BY_WEEK, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)
    return replace(drawn, table=table)


def _misses(actor: Actor, on: date) -> Table:
    gated = figures.near_misses(actor, on=on)
    names = figures.condition_names()
    cells = gated.frame.drop_nulls("condition").select("condition", "persons").iter_rows()
    rows = [Row(cells=(names[condition], _cell(persons))) for condition, persons in cells]
    columns = (Column(key="condition", label=MISSED), Column(key="persons", label=PERSONS, numeric=True))
    return Table(caption=MISSED, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)
