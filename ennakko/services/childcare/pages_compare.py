# SPDX-License-Identifier: EUPL-1.2
"""What if: the same children with a unit closed, a new building or another way of giving places. No place is given."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.figures import HIDDEN_MARK
from ennakko.kernel.ui import areas, charts
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import number as written
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules.parameters import default_book
from ennakko.services.childcare.actions import comparisons
from ennakko.services.childcare.actions.rounds import NotNow
from ennakko.services.childcare.forms_compare import CompareForm
from ennakko.services.childcare.forms_rounds import MODES
from ennakko.services.childcare.models import ComparisonOrder, Unit
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.pages_rounds import GREY, LIST, MAP, METRES
from ennakko.services.childcare.placing.policy import decided
from ennakko.services.childcare.queries import comparisons as found
from ennakko.services.childcare.queries.addresses import point_of
from ennakko.services.childcare.queries.rounds import next_preschool_year
from ennakko.services.childcare.states_orders import OPEN, ORDER_NAMES, OrderState
from ennakko.values.texts import text

COMPARE, PAGE, ONE = "childcare.compare", "childcare:compare", "childcare:comparison"
CHANGES = text(
    fi="Lapset, joiden paikka vaihtuu, alueittain", sv="Barn vars plats byts, per område",
    en="Children whose place changes, by area",
)  # fmt: skip
OTHER_MAP = text(
    fi="Matka keskimäärin alueittain, toinen tapa",
    sv="Vägen i genomsnitt per område, det andra sättet",
    en="Mean way by area, the other way",
)
CHILDREN = text(fi="lasta", sv="barn", en="children")
FIGURES = {
    "placed": gettext_lazy("Children with a place"), "unplaced": gettext_lazy("Without a place"),
    "mean_metres": gettext_lazy("Mean way, metres"), "near_percent": gettext_lazy("At most 16 minutes on foot, %"),
    "far": gettext_lazy("More than 2 km"), "at_nearest_percent": gettext_lazy("In the nearest unit that suits, %"),
    "with_sibling": gettext_lazy("In the same unit as a sibling"),
    "stay": gettext_lazy("In the unit they are in now"),
}  # fmt: skip
WHO = {
    "changed": gettext_lazy("Another place"), "shorter": gettext_lazy("A shorter way"),
    "longer": gettext_lazy("A longer way"), "gained_a_place": gettext_lazy("Get a place only in the other"),
    "lost_a_place": gettext_lazy("Lose their place in the other"),
}  # fmt: skip
KINDS = {OrderState.DONE: "success", OrderState.FAILED: "error"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(COMPARE)
def page(request: HttpRequest) -> HttpResponse:
    """The form, and one's earlier comparisons; once sent, the machine compares and another page tells how far it is."""
    on, actor = clock.today(), actor_of(request)
    units = [(one.pk, _named(one)) for one in Unit.objects.order_by("name_fi", "pk")]
    posted = request.method == "POST"
    city = decided(on, default_book()).policy
    form = CompareForm(request.POST if posted else None, policy=city, units=units, where=point_of)
    if not posted:
        form.initial = {"form": "preschool", "starts": next_preschool_year(on), "mode": "flow", "other_mode": "flow"}
    elif form.is_valid():
        first, second = form.trials()
        given = form.cleaned_data
        try:
            row = comparisons.order(
                given["form"], starts=given["starts"], first=first, second=second, place=request.POST.get("point", ""),
                actor=actor, at=clock.now(),
            )  # fmt: skip
        except NotNow as refused:
            form.add_error(None, say(refused.reason))
        else:
            flash.success(request, _("The machine compares. You may leave the page: it goes on without you."))
            return HttpResponseRedirect(reverse(ONE, args=[row.pk]))
    earlier = [
        {"url": reverse(ONE, args=[one.pk]), "name": _name(one), "at": one.ordered_at, **_state(one)}
        for one in found.latest(actor)
    ]
    context = {"form": form, "earlier": earlier, "breadcrumb": _trail((_("What if"), ""))}
    return render(request, "childcare/compare.html", context, status=422 if posted else 200)


@require_safe
@signed_in_staff(COMPARE)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One comparison: what was asked, how far it is, and the two ways side by side once they are there."""
    row = get_object_or_404(found.all_of_them(), pk=number)
    return render(request, "childcare/comparison.html", {**_shown(row), "breadcrumb": _trail(
        (_("What if"), reverse(PAGE)), (_name(row), ""))})  # fmt: skip


@require_safe
@signed_in_staff(COMPARE)
def part(request: HttpRequest, number: int) -> HttpResponse:
    """The part of the page that is looked at again until the comparison is ready."""
    row = get_object_or_404(found.all_of_them(), pk=number)
    return render(request, "childcare/comparison_part.html", _shown(row))


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (_("Rounds of places"), reverse(LIST)), *last]


def _named(unit: Unit) -> str:
    return say(text(fi=unit.name_fi, sv=unit.name_sv, en=unit.name_en))


def _name(row: ComparisonOrder) -> str:
    return f"{say(FORMS[row.asked['form']])} {row.asked['starts'][:4]} ({row.pk})"


def _state(row: ComparisonOrder) -> dict[str, Any]:
    state = OrderState(row.state)
    return {"state": ORDER_NAMES[state], "kind": KINDS.get(state, "info"), "waits": state in OPEN}


def _shown(row: ComparisonOrder) -> dict[str, Any]:
    told = row.found
    return {
        "row": row, "name": _name(row), "asked": _asked(row), **_state(row),
        "reason": text(**row.reason) if row.reason else None, "table": _table(told) if told else None,
        "who": [(label, _or_hidden(told[key])) for key, label in WHO.items()] if told else [],
        "hides": _hides(told) if told else False, "maps": _maps(told) if told else [],
    }  # fmt: skip


def _asked(row: ComparisonOrder) -> list[tuple[str, str]]:
    """What was thought of, in words."""
    first, second = row.asked["trials"]
    modes = dict(MODES)
    closed = [_named(one) for one in Unit.objects.filter(pk__in=second["closed"]).order_by("name_fi", "pk")]
    lines = [(_("How places are given"), str(modes[first["mode"]]))]
    lines += [(_("How places are given in the other"), str(modes[second["mode"]]))]
    lines += [(_("Closed in the other"), ", ".join(closed))] if closed else []
    for one in second["added"]:
        seats = _("%(place)s, %(seats)s seats") % {"place": row.asked["place"], "seats": one["seats"]}
        lines.append((_("A new building in the other"), seats))
    return lines


def _table(told: Mapping[str, Any]) -> Table:
    ways = (told["first"], told["second"])
    return Table(
        caption=_("Figures of both ways"), caption_hidden=True, empty="",
        columns=(
            Column(key="what", label=_("Figure")), Column(key="first", label=_("As now"), numeric=True),
            Column(key="second", label=_("The other"), numeric=True),
        ),
        rows=[Row(cells=(str(label), *(_or_hidden(one[key]) for one in ways))) for key, label in FIGURES.items()],
    )  # fmt: skip


def _or_hidden(value: float | None) -> str:
    return HIDDEN_MARK if value is None else str(written(value))


def _hides(told: Mapping[str, Any]) -> bool:
    """Whether the gate has hidden anything of what is told."""
    return any(told[key] is None for key in WHO) or any(
        way[key] is None for way in (told["first"], told["second"]) for key in FIGURES
    )


def _maps(told: Mapping[str, Any]) -> list[charts.Chart]:
    shapes = areas.city_areas()
    if shapes is None:
        return []

    def ways(of: Mapping[str, Any]) -> dict[str, int]:
        return {district: metres for district, metres in of["districts"].items() if district}

    return [
        charts.districts(title=MAP, areas=shapes, values=ways(told["first"]), value_label=METRES, note=GREY),
        charts.districts(title=OTHER_MAP, areas=shapes, values=ways(told["second"]), value_label=METRES, note=GREY),
        charts.districts(
            title=CHANGES, areas=shapes, values=dict(told["by_district"]), value_label=CHILDREN, note=GREY
        ),
    ]
