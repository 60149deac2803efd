# SPDX-License-Identifier: EUPL-1.2
"""How decisions are appealed: start-up gives the municipality's rows, services take those of their decisions."""

from collections.abc import Mapping, Sequence

from ennakko.kernel.cases.kinds import Appeal

_rows: dict[str, tuple[Appeal, ...]] = {}


def set_appeals(rows: Mapping[str, Sequence[Appeal]]) -> None:
    """Start-up gives the municipality's rows by decision type (`summer-voucher.rejected`)."""
    _rows.clear()
    _rows.update({decision: tuple(sorted(given, key=lambda row: row.start)) for decision, given in rows.items()})


def appeals_of(decision: str) -> tuple[Appeal, ...]:
    """The dated rows of a decision type, earliest first; none where the municipality has told none."""
    return _rows.get(decision, ())
