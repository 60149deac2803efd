# SPDX-License-Identifier: EUPL-1.2
"""The choices above a queue of the staff: every case, one's own, each state shown, the late; each with its count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ennakko.kernel.ui.filters import say
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: what is shown, how many there are, the address that shows them, and whether it is shown now."""

    label: str
    count: int
    url: str
    current: bool


def chips(
    counts: Mapping[str, int], states: Iterable[str], names: Mapping[str, Text], *, state: str, mine: bool,
    more: Mapping[str, Text] | None = None,
) -> list[Chip]:  # fmt: skip
    """The choices of a queue that shows `state` ("" for every) or one's own; `counts` has "all", "mine" and "late" too.

    `states` are shown by their `names`; `more` are the queue's own choices, behind the late.
    """

    def chip(label: str, count: int, chosen: str = "", *, own: bool = False) -> Chip:
        query = {"mine": "yes"} if own else {"state": chosen} if chosen else {}
        return Chip(label, count, "?" + urlencode(query), (chosen, own) == (state, mine))

    return [
        chip(_("All"), counts["all"]),
        chip(_("Mine"), counts["mine"], own=True),
        *(chip(say(names[one]), counts.get(one, 0), one) for one in states),
        chip(_("Late"), counts["late"], "late"),
        *(chip(say(label), counts[one], one) for one, label in (more or {}).items()),
    ]
