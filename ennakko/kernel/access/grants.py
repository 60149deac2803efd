# SPDX-License-Identifier: EUPL-1.2
"""Grants: each says who is let through, which rows they see, and, when they are not, why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet

from ennakko.kernel.access import reasons
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.mandates import known_mandates, mandate_titles
from ennakko.kernel.access.roles import role_title
from ennakko.values.texts import Text

NO_ROWS = Q(pk__in=[])
ALL_ROWS = Q()


class Grant(Protocol):
    """One way of being allowed; an action's grants are alternatives."""

    @property
    def reason(self) -> Text:
        """Whom the grant lets through, told to somebody whom it did not."""

    def allows(self, actor: Actor, obj: object | None) -> bool:
        """Whether the actor may act on the object (None: on objects of the kind at all)."""

    def rows(self, actor: Actor) -> Q:
        """The condition of the rows that the actor may act on; agrees with `allows`."""


def narrowed(queryset: "QuerySet[Any]", condition: Q) -> "QuerySet[Any]":
    """The rows of a queryset for which a condition holds, each once though the condition follows to-many relations."""
    if condition == ALL_ROWS:
        return queryset
    plain = queryset.filter(condition)
    if _joined(plain) == _joined(queryset):
        return plain
    return queryset.filter(pk__in=queryset.model._default_manager.filter(condition).order_by().values("pk"))


def _joined(queryset: "QuerySet[Any]") -> set[str]:
    """The tables beside the queryset's own."""
    return {alias for alias, join in queryset.query.alias_map.items() if getattr(join, "parent_alias", None)}


class _Filters:
    """Gives a grant its `filter(actor, queryset)`."""

    __slots__ = ()

    def rows(self, actor: Actor) -> Q:
        raise NotImplementedError

    def filter(self, actor: Actor, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows of the queryset that the actor may act on."""
        return narrowed(queryset, self.rows(actor))


def _followed(obj: object, path: str) -> list[Any]:
    """What stands at a lookup path such as `offer__person`, through relations to many too."""
    found: list[Any] = [obj]
    for name in path.split("__"):
        following: list[Any] = []
        for one in found:
            value: Any = getattr(one, name, None)
            if isinstance(one, Model) and hasattr(value, "all"):
                following.extend(value.all())
            elif value is not None:
                following.append(value)
        found = following
    return [one.pk if isinstance(one, Model) else one for one in found]


@dataclass(frozen=True, slots=True)
class Everybody(_Filters):
    """Anybody at all, signed in or not."""

    reason: Text = reasons.EVERYBODY

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return True

    def rows(self, actor: Actor) -> Q:
        return ALL_ROWS


@dataclass(frozen=True, slots=True)
class OfKind(_Filters):
    """Any actor of a kind: every resident signed in, or the machine."""

    kinds: frozenset[str]
    reason: Text

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return actor.kind in self.kinds

    def rows(self, actor: Actor) -> Q:
        return ALL_ROWS if self.allows(actor, None) else NO_ROWS


@dataclass(frozen=True, slots=True)
class Owner(_Filters):
    """The resident whom the row is about; `path` leads from the row to a person key."""

    path: str = "person"
    reason: Text = reasons.OWNER

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "resident" or actor.person is None:
            return False
        return obj is None or actor.person in _followed(obj, self.path)

    def rows(self, actor: Actor) -> Q:
        return Q(**{self.path: actor.person}) if self.allows(actor, None) else NO_ROWS


@dataclass(frozen=True, slots=True)
class Guardian(_Filters):
    """A guardian of the resident whom the row is about, as the registers know."""

    path: str = "person"
    reason: Text = reasons.GUARDIAN

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "resident" or actor.person is None:
            return False
        children = children_of(actor.person)
        return bool(children) if obj is None else not children.isdisjoint(_followed(obj, self.path))

    def rows(self, actor: Actor) -> Q:
        if actor.kind != "resident" or actor.person is None:
            return NO_ROWS
        return Q(**{f"{self.path}__in": sorted(children_of(actor.person))})


@dataclass(frozen=True, slots=True)
class ActsFor(_Filters):
    """Somebody who acts, strongly signed in, for the organisation whose business id stands at `path`.

    `mandates`: one of these is needed; none named: any mandate will do.
    """

    path: str = "organisation"
    mandates: frozenset[str] = frozenset()

    @property
    def reason(self) -> Text:
        if not self.mandates:
            return reasons.ACTS_FOR
        return reasons.ACTS_FOR_WITH.format(mandates=mandate_titles(self.mandates))

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "organisation" or not actor.strong or not actor.organisation:
            return False
        if self.mandates.isdisjoint(actor.mandates) if self.mandates else not actor.mandates:
            return False
        return obj is None or actor.organisation in _followed(obj, self.path)

    def rows(self, actor: Actor) -> Q:
        return Q(**{self.path: actor.organisation}) if self.allows(actor, None) else NO_ROWS


@dataclass(frozen=True, slots=True)
class Role(_Filters):
    """A member of staff in a role."""

    role: str

    @property
    def reason(self) -> Text:
        return reasons.ROLE.format(role=role_title(self.role))

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return actor.kind == "staff" and self.role in actor.roles

    def rows(self, actor: Actor) -> Q:
        return ALL_ROWS if self.allows(actor, None) else NO_ROWS


@dataclass(frozen=True, slots=True)
class Strong(_Filters):
    """Anybody signed in strongly; used together with another grant."""

    reason: Text = reasons.STRONG

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return actor.strong

    def rows(self, actor: Actor) -> Q:
        return ALL_ROWS if actor.strong else NO_ROWS


@dataclass(frozen=True, slots=True)
class Holds(_Filters):
    """Whoever acts on a row that meets a condition, given once for objects and once for the database."""

    test: Callable[[Any], bool]
    condition: Q
    reason: Text

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return obj is None or self.test(obj)

    def rows(self, actor: Actor) -> Q:
        return self.condition


@dataclass(frozen=True, slots=True)
class NotThemselves(_Filters):
    """A member of staff other than the one at `path` (a StaffMember's id): a decision maker who is not the handler."""

    path: str
    reason: Text = reasons.NOT_THEMSELVES

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return obj is None or actor.staff is None or actor.staff not in _followed(obj, self.path)

    def rows(self, actor: Actor) -> Q:
        return ALL_ROWS if actor.staff is None else ~Q(**{self.path: actor.staff})


@dataclass(frozen=True, slots=True)
class AllOf(_Filters):
    """Every one of some grants at once."""

    grants: tuple[Grant, ...]

    @property
    def reason(self) -> Text:
        return reasons.joined(*(grant.reason for grant in self.grants))

    def allows(self, actor: Actor, obj: object | None) -> bool:
        return all(grant.allows(actor, obj) for grant in self.grants)

    def missing(self, actor: Actor, obj: object | None) -> tuple[Text, ...]:
        """The reasons of the grants that did not let the actor through."""
        return tuple(grant.reason for grant in self.grants if not grant.allows(actor, obj))

    def rows(self, actor: Actor) -> Q:
        return reduce(and_, (grant.rows(actor) for grant in self.grants), ALL_ROWS)


def either(grants: tuple[Grant, ...], actor: Actor) -> Q:
    """The condition of rows that at least one grant lets the actor act on."""
    conditions = [grant.rows(actor) for grant in grants]
    if any(condition == ALL_ROWS for condition in conditions):
        return ALL_ROWS
    return reduce(or_, (condition for condition in conditions if condition != NO_ROWS), NO_ROWS)


anyone = Everybody()
resident = OfKind(frozenset({"resident"}), reasons.RESIDENT)
for_organisation = OfKind(frozenset({"organisation"}), reasons.ACTS_FOR)
signed_in = OfKind(frozenset({"resident", "organisation", "staff"}), reasons.SIGNED_IN)
staff = OfKind(frozenset({"staff"}), reasons.STAFF)
system = OfKind(frozenset({"system"}), reasons.SYSTEM)
owner = Owner()
guardian = Guardian()
strong = Strong()


def role(name: str) -> Role:
    """A grant to a role: `role("summer-voucher.handler")`."""
    return Role(name)


def owner_at(path: str) -> Owner:
    """A grant to the resident found along a path: `owner_at("offer__person")`."""
    return Owner(path)


def acts_for(path: str = "organisation", *mandates: str) -> ActsFor:
    """A grant to whoever acts for the organisation at a path: `acts_for("organisation", GRANTS, SIGNATORY)`."""
    known_mandates(mandates)
    return ActsFor(path, frozenset(mandates))


def guardian_at(path: str) -> Guardian:
    """A grant to a guardian of the resident found along a path."""
    return Guardian(path)


def all_of(*grants: Grant) -> AllOf:
    """A grant to whom every one of the grants lets through."""
    return AllOf(grants)


_children: list[Callable[[int], frozenset[int]]] = []


def guardianships_from(children: Callable[[int], frozenset[int]]) -> None:
    """Name the register that knows whose guardian a person is: `children(person) -> person keys`."""
    _children[:] = [children]


def children_of(person: int) -> frozenset[int]:
    """The children in a person's guardianship; none while no register is named."""
    return _children[0](person) if _children else frozenset()
