# SPDX-License-Identifier: EUPL-1.2
"""The street network in use, and the ways on foot between homes and units."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from ennakko.services.childcare.distances import network as networks
from ennakko.services.childcare.distances.network import Network
from ennakko.services.childcare.distances.walking import Ways, walk
from ennakko.services.childcare.models import StreetNetwork, Unit


def folder() -> Path:
    """Where packed street networks are kept."""
    return Path(settings.VAR) / "streets"


def in_use() -> StreetNetwork | None:
    """The network that was taken into use last."""
    return StreetNetwork.objects.order_by("-taken_at", "-pk").first()


@lru_cache(maxsize=2)
def _loaded(digest: str) -> Network:
    return networks.load(folder() / f"{digest}.npz")


def network_of(row: StreetNetwork | None) -> Network | None:
    """The packed arrays of a network; None where there is none."""
    return None if row is None else _loaded(row.digest)


def ways_from(latitude: float, longitude: float, units: list[Unit], *, crossing_metres: int = 0) -> Ways:
    """The ways from one home to some units: [units, 1]. The home is the source, so that it is quick."""
    home = np.array([latitude]), np.array([longitude])
    there = np.array([one.latitude for one in units]), np.array([one.longitude for one in units])
    found = walk(network_of(in_use()), home, there, crossing_metres=crossing_metres)
    return Ways(found.metres.T, found.weighed.T, found.estimated.T)
