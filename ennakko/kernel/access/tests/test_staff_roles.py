# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ennakko.kernel import audit
from ennakko.kernel.access import (
    SYSTEM,
    Actor,
    Refused,
    add_staff,
    changes,
    deactivate,
    end_role,
    grant_role,
    roles_of,
    staff_actor,
)
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.access.queries import everybody, staff_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
DAY = date(2026, 4, 15)
SETUP = SYSTEM("setup")


def member(subject: str, *roles: str) -> StaffMember:
    added = add_staff(subject=subject, name=subject.title(), by=SETUP, at=AT)
    for role in roles:
        grant_role(added, role=role, by=SETUP, at=AT, start=DAY)
    return added


def as_actor(one: StaffMember, on: date = DAY) -> Actor:
    actor = staff_actor(one.subject, on=on)
    assert actor is not None
    return actor


def test_a_role_holds_from_its_first_day_to_its_last():
    boss, worker = member("boss", "administrator"), member("worker")
    grant_role(worker, role="adviser", by=as_actor(boss), at=AT, start=DAY, until=DAY + timedelta(days=2))
    held = [roles_of(worker, on=DAY + timedelta(days=days)) for days in (-1, 0, 2, 3)]
    assert held == [frozenset(), {"adviser"}, {"adviser"}, frozenset()]


def test_only_an_administrator_gives_and_ends_roles():
    boss, worker = member("boss", "administrator"), member("worker", "adviser")
    grant = RoleGrant.objects.get(staff=worker)
    for attempt in (
        lambda: grant_role(boss, role="adviser", by=as_actor(worker), at=AT, start=DAY),
        lambda: end_role(grant, by=as_actor(worker), at=AT, on=DAY),
        lambda: add_staff(subject="x", name="X", by=as_actor(worker), at=AT),
        lambda: deactivate(boss, by=as_actor(worker), at=AT, on=DAY),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert "Administrator" in refusal.value.reason.en


def test_nobody_gives_roles_to_themselves():
    boss = member("boss", "administrator")
    with pytest.raises(Refused) as refusal:
        grant_role(boss, role="adviser", by=as_actor(boss), at=AT, start=DAY)
    assert "yourself" in refusal.value.reason.en
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(staff=boss, role="adviser", valid_from=DAY, granted_at=AT, granted_by=boss)


def test_the_last_administrator_can_be_neither_ended_nor_closed_out():
    boss = member("boss", "administrator")
    grant = RoleGrant.objects.get()
    for attempt in (
        lambda: end_role(grant, by=as_actor(boss), at=AT, on=DAY),
        lambda: deactivate(boss, by=as_actor(boss), at=AT, on=DAY),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert "last administrator" in refusal.value.reason.en
    assert roles_of(boss, on=DAY + timedelta(days=400)) == {"administrator"}


def test_a_second_administrator_lets_the_first_go():
    boss, second = member("boss", "administrator"), member("second", "administrator")
    end_role(RoleGrant.objects.get(staff=boss), by=as_actor(second), at=AT, on=DAY)
    assert roles_of(boss, on=DAY + timedelta(days=1)) == frozenset()
    with pytest.raises(Refused):
        deactivate(second, by=as_actor(second), at=AT, on=DAY)


def test_an_administrator_for_a_while_does_not_count_as_another_one():
    boss, helper = member("boss", "administrator"), member("helper")
    grant_role(helper, role="administrator", by=as_actor(boss), at=AT, start=DAY, until=DAY + timedelta(days=30))
    with pytest.raises(Refused):
        end_role(RoleGrant.objects.get(staff=boss), by=as_actor(helper), at=AT, on=DAY)


def test_a_closed_out_administrator_does_not_count_either():
    boss, second = member("boss", "administrator"), member("second", "administrator")
    deactivate(second, by=as_actor(boss), at=AT, on=DAY)
    assert staff_actor("second", on=DAY) is None
    with pytest.raises(Refused):
        deactivate(boss, by=as_actor(boss), at=AT, on=DAY)


@pytest.mark.parametrize(
    ("role", "start", "until", "words"),
    [
        ("advisor", DAY, None, "There is no role “advisor”"),
        ("adviser", DAY, DAY - timedelta(days=1), "before the start date"),
        ("administrator", DAY, None, "already have this role"),
        ("administrator", DAY + timedelta(days=9), DAY + timedelta(days=10), "already have this role"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_with_its_reason(role, start, until, words):
    boss, second = member("boss", "administrator"), member("second", "administrator")
    with pytest.raises(Refused) as refusal:
        grant_role(second, role=role, by=as_actor(boss), at=AT, start=start, until=until)
    assert words in refusal.value.reason.en


def test_a_role_ended_before_it_began_never_holds():
    boss, worker = member("boss", "administrator"), member("worker")
    later = DAY + timedelta(days=10)
    grant = grant_role(worker, role="adviser", by=as_actor(boss), at=AT, start=later)
    end_role(grant, by=as_actor(boss), at=AT, on=DAY)
    assert [roles_of(worker, on=later + timedelta(days=days)) for days in (-1, 0, 1)] == [frozenset()] * 3


def test_every_change_is_in_the_audit_log_with_who_made_it():
    boss, worker = member("boss", "administrator"), member("worker")
    grant = grant_role(worker, role="adviser", by=as_actor(boss), at=AT, start=DAY)
    end_role(grant, by=as_actor(boss), at=AT, on=DAY)
    end_role(grant, by=as_actor(boss), at=AT, on=DAY)  # ended already: nothing to tell
    deactivate(worker, by=as_actor(boss), at=AT, on=DAY)
    said = [entry.action for entry in reversed(audit.entries_about("staff:worker"))]
    assert said == ["access.add-staff", "access.grant-role", "access.end-role", "access.deactivate"]
    assert audit.verify().ok


def test_without_a_log_nothing_may_be_changed(monkeypatch):
    monkeypatch.setattr(changes, "_recorders", [])
    with pytest.raises(RuntimeError, match="Nobody records"):
        add_staff(subject="x", name="X", by=SETUP, at=AT)
    assert not StaffMember.objects.exists()


def test_staff_are_listed_by_role_and_by_name():
    for subject, *roles in (("b", "adviser"), ("a", "adviser"), ("c",)):
        member(subject, *roles)
    assert [one.subject for one in staff_in("adviser", on=DAY)] == ["a", "b"]
    assert [one.subject for one in everybody()] == ["a", "b", "c"]
