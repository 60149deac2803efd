# SPDX-License-Identifier: EUPL-1.2
"""The log's details go when their time is over, each class by its own years, and the chain still proves itself."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.jobs.log_retention import erase_old_details
from ennakko.values.dates import add_years

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2036, 5, 10, 3, tzinfo=UTC)
HANDLER = Actor(kind="staff", reference="h", name="Heikki")


def wrote(retention: str, at: datetime) -> None:
    with transaction.atomic():
        audit.write(HANDLER, "test.do", "case:1", at, {"person": 17}, retention)


def run(at: datetime = NOW) -> int:
    report = erase_old_details(at=at, on=at.date(), progress=lambda done, of=None: None)
    return int(report.figures["erased"])


def details() -> list[dict[str, object] | None]:
    return [one.details for one in reversed(audit.entries_about("case:1"))]


def test_what_was_done_is_kept_ten_years_and_who_signed_in_five():
    eleven, six, four = (NOW.replace(year=NOW.year - years) for years in (11, 6, 4))
    for at in (eleven, six, four):
        wrote("cases", at)
        wrote("sign-in", at)
    assert run() == 3
    assert [one is None for one in details()] == [True, True, False, True, False, False]
    assert audit.verify().ok
    assert audit.verify().erased == 3


def test_looks_go_after_five_years_and_the_person_sees_the_later_ones():
    for years in (6, 4):
        audit.read(HANDLER, "test", 17, ["income"], "", NOW.replace(year=NOW.year - years), "a look")
    assert run() == 1
    assert [look.at.year for look in audit.reads_of(17)] == [2032]
    assert audit.verify().ok


def test_the_last_day_that_is_kept_is_the_day_of_the_limit():
    day = add_years(NOW.date(), -10)
    wrote("cases", datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert run() == 0
    assert run(NOW.replace(day=11)) == 1


def test_a_night_without_anything_old_writes_nothing():
    wrote("cases", NOW)
    run()
    run()
    assert Entry.objects.count() == 1


def test_what_is_kept_for_good_stays():
    wrote("permanent", NOW.replace(year=2000))
    assert run() == 0
    assert details() == [{"subject": "case:1", "person": 17}]
