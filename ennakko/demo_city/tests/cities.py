# SPDX-License-Identifier: EUPL-1.2
"""Cities for the tests, with keys that are fixed so that bytes can be compared."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ennakko.demo_city.build import FIRST_DAY, build
from ennakko.demo_city.sealing import KeySealer

SEALER = KeySealer(data_key=b"a data key of the tests, 32 byte", index_key=b"an index key of the tests, 32 by")


def make_city(into: Path, *, residents: int = 20_000, seed: int = 1, on: date = FIRST_DAY) -> Path:
    """A snapshot folder under the test's own folder."""
    return build(residents=residents, seed=seed, on=on, into=into, sealer=SEALER)


def table(folder: Path, name: str) -> pl.DataFrame:
    """One file of a snapshot."""
    return pl.read_parquet(folder / f"{name}.parquet")


def open_codes(folder: Path) -> list[str]:
    """The identity codes of a snapshot in row order."""
    sealed = np.array(table(folder, "contacts")["identity_code_sealed"].to_list(), dtype="V11")
    return [code.decode() for code in SEALER.unseal(sealed, folder.name).tolist()]
