# SPDX-License-Identifier: EUPL-1.2
"""Staff and their roles are changed here, by administrators, every change audited."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ennakko.kernel.access import reasons
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.changes import record
from ennakko.kernel.access.grants import role, system
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.access.queries import grants_on
from ennakko.kernel.access.roles import ADMINISTRATOR, is_role, roles
from ennakko.kernel.access.tables import Action, Refused, register_actions, require
from ennakko.values.texts import text

ADMINISTER = "access.administer"
register_actions(
    Action(
        ADMINISTER,
        text(fi="Hallitse rooleja", sv="Hantera roller", en="Manage roles"),
        who=(role(ADMINISTRATOR), system),
    )
)


def add_staff(*, subject: str, name: str, by: Actor, at: datetime, email: str = "") -> StaffMember:
    """Add a member of staff, or bring their name, address and activity up to date."""
    require(by, ADMINISTER)
    with transaction.atomic():
        member, created = StaffMember.objects.update_or_create(
            subject=subject, defaults={"name": name, "email": email, "active": True}
        )
        _record(by, "access.add-staff" if created else "access.change-staff", member, at, {"name": name})
    return member


def deactivate(member: StaffMember, *, by: Actor, at: datetime, on: date) -> None:
    """Close a member of staff out; refused for the last administrator."""
    require(by, ADMINISTER)
    with transaction.atomic():
        _lock_administration()
        if not _administered_without(member, grant=None, on=on):
            raise Refused(reasons.LAST_ADMINISTRATOR, ADMINISTER)
        StaffMember.objects.filter(pk=member.pk).update(active=False)
        _record(by, "access.deactivate", member, at, {})
    member.active = False


def grant_role(
    member: StaffMember, *, role: str, by: Actor, at: datetime, start: date, until: date | None = None
) -> RoleGrant:
    """Give a role for a period (both days inclusive); never to oneself, and only a declared role."""
    require(by, ADMINISTER)
    if by.staff is not None and by.staff == member.pk:
        raise Refused(reasons.NOT_YOUR_OWN_ROLES, ADMINISTER)
    if not is_role(role):
        known = ", ".join(one.id for one in roles())
        raise Refused(reasons.UNKNOWN_ROLE.format(role=role, known=known), ADMINISTER)
    if until is not None and until < start:
        raise Refused(reasons.ENDS_BEFORE_IT_STARTS, ADMINISTER)
    with transaction.atomic():
        locked = StaffMember.objects.select_for_update().get(pk=member.pk)
        if not locked.active:
            raise Refused(reasons.NOT_ACTIVE, ADMINISTER)
        overlapping = RoleGrant.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=start), staff=locked, role=role
        )
        if until is not None:
            overlapping = overlapping.filter(valid_from__lte=until)
        if overlapping.exists():
            raise Refused(reasons.ALREADY_GRANTED, ADMINISTER)
        grant = RoleGrant.objects.create(
            staff=locked, role=role, valid_from=start, valid_until=until, granted_by_id=by.staff, granted_at=at
        )
        details = {"role": role, "from": start.isoformat(), "until": until.isoformat() if until else None}
        _record(by, "access.grant-role", member, at, details)
    return grant


def end_role(grant: RoleGrant, *, by: Actor, at: datetime, on: date) -> None:
    """End a role: `on` is its last day (the day before it began: it never held); refused for the last administrator."""
    require(by, ADMINISTER)
    with transaction.atomic():
        _lock_administration()
        current = RoleGrant.objects.select_for_update().get(pk=grant.pk)
        last = max(on, current.valid_from - timedelta(days=1))
        if current.valid_until is not None and current.valid_until <= last:
            return
        if current.role == ADMINISTRATOR and not _administered_without(current.staff, grant=current, on=last):
            raise Refused(reasons.LAST_ADMINISTRATOR, ADMINISTER)
        current.valid_until, current.ended_by_id, current.ended_at = last, by.staff, at
        current.save()
        _record(by, "access.end-role", current.staff, at, {"role": current.role, "until": last.isoformat()})
    grant.refresh_from_db()


def _lock_administration() -> None:
    """Let administrators be removed one at a time, so that two cannot remove each other at once."""
    list(RoleGrant.objects.select_for_update().filter(role=ADMINISTRATOR).order_by("pk").values_list("pk", flat=True))


def _administered_without(member: StaffMember, *, grant: RoleGrant | None, on: date) -> bool:
    """Whether an administrator without an end date is left on the next day, when a grant or a whole member goes."""
    left = grants_on(on + timedelta(days=1)).filter(role=ADMINISTRATOR, valid_until__isnull=True)
    others = left.exclude(pk=grant.pk) if grant is not None else left.exclude(staff=member)
    if others.exists():
        return True
    # Somebody who is no administrator can always be closed out, even where the city has none yet.
    return grant is None and not left.filter(staff=member).exists()


def _record(by: Actor, action: str, member: StaffMember, at: datetime, details: Mapping[str, object]) -> None:
    record(actor=by, action=action, subject=f"staff:{member.subject}", at=at, details=details)
