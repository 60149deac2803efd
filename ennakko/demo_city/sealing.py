# SPDX-License-Identifier: EUPL-1.2
"""The register's sealer on the deployment's keys: how the kernel's sealing serves the city's builder."""

from typing import Any

import numpy as np
import numpy.typing as npt

from ennakko.demo_city.identity import Codes
from ennakko.kernel import keys
from ennakko.kernel.registers.sealing import BrokenSeal, index_column, open_column, seal_column


class KeySealer:
    """Seals with the deployment's data key and index key; see `dataset.Sealer`. Older data keys only open."""

    def __init__(self, *, data_key: bytes, index_key: bytes, older_data_keys: tuple[bytes, ...] = ()) -> None:
        self._data_key, self._index_key = data_key, index_key
        self._openers = (data_key, *older_data_keys)

    @classmethod
    def of_deployment(cls) -> "KeySealer":
        """The sealer of this deployment's key ring: the key now in use seals, every key of the ring opens."""
        older = tuple(keys.data_key(number) for number in keys.key_ids()[1:])
        return cls(data_key=keys.data_key(), index_key=keys.index_key(), older_data_keys=older)

    def seal(self, codes: Codes, snapshot: str) -> npt.NDArray[Any]:
        """Rows of 11 opaque bytes, in row order."""
        return seal_column(codes, snapshot, self._data_key)

    def unseal(self, sealed: npt.NDArray[Any], snapshot: str) -> Codes:
        """The codes of a whole column; raises BrokenSeal when no key of the ring opens it."""
        for key in self._openers[:-1]:
            try:
                return open_column(sealed, snapshot, key)
            except BrokenSeal:
                continue
        return open_column(sealed, snapshot, self._openers[-1])

    def index(self, codes: Codes) -> npt.NDArray[np.int64]:
        """A keyed hash of each code."""
        return index_column(codes, self._index_key)
