# SPDX-License-Identifier: EUPL-1.2
"""Nudges as a registered experiment: drawn beforehand, everybody reached in two weeks, the effect with its interval."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel import purposes
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.messages.models import Message
from ennakko.services.summer_voucher import experiments
from ennakko.services.summer_voucher.actions import nudges
from ennakko.services.summer_voucher.experiments import Arm, draw, effect, wilson
from ennakko.services.summer_voucher.jobs import nudge
from ennakko.services.summer_voucher.models import Experiment, ExperimentMember, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

ARMS = (Arm("a", 0), Arm("b", 14))
DAY = date(2026, 5, 15)
AT = datetime(2026, 5, 15, 6, tzinfo=UTC)


def test_the_draw_is_the_same_for_anybody_and_even():
    drawn = draw(range(101), ARMS, 7)
    assert drawn == draw(reversed(range(101)), ARMS, 7)
    assert sorted(list(drawn.values()).count(arm.id) for arm in ARMS) == [50, 51]
    assert drawn != draw(range(101), ARMS, 8)
    assert experiments.digest_of(drawn) == experiments.digest_of(dict(reversed(drawn.items())))


def test_the_interval_is_newcombes():
    # Newcombe 1998, method 10: 56/70 against 48/80 gives 0.0524 … 0.3339.
    found = effect((56, 70), (48, 80))
    assert (found.points, found.low, found.high, found.certain) == (20.0, 5.2, 33.4, True)
    assert effect((0, 10), (1, 10)).certain is False
    assert effect((1, 0), (1, 1)) is None
    assert wilson(0, 10)[0] == 0.0


@pytest.fixture
def town(tmp_path, db):
    t.town(tmp_path / "a", *(t.youth(person) for person in range(1, 13)), t.youth(20, non_disclosure=True))
    t.released()


def run(on: date) -> dict:
    return nudge(at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC), on=on, progress=lambda *_: None).figures


def told(on: date | None = None) -> set[int]:
    return set(Message.objects.filter(template="summer-voucher.nudge").values_list("person", flat=True))


def test_everybody_is_drawn_before_anybody_is_told_and_all_are_told_within_two_weeks(town):
    made = nudges.register(DAY, actor=m.MACHINE, at=AT, on=DAY, seed=11)
    assert (made.members, made.ends_on - made.starts_on) == (13, timedelta(days=14))
    assert not told()
    assert made.digest == experiments.digest_of(dict(ExperimentMember.objects.values_list("voucher", "arm")))
    assert nudges.register(DAY, actor=m.MACHINE, at=AT, on=DAY, seed=99) == made
    (entry,) = Entry.objects.filter(action=nudges.REGISTER)
    assert made.digest in entry.statement
    assert run(DAY)["told"] in (6, 7)
    assert run(DAY + timedelta(days=1))["told"] == 0
    run(DAY + timedelta(days=14))
    assert len(told()) == 13
    assert not ExperimentMember.objects.filter(reached_at=None).exists()
    assert run(DAY + timedelta(days=15))["told"] == 0


def test_the_job_registers_the_days_of_the_profile_and_none_that_is_long_past(town):
    assert run(date(2026, 4, 16))["registered"] == 0, "vouchers given yesterday are no reason to remind"
    assert run(DAY)["registered"] == 1
    assert list(Experiment.objects.values_list("pk", flat=True)) == ["nudge-2026-05-15"]


def test_whoever_objects_is_in_no_arm_and_whoever_has_used_it_is_not_told(town):
    purposes.object_to(1, "summer-voucher", t.resident(1), t.AT)
    made = nudges.register(DAY, actor=m.MACHINE, at=AT, on=DAY, seed=3)
    assert made.excluded["objects"] == 1
    assert not ExperimentMember.objects.filter(voucher__person=1).exists()
    Voucher.objects.filter(person=2).update(state="used")
    purposes.object_to(3, "summer-voucher", t.resident(3), AT)
    run(DAY)
    run(DAY + timedelta(days=14))
    left = dict(ExperimentMember.objects.exclude(left_out="").values_list("voucher__person", "left_out"))
    assert left == {2: "used", 3: "objects"}
    assert not {1, 2, 3} & told()


def test_the_outcome_is_counted_by_the_arm_that_was_drawn_and_stands_when_the_season_is_over(town):
    made = nudges.register(DAY, actor=m.MACHINE, at=AT, on=DAY, seed=5)
    early = ExperimentMember.objects.filter(arm="at_once").first().voucher
    m.registers()
    m.organisation()
    m.send(m.row(early))
    assert nudges.outcomes(made)["at_once"] == {"members": 7, "used": 1}
    assert run(date(2026, 11, 30))["settled"] == 0
    assert run(date(2026, 12, 1))["settled"] == 1
    made.refresh_from_db()
    ExperimentMember.objects.all().delete()
    assert nudges.outcomes(made)["at_once"]["used"] == 1


def test_only_an_official_or_the_machine_registers(town):
    for other in (t.handler(), t.resident(1), m.employer(), t.director()):
        with pytest.raises(Refused):
            nudges.register(DAY, actor=other, at=AT, on=DAY)


def test_nobody_to_remind_makes_no_experiment(db):
    assert nudges.register(DAY, actor=m.MACHINE, at=AT, on=DAY) is None
