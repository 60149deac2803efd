# SPDX-License-Identifier: EUPL-1.2
"""What every page says of the municipality, and the menu: given once at start-up by the room that wires everything."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ennakko.values.texts import Text, text

ROLES = ("anonymous", "resident", "organisation", "worker", "leader", "auditor", "administrator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where a person gets help: who answers, phone, e-mail, service hours."""

    name: Text
    phone: str
    email: str
    hours: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The municipality as the pages show it; `logo` is a static file of a city that holds the licence to its own."""

    name: Text
    genitive: Text
    controller: Text
    contact: Contact
    data_protection: Contact
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One link of the menu: `route` is a URL name, `roles` who sees it, `staff_role` narrows to holders of a role."""

    label: Text
    route: str
    roles: frozenset[str]
    order: int = 50
    staff_roles: frozenset[str] = field(default_factory=frozenset)


NO_WORDS = text(fi="–", sv="–", en="–")
NOBODY = Contact(name=NO_WORDS, phone="", email="", hours=NO_WORDS)
UNNAMED = Profile(
    name=text(fi="Kunta", sv="Kommunen", en="Municipality"),
    genitive=text(fi="Kunnan", sv="Kommunens", en="The municipality's"),
    controller=text(fi="Kunta", sv="Kommunen", en="The municipality"),
    contact=NOBODY,
    data_protection=NOBODY,
)

_profile = UNNAMED
_menu: dict[tuple[str, frozenset[str]], MenuItem] = {}


def use_profile(profile: Profile) -> None:
    """From now on the pages are this municipality's."""
    global _profile
    _profile = profile


def profile() -> Profile:
    """The municipality whose pages these are."""
    return _profile


def add_to_menu(*items: MenuItem) -> None:
    """Put links into the menu; the same route for the same readers replaces the earlier one."""
    for item in items:
        unknown = item.roles - set(ROLES)
        if unknown:
            raise ValueError(f"Menu item {item.route}: unknown role {', '.join(sorted(unknown))}; use {ROLES}")
        _menu[item.route, item.roles] = item


def menu_for(role: str, staff_roles: Iterable[str] = ()) -> list[MenuItem]:
    """The links of one kind of reader, in order."""
    held = frozenset(staff_roles)
    return sorted(
        (item for item in _menu.values() if role in item.roles and (not item.staff_roles or item.staff_roles & held)),
        key=lambda item: (item.order, item.route),
    )
