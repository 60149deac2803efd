# SPDX-License-Identifier: EUPL-1.2
"""Streets read from GeoJSON: ways as LineStrings with their nodes numbered, as in an OSM or Digiroad extract.

A feature's properties: `highway` (kind of way), `nodes` (one number for each point: ways meet where numbers are equal;
without it, where points are the same to the centimetre), `crossing` true or "uncontrolled"/"unmarked" where the way
crosses a road without lights, `foot` "no" where nobody may walk.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

from ennakko.services.childcare.distances.network import A_DEGREE, BadNetwork, Network, pack

NOT_WALKED = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed"})
DANGEROUS = frozenset({"uncontrolled", "unmarked", "true", "yes"})


def read(path: Path) -> Network:
    """The network of a GeoJSON file, plain or gzipped; raises BadNetwork."""
    try:
        raw = path.read_bytes()
        collection = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        features = collection["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadNetwork(f"{path}: this is no GeoJSON of streets ({error}). Give a FeatureCollection.") from None
    numbers: dict[Any, int] = {}
    points: list[tuple[float, float]] = []
    edges: dict[tuple[int, int], tuple[int, bool]] = {}
    for at, feature in enumerate(features):
        told = feature.get("properties") or {}
        shape = feature.get("geometry") or {}
        if shape.get("type") != "LineString" or told.get("highway") in NOT_WALKED or told.get("foot") == "no":
            continue
        _add(at, told, shape.get("coordinates") or [], numbers, points, edges)
    if not edges:
        raise BadNetwork(f"{path}: there is no street to walk in this file.")
    ends = np.array(list(edges), dtype=np.int64).reshape(-1, 2)
    found = list(edges.values())
    return pack(
        [one[0] for one in points], [one[1] for one in points], ends[:, 0], ends[:, 1],
        [metres for metres, _ in found], [crossing for _, crossing in found],
    )  # fmt: skip


def _add(
    at: int, told: dict[str, Any], line: list[Any], numbers: dict[Any, int], points: list[tuple[float, float]],
    edges: dict[tuple[int, int], tuple[int, bool]],
) -> None:  # fmt: skip
    names = told.get("nodes") or [tuple(round(one, 7) for one in point[:2]) for point in line]
    if len(names) != len(line):
        raise BadNetwork(f"Feature {at} has {len(line)} points and {len(names)} nodes: give one number a point.")
    dangerous = str(told.get("crossing", "")).casefold() in DANGEROUS
    before: int | None = None
    for name, point in zip(names, line, strict=True):
        if name not in numbers:
            numbers[name] = len(points)
            points.append((float(point[1]), float(point[0])))
        node = numbers[name]
        if before is not None and before != node:
            pair = (min(before, node), max(before, node))
            metres = _metres(points[before], points[node])
            known = edges.get(pair, (metres, dangerous))
            edges[pair] = (min(known[0], metres), known[1] and dangerous)
        before = node


def _metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    middle = np.radians((one[0] + other[0]) / 2)
    up, along = (one[0] - other[0]) * A_DEGREE, (one[1] - other[1]) * A_DEGREE * np.cos(middle)
    return max(1, round(float(np.hypot(up, along))))
