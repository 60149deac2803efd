# SPDX-License-Identifier: EUPL-1.2
"""Who works here, in which roles, on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.ready import Given, Ready


def grants_on(on: "date | Given") -> "QuerySet[RoleGrant]":
    """The grants of active staff that hold on a day."""
    return RoleGrant.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on, staff__active=True
    )


def roles_of(staff: StaffMember | int, *, on: date) -> frozenset[str]:
    """The roles a member of staff holds on a day; none when not active."""
    number = staff.pk if isinstance(staff, StaffMember) else staff
    return frozenset(grants_on(on).filter(staff=number).values_list("role", flat=True))


def staff_in(role: str, *, on: date) -> "QuerySet[StaffMember]":
    """The active staff who hold a role on a day, by name."""
    return StaffMember.objects.filter(pk__in=grants_on(on).filter(role=role).values("staff")).order_by("name", "pk")


_member: Ready[StaffMember] = Ready(lambda: StaffMember.objects.filter(subject=Given("subject"), active=True))
_held: Ready[RoleGrant] = Ready(lambda: grants_on(Given("on")).filter(staff=Given("staff")).only("role"))


def staff_actor(subject: str, *, on: date, strong: bool = True) -> Actor | None:
    """The member of staff who signs in with a subject, with the day's roles; None when unknown or not active."""
    member = _member.first(subject=subject)
    if member is None:
        return None
    roles = frozenset(one.role for one in _held.all(on=on, staff=member.pk))
    return Actor(
        kind="staff", reference=member.subject, staff=member.pk, roles=roles, name=member.name, strong=strong
    )  # fmt: skip


def everybody() -> "QuerySet[StaffMember]":
    """All staff, active first, with their grants at hand."""
    return StaffMember.objects.order_by("-active", "name", "pk").prefetch_related("grants")
