# SPDX-License-Identifier: EUPL-1.2
"""A city small enough to read: writes the files of one snapshot from a list of residents."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ennakko.kernel import keys
from ennakko.kernel.registers import sealing
from ennakko.values import identity_code

ROW_GROUP = 16_384


@dataclass(frozen=True)
class Resident:
    person: int
    birth_date: date = date(2010, 5, 17)
    sex: str = "f"
    municipality: str = "091"
    alive: bool = True
    moved_out: date | None = None
    non_disclosure: bool = False
    language: str = "fi"
    district: str | None = "101"
    household: int | None = None
    grade: int | None = None
    guardians: tuple[int, ...] = ()
    income_month: int | None = None
    unemployed_since: date | None = None
    names: tuple[str, str] = ("Aino", "Virtanen")
    email: str | None = "aino@posti.example"
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return identity_code.compose(self.birth_date, 900 + self.person % 100)


def write_snapshot(
    folder: Path,
    residents: Iterable[Resident],
    *,
    on: date = date(2026, 4, 15),
    city: str = "testby",
    seed: int = 1,
    companies: pl.DataFrame | None = None,
) -> Path:
    people = sorted(residents, key=lambda one: one.person)
    folder.mkdir(parents=True)
    snapshot = f"{city}-{on.isoformat()}-{seed}-{folder.name}"
    persons = pl.Series("person", [one.person for one in people], dtype=pl.Int64)
    frames = {
        "residents": pl.DataFrame(
            {
                "person": persons,
                "birth_date": [one.birth_date for one in people],
                "sex": [one.sex for one in people],
                "municipality": [one.municipality for one in people],
                "alive": [one.alive for one in people],
                "death_date": pl.Series([None] * len(people), dtype=pl.Date),
                "moved_in": pl.Series([None] * len(people), dtype=pl.Date),
                "moved_out": pl.Series([one.moved_out for one in people], dtype=pl.Date),
                "non_disclosure": [one.non_disclosure for one in people],
                "mother_tongue": [one.language for one in people],
                "service_language": [one.language for one in people],
                "household": pl.Series([one.household for one in people], dtype=pl.Int64),
                "district": pl.Series([one.district for one in people], dtype=pl.String),
                "sub_district": ["010"] * len(people),
                "postal_code": ["00100"] * len(people),
                "latitude": pl.Series([None] * len(people), dtype=pl.Float64),
                "longitude": pl.Series([None] * len(people), dtype=pl.Float64),
                "under_guardianship": [False] * len(people),
            }
        ),
        "school": pl.DataFrame(
            {
                "person": [one.person for one in people if one.grade is not None],
                "school_grade": [one.grade for one in people if one.grade is not None],
                "school": ["1"] * sum(one.grade is not None for one in people),
            },
            schema={"person": pl.Int64, "school_grade": pl.Int64, "school": pl.String},
        ),
        "activity": pl.DataFrame(
            {
                "person": persons,
                "activity": ["student"] * len(people),
                "education": ["basic"] * len(people),
                "unemployed_since": pl.Series([one.unemployed_since for one in people], dtype=pl.Date),
            }
        ),
        "incomes": pl.DataFrame(
            {
                "person": persons,
                "income_month": pl.Series([one.income_month for one in people], dtype=pl.Int64),
                "income_year": pl.Series([None] * len(people), dtype=pl.Int64),
            }
        ),
        "households": pl.DataFrame(
            {
                "household": [one.household for one in people if one.household],
                "person": [one.person for one in people if one.household],
            },
            schema={"household": pl.Int64, "person": pl.Int64},
        ).sort("household", "person"),
        "guardianships": pl.DataFrame(
            {
                "child": [one.person for one in people for _ in one.guardians],
                "guardian": [guardian for one in people for guardian in one.guardians],
                "custody": [True for one in people for _ in one.guardians],
            },
            schema={"child": pl.Int64, "guardian": pl.Int64, "custody": pl.Boolean},
        ),
        "spells": pl.DataFrame(
            schema={"person": pl.Int64, "employer": pl.String, "start": pl.Date, "end": pl.Date},
        ),
        "contacts": pl.DataFrame(
            {
                "person": persons,
                "given_names": [one.names[0] for one in people],
                "surname": [one.names[1] for one in people],
                "street_address": [None if one.non_disclosure else "Testikatu 1" for one in people],
                "postal_code": ["00100"] * len(people),
                "post_office": ["TESTBY"] * len(people),
                "email": pl.Series([one.email for one in people], dtype=pl.String),
                "phone": pl.Series([None] * len(people), dtype=pl.String),
                "suomifi_messages": [True] * len(people),
                "identity_code_sealed": [
                    row.tobytes()
                    for row in sealing.seal_column(
                        np.array([one.code for one in people], dtype="S11"), snapshot, keys.data_key()
                    )
                ],
            }
        ),
        "identity_index": pl.DataFrame(
            {
                "code_hash": sealing.index_column(
                    np.array([one.code for one in people], dtype="S11"), keys.index_key()
                ),
                "person": persons,
            }
        ).sort("code_hash"),
    }
    if companies is not None:
        frames["companies"] = companies
    files = {}
    for name, frame in frames.items():
        file = folder / f"{name}.parquet"
        frame.write_parquet(file, row_group_size=ROW_GROUP)
        files[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest = {
        "city": city,
        "snapshot": snapshot,
        "on": on.isoformat(),
        "seed": seed,
        "residents": len(people),
        "files": files,
        "format": 1,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder
