# SPDX-License-Identifier: Apache-2.0
"""What can go wrong in writing and evaluating a rule: always said with what to write or do instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RuleError(Exception):
    """A rule, parameter file or stored version that is written wrong; raised at import or binding, never per case."""


class EvaluationError(Exception):
    """A case that cannot be evaluated: a parameter without a value on that day, a fact of the wrong kind."""


class UnknownRule(RuleError):
    """No rule has this id; the message names the near ones."""


def near_names(name: str, known: Iterable[str]) -> str:
    """The end of an error message: the near names, or all when none is near and they are few."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=3, cutoff=0.6) or [each for each in names if name in each][:3]
    if near:
        return f" Did you mean {' or '.join(near)}?"
    return f" Known: {', '.join(names)}." if 0 < len(names) <= 12 else ""
