# SPDX-License-Identifier: EUPL-1.2
"""The register's sealer on the deployment's data key: how the kernel's sealing serves the city's builder."""

from typing import Any

import numpy as np
import numpy.typing as npt

from ennakko.demo_city.identity import Codes
from ennakko.kernel.registers.sealing import index_column, open_rows, seal_column


class KeySealer:
    """Seals with one data key; see `dataset.Sealer`."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, codes: Codes, snapshot: str) -> npt.NDArray[Any]:
        """Rows of 11 opaque bytes, in row order."""
        return seal_column(codes, snapshot, self._key)

    def unseal(self, sealed: npt.NDArray[Any], snapshot: str) -> Codes:
        """The codes of a whole column."""
        opened = open_rows(sealed.tolist(), list(range(sealed.size)), snapshot, self._key)
        return np.array(opened, dtype="S11")

    def index(self, codes: Codes) -> npt.NDArray[np.int64]:
        """A keyed hash of each code."""
        return index_column(codes, self._key)
