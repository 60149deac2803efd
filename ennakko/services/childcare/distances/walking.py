# SPDX-License-Identifier: EUPL-1.2
"""How far it is on foot from homes to units: along the streets, or else 1.3 times the straight line, marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ennakko.services.childcare.distances.network import A_DEGREE, Floats, Network

ROUNDABOUT = 1.3
"""How much longer than the straight line a way is taken to be where no street is known; always marked as estimated."""
OFF_STREET = 500.0
"""Metres: a point farther from any street than this is not on the network."""
METRES_A_MINUTE = 80
"""Sixteen minutes are 1,280 metres (the city's own measure of a near unit)."""


@dataclass(frozen=True, slots=True)
class Ways:
    """[units, homes]: `metres` on foot, `weighed` with dangerous crossings counted longer, `estimated` no street."""

    metres: npt.NDArray[np.int32]
    weighed: npt.NDArray[np.int32]
    estimated: npt.NDArray[np.bool_]


def minutes(metres: int) -> int:
    """Minutes on foot, rounded up; never less than one."""
    return max(1, -(-metres // METRES_A_MINUTE))


def straight(from_point: tuple[Floats, Floats], to_point: tuple[Floats, Floats]) -> Floats:
    """Metres as the crow flies: [from, to]."""
    north = np.radians((from_point[0][:, None] + to_point[0][None]) / 2)
    up = (from_point[0][:, None] - to_point[0][None]) * A_DEGREE
    along = (from_point[1][:, None] - to_point[1][None]) * (A_DEGREE * np.cos(north))
    return np.asarray(np.hypot(up, along))


def walk(
    network: Network | None,
    units: tuple[Floats, Floats],
    homes: tuple[Floats, Floats],
    *,
    crossing_metres: int = 0,
) -> Ways:
    """The ways between units and homes given as (latitudes, longitudes).

    Along the streets the way with the fewest weighed metres is walked: a dangerous crossing counts `crossing_metres`
    more. Without a network, off it, or where no street leads, the straight line × 1.3 stands, marked.
    """
    if network is None or not network.nodes:
        line = _estimate(units, homes)
        return Ways(line, line, np.ones(line.shape, dtype=np.bool_))
    from ennakko.services.childcare.distances import kernel  # Numba is loaded only by whoever walks

    unit_node, unit_off = network.nearest(*units)
    home_node, home_off = network.nearest(*homes)
    weight = (network.metres + network.crossing.astype(np.int32) * np.int32(crossing_metres)).astype(np.int32)
    targets, of_home = np.unique(home_node, return_inverse=True)
    sources, of_unit = np.unique(unit_node, return_inverse=True)
    longest = int(weight.max(initial=1))
    # Every street leads both ways: one search for each of the fewer, which in a re-run are the homes.
    turned = targets.size < sources.size
    ends = (targets, sources) if turned else (sources, targets)
    found = kernel.ways(network.start, network.to, network.metres, weight, *ends, longest)
    weighed, metres = ((one.T if turned else one)[of_unit][:, of_home] for one in found)
    off = np.rint(unit_off[:, None] + home_off[None]).astype(np.int32)
    no_way = (weighed >= kernel.FAR) | (unit_off > OFF_STREET)[:, None] | (home_off > OFF_STREET)[None]
    metres, weighed = metres + off, weighed + off
    if no_way.any():
        line = _estimate(units, homes)
        metres, weighed = np.where(no_way, line, metres), np.where(no_way, line, weighed)
    return Ways(metres.astype(np.int32), weighed.astype(np.int32), no_way)


def _estimate(units: tuple[Floats, Floats], homes: tuple[Floats, Floats]) -> npt.NDArray[np.int32]:
    return np.rint(straight(units, homes) * ROUNDABOUT).astype(np.int32)
