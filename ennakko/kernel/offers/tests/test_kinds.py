# SPDX-License-Identifier: EUPL-1.2
"""What a service may say of its offers: the last day, runs that follow, reminders that keep their distance."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import offers
from ennakko.kernel.access import Action, Actor, Refused, register_actions, role
from ennakko.kernel.offers import queries
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.tests.offering import KIND, SIXTEEN, change, make, released, use
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
ON, AT, MACHINE = youth.ON, youth.AT, youth.MACHINE
OFFICIAL = Actor(kind="staff", reference="o", staff=1, roles=frozenset({"test-youth.official"}), name="Outi")
register_actions(
    Action(
        "test-youth.release", text(fi="Lähetä", sv="Skicka", en="Release"), who=(role("test-youth.official"),)
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def _a_service_that_offers(tmp_path, monkeypatch):
    use(monkeypatch, tmp_path / "messages")


def release(run, actor, on=ON, at=AT):
    return offers.release(run, actor=actor, at=at, on=on)


def test_the_last_day_is_the_services_own_where_it_says_one(tmp_path, monkeypatch):
    change(monkeypatch, last_day=lambda day: date(day.year, 9, 30))
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    made = make()
    assert Offer.objects.get().answer_by == date(2026, 9, 30)
    release(made.run, MACHINE)
    assert Offer.objects.get().answer_by == date(2026, 9, 30)


def test_days_to_answer_are_counted_from_the_release_and_not_from_the_making(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    made = make()
    release(made.run, MACHINE, on=ON + timedelta(days=20), at=AT + timedelta(days=20))
    assert Offer.objects.get().answer_by == ON + timedelta(days=20 + KIND.days)


def later_run(tmp_path):
    """Somebody moved in after the first run."""
    folder = write_snapshot(tmp_path / "b", [Resident(1, SIXTEEN), Resident(5, SIXTEEN)], on=date(2026, 5, 1))
    snapshots.take_into_use(folder, AT)
    return make(on=date(2026, 5, 1)).run


def test_the_machine_releases_later_runs_once_an_official_has_released_one(tmp_path, monkeypatch):
    change(monkeypatch, release_action="test-youth.release", later_runs_follow=True)
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    first = make().run
    with pytest.raises(Refused):
        release(first, MACHINE)
    assert release(first, OFFICIAL).released == 1
    later = later_run(tmp_path)
    assert release(later, MACHINE, on=date(2026, 5, 1)).released == 1
    assert later.released_by == MACHINE.subject


def test_a_run_that_the_machine_released_opens_the_way_for_no_other(tmp_path, monkeypatch):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    released()
    change(monkeypatch, release_action="test-youth.release", later_runs_follow=True)
    with pytest.raises(Refused):
        release(later_run(tmp_path), MACHINE, on=date(2026, 5, 1))


def test_every_run_waits_for_an_official_where_later_ones_do_not_follow(tmp_path, monkeypatch):
    change(monkeypatch, release_action="test-youth.release")
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    release(make().run, OFFICIAL)
    later = later_run(tmp_path)
    with pytest.raises(Refused):
        release(later, MACHINE, on=date(2026, 5, 1))
    assert list(queries.waiting_for_release(["test-youth"])) == [later]


def test_nobody_is_reminded_within_days_of_the_message_itself(tmp_path, monkeypatch):
    change(monkeypatch, days=10, reminders=(8,), reminded_after=5)
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    released()
    eager, patient = timedelta(days=4), timedelta(days=5)
    assert offers.remind(ON + eager, at=AT + eager, actor=MACHINE) == 0
    assert offers.remind(ON + patient, at=AT + patient, actor=MACHINE) == 1
    assert offers.remind(ON + patient, at=AT + patient, actor=MACHINE) == 0


def test_totals_for_everybody_leave_out_those_under_non_disclosure(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN, non_disclosure=True))
    released()
    assert (queries.shown().count(), queries.counted().count()) == (2, 1)
