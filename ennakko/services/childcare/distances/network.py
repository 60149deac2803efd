# SPDX-License-Identifier: EUPL-1.2
"""A street network as packed arrays, on disk and in memory, and the way from a point to its nearest street.

The file is a NumPy archive (.npz) with five arrays: `latitude`, `longitude` (WGS84, one a node), `start` (nodes + 1),
`to` and `metres` (one a directed edge; those of node i stand from start[i] to start[i + 1]), and `crossing` (1 where
the edge crosses a road that a small child should not cross alone). A way is walked both ways: each edge stands twice.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
ARRAYS = ("latitude", "longitude", "start", "to", "metres", "crossing")
A_DEGREE = 111_195.0
"""Metres of a degree of latitude (mean radius of the earth 6,371,009 m)."""
LONGEST_EDGE = 20_000
"""Metres: a ferry or a long bridge; longer than that is a mistake in the file."""


class BadNetwork(ValueError):
    """The streets cannot be used; the sentence says what is wrong and what to give."""


@dataclass(frozen=True)
class Network:
    """Nodes and directed edges; see the module for the arrays."""

    latitude: Floats
    longitude: Floats
    start: Ints
    to: Ints
    metres: Ints
    crossing: npt.NDArray[np.uint8]

    @property
    def nodes(self) -> int:
        """How many nodes."""
        return int(self.latitude.size)

    @property
    def edges(self) -> int:
        """How many streets between two nodes; each can be walked both ways."""
        return int(self.to.size) // 2

    @property
    def crossings(self) -> int:
        """How many of the edges are dangerous crossings."""
        return int(self.crossing.sum()) // 2

    @cached_property
    def tree(self) -> Any:
        """The nodes to be found by place."""
        from scipy.spatial import cKDTree

        return cKDTree(self.flat(self.latitude, self.longitude))

    def flat(self, latitude: Floats, longitude: Floats) -> Floats:
        """Points as metres east and north of the network's middle: [n, 2]. True within a city."""
        middle = float(np.median(self.latitude)) if self.nodes else 0.0
        return np.column_stack((longitude * (A_DEGREE * np.cos(np.radians(middle))), np.asarray(latitude) * A_DEGREE))

    def nearest(self, latitude: Floats, longitude: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """The nearest node of each point and the metres to it; infinitely far from a network without nodes."""
        if not self.nodes:
            return np.zeros(latitude.size, dtype=np.int64), np.full(latitude.size, np.inf)
        away, node = self.tree.query(self.flat(latitude, longitude))
        return np.asarray(node, dtype=np.int64), np.asarray(away, dtype=np.float64)

    def packed(self) -> bytes:
        """The file's bytes, the same for the same streets."""
        kept = io.BytesIO()
        np.savez(kept, **{name: getattr(self, name) for name in ARRAYS})
        return kept.getvalue()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the arrays, in hexadecimal."""
        made = hashlib.sha256()
        for name in ARRAYS:
            made.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return made.hexdigest()


def pack(
    latitude: npt.ArrayLike, longitude: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike,
    metres: npt.ArrayLike, crossing: npt.ArrayLike,
) -> Network:  # fmt: skip
    """A network of undirected edges between node numbers; raises BadNetwork for what no street can be."""
    north, east = np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    a, b = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    long, dangerous = np.asarray(metres, dtype=np.int64), np.asarray(crossing).astype(np.uint8)
    if north.shape != east.shape or not (np.isfinite(north).all() and np.isfinite(east).all()):
        raise BadNetwork("Every node needs a latitude and a longitude.")
    for name, column in (("first", a), ("second", b)):
        wrong = (column < 0) | (column >= north.size)
        if wrong.any():
            at = int(np.argmax(wrong))
            raise BadNetwork(f"Edge {at}: its {name} node {int(column[at])} is not one of the {north.size} nodes.")
    wrong = (long < 0) | (long > LONGEST_EDGE)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise BadNetwork(f"Edge {at} is {int(long[at])} m long: write 0–{LONGEST_EDGE}.")
    both, other = np.concatenate((a, b)), np.concatenate((b, a))
    order = np.lexsort((other, both))
    start = np.zeros(north.size + 1, dtype=np.int32)
    np.cumsum(np.bincount(both, minlength=north.size), out=start[1:])
    return Network(
        north, east, start, other[order].astype(np.int32), np.concatenate((long, long))[order].astype(np.int32),
        np.concatenate((dangerous, dangerous))[order],
    )  # fmt: skip


def save(network: Network, folder: Path) -> Path:
    """The network's file in a folder, named by its digest; written whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{network.digest}.npz"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(network.packed())
        unfinished.replace(path)
    return path


def load(path: Path) -> Network:
    """The network of a file; raises BadNetwork when it is not there, not whole or not the one its name says."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            network = Network(**{name: arrays[name] for name in ARRAYS})
    except (OSError, ValueError, KeyError) as error:
        raise BadNetwork(f"{path} is no packed street network ({error}): load the streets again.") from None
    if len(path.stem) == 64 and path.stem != network.digest:
        raise BadNetwork(f"{path} is not the network that its name says: load the streets again.")
    return network
