# SPDX-License-Identifier: EUPL-1.2
"""The desk of children whom the machine did not place: who waits and why, units with room, proposal and release."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import verdict
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, number, say
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare.access_places import BY_HAND, RELEASE_PLACE
from ennakko.services.childcare.actions import by_hand as acting
from ennakko.services.childcare.forms_by_hand import GiveBackForm, ProposeForm
from ennakko.services.childcare.models import HandProposal, Placement
from ennakko.services.childcare.needs_words import LANGUAGE_NAMES, NO, YES
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.pages_units import BANDS
from ennakko.services.childcare.queries import by_hand as found
from ennakko.services.childcare.queries.by_hand import Line, Near
from ennakko.services.childcare.queries.needs import Need
from ennakko.services.childcare.queries.occupancy import AHEAD
from ennakko.services.childcare.states import PLACEMENT_NAMES, PlacementState
from ennakko.values.texts import Text, text

QUEUE, ONE = "childcare:by-hand", "childcare:by-hand-one"
ROWS = 50
MOST_AT_ONCE = 200
TITLE = text(fi="Käsin sijoitettavat", sv="Placeras för hand", en="Placed by hand")


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (say(TITLE), reverse(QUEUE)), *last]


@require_safe
@signed_in_staff(BY_HAND)
def queue(request: HttpRequest) -> HttpResponse:
    """Children who wait for a person, and proposals that wait for the official, many of which go at once."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    state = state if state in found.STATES else ""
    pages = Paginator(found.waiting(actor, state=state), ROWS).get_page(request.GET.get("page"))
    releasing = bool(verdict(actor, RELEASE_PLACE)) and state == PlacementState.PROPOSED
    rows = found.lines(list(pages.object_list), actor=actor, at=clock.now())
    context = {
        "title": TITLE, "table": _table(rows, choose="place" if releasing else ""), "pages": pages,
        "chips": _chips(found.counts(actor), state), "releasing": releasing,
        "breadcrumb": [*_trail()[:1], (say(TITLE), "")],
    }  # fmt: skip
    return render(request, "childcare/by_hand.html", context)


def _chips(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    chips = [{"label": _("All"), "count": sum(counts.values()), "url": "?", "current": not state}]
    for one in found.STATES:
        url = "?" + urlencode({"state": str(one)})
        chips.append({"label": say(PLACEMENT_NAMES[one]), "count": counts[one], "url": url, "current": state == one})
    return chips


def _table(lines: list[Line], *, choose: str = "") -> Table:
    return Table(
        caption=TITLE, caption_hidden=True, empty=_("Nothing waits here."), choose=choose,
        columns=(
            Column(key="child", label=_("Child")), Column(key="what", label=_("Place")),
            Column(key="starts", label=_("Begins")), Column(key="view", label=_("Why")),
            Column(key="state", label=_("State")), Column(key="since", label=_("Since")),
        ),
        rows=[
            Row(
                cells=(one.child, FORMS[one.placement.form], one.placement.starts, one.view,
                       PLACEMENT_NAMES[PlacementState(one.placement.state)], one.placement.state_at.date()),
                url=reverse(ONE, args=[one.placement.pk]), value=str(one.placement.pk),
            )
            for one in lines
        ],
    )  # fmt: skip


@require_safe
@signed_in_staff(BY_HAND)
def protected(request: HttpRequest) -> HttpResponse:
    """Families under non-disclosure: for the one named clerk."""
    actor = actor_of(request)
    lines = found.lines(list(found.protected(actor)), actor=actor, at=clock.now())
    trail = [(_("Your work"), reverse("home")), (_("Under non-disclosure"), "")]
    return render(request, "childcare/protected.html", {"table": _table(lines), "breadcrumb": trail})


@require_POST
@signed_in_staff(RELEASE_PLACE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Release many proposals at once; one that cannot go stops no other."""
    actor = actor_of(request)
    numbers = row_keys(request.POST.getlist("place"), most=MOST_AT_ONCE)
    chosen = list(found.waiting(actor, state=PlacementState.PROPOSED).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one place first."))
    else:
        _tell(request, acting.release(chosen, actor=actor, at=clock.now(), on=clock.today()))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + urlencode({"state": str(PlacementState.PROPOSED)}))


def _tell(request: HttpRequest, sent: acting.Sent) -> None:
    if sent.offered:
        said = ngettext("%(n)s place is now being offered.", "%(n)s places are now being offered.", sent.offered)
        flash.success(request, said % {"n": number(sent.offered)})
    for reason in dict.fromkeys(say(reason) for _row, reason in sent.refused):
        flash.error(request, reason)


def _place(request: HttpRequest, number: int) -> Placement:
    row = found.found(actor_of(request), number) if number < 2**63 else None
    if row is None:
        raise Http404
    return row


@require_safe
@signed_in_staff(BY_HAND)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One child: why a person looks, what is known of the needs, units with room, and what has been proposed."""
    return _one(request, _place(request, number))


def _one(
    request: HttpRequest, row: Placement, *, status: int = 200, form: ProposeForm | None = None,
    back: GiveBackForm | None = None,
) -> HttpResponse:  # fmt: skip
    actor, on, at = actor_of(request), clock.today(), clock.now()
    proposed = row.state == PlacementState.PROPOSED
    need = None if proposed else found.need_of(row, actor=actor, at=at, on=on)
    near = found.near(row, need, on=on) if need is not None else []
    name = found.named([row.child], actor=actor, at=at).get(row.child, "–")
    mine = HandProposal.objects.filter(placement=row).first()
    context = {
        "row": row, "name": name, "what": FORMS[row.form], "state": PLACEMENT_NAMES[PlacementState(row.state)],
        "why": found.why(row.replaces if proposed and row.replaces else row), "needs": _needs(row, need),
        "units": _units(near, on=on), "any_unit": bool(near), "proposed": proposed, "proposal": mine,
        "unit": _unit(row), "earlier": [(_unit(one.placement), one) for one in found.given_back(row)],
        "minutes": found.minutes(row.metres) if row.metres is not None else None,
        "form": form or ProposeForm(choices=choices(near)), "back": back or GiveBackForm(),
        "may_release": proposed and bool(verdict(actor, RELEASE_PLACE, row)),
        "may_give_back": proposed and (bool(verdict(actor, RELEASE_PLACE, row)) or _own(mine, actor.subject)),
        "breadcrumb": _trail((name, "")),
    }  # fmt: skip
    return render(request, "childcare/by_hand_one.html", context, status=status)


def _unit(row: Placement) -> Text | str:
    unit = row.pool.unit if row.pool is not None else None
    return text(fi=unit.name_fi, sv=unit.name_sv, en=unit.name_en) if unit is not None else ""


def _own(proposal: HandProposal | None, subject: str) -> bool:
    return proposal is not None and proposal.proposed_by == subject


def choices(near: list[Near]) -> list[tuple[str, str]]:
    """Pools to choose from with their words: the unit, the way, the free seats."""
    return [(one.pool, f"{say(one.name)}: {_way(one)}, {_seats(one)}") for one in near]


def _way(one: Near) -> str:
    if one.metres is None:
        return _("way not counted")
    said = _("%(minutes)s min on foot (%(metres)s m)") % {"minutes": one.minutes, "metres": number(one.metres)}
    return _("about %(way)s") % {"way": said} if one.estimated else said


def _seats(one: Near) -> str:
    return ngettext("%(n)s place free", "%(n)s places free", one.free) % {"n": number(one.free)}


def _needs(row: Placement, need: Need | None) -> list[tuple[str, str]]:
    """What is known of the needs. What support a child has is used and never shown."""
    told = need.as_json() if need is not None else row.needs
    assumed = need.assumed if need is not None else row.assumed
    language = say(LANGUAGE_NAMES.get(told.get("language") or row.language, ""))
    if "language" in assumed:
        language = _("%(what)s (assumed)") % {"what": language}
    lines = [(_("Begins"), day(row.starts)), (_("Language"), language)]
    if (band := told.get("band")) in BANDS:
        lines.append((_("Group"), say(BANDS[band])))
    lines.append((_("Evening or night care"), say(YES if told.get("shift_care") else NO)))
    if told.get("private_care"):
        lines.append((_("Now in private care"), say(YES)))
    return lines


def _units(near: list[Near], *, on: Any) -> Table:
    days = [one.day for one in near[0].full] if near else []
    labels = [day(one) for one in days] or ["" for _one in AHEAD]
    return Table(
        caption=_("How full the groups are, without the child → with the child"),
        empty=_("No unit that suits has room."),
        columns=(
            Column(key="unit", label=_("Unit")), Column(key="way", label=_("Way on foot")),
            Column(key="free", label=_("Free"), numeric=True),
            *(Column(key=f"day{at}", label=label, numeric=True) for at, label in enumerate(labels)),
        ),
        rows=[
            Row(cells=(one.name, _way(one), one.free, *(_full(each) for each in one.full))) for one in near
        ],
    )  # fmt: skip


def _full(each: Any) -> str:
    if not each.seats:
        return _("closed")
    return f"{each.percent_without} → {each.percent_with} %"


@require_POST
@signed_in_staff(BY_HAND)
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """A worker proposes a place, with the reason."""
    row, actor, at, on = _place_or_newer(request, number), actor_of(request), clock.now(), clock.today()
    if row.pk != number:
        flash.error(request, say(acting.ALREADY))
        return HttpResponseRedirect(reverse(ONE, args=[row.pk]))
    need = found.need_of(row, actor=actor, at=at, on=on)
    near = found.near(row, need, on=on) if need is not None else []
    form = ProposeForm(request.POST, choices=choices(near))
    if not form.is_valid():
        return _one(request, row, status=422, form=form)
    given = form.cleaned_data
    return tried(
        request, reverse(QUEUE if not row.protected else "childcare:by-hand-protected"),
        lambda: acting.propose(row, given["pool"], given["words"], actor=actor, at=at, on=on),
        done=_("The place is proposed. An official looks at it, and then the family is told."),
    )  # fmt: skip


def _place_or_newer(request: HttpRequest, number: int) -> Placement:
    """The place of an address, or the one that a colleague has put in its stead meanwhile."""
    newer = Placement.objects.filter(replaces=number).order_by("-state_at").first() if number < 2**63 else None
    row = found.found(actor_of(request), number) if number < 2**63 else None
    if row is None and newer is not None:
        row = found.found(actor_of(request), newer.pk)
    if row is None:
        raise Http404
    return row


@require_POST
@signed_in_staff(RELEASE_PLACE)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """The official lets one proposal be offered."""
    row = _place(request, number)
    _tell(request, acting.release([row], actor=actor_of(request), at=clock.now(), on=clock.today()))
    return HttpResponseRedirect(reverse("childcare:by-hand-protected" if row.protected else QUEUE))


@require_POST
@signed_in_staff(BY_HAND)
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """A proposal is not released: the child waits for a person again."""
    row, actor = _place(request, number), actor_of(request)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _one(request, row, status=422, back=form)
    return tried(
        request, reverse("childcare:by-hand-protected" if row.protected else QUEUE),
        lambda: acting.give_back(row, form.cleaned_data["back"], actor=actor, at=clock.now()),
        done=_("The proposal is given back."),
    )  # fmt: skip
