# SPDX-License-Identifier: EUPL-1.2
"""What the city uses personal data for, each purpose with its legal basis, declared by services."""

from dataclasses import dataclass
from difflib import get_close_matches

from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of personal data.

    `legal_basis` names the act and section. `anticipates` tells that the city looks ahead for the resident, who may
    object to it. `consented` and `waived` tell that it also rests on a consent, or on a waiver of secrecy.
    `switch_page` names the page where the objection is said, and `switch_label` its link, where it is said for others
    than oneself.
    """

    id: str
    title: Text
    legal_basis: Text
    anticipates: bool
    service: str
    consented: bool = False
    waived: bool = False
    switch_page: str = ""
    switch_label: Text | None = None


class UnknownPurpose(LookupError):
    """No such purpose is declared; the message lists near ids."""


_purposes: dict[str, Purpose] = {}


def register_purposes(*purposes: Purpose) -> None:
    """Declare purposes; declaring an id again with other contents is an error."""
    for one in purposes:
        if _purposes.setdefault(one.id, one) != one:
            raise ValueError(f"The purpose {one.id!r} is declared twice, differently.")


def purpose(name: str) -> Purpose:
    """The purpose of an id; raises UnknownPurpose."""
    if name not in _purposes:
        near = get_close_matches(name, _purposes, n=3)
        raise UnknownPurpose(f"There is no purpose {name!r}." + (f" Near: {', '.join(near)}." if near else ""))
    return _purposes[name]


def purposes() -> tuple[Purpose, ...]:
    """Every declared purpose, in the order of declaration."""
    return tuple(_purposes.values())
