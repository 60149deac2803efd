# SPDX-License-Identifier: EUPL-1.2
"""The personas whom the provider can sign in: given at start-up by whoever knows the demo city."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody who can sign in: `group` is residents or staff; `claims` are told besides subject and names."""

    slug: str
    group: str
    given_names: str
    surname: str
    story: Text
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.surname}".strip()


Source = Callable[[], Sequence[Identity]]
_sources: list[Source] = []


def use(source: Source) -> None:
    """The personas come from this source from now on."""
    _sources[:] = [source]


def everyone(group: str) -> list[Identity]:
    """The personas of a group, in their own order."""
    return [one for source in _sources for one in source() if one.group == group]


def find(group: str, slug: str) -> Identity | None:
    """One persona of a group."""
    return next((one for one in everyone(group) if one.slug == slug), None)
