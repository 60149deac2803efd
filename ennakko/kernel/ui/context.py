# SPDX-License-Identifier: EUPL-1.2
"""What every template may use: the municipality, the menu, the languages, who is reading, the demo's day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.profile import Profile, menu_for, profile
from ennakko.values.texts import direction

# The last part of a role's name ("summer-voucher.director") tells whose pages its holder reads.
KINDS_OF_STAFF = {
    "director": "leader",
    "data-protection-officer": "auditor",
    "auditor": "auditor",
    "administrator": "administrator",
}

_today: Callable[[], date] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the header shows it; `current` marks the page one is on."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """One choice of the language switch."""

    code: str
    name: str
    current: bool


def show_day(today: Callable[[], date]) -> None:
    """From now on the demo's bar shows this day (the business clock, given by the room that wires everything)."""
    global _today
    _today = today


def role_of(actor: Any) -> str:
    """The kind of reader, as the menu and the accent colour know it."""
    kind = getattr(actor, "kind", "anonymous")
    if kind != "staff":
        return kind if kind in ("resident", "organisation") else "anonymous"
    kinds = {KINDS_OF_STAFF.get(role.rpartition(".")[2], "worker") for role in _roles(actor)}
    return kinds.pop() if len(kinds) == 1 else "worker"


def _roles(actor: Any) -> frozenset[str]:
    return frozenset(getattr(actor, "roles", ()))


@dataclass(slots=True)
class Site:
    """What the base template asks for, worked out only when asked."""

    request: HttpRequest

    @property
    def profile(self) -> Profile:
        return profile()

    @property
    def actor(self) -> Any:
        actor = getattr(self.request, "actor", None)
        return actor if getattr(actor, "kind", "anonymous") in ("resident", "organisation", "staff") else None

    @property
    def organisation(self) -> str:
        """The name of the organisation that the reader acts for; "" for everybody else."""
        name: Callable[[], str] | None = getattr(self.request, "organisation_name", None)
        return name() if name else ""

    @property
    def role(self) -> str:
        return role_of(getattr(self.request, "actor", None))

    @property
    def accent(self) -> str:
        return {"worker": "worker", "auditor": "worker", "administrator": "worker", "leader": "leader"}.get(
            self.role, "resident"
        )

    @property
    def direction(self) -> str:
        return direction(get_language() or "fi")

    @property
    def menu(self) -> list[Link]:
        links = []
        for item in menu_for(self.role, _roles(getattr(self.request, "actor", None))):
            url = _address(item.route)
            if url:
                links.append(Link(say(item.label), url, self.request.path == url))
        return links

    @property
    def languages(self) -> list[Language]:
        current = get_language()
        return [Language(code, name, code == current) for code, name in settings.LANGUAGES]

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def today(self) -> date | None:
        return _today() if _today else None

    @property
    def here(self) -> str:
        """Where a switch of language returns to: this page, or the front page after a refused form."""
        return self.request.get_full_path()

    @property
    def route(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def site(request: HttpRequest) -> dict[str, Site]:
    """The context processor: one object named `site`."""
    return {"site": Site(request)}
