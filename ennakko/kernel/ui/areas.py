# SPDX-License-Identifier: EUPL-1.2
"""The shapes of the city's districts for maps: given once at start-up by the room that knows where they come from."""

from collections.abc import Callable, Mapping
from typing import Any

from ennakko.kernel.ui.filters import language

_areas: Callable[[], Mapping[str, Any]] | None = None


def use_areas(areas: Callable[[], Mapping[str, Any]]) -> None:
    """From now on maps have these shapes: GeoJSON features with the properties `code`, `name_fi` and `name_sv`."""
    global _areas
    _areas = areas


def city_areas() -> Mapping[str, Any] | None:
    """The shapes, None where nobody has given any: then a page shows its table alone."""
    return _areas() if _areas else None


def district_names() -> dict[str, str]:
    """Each district's name in the language of the page, by code; empty without shapes."""
    found = {}
    for feature in (city_areas() or {"features": ()})["features"]:
        told = feature["properties"]
        found[told["code"]] = str(told.get(f"name_{language()}") or told.get("name_fi") or told["code"])
    return found
