# SPDX-License-Identifier: EUPL-1.2
"""A street network of the whole city that nobody surveyed: corners about 53 m apart on land, and none on the sea.

The bays between the shores make a straight line a bad guess, as in the real city. Some roads are hard to cross: few
streets lead over them, and where one does without lights, the edge is a dangerous crossing.
"""

import json
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import FOLDER
from ennakko.demo_city.geo import LAND
from ennakko.demo_city.sampling import Bools, Floats, Ints, generator

SPACING = 53.0
"""Metres between corners in a city of the real one's size; sparser in smaller ones, whose people live as widely."""
WIDEST = 160.0
_FULL_SIZE = 674_500
_LATITUDE, _LONGITUDE = 111_195.0, 111_195.0 * 0.497
_KEPT, _DIAGONAL = 0.80, 0.04
_ROADS, _ACROSS, _UNSAFE = 9, 0.35, 0.4
_SMALLEST_ISLAND = 12
_HOME_REACH = 260.0


def draw_streets(zones: Zones, residents: int, seed: int) -> dict[str, pl.DataFrame]:
    """The files `street_nodes` (in order of their number) and `street_edges` (each street once, metres)."""
    rng = generator(seed, "streets")
    spacing = min(WIDEST, SPACING * max(1.0, float(np.sqrt(_FULL_SIZE / residents)) ** 0.6))
    latitude, longitude, number = _corners(zones, spacing, rng)
    first, second = _streets_between(number, rng)
    crossed, kept = _over_roads(latitude, longitude, first, second, rng)
    first, second, crossed = first[kept], second[kept], crossed[kept]
    first, second, crossed = _joined(latitude, longitude, first, second, crossed)
    up, along = (latitude[first] - latitude[second]) * _LATITUDE, (longitude[first] - longitude[second]) * _LONGITUDE
    metres = np.maximum(1, np.rint(np.hypot(up, along) * (1 + 0.08 * rng.random(first.size)))).astype(np.int64)
    nodes = pl.DataFrame({"node": np.arange(latitude.size), "latitude": latitude, "longitude": longitude})
    edges = pl.DataFrame({"first": first, "second": second, "metres": metres, "crossing": crossed})
    return {"street_nodes": nodes, "street_edges": edges.sort("first", "second")}


def _corners(zones: Zones, spacing: float, rng: np.random.Generator) -> tuple[Floats, Floats, Ints]:
    """Corners on land, a little off their grid; and the number of the corner of each cell of the grid, -1 for water."""
    from scipy.spatial import cKDTree  # a second of every start, for what is drawn once

    west, south, east, north = LAND
    rows = int((north - south) * _LATITUDE / spacing) + 1
    columns = int((east - west) * _LONGITUDE / spacing) + 1
    grid_latitude = np.repeat(south + np.arange(rows) * spacing / _LATITUDE, columns)
    grid_longitude = np.tile(west + np.arange(columns) * spacing / _LONGITUDE, rows)
    on_land = _on_land(grid_latitude, grid_longitude)
    homes = cKDTree(np.column_stack((zones.latitude * _LATITUDE, zones.longitude * _LONGITUDE)))
    away, _ = homes.query(
        np.column_stack((grid_latitude * _LATITUDE, grid_longitude * _LONGITUDE)), distance_upper_bound=_HOME_REACH
    )
    chosen = on_land | np.isfinite(away)
    shift = (rng.random((2, chosen.size)) - 0.5) * 0.5 * spacing
    latitude = np.round(grid_latitude + shift[0] / _LATITUDE, 6)[chosen]
    longitude = np.round(grid_longitude + shift[1] / _LONGITUDE, 6)[chosen]
    number = np.full(chosen.size, -1, dtype=np.int64)
    number[chosen] = np.arange(latitude.size)
    return latitude, longitude, number.reshape(rows, columns)


def _on_land(latitude: Floats, longitude: Floats) -> Bools:
    """Which points lie inside a district's land: an odd number of its borders is north of the point."""
    inside = np.zeros(latitude.size, dtype=bool)
    for feature in json.loads((FOLDER / "districts.geojson").read_text("utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            ring = np.asarray(polygon[0], dtype=np.float64)
            (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
            near = np.flatnonzero(
                (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east) & ~inside
            )
            inside[near] |= _within(latitude[near], longitude[near], ring)
    return inside


def _within(latitude: Floats, longitude: Floats, ring: Floats) -> Bools:
    odd = np.zeros(latitude.size, dtype=bool)
    for (x, y), (next_x, next_y) in pairwise(ring):
        between = (x > longitude) != (next_x > longitude)
        if x == next_x:
            continue
        odd ^= between & (latitude < (next_y - y) * (longitude - x) / (next_x - x) + y)
    return odd


def _streets_between(number: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Streets from corner to neighbouring corner: most of those east and north, a few slantwise."""
    found: list[tuple[Ints, Ints]] = []
    for one, other, share in (
        (number[:, :-1], number[:, 1:], _KEPT),
        (number[:-1], number[1:], _KEPT),
        (number[:-1, :-1], number[1:, 1:], _DIAGONAL),
    ):
        a, b = one.ravel(), other.ravel()
        there = (a >= 0) & (b >= 0) & (rng.random(a.size) < share)
        found.append((a[there], b[there]))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def _over_roads(
    latitude: Floats, longitude: Floats, first: Ints, second: Ints, rng: np.random.Generator
) -> tuple[Bools, Bools]:
    """Which streets are dangerous crossings of a main road, and which streets there are at all once the roads are."""
    west, south, east, north = LAND
    crossed, kept = np.zeros(first.size, dtype=bool), np.ones(first.size, dtype=bool)
    for road in range(_ROADS):
        # Roads run out from the old centre, and a few around it.
        place = (road + rng.random()) / _ROADS
        if road % 3:
            middle = np.array([24.95, 60.18])
            way = 2 * np.pi * place
            side = _side(latitude, longitude, middle, np.array([np.cos(way), np.sin(way)]))
        else:
            level = south + (north - south) * (0.25 + 0.7 * place)
            side = np.sign(latitude - level + 0.004 * np.sin((longitude - west) / (east - west) * 9 + road))
        over = np.flatnonzero((side[first] * side[second] < 0) & kept)
        stays = rng.random(over.size) < _ACROSS
        kept[over[~stays]] = False
        crossed[over[stays & (rng.random(over.size) < _UNSAFE)]] = True
    return crossed, kept


def _side(latitude: Floats, longitude: Floats, middle: Floats, way: Floats) -> Floats:
    """On which side of a road that begins in the middle a point lies; 0 behind its beginning."""
    along, up = (longitude - middle[0]) * _LONGITUDE, (latitude - middle[1]) * _LATITUDE
    ahead = along * way[0] + up * way[1] > 0
    return np.where(ahead, np.sign(along * way[1] - up * way[0]), 0.0)


def _joined(
    latitude: Floats, longitude: Floats, first: Ints, second: Ints, crossed: Bools
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """One network: a bridge, or the ferry, leads from each island to the nearest corner of the mainland."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    size = latitude.size
    links = coo_matrix((np.ones(first.size), (first, second)), shape=(size, size))
    count, part = connected_components(links, directed=False)
    members = np.bincount(part, minlength=count)
    mainland = int(members.argmax())
    flat = np.column_stack((latitude * _LATITUDE, longitude * _LONGITUDE))
    ashore = np.flatnonzero(part == mainland)
    tree = cKDTree(flat[ashore])
    away, nearest = tree.query(flat)
    more = []
    for island in np.flatnonzero((members >= _SMALLEST_ISLAND) & (np.arange(count) != mainland)):
        own = np.flatnonzero(part == island)
        at = own[away[own].argmin()]
        more.append((at, ashore[nearest[at]]))
    # What is smaller is an inner yard: joined to its neighbour.
    for yard in np.flatnonzero((members < _SMALLEST_ISLAND) & (members > 1)):
        own = np.flatnonzero(part == yard)
        at = own[away[own].argmin()]
        more.append((at, ashore[nearest[at]]))
    alone = np.flatnonzero(members[part] == 1)
    pairs = np.array([*more, *zip(alone, ashore[nearest[alone]], strict=True)], dtype=np.int64).reshape(-1, 2)
    return (
        np.concatenate((first, pairs[:, 0])),
        np.concatenate((second, pairs[:, 1])),
        np.concatenate((crossed, np.zeros(pairs.shape[0], dtype=bool))),
    )
