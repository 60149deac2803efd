# SPDX-License-Identifier: EUPL-1.2
"""Rounding of published counts, for tables that go out as open data beside others of the same persons.

First small counts are hidden, then the rest rounded; totals are made of the published numbers, so that what was hidden
cannot be computed from them (OpenSAFELY's rule: at most 7 hidden, to the nearest 5; midpoint rounding: to 3, 9, 15, …).
"""

from collections.abc import Sequence

from ennakko.values.money import round_half_up


def hide_and_round(count: int, *, hide_to: int = 7, base: int = 5) -> int | None:
    """The count to the nearest multiple of `base`, a half upwards; None for 1…hide_to. Zero stays zero."""
    if count < 0:
        raise ValueError("A count of persons is not negative.")
    if 0 < count <= hide_to:
        return None
    return round_half_up(count, base) * base


def to_midpoint(count: int, *, width: int = 6) -> int:
    """The middle of the count's band of `width` numbers (1–6 → 3, 7–12 → 9); zero stays zero."""
    if count < 0:
        raise ValueError("A count of persons is not negative.")
    return 0 if count == 0 else -(-count // width) * width - width // 2


def published_total(counts: Sequence[int | None]) -> int:
    """The total of a published column: of its published numbers only."""
    return sum(count for count in counts if count is not None)
