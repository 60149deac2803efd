# SPDX-License-Identifier: EUPL-1.2
"""The director's page of places: the situation with its day and source, participation by area and language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock
from ennakko.kernel.figures import HIDDEN_MARK, Gated, gate
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.areas import district_names
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Cell, Column, Row, Table
from ennakko.services.childcare import figures_offers as figures
from ennakko.values.texts import Text, text

LANGUAGES: dict[str, Text] = {
    "fi": text(fi="Suomi", sv="Finska", en="Finnish"),
    "sv": text(fi="Ruotsi", sv="Svenska", en="Swedish"),
    "other": text(fi="Muu kieli", sv="Annat språk", en="Another language"),
}
UNKNOWN = text(fi="Ei tiedossa", sv="Okänt", en="Not known")


@require_safe
@signed_in_staff(figures.FIGURES)
def situation(request: HttpRequest) -> HttpResponse:
    """Tiles, answers, and participation by area and by language."""
    actor, on = actor_of(request), clock.today()
    found = figures.situation(actor, on=on)
    gated = gate(figures.table(on), "persons", by=("district", "language", "answer"))
    context: dict[str, Any] = {
        "found": found,
        "source": figures.SOURCE,
        "hidden": charts.HIDDEN,
        "answers": answers_table(found.answers),
        "participation": participation_table(gated),
        **fairness(figures.areas(actor, on=on)),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Situation of places"), "")],
        "page_role": "leader",
    }
    return render(request, "childcare/situation.html", context)


def answers_table(gated: Gated) -> Table:
    """How families answered, in children."""
    rows = [Row(cells=(words, _cell(gated, answer=answer))) for answer, words in figures.ANSWERS.items()]
    return Table(
        caption=_("How families answered"), caption_hidden=True, rows=rows, empty=_("Nothing has been offered yet."),
        columns=(Column(key="answer", label=_("The answer")), Column(key="n", label=_("Children"), numeric=True)),
    )  # fmt: skip


def participation_table(gated: Gated) -> Table:
    """By area: offered, answered, and of each language group how many answered; what is small is hidden."""
    names = district_names()
    areas = [one for one in gated.frame["district"].unique().to_list() if one is not None]
    rows = []
    for area in sorted(areas, key=lambda one: say(names.get(one, one))):
        cells: list[Cell] = [say(names.get(area, UNKNOWN if area == "?" else area)), _cell(gated, district=area)]
        cells += [_rate(gated, district=area)]
        cells += [_rate(gated, district=area, language=language) for language in LANGUAGES]
        rows.append(Row(cells=cells))
    return Table(
        caption=_("Who answered, by area and language"), rows=rows, empty=_("Nothing has been offered yet."),
        columns=(
            Column(key="area", label=_("Area")), Column(key="offered", label=_("Offered"), numeric=True),
            Column(key="answered", label=_("Answered, %"), numeric=True),
            *(Column(key=key, label=words, numeric=True) for key, words in LANGUAGES.items()),
        ),
    )  # fmt: skip


def fairness(found: list[figures.Area]) -> dict[str, Any]:
    """How the way differs between areas: the table, and the longest and the shortest mean way in a sentence."""
    names = district_names()
    told = [(say(names.get(one.district, UNKNOWN if one.district == "?" else one.district)), one) for one in found]
    rows = [
        Row(cells=(name, *(_or_hidden(each) for each in (one.children, one.mean_metres, one.near_percent))))
        for name, one in told
    ]
    table = Table(
        caption=_("The way by area"), caption_hidden=True, rows=rows, empty=_("Nothing has been offered yet."),
        columns=(
            Column(key="area", label=_("Area")), Column(key="children", label=_("Children"), numeric=True),
            Column(key="metres", label=_("Mean way, metres"), numeric=True),
            Column(key="near", label=_("At most 16 minutes on foot, %"), numeric=True),
        ),
    )  # fmt: skip
    known = [(name, one.mean_metres) for name, one in told if one.mean_metres is not None]
    return {"areas": table, "longest": known[0], "shortest": known[-1]} if len(known) > 1 else {"areas": table}


def _or_hidden(value: int | None) -> Cell:
    return HIDDEN_MARK if value is None else value


def _cell(gated: Gated, **where: str) -> Cell:
    found = gated.shown(**where)
    return int(found) if found.isdigit() else found


def _rate(gated: Gated, **where: str) -> Cell:
    """The share that answered, whole per cents; a dash where either number is hidden or nothing was offered."""
    offered, silent = gated.shown(**where), gated.shown(answer="unanswered", **where)
    if not offered.isdigit() or not silent.isdigit() or not int(offered):
        return "–"
    return round(100 * (int(offered) - int(silent)) / int(offered))
