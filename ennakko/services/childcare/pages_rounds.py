# SPDX-License-Identifier: EUPL-1.2
"""Rounds of places for those who make and release them: drafts, their figures and proof, two side by side."""

from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import verdict
from ennakko.kernel.ui import areas, charts
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import number, say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules.parameters import default_book
from ennakko.services.childcare.actions import orders as ordering
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.actions.rounds import NotNow
from ennakko.services.childcare.forms_rounds import LABELS, RoundForm
from ennakko.services.childcare.models import Round
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.placing.policy import decided
from ennakko.services.childcare.queries import rounds as found
from ennakko.services.childcare.states import ROUND_NAMES, RoundState
from ennakko.services.childcare.states_orders import OPEN as ORDERS_OPEN
from ennakko.services.childcare.states_orders import ORDER_NAMES, OrderState
from ennakko.values.texts import text

SEE, MAKE, RELEASE, DISCARD, RERUN = (
    "childcare.see-rounds", "childcare.make-round", "childcare.release-round", "childcare.discard-round",
    "childcare.rerun",
)  # fmt: skip
LIST, ONE = "childcare:rounds", "childcare:round"
ROWS = 50
MAP = text(fi="Matka keskimäärin alueittain", sv="Vägen i genomsnitt per område", en="Mean way by area")
METRES = text(fi="metriä", sv="meter", en="metres")
GREY = text(
    fi="Harmaalla alueella lapsia on alle viisi, tai ei yhtään.",
    sv="I ett grått område är barnen färre än fem, eller inga.",
    en="In a grey area there are fewer than five children, or none.",
)


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (_("Rounds of places"), reverse(LIST)), *last]


@require_safe
@signed_in_staff(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """Every round, and the form of a new draft for those who may make one."""
    on = clock.today()
    form = RoundForm(policy=decided(on, default_book()).policy)
    form.initial = {"form": "preschool", "starts": found.next_preschool_year(on), "mode": "flow"}
    return _listed(request, form)


def _listed(request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
    pages = Paginator(found.rounds(), ROWS).get_page(request.GET.get("page"))
    city = decided(clock.today(), default_book())
    context = {
        "pages": pages, "table": _table(list(pages.object_list)), "form": form,
        "may_make": bool(verdict(actor_of(request), MAKE)),
        "may_compare": bool(verdict(actor_of(request), "childcare.compare")),
        "asks": dict.fromkeys(say(ask) for ask in city.open_questions.values()),
        "breadcrumb": [*_trail()[:1], (_("Rounds of places"), "")], **_orders(),
    }  # fmt: skip
    return render(request, "childcare/rounds.html", context, status=status)


def _table(rows: list[Round]) -> Table:
    return Table(
        caption=_("Rounds of places"), caption_hidden=True, empty=_("No round has been made yet."),
        columns=(
            Column(key="round", label=_("Round")), Column(key="starts", label=_("Begins")),
            Column(key="state", label=_("State")), Column(key="cohort", label=_("Children"), numeric=True),
            Column(key="placed", label=_("With a place"), numeric=True),
        ),
        rows=[
            Row(
                cells=(_name(one), one.starts, ROUND_NAMES[RoundState(one.state)], one.counts.get("cohort"),
                       one.counts.get("placed")),
                url=reverse(ONE, args=[one.pk]),
            )
            for one in rows
        ],
    )  # fmt: skip


def _name(round: Round) -> str:
    return f"{say(FORMS[round.form])} {round.key.removeprefix(round.form + '-')}"


@require_POST
@signed_in_staff(MAKE)
def make(request: HttpRequest) -> HttpResponse:
    """A draft is ordered; the machine makes it, and nobody is told of anything."""
    on = clock.today()
    city = decided(on, default_book()).policy
    form = RoundForm(request.POST, policy=city)
    if not form.is_valid():
        return _listed(request, form, status=422)
    policy = form.policy()
    given = form.cleaned_data
    try:
        ordering.order(
            given["form"], starts=given["starts"], mode=given["mode"], policy=None if policy == city else policy,
            actor=actor_of(request), at=clock.now(), on=on,
        )  # fmt: skip
    except NotNow as refused:
        form.add_error(None, say(refused.reason))
        return _listed(request, form, status=422)
    flash.success(request, _("The machine makes the draft. You may leave the page: it goes on without you."))
    return HttpResponseRedirect(reverse(LIST))


@require_safe
@signed_in_staff(SEE)
def orders(request: HttpRequest) -> HttpResponse:
    """The part of the page that tells of drafts being made: looked at again until all are ready."""
    return render(request, "childcare/orders.html", _orders())


def _orders() -> dict[str, Any]:
    rows = found.ordered()
    kinds = {OrderState.DONE: "success", OrderState.FAILED: "error"}
    shown = [
        {"name": say(FORMS[one.form]), "starts": one.starts, "state": ORDER_NAMES[one.state], "by": one.by,
         "kind": kinds.get(one.state, "info"), "at": one.at, "round": one.round, "reason": one.reason}
        for one in rows
    ]  # fmt: skip
    return {"orders": shown, "orders_open": any(one.state in ORDERS_OPEN for one in rows)}


@require_safe
@signed_in_staff(SEE)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One round: what it came to, by what weights, its proof, and beside it another draft of the same places."""
    round = get_object_or_404(Round.objects.select_related("network", "replaces"), pk=number)
    actor = actor_of(request)
    other = found.others(round).filter(pk=_whole(request.GET.get("with"))).first()
    shown = found.figures(round)
    draft, out = round.state == RoundState.MADE, round.state == RoundState.RELEASED
    context: dict[str, Any] = {
        "round": round, "name": _name(round), "state": ROUND_NAMES[RoundState(round.state)], "shown": shown,
        "weights": _weights(round, other), "others": [(one.pk, _name(one)) for one in found.others(round)],
        "other": other, "other_name": _name(other) if other else "",
        "compared": _compared(shown, found.figures(other)) if other else None,
        "difference": found.difference(round, other) if other else None,
        "map": _map(shown),
        "may_release": draft and bool(verdict(actor, RELEASE, round)),
        "may_discard": draft and bool(verdict(actor, DISCARD, round)),
        "may_rerun": out and bool(verdict(actor, RERUN, round)),
        "breadcrumb": _trail((_name(round), "")),
    }  # fmt: skip
    return render(request, "childcare/round.html", context)


def _map(shown: found.Shown) -> charts.Chart | None:
    drawn = areas.city_areas()
    if drawn is None:
        return None
    return charts.districts(title=MAP, areas=drawn, values=dict(shown.districts), value_label=METRES, note=GREY)


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 12 else 0


def _weights(round: Round, other: Round | None) -> Table:
    rounds_shown = [round] if other is None else [round, other]
    return Table(
        caption=_("Weights"), caption_hidden=True, empty="",
        columns=(
            Column(key="weight", label=_("Weight")),
            *(Column(key=str(at), label=_name(each), numeric=True) for at, each in enumerate(rounds_shown)),
        ),
        rows=[Row(cells=(str(label), *(each.policy[name] for each in rounds_shown))) for name, label in LABELS.items()],
    )  # fmt: skip


def _compared(first: found.Shown, second: found.Shown) -> Table:
    lines = (
        (_("Children with a place"), first.placed, second.placed),
        (_("Without a place"), first.unplaced, second.unplaced),
        (_("Mean way, metres"), first.mean_metres, second.mean_metres),
        (_("At most 16 minutes on foot, %"), first.near_percent, second.near_percent),
        (_("More than 2 km"), first.far, second.far),
    )
    return Table(
        caption=_("Side by side"), caption_hidden=True, empty="",
        columns=(
            Column(key="what", label=_("Figure")), Column(key="first", label=_("This round"), numeric=True),
            Column(key="second", label=_("The other"), numeric=True),
        ),
        rows=[Row(cells=line) for line in lines],
    )  # fmt: skip


@require_POST
@signed_in_staff(RELEASE)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """A named official lets the places be offered."""
    round = get_object_or_404(Round, pk=number)
    try:
        done = rounds.release(round, actor=actor_of(request), at=clock.now(), on=clock.today())
    except NotNow as refused:
        flash.error(request, say(refused.reason))
    else:
        flash.success(request, _("%(n)s families are being told.") % {"n": number_said(done.offers)})
    return HttpResponseRedirect(reverse(ONE, args=[round.pk]))


def number_said(value: int) -> str:
    """A count as the page writes it."""
    return str(number(value))


@require_POST
@signed_in_staff(DISCARD)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """A draft is put aside."""
    round = get_object_or_404(Round, pk=number)
    try:
        rounds.discard(round, actor=actor_of(request), at=clock.now())
    except NotNow as refused:
        flash.error(request, say(refused.reason))
    else:
        flash.success(request, _("The draft is put aside."))
    return HttpResponseRedirect(reverse(ONE, args=[round.pk]))


@require_POST
@signed_in_staff(RERUN)
def rerun(request: HttpRequest, number: int) -> HttpResponse:
    """Freed seats are given out in a new draft."""
    round = get_object_or_404(Round, pk=number)
    try:
        ordering.order_rerun(round, actor=actor_of(request), at=clock.now())
    except NotNow as refused:
        flash.error(request, say(refused.reason))
        return HttpResponseRedirect(reverse(ONE, args=[round.pk]))
    flash.success(request, _("The machine makes the draft. You may leave the page: it goes on without you."))
    return HttpResponseRedirect(reverse(LIST))
