# SPDX-License-Identifier: EUPL-1.2
"""The table of actions: who may do what, asked in one place for checks, lists and buttons."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.db.models import QuerySet

from ennakko.kernel.access import reasons
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.grants import AllOf, Grant, either, narrowed, system
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done, by its name (`summer-voucher.decide`), its title on a button, and who may do it."""

    name: str
    title: Text
    who: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an actor may do something, and why not."""

    allowed: bool
    reason: Text
    action: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Button:
    """An action offered on a page: its name and title."""

    name: str
    title: Text


class Refused(Exception):
    """The actor may not do this; `reason` says why in every language, `action` what was asked."""

    def __init__(self, reason: Text, action: str) -> None:
        super().__init__(f"{action}: {reason.en}")
        self.reason = reason
        self.action = action


class UnknownAction(LookupError):
    """No such action stands in the table; the message lists near names."""


_actions: dict[str, Action] = {}


def register_actions(*actions: Action) -> None:
    """Add actions to the table; a name can be given once, and an action that nobody may do is an error."""
    for action in actions:
        if not action.who:
            raise ValueError(f"The action {action.name!r} names nobody who may do it.")
        if _actions.setdefault(action.name, action) != action:
            raise ValueError(f"The action {action.name!r} stands twice in the table.")


def grant_also(name: str, *grants: Grant) -> None:
    """Let others too do a kernel's action: a service's handlers, for instance."""
    known = action(name)
    _actions[name] = replace(known, who=known.who + tuple(grant for grant in grants if grant not in known.who))


def action(name: str) -> Action:
    """The action of a name; raises UnknownAction."""
    if name not in _actions:
        near = get_close_matches(name, _actions, n=3)
        raise UnknownAction(f"There is no action {name!r}." + (f" Near: {', '.join(near)}." if near else ""))
    return _actions[name]


def actions() -> tuple[Action, ...]:
    """Every action, for the documentation's table."""
    return tuple(_actions.values())


def verdict(actor: Actor, name: str, obj: object | None = None) -> Verdict:
    """Whether the actor may do the action to the object; without an object, to any of its kind at all."""
    known = action(name)
    if any(grant.allows(actor, obj) for grant in known.who):
        return Verdict(True, reasons.ALLOWED, name)
    # That the machine may do it too helps nobody who asks; it is said only where nobody else may.
    nearest = [
        text
        for grant in [one for one in known.who if one is not system] or known.who
        for text in (grant.missing(actor, obj) if isinstance(grant, AllOf) else (grant.reason,))
    ]
    return Verdict(False, reasons.joined(*nearest), name)


def require(actor: Actor, name: str, obj: object | None = None) -> None:
    """Go on only if the actor may; raises Refused with the reason."""
    answer = verdict(actor, name, obj)
    if not answer.allowed:
        raise Refused(answer.reason, name)


def visible(actor: Actor, name: str, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """The rows of the queryset to which the actor may do the action."""
    return narrowed(queryset, either(action(name).who, actor))


def buttons(actor: Actor, obj: object | None, names: tuple[str, ...] | list[str]) -> tuple[Button, ...]:
    """The actions among `names` that the actor may do to the object, as buttons in the order given."""
    return tuple(Button(name, action(name).title) for name in names if verdict(actor, name, obj).allowed)
