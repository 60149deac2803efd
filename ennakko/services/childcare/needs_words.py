# SPDX-License-Identifier: EUPL-1.2
"""What a place was chosen by, in words: each need, what the city supposed, and how a guardian may put it right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ennakko.services.childcare.models import Placement, Unit
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, text

YES: Final = text(fi="kyllä", sv="ja", en="yes")
NO: Final = text(fi="ei", sv="nej", en="no")
LANGUAGE_NAMES: Final[Mapping[str, Text]] = {
    "fi": text(fi="suomi", sv="finska", en="Finnish"),
    "sv": text(fi="ruotsi", sv="svenska", en="Swedish"),
    "en": text(fi="englanti", sv="engelska", en="English"),
}
LABELS: Final[Mapping[str, Text]] = {
    "language": text(
        fi="Kieli, jolla lapsi on ryhmässä", sv="Språket i barnets grupp", en="The language of the child's group"
    ),
    "shift_care": text(
        fi="Tarvitsee hoitoa iltaisin tai öisin", sv="Behöver vård på kvällar eller nätter",
        en="Needs care in the evenings or at night",
    ),
    "sibling": text(
        fi="Sisarus samassa yksikössä", sv="Syskon i samma enhet", en="A sister or brother in the same unit"
    ),
    "address": text(fi="Osoite, josta matka laskettiin", sv="Adressen som vägen räknades från",
                    en="The address that the way was counted from"),
}  # fmt: skip
"""Needs that a guardian may put right on the page; what support a child has is used and never shown."""
SUPPOSED: Final[Mapping[str, Text]] = {
    "address": text(
        fi="nykyinen kotiosoite", sv="den nuvarande hemadressen", en="the present home address"
    ),
    "sibling": text(fi="ei tiedossa", sv="inte känt", en="not known"),
}  # fmt: skip
ANNOUNCED: Final = text(
    fi="uusi osoite, johon olette ilmoittaneet muuttavanne {day}",
    sv="den nya adressen, dit ni har anmält att ni flyttar {day}",
    en="the new address to which you have announced a move on {day}",
)


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its name in the round, its label, what was supposed, and whether a guardian has told otherwise."""

    name: str
    label: Text
    value: Text


def assumptions(placement: Placement) -> Iterator[Need]:
    """What was supposed of a child, as far as it may be shown and put right."""
    needs = placement.needs
    for name in LABELS:
        if name == "address" and needs.get("moves_on"):
            yield Need(name, LABELS[name], _announced(date.fromisoformat(needs["moves_on"])))
        elif name == "sibling" and name in placement.assumed and needs.get("sibling_unit"):
            yield Need(name, LABELS[name], _unit(needs["sibling_unit"]))
        elif name in placement.assumed or name == "address":
            yield Need(name, LABELS[name], _value(name, needs.get(name)))


def _announced(day: date) -> Text:
    return ANNOUNCED.format(day=text(**{code: format_date(day, code) for code in LANGUAGES}))


def _unit(key: str) -> Text:
    found = Unit.objects.filter(pk=key).first()
    return SUPPOSED["sibling"] if found is None else text(fi=found.name_fi, sv=found.name_sv, en=found.name_en)


def _value(name: str, value: object) -> Text:
    if name == "language" and isinstance(value, str) and value in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[value]
    if isinstance(value, bool) or (name == "shift_care" and value is None):
        return YES if value else NO
    return SUPPOSED.get(name, text(fi=str(value), sv=str(value), en=str(value)))
