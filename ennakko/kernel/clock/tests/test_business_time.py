# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel import clock
from ennakko.kernel.clock import days, demo
from ennakko.kernel.clock.demo import ClockRefused
from ennakko.kernel.clock.models import DemoClock
from ennakko.kernel.clock.queries import business_time

pytestmark = pytest.mark.django_db
START = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _own_followers(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(days, "_followers", {})
    settings.DEMO = True


def following() -> list[date]:
    followed: list[date] = []
    clock.on_new_day(followed.append, name="test")
    return followed


def test_outside_the_demo_business_time_is_the_walls_whatever_the_table_says(settings):
    demo.start(START, by="test")
    settings.DEMO = False
    before, told, after = clock.wall(), clock.now(), clock.wall()
    assert before <= told <= after


def test_the_demo_begins_on_its_day_and_keeps_it():
    assert demo.start(START, by="test") == clock.today() == START
    assert demo.start(START + timedelta(days=99), by="test") == clock.today() == START


def test_a_request_reads_the_clock_once_and_again_when_it_has_moved_it(django_assert_num_queries):
    demo.start(START, by="test")
    with clock.read_once():
        with django_assert_num_queries(1):
            assert [clock.today(), clock.now().date()] == [START, START]
        demo.advance(2, by="test")
        assert clock.today() == START + timedelta(days=2)
    with clock.read_once(), django_assert_num_queries(1):
        assert clock.today() == START + timedelta(days=2)


def test_business_time_keeps_the_hour_in_helsinki_through_daylight_saving():
    winter = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # 9.00 in Helsinki
    summer = business_time(winter, -221)
    assert (summer.hour, summer.date(), summer.utcoffset()) == (9, START, timedelta(hours=3))


def test_advancing_lets_everybody_follow_each_day_in_turn():
    demo.start(START, by="test")
    followed = following()
    assert demo.advance(3, by="test") == START + timedelta(days=3) == clock.today()
    assert followed == [START + timedelta(days=number) for number in (1, 2, 3)]
    assert DemoClock.objects.get().followed == START + timedelta(days=3)


def test_a_day_that_fails_stops_the_clock_there_and_is_tried_again():
    demo.start(START, by="test")
    broken = [True]

    def fails(day: date) -> None:
        if broken[0] and day == START + timedelta(days=2):
            raise ZeroDivisionError

    clock.on_new_day(fails, name="fails")
    followed = following()
    with pytest.raises(ZeroDivisionError):
        demo.advance(3, by="test")
    assert DemoClock.objects.get().followed == START + timedelta(days=1)
    broken[0] = False
    assert demo.follow(by="test") == 1
    assert followed == [START + timedelta(days=1), START + timedelta(days=2)]


@pytest.mark.parametrize("days_on", [0, -1, 3661])
def test_time_only_goes_forward_and_not_without_end(days_on):
    demo.start(START, by="test")
    with pytest.raises(ClockRefused) as refusal:
        demo.advance(days_on, by="test")
    assert "forward" in refusal.value.reason.en
    assert clock.today() == START


def test_the_clock_is_refused_outside_the_demo(settings):
    settings.DEMO = False
    for attempt in (
        lambda: demo.start(START, by="x"),
        lambda: demo.advance(1, by="x"),
        lambda: demo.resume(by="x"),
        lambda: demo.follow(by="x"),
    ):
        with pytest.raises(ClockRefused) as refusal:
            attempt()
        assert "esittely" in refusal.value.reason.fi
    assert not DemoClock.objects.exists()


def test_a_demo_that_has_not_started_cannot_move():
    with pytest.raises(ClockRefused, match="not been started"):
        demo.advance(1, by="x")
    assert demo.follow_if_started(by="x") == 0


def test_a_demo_switched_off_for_weeks_goes_on_from_its_last_day():
    demo.start(START, by="test")
    DemoClock.objects.update(offset_days=DemoClock.objects.get().offset_days + 30)  # thirty nights have passed
    assert clock.today() == START + timedelta(days=30)
    assert demo.resume(by="test") == clock.today() == START


def test_days_that_passed_by_themselves_are_followed_one_by_one():
    demo.start(START, by="test")
    DemoClock.objects.update(offset_days=DemoClock.objects.get().offset_days + 2)
    followed = following()
    assert demo.follow_if_started(by="tick") == 2
    assert followed == [START + timedelta(days=1), START + timedelta(days=2)]
    assert demo.follow(by="tick") == 0
