# SPDX-License-Identifier: EUPL-1.2
"""The reasons of a place in the offer's further languages, made of the same numbers as `explaining` makes its own.

Fewer words than in Finnish, Swedish and English: the way, how many places there were, and the nearer units that were
full or weighed less. Nothing here that those sentences do not say too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ennakko.services.childcare.offer_words import LANGUAGES
from ennakko.values.texts import LANGUAGES as REQUIRED

FURTHER: Final = tuple(language for language in LANGUAGES if language not in REQUIRED)
MOST_NEARER: Final = 3
"""So many nearer units are told of: more is no help to a reader."""

_WAY: Final = {
    "ru": "Путь от дома — {metres} м, около {minutes} минут пешком.",
    "et": "Tee kodust on {metres} m, umbes {minutes} minutit jalgsi.",
    "so": "Masaafada guriga waa {metres} m, ilaa {minutes} daqiiqo oo lug ah.",
    "ar": "الطريق من المنزل {metres} متر، أي حوالي {minutes} دقيقة سيرًا على الأقدام.",
    "uk": "Шлях від дому — {metres} м, близько {minutes} хвилин пішки.",
}
_NEAREST: Final = {
    "ru": "Это ближайшее подходящее учреждение.",
    "et": "See on lähim sobiv asutus.",
    "so": "Kani waa xarunta ugu dhow ee ku habboon.",
    "ar": "هذه أقرب وحدة مناسبة.",
    "uk": "Це найближчий відповідний заклад.",
}
_FULL: Final = {
    "ru": "{unit} ближе ({metres} м), но там не осталось мест.",
    "et": "{unit} on lähemal ({metres} m), kuid seal ei olnud enam kohti.",
    "so": "{unit} way ka dhow dahay ({metres} m), laakiin boos kama bannaanayn.",
    "ar": "{unit} أقرب ({metres} متر)، لكن لم تبقَ فيها أماكن.",
    "uk": "{unit} ближче ({metres} м), але там не залишилося місць.",
}
_WEIGHED: Final = {
    "ru": "{unit} ближе ({metres} м), но при распределении предложенное место оказалось подходящим лучше.",
    "et": "{unit} on lähemal ({metres} m), kuid kohtade jagamisel sobis pakutud koht paremini.",
    "so": "{unit} way ka dhow dahay ({metres} m), laakiin qaybintii booska laguu hayo ayaa ka habboonaa.",
    "ar": "{unit} أقرب ({metres} متر)، لكن المكان المعروض كان أنسب عند توزيع الأماكن.",
    "uk": "{unit} ближче ({metres} м), але під час розподілу запропоноване місце підійшло краще.",
}


def sentences(
    reasons: Mapping[str, Any],
    language: str,
    *,
    metres: int | None,
    minutes: int | None,
    units: Mapping[str, str],
) -> tuple[str, ...]:
    """The reasons in one of the further languages, `units` naming the unit of each pool; KeyError for another."""
    said = []
    if metres is not None and minutes is not None:
        said.append(_WAY[language].format(metres=metres, minutes=minutes))
    nearer: Sequence[Mapping[str, Any]] = reasons.get("nearer") or ()
    if not nearer and reasons.get("nearer") is not None:
        said.append(_NEAREST[language])
    for one in nearer[:MOST_NEARER]:
        words = _FULL if one.get("full") and not one.get("weighed") else _WEIGHED
        unit = units.get(one["pool"], one["pool"])
        said.append(words[language].format(unit=unit, metres=one["metres"]))
    return tuple(said)
