# SPDX-License-Identifier: EUPL-1.2
"""Other units with how far they are and how many seats are free now, as a guardian chooses among them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ennakko.kernel.ui.filters import number, say
from ennakko.services.childcare.models import WaitWish
from ennakko.services.childcare.queries.offered import OfferView, minutes_of
from ennakko.services.childcare.queries.units import other_units
from ennakko.services.childcare.states import WishState
from ennakko.values.texts import text

MOST = 8
"""So many are shown: the nearest that suit the child."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """One unit: its pool (what is chosen), name, way on foot, free seats now, and all that in words."""

    unit: str
    pool: str
    name: str
    metres: int | None
    minutes: int | None
    free: int
    words: str


def of_view(view: OfferView) -> list[OtherPlace]:
    """The nearest units that suit the child, full ones too; live."""
    if view.placement is None:
        return []
    found: list[OtherPlace] = []
    for one in other_units(view.placement)[:MOST]:
        unit = one.unit
        name = say(text(fi=unit.name_fi, sv=unit.name_sv, en=unit.name_en))
        minutes = minutes_of(one.metres)
        free = ngettext("%(n)s place free", "%(n)s places free", one.free) % {"n": number(one.free)}
        if one.free <= 0:
            free = _("full now")
        way = _("%(minutes)s min on foot (%(metres)s m)") % {"minutes": minutes, "metres": number(one.metres)}
        words = f"{name}: {way}, {free}" if one.metres is not None else f"{name}: {free}"
        pool = one.pool if isinstance(one.pool, str) else one.pool.pk
        found.append(OtherPlace(unit.pk, pool, name, one.metres, minutes, one.free, words))
    return found


def nearer_and_full(view: OfferView) -> list[OtherPlace]:
    """Units nearer than the place that was taken, with no room now: a family may wait for one of them."""
    own = view.metres
    return [
        one
        for one in of_view(view)
        if one.free <= 0 and one.metres is not None and own is not None and one.metres < own
    ]


def waited_for(view: OfferView) -> list[str]:
    """Units that the family waits for, by their keys, the dearest first."""
    if view.placement is None:
        return []
    rows = WaitWish.objects.filter(
        child=view.placement.child, form=view.placement.form, starts=view.placement.starts, state=WishState.WAITING
    )
    return list(rows.order_by("rank", "pk").values_list("unit", flat=True))
