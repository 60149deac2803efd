# SPDX-License-Identifier: EUPL-1.2
"""The register's sealer on the deployment's data key: how the kernel's sealing serves the city's builder."""

from typing import Any

import numpy as np
import numpy.typing as npt

from ennakko.demo_city.identity import Codes
from ennakko.kernel import keys
from ennakko.kernel.registers.sealing import index_column, open_column, seal_column


class KeySealer:
    """Seals with the deployment's data key and index key; see `dataset.Sealer`."""

    def __init__(self, *, data_key: bytes, index_key: bytes) -> None:
        self._data_key, self._index_key = data_key, index_key

    @classmethod
    def of_deployment(cls) -> "KeySealer":
        """The sealer of this deployment's key ring, with the key now in use."""
        return cls(data_key=keys.data_key(), index_key=keys.index_key())

    def seal(self, codes: Codes, snapshot: str) -> npt.NDArray[Any]:
        """Rows of 11 opaque bytes, in row order."""
        return seal_column(codes, snapshot, self._data_key)

    def unseal(self, sealed: npt.NDArray[Any], snapshot: str) -> Codes:
        """The codes of a whole column."""
        return open_column(sealed, snapshot, self._data_key)

    def index(self, codes: Codes) -> npt.NDArray[np.int64]:
        """A keyed hash of each code."""
        return index_column(codes, self._index_key)
