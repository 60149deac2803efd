# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta

import pytest

from ennakko.kernel.access import tries
from ennakko.kernel.access.models import Try
from ennakko.kernel.access.tries import Limit

pytestmark = pytest.mark.django_db
WALL = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
THREE = Limit("test.three", 3, HOUR)


def test_as_many_as_there_may_be_can_be_tried_and_not_one_more():
    assert [tries.too_many(THREE, "somebody", wall=WALL) for _ in range(4)] == [False, False, False, True]


def test_what_is_counted_only_when_it_went_wrong_is_asked_of_without_counting():
    for _ in range(2):
        tries.count(THREE, "somebody", wall=WALL)
        assert not tries.used_up(THREE, "somebody", wall=WALL)
    tries.count(THREE, "somebody", wall=WALL)
    assert tries.used_up(THREE, "somebody", wall=WALL)
    assert Try.objects.count() == 3


def test_tries_count_until_their_time_is_over():
    for minute in range(3):
        tries.count(THREE, "somebody", wall=WALL + minute * MINUTE)
    assert tries.used_up(THREE, "somebody", wall=WALL + HOUR - MINUTE)
    assert not tries.used_up(THREE, "somebody", wall=WALL + HOUR)


def test_each_limit_counts_its_own_and_each_who_tries_too():
    for _ in range(3):
        tries.count(THREE, "somebody", wall=WALL)
    assert not tries.used_up(THREE, "somebody else", wall=WALL)
    assert not tries.used_up(Limit("test.other", 3, HOUR), "somebody", wall=WALL)


def test_who_tried_is_kept_only_as_a_keyed_hash():
    tries.count(THREE, "131052-308T", wall=WALL)
    assert "131052" not in Try.objects.get().key


def test_tries_that_no_limit_needs_are_forgotten():
    tries.count(THREE, "somebody", wall=WALL)
    tries.count(THREE, "somebody", wall=WALL + HOUR)
    assert tries.forget(WALL + timedelta(days=1)) == 0
    assert tries.forget(WALL + timedelta(days=1) + MINUTE) == 1


@pytest.mark.parametrize(("most", "within"), [(0, HOUR), (101, HOUR), (3, timedelta()), (3, timedelta(days=2))])
def test_a_limit_that_could_not_be_kept_is_refused(most, within):
    with pytest.raises(ValueError, match=r"test\.wrong"):
        Limit("test.wrong", most, within)
