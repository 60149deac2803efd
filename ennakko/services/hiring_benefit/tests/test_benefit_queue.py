# SPDX-License-Identifier: EUPL-1.2
"""The queue's shorter ways give what its longer ones give: counts, order by an index, lines of what is shown."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.services.hiring_benefit.access import HANDLER
from ennakko.services.hiring_benefit.queries import queue
from ennakko.services.hiring_benefit.states import OPEN, BenefitState
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def applications(tmp_path: Path) -> None:
    """Two of each state, employers and days mixed; and one of somebody under non-disclosure."""
    t.town(tmp_path / "city")
    for number, state in enumerate([*BenefitState, *BenefitState]):
        row = t.an_application(
            state=state, key=f"k{number}", start=t.ON + timedelta(days=number * 7 % 5), end=date(2027, 1, 1),
            code=t.identity_code(t.BORN, 900 + number),
        ).application  # fmt: skip
        type(row).objects.filter(pk=row.pk).update(
            search=f"{'cab'[number % 3]} yritys {number % 4}", benefit_cents=(900_000, None, 0, 450_000)[number % 4],
            received_on=t.ON - timedelta(days=number % 3),
        )  # fmt: skip
    t.an_application(key="few", of=t.person(7, non_disclosure=True))


def keys(rows: object) -> list[int]:
    return list(rows)  # type: ignore[call-overload]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", sorted(queue.BY_INDEX))
def test_a_long_queue_is_in_the_order_of_a_short_one(sort: str, descending: bool):
    for who, some in ((t.handler(), {}), (t.official(), {"mine": True}), (t.handler(), {"states": ["accepted"]})):
        asked: dict[str, Any] = {"on": t.ON, "sort": sort, "descending": descending, **some}
        short, long = (keys(queue.keys_of(who, **asked, many=many)) for many in (0, queue.LONG))
        assert short == long == [case.pk for case in queue.queue(who, **asked)]
    assert len(keys(queue.keys_of(t.handler(), on=t.ON, sort=sort, many=queue.LONG))) == 2 * len(OPEN)


def test_where_nothing_is_calculated_an_application_stands_among_those_of_nothing():
    rows = queue.queue(t.handler(), on=t.ON, sort="value")
    sums = [case.hiring_benefit_application.benefit_cents or 0 for case in rows]
    assert sums == sorted(sums)
    assert (sums[0], sums[-1]) == (0, 900_000)


@pytest.mark.parametrize("state", ["", *OPEN, queue.LATE])
@pytest.mark.parametrize("mine", [False, True])
def test_what_is_counted_above_the_list_is_what_the_list_holds(state: str, mine: bool):
    who, on = t.handler(), t.ON + timedelta(days=400)
    name = queue.counted_as(state, mine=mine)
    rows = queue.queue(who, on=on, states=[state] if state else [], mine=mine)
    assert (name is None) == (mine and state != "")
    if name is not None:
        assert queue.counts(who, on=on)[name] == rows.count() > 0


def test_a_state_that_is_not_counted_has_no_count():
    assert queue.counted_as(BenefitState.GRANTED, mine=False) is None
    assert queue.counted_as("nonsense", mine=False) is None


def test_lines_read_what_they_show_in_the_same_few_queries_however_many():
    who = t.handler()
    found = keys(queue.queue(who, on=t.ON).values_list("pk", flat=True))
    for some in (found[:2], found):
        with CaptureQueriesContext(connection) as seen:
            lines = queue.lines_of(queue.in_order(some, who), on=t.ON)
            told = [(one.job, one.row.received_on <= t.ON <= one.row.start, one.case.number != "") for one in lines]
        assert len(seen) == 3
        assert [one.case.pk for one in lines] == some
        assert set(told) == {("Kokki", True, True)}


def test_the_few_stand_in_no_list_though_they_are_looked_up_from_themselves():
    protected = queue.protected(t.staff("Niina", PROTECTED_CLERK)).values_list("pk", flat=True)
    assert len(protected) == 1
    for who in (t.handler(), t.official(), t.staff("Niina", PROTECTED_CLERK, HANDLER)):
        for sort, many in (("due", 0), ("employer", 0), ("employer", queue.LONG)):
            assert not set(keys(protected)) & set(keys(queue.keys_of(who, on=t.ON, sort=sort, many=many)))
    assert queue.in_order(keys(protected), t.handler()) == []
