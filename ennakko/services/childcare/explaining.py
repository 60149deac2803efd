# SPDX-License-Identifier: EUPL-1.2
"""Why a child got this place, in sentences made of the round's numbers: true by its proof, and telling of nobody.

What support a child has is used and never said; counts below five are told together with others or not at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ennakko.services.childcare.models import Placement, Pool, Unit
from ennakko.values.texts import Text, text

METRES_A_MINUTE: Final = 80
_WAY: Final = text(
    fi="Matka kotoa on {metres} m, noin {minutes} minuuttia kävellen.",
    sv="Vägen hemifrån är {metres} m, ungefär {minutes} minuter till fots.",
    en="The way from home is {metres} m, about {minutes} minutes on foot.",
)
_SEATS: Final = text(
    fi="Yksikössä oli kierroksen alkaessa {seats} vapaata paikkaa lapsesi ryhmässä.",
    sv="Enheten hade {seats} lediga platser i ditt barns grupp när omgången började.",
    en="The unit had {seats} free places in your child's group when the round began.",
)
_NEAREST: Final = text(
    fi="Lähempänä ei ole yksikköä, joka sopii lapsellesi.", sv="Det finns ingen enhet närmare som passar ditt barn.",
    en="There is no nearer unit that suits your child.",
)  # fmt: skip
_TOGETHER: Final = text(
    fi="Sisarukset, jotka aloittavat yhtä aikaa, pidettiin samassa yksikössä.",
    sv="Syskon som börjar samtidigt hölls i samma enhet.", en="Siblings who begin at the same time were kept together.",
)  # fmt: skip
_CHOSEN: Final = text(
    fi="Huoltaja valitsi tämän yksikön niistä, joissa oli tilaa.",
    sv="Vårdnadshavaren valde den här enheten bland dem som hade plats.",
    en="A guardian chose this unit among those that had room.",
)
_BY_HAND: Final = text(
    fi="Palveluohjaaja valitsi tämän yksikön lapsellesi.",
    sv="En servicehandledare valde den här enheten åt ditt barn.",
    en="A service adviser chose this unit for your child.",
)
_FULL: Final = text(
    fi="{unit} on lähempänä ({metres} m), mutta sen kaikki {seats} paikkaa tulivat täyteen.",
    sv="{unit} ligger närmare ({metres} m), men alla dess {seats} platser blev fyllda.",
    en="{unit} is nearer ({metres} m), but all of its {seats} places were filled.",
)
_NO_SEATS: Final = text(
    fi="{unit} on lähempänä ({metres} m), mutta siellä ei ollut yhtään vapaata paikkaa.",
    sv="{unit} ligger närmare ({metres} m), men där fanns ingen ledig plats.",
    en="{unit} is nearer ({metres} m), but it had no free place.",
)
_OTHER_GROUP: Final = text(
    fi="{unit} on lähempänä ({metres} m), mutta paikka siellä olisi vienyt sijan joltain, jolle se oli tärkeämpi.",
    sv="{unit} ligger närmare ({metres} m), men en plats där hade tagits från någon för vilken den vägde tyngre.",
    en="{unit} is nearer ({metres} m), but a place there would have been taken from somebody to whom it mattered more.",
)
_WEIGHED: Final = text(
    fi="{unit} on kartalla lähempänä ({metres} m), mutta tarjottu paikka painoi enemmän: sisarus, tuttu yksikkö tai "
    "turvallisempi tie.",
    sv="{unit} är närmare på kartan ({metres} m), men den erbjudna platsen vägde tyngre: ett syskon, en bekant enhet "
    "eller en tryggare väg.",
    en="{unit} is nearer on the map ({metres} m), but the offered place weighed more: a sibling, a familiar unit or a "
    "safer way.",
)
_PRICE: Final = text(
    fi="Paikka siellä olisi tarkoittanut {others} m pidempää matkaa perheille, joiden olisi pitänyt väistyä; sinun "
    "matkasi on {yours} m pidempi.",
    sv="En plats där hade betytt {others} m längre väg för familjer som hade fått ge vika; din väg är {yours} m "
    "längre.",
    en="A place there would have meant {others} m more for the families who would have had to give way; your way is "
    "{yours} m longer.",
)
_AHEAD: Final = text(fi="Edellä olivat: {who}.", sv="Före var: {who}.", en="Ahead were: {who}.")
_CRITERIA: Final[Mapping[str, Text]] = {
    "sibling": text(
        fi="{n} lasta, joiden sisarus on yksikössä", sv="{n} barn med syskon i enheten",
        en="{n} children with a sibling in the unit",
    ),
    "continuity": text(
        fi="{n} lasta, jotka jatkavat yksikössä", sv="{n} barn som fortsätter i enheten",
        en="{n} children who go on in the unit",
    ),
    "nearer": text(
        fi="{n} lasta, jotka asuvat lähempänä", sv="{n} barn som bor närmare", en="{n} children who live nearer"
    ),
    "farther": text(
        fi="{n} lasta, joiden muut vaihtoehdot olivat kauempana", sv="{n} barn vars andra alternativ var längre bort",
        en="{n} children whose other choices were farther away",
    ),
    "others": text(fi="{n} muuta lasta", sv="{n} andra barn", en="{n} other children"),
    "few": text(fi="muutama lapsi", sv="några barn", en="a few children"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons in order, the deciding ones first."""

    sentences: tuple[Text, ...]


def explain(placement: Placement) -> Explanation:
    """The sentences of a place; at most one query, for the names of the nearer units."""
    return Explanation(tuple(_sentences(placement)))


def _sentences(placement: Placement) -> Iterator[Text]:
    told: Mapping[str, Any] = placement.reasons
    if placement.metres is not None:
        minutes = -(-placement.metres // METRES_A_MINUTE)
        yield _WAY.format(metres=placement.metres, minutes=minutes)
    if told.get("chosen") or told.get("by_hand"):
        yield _CHOSEN if told.get("chosen") else _BY_HAND
        return
    if told.get("seats"):
        yield _SEATS.format(seats=told["seats"])
    if told.get("together"):
        yield _TOGETHER
    nearer = told.get("nearer")
    if nearer is None:
        return
    if not nearer:
        yield _NEAREST
    names = unit_names([one["pool"] for one in nearer])
    for one in nearer:
        yield from _of_nearer(one, names.get(one["pool"], text(fi=one["pool"], sv=one["pool"], en=one["pool"])))


def _of_nearer(one: Mapping[str, Any], unit: Text) -> Iterator[Text]:
    if one.get("weighed"):
        yield _WEIGHED.format(unit=unit, metres=one["metres"])
        return
    if one.get("full"):
        yield (_FULL if one["seats"] else _NO_SEATS).format(unit=unit, metres=one["metres"], seats=one["seats"])
    else:
        yield _OTHER_GROUP.format(unit=unit, metres=one["metres"])
    if "others_longer_by" in one and one.get("counted_shorter_by", 0) > 0:
        yield _PRICE.format(others=one["others_longer_by"], yours=one["counted_shorter_by"])
    ahead: Mapping[str, Any] = one.get("ahead") or {}
    if ahead:
        who = [_CRITERIA[name].format(n=count) for name, count in ahead.items() if name in _CRITERIA]
        yield _AHEAD.format(who=_joined(who))


def _joined(words: list[Text]) -> Text:
    return text(**{language: ", ".join(one.in_(language) for one in words) for language in ("fi", "sv", "en")})


def unit_names(pools: list[str]) -> dict[str, Text]:
    """The names of the units of some pools; one query."""
    rows = Pool.objects.filter(pk__in=pools).select_related("unit")
    return {row.pk: _name(row.unit) for row in rows}


def _name(unit: Unit) -> Text:
    return text(fi=unit.name_fi, sv=unit.name_sv or unit.name_fi, en=unit.name_en or unit.name_fi)
