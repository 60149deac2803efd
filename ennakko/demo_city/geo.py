# SPDX-License-Identifier: EUPL-1.2
"""District polygons and names for maps (GeoJSON, WGS84, simplified)."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from ennakko.demo_city.data import FOLDER
from ennakko.demo_city.home import home
from ennakko.values.texts import Text, text

LAND = (24.78, 60.115, 25.26, 60.30)
"""The districts' shapes reach far out to sea; this frames the land (west, south, east, north)."""

_SIDE = 0.497
"""A degree of longitude against one of latitude at Helsinki (60.2° N), for drawing."""


@cache
def districts() -> dict[str, Any]:
    """A FeatureCollection of the districts, land only; properties code, name_fi, name_sv. Not to be changed.

    The 34 of the open data, or the municipality's own where its profile has them.
    """
    own = home().shapes
    if own is not None:
        return dict(own)
    collection: dict[str, Any] = json.loads((FOLDER / "districts.geojson").read_text(encoding="utf-8"))
    return {"bbox": LAND, **collection}


@cache
def district_names() -> dict[str, Text]:
    """Names by district code; English uses the Finnish name."""
    return {
        told["code"]: text(fi=told["name_fi"], sv=told["name_sv"], en=told["name_fi"])
        for told in (one["properties"] for one in districts()["features"])
    }


@cache
def district_paths(width: int = 600) -> tuple[int, dict[str, str]]:
    """The height of a drawing that is `width` wide, and an SVG path by district code: a map without JavaScript."""
    rings = {one["properties"]["code"]: list(_rings(one["geometry"])) for one in districts()["features"]}
    points = [point for own in rings.values() for ring in own for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    scale = width / ((east - west) * _SIDE)
    height = round((north - south) * scale)

    def drawn(ring: list[list[float]]) -> str:
        steps = (f"{(x - west) * _SIDE * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring[:-1])
        return f"M{'L'.join(steps)}Z"

    return height, {code: "".join(drawn(ring) for ring in own) for code, own in rings.items()}


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon
