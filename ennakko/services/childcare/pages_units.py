# SPDX-License-Identifier: EUPL-1.2
"""A unit for its head and for service advisers: seats of its groups, how full they are, and who is coming."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import audit, clock
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import number, say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.services.childcare.models import Placement, Unit
from ennakko.services.childcare.queries import rounds as found
from ennakko.services.childcare.states import PLACEMENT_NAMES, PlacementState
from ennakko.values.texts import Text, text

SEE = "childcare.see-unit"
LIST, ONE = "childcare:units", "childcare:unit"
ROWS = 50
BANDS: dict[str, Text] = {
    "under-three": text(fi="Alle 3-vuotiaat", sv="Under 3 år", en="Under three"),
    "three-to-five": text(fi="3–5-vuotiaat", sv="3–5 år", en="Three to five"),
    "preschool": text(fi="Esiopetus", sv="Förskola", en="Pre-school"),
}
LANGUAGES: dict[str, Text] = {
    "fi": text(fi="suomi", sv="finska", en="Finnish"),
    "sv": text(fi="ruotsi", sv="svenska", en="Swedish"),
    "en": text(fi="englanti", sv="engelska", en="English"),
}


def _name(unit: Unit) -> str:
    return say(text(fi=unit.name_fi, sv=unit.name_sv, en=unit.name_en))


@require_safe
@signed_in_staff(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """The units that one leads, or all of them for a service adviser."""
    pages = Paginator(found.units_of(actor_of(request)), ROWS).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Units"), caption_hidden=True, empty=_("You lead no unit."),
        columns=(Column(key="unit", label=_("Unit")), Column(key="address", label=_("Address"))),
        rows=[
            Row(cells=(_name(one), one.street_address), url=reverse(ONE, args=[one.pk]))
            for one in pages.object_list
        ],
    )  # fmt: skip
    context = {"table": table, "pages": pages, "breadcrumb": [(_("Your work"), reverse("home")), (_("Units"), "")]}
    return render(request, "childcare/units.html", context)


@require_safe
@signed_in_staff(SEE)
def one(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its groups on the first day of the coming year of care, and the children who begin."""
    actor, on = actor_of(request), clock.today()
    row = get_object_or_404(found.units_of(actor), pk=unit)
    day = found.next_preschool_year(on)
    pages = Paginator(found.arrivals(row, actor, on), ROWS).get_page(request.GET.get("page"))
    coming = list(pages.object_list)
    if coming:
        audit.read(
            actor, "childcare", [one.child for one in coming], ["names", "place"], "", clock.now(),
            f"who comes to {row.pk}",
        )  # fmt: skip
    context: dict[str, Any] = {
        "unit": row, "name": _name(row), "day": day, "groups": _groups(found.pools_of(row, day, on=on)), "pages": pages,
        "coming": _coming(coming),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Units"), reverse(LIST)), (_name(row), "")],
    }  # fmt: skip
    return render(request, "childcare/unit.html", context)


def _groups(pools: list[found.PoolNow]) -> Table:
    return Table(
        caption=_("Groups"), caption_hidden=True, empty=_("No group is open then."),
        columns=(
            Column(key="band", label=_("Group")), Column(key="language", label=_("Language")),
            Column(key="seats", label=_("Seats"), numeric=True), Column(key="free", label=_("Free"), numeric=True),
            Column(key="confirmed", label=_("Taken"), numeric=True),
            Column(key="planned", label=_("With those offered or kept"), numeric=True),
            Column(key="realised", label=_("Full by the latest count, %"), numeric=True),
        ),
        rows=[
            Row(
                cells=(
                    _("%(band)s, special group") % {"band": say(BANDS[each.pool.band])}
                    if each.pool.special else BANDS[each.pool.band],
                    LANGUAGES[each.pool.language], each.seats, each.free, _share(each, each.confirmed),
                    _share(each, each.taken), _("not counted") if each.realised is None else each.realised,
                )
            )
            for each in pools
        ],
    )  # fmt: skip


def _share(group: found.PoolNow, count: int) -> str:
    percent = group.percent(count)
    return number(count) if percent is None else f"{number(count)} ({percent} %)"


def _coming(rows: list[Placement]) -> Table:
    return Table(
        caption=_("Who is coming"), caption_hidden=True, empty=_("Nobody has been offered a place here yet."),
        columns=(
            Column(key="child", label=_("Child")), Column(key="starts", label=_("Begins")),
            Column(key="band", label=_("Group")), Column(key="state", label=_("State")),
        ),
        rows=[
            Row(
                cells=(_child(one), one.starts, BANDS[one.pool.band] if one.pool else "",
                       PLACEMENT_NAMES[PlacementState(one.state)])
            )
            for one in rows
        ],
    )  # fmt: skip


def _child(row: Placement) -> str:
    subject = row.offer.subject if row.offer is not None else None
    return f"{subject.given_names} {subject.surname}" if subject is not None else _("not told yet")
