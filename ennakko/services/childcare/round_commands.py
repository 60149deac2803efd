# SPDX-License-Identifier: EUPL-1.2
"""What `ennakko childcare round`, `compare` and `streets` do: JSON out; a draft is released only in the pages."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.registers.snapshots import current
from ennakko.rules.parameters import default_book
from ennakko.services.childcare.actions import rounds, units
from ennakko.services.childcare.allocation.instance import MODES
from ennakko.services.childcare.comparing import NewUnit, Trial, compare
from ennakko.services.childcare.distances import geojson
from ennakko.services.childcare.models import Round
from ennakko.services.childcare.placing import policy as policies
from ennakko.services.childcare.placing.policy import BadPolicy
from ennakko.services.childcare.queries import streets

MACHINE = SYSTEM("childcare")
KEYS = ("policy", "mode", "closed", "added", "seed")


def trial_of(path: Path, on: date) -> Trial:
    """A trial from JSON: {"policy": {weight: metres}, "mode", "closed": [unit], "added": [unit], "seed"}.

    Weights not given are the city's own. Raises BadPolicy naming what to write.
    """
    try:
        given = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadPolicy(f"{path}: cannot be read ({error.strerror}).") from None
    except ValueError as error:
        raise BadPolicy(f"{path}: this is not JSON ({error}).") from None
    if not isinstance(given, Mapping):
        raise BadPolicy(f'{path}: a trial is an object, as {{"policy": {{"sibling_metres": 500}}}}.')
    for key in given:
        if key not in KEYS:
            raise BadPolicy(f"{path}: {key!r} is not known. A trial takes {', '.join(KEYS)}.")
    mode = given.get("mode", "flow")
    if mode not in MODES:
        raise BadPolicy(f"{path}: mode is {mode!r}: write {' or '.join(MODES)}.")
    seed = given.get("seed", 1)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise BadPolicy(f"{path}: seed is {seed!r}: write a whole number, 0 or more.")
    city = policies.decided(on, default_book()).policy
    try:
        added = tuple(NewUnit(**one) for one in given.get("added", ()))
    except TypeError as error:
        raise BadPolicy(f"{path}: a new unit has id, latitude, longitude, seats, language, band ({error}).") from None
    return Trial(policies.of(given.get("policy", {}), city), mode, frozenset(given.get("closed", ())), added, seed)


def make(given: Mapping[str, Any], *, at: datetime, on: date) -> dict[str, Any]:
    """A draft made; its record."""
    ready(at, on)
    trial = trial_of(given["trial"], on) if given["trial"] else None
    made = rounds.make_round(
        given["form"], starts=given["starts"], actor=MACHINE, at=at, on=on, mode=given["mode"], seed=given["seed"],
        policy=None if trial is None else trial.policy,
    )  # fmt: skip
    return record(made.round)


def record(row: Round) -> dict[str, Any]:
    """The run record of a round."""
    names = (
        "key", "form", "state", "mode", "policy", "open_questions", "rule", "rule_version", "snapshot", "input_hash",
        "answer_hash", "objective", "lower_bound", "gap", "milliseconds", "counts",
    )  # fmt: skip
    told = {name: getattr(row, name) for name in names}
    return told | {
        "starts": row.starts.isoformat(), "seed": row.seed, "network": row.network.digest if row.network else None,
    }  # fmt: skip


def side_by_side(given: Mapping[str, Any], *, at: datetime, on: date) -> dict[str, Any]:
    """Two trials compared."""
    ready(at, on)
    found = compare(
        given["form"], starts=given["starts"], first=trial_of(given["first"], on), second=trial_of(given["second"], on),
        actor=MACHINE, at=at, on=on,
    )  # fmt: skip
    return asdict(found)


def take_streets(given: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """A street network taken into use from a file."""
    row = units.use_network(
        geojson.read(given["file"]), name=given["name"], attribution=given["attribution"], actor=MACHINE, at=at
    )
    return {"digest": row.digest, "nodes": row.nodes, "edges": row.edges, "crossings": row.crossings}


def ready(at: datetime, on: date) -> None:
    """Units as the register in use has them, and its streets where no others were ever taken into use."""
    units.take_units(current(), actor=MACHINE, at=at, on=on)
    if streets.in_use() is None:
        units.take_streets(current(), actor=MACHINE, at=at)
