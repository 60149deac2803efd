# SPDX-License-Identifier: EUPL-1.2
"""Drafts ordered on a page and made by a job: one at a time, in whose name, and what is said when one cannot be."""

from datetime import date, timedelta

import pytest

from ennakko.kernel.access import SYSTEM, Refused, grant_role
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.jobs.actions import tick
from ennakko.services.childcare.actions import comparisons, orders, rounds
from ennakko.services.childcare.actions.rounds import NotNow
from ennakko.services.childcare.comparing import NewUnit, Trial
from ennakko.services.childcare.models import ComparisonOrder, Round, RoundOrder, Unit
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.states_orders import OrderState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town(settings, tmp_path):
    settings.VAR = tmp_path
    nursery(tmp_path / "s", [Child(1, 0), Child(2, 300)], [House("a", 200, 7)])


def worker():
    actor = n.worker()
    member = StaffMember.objects.get(pk=actor.staff)
    if not RoleGrant.objects.filter(staff=member).exists():
        grant_role(member, role="childcare.service-worker", by=SYSTEM("test"), at=n.AT, start=date(2020, 1, 1))
    return actor


def order(actor=None, *, policy=None, starts=n.STARTS):
    return orders.order(
        "preschool", starts=starts, mode="flow", policy=policy, actor=actor or worker(), at=n.AT, on=n.ON
    )


def test_the_job_makes_an_ordered_draft_in_the_name_of_whoever_ordered_it():
    row = order(policy=Policy(sibling_metres=300))
    assert Round.objects.count() == 0
    (ran,) = tick(n.AT, n.ON, only=["childcare.rounds"])
    assert (ran.succeeded, dict(ran.report.figures)) == (True, {"made": 1, "failed": 0})
    row.refresh_from_db()
    assert row.state == OrderState.DONE
    assert (row.round.made_by, row.round.policy["sibling_metres"]) == ("staff:kati", 300)
    assert row.round.counts["placed"] == 2


def test_a_second_order_of_the_same_day_is_refused_until_the_first_is_ready():
    order()
    with pytest.raises(NotNow, match="being made already"):
        order()
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    order()
    assert RoundOrder.objects.count() == 2


def test_an_order_whose_worker_died_says_so_and_blocks_no_other():
    row = order()
    RoundOrder.objects.update(state=OrderState.RUNNING)
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert (row.state, row.reason["en"][:24]) == (OrderState.FAILED, "The work was interrupted")
    order()


def test_an_order_that_cannot_be_made_says_why_and_the_next_is_made():
    with pytest.raises(NotNow):
        order(starts=date(2020, 8, 1))
    row = order()
    Unit.objects.get(pk="a").pools.update(last_day=date(2026, 7, 31))
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert row.state == OrderState.FAILED
    assert row.reason["sv"].startswith("Inga enheter")


def test_whoever_has_left_by_then_makes_no_round():
    row = order()
    RoleGrant.objects.all().delete()
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert (row.state, Round.objects.count()) == (OrderState.FAILED, 0)


@pytest.mark.parametrize("role", ["director", "adviser", "childcare.supervisor"])
def test_other_roles_order_nothing(role):
    with pytest.raises(Refused):
        order(n.staff("Joku", role))


def test_freed_places_are_given_out_by_the_job_too():
    released = rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON).round
    row = orders.order_rerun(released, actor=worker(), at=n.AT)
    assert Round.objects.count() == 1
    with pytest.raises(NotNow, match="being made already"):
        orders.order_rerun(released, actor=worker(), at=n.AT)
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert (row.state, row.round.replaces) == (OrderState.DONE, released)


def test_only_a_released_round_has_freed_places():
    with pytest.raises(NotNow, match="released round"):
        orders.order_rerun(n.made().round, actor=worker(), at=n.AT)


def compared(second=None, actor=None):
    first = Trial(Policy())
    return comparisons.order(
        "preschool", starts=n.STARTS, first=first, second=second or first, place="", actor=actor or worker(), at=n.AT
    )


def test_a_comparison_is_made_by_the_job_and_its_figures_stay():
    row = compared(Trial(Policy(sibling_metres=5), "stable", frozenset({"a"}), (NewUnit("new", *n.at(50), 9),)))
    assert row.state == OrderState.WAITING
    (ran,) = tick(n.AT, n.ON, only=["childcare.comparisons"])
    assert (ran.succeeded, dict(ran.report.figures)) == (True, {"made": 1, "failed": 0, "put_away": 0})
    row.refresh_from_db()
    assert row.state == OrderState.DONE
    assert (row.found["first"]["unplaced"], row.found["second"]["unplaced"]) == (0, 0)
    assert Round.objects.count() == 0


def test_one_comparison_at_a_time_is_made_for_each_and_old_ones_are_put_away():
    row = compared()
    with pytest.raises(NotNow, match="still being made"):
        compared()
    ComparisonOrder.objects.update(state=OrderState.RUNNING)  # its worker died
    comparisons.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert (row.state, row.found, row.reason["sv"][:15]) == (OrderState.FAILED, None, "Arbetet avbröts")
    later = n.AT + timedelta(days=comparisons.KEPT_DAYS, minutes=1)
    report = comparisons.make_ordered(at=later, on=n.ON, progress=print)
    assert (report.figures["put_away"], ComparisonOrder.objects.count()) == (1, 0)


def test_a_comparison_that_cannot_be_made_says_why():
    row = compared(Trial(Policy(), closed=frozenset({"a"})))
    comparisons.make_ordered(at=n.AT, on=n.ON, progress=print)
    row.refresh_from_db()
    assert (row.state, row.found) == (OrderState.FAILED, None)
    assert row.reason["sv"].startswith("Inga enheter")


@pytest.mark.parametrize("role", ["protected-clerk", "adviser", "childcare.supervisor"])
def test_other_roles_order_no_comparison(role):
    with pytest.raises(Refused):
        compared(actor=n.staff("Joku", role))
