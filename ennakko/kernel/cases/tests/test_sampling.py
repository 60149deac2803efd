# SPDX-License-Identifier: EUPL-1.2
"""Automatic decisions picked by lot for a person to look at: how many, which, by whom, and what comes of it."""

from datetime import timedelta
from itertools import pairwise

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM, Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases import automation, kinds, sampling
from ennakko.kernel.cases.models import Sample
from ennakko.kernel.cases.queries import samples_to_review
from ennakko.kernel.cases.sampling import pick, quality, review
from ennakko.kernel.cases.tests import matters as m

pytestmark = pytest.mark.django_db
TOMORROW = m.ON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch, draft=lambda case, at, on: kinds.Drafted("accepted", amount_cents=35000))
    automation.open_gates({(m.SERVICE, "application"): m.on_record(sample_percent=10)})


def by_machine(number: int, on=m.ON, subject: int = 1):
    made = []
    for _ in range(number):
        case = cases.draft(m.in_hand(subject=subject), at=m.AT, on=on)
        made.append(cases.decide_automatically(case, actor=SYSTEM("claims"), at=m.AT, on=on))
    return made


def test_at_least_one_of_a_day_is_picked_and_a_day_is_drawn_once():
    made = by_machine(3)
    assert pick(m.ON) == 0  # the day is not over
    assert pick(TOMORROW) >= 1
    again = Sample.objects.count()
    assert pick(TOMORROW) == 0
    assert pick(TOMORROW + timedelta(days=1)) == 0
    assert Sample.objects.count() == again
    assert set(Sample.objects.values_list("decision", flat=True)) <= {one.pk for one in made}


def test_people_s_decisions_are_not_picked_and_a_day_without_any_picks_none():
    m.decided()
    assert pick(TOMORROW) == 0


def test_the_share_holds_over_many_and_the_lot_is_the_same_each_time():
    numbers = range(1, 20_001)
    picked = [one for one in numbers if sampling._lot(one) < 1000]
    assert 1_800 < len(picked) < 2_200
    assert [one for one in numbers if sampling._lot(one) < 1000] == picked
    gaps = {after - before for before, after in pairwise(picked)}
    assert len(gaps) > 20  # no pattern that one could wait for


def test_days_that_no_run_saw_are_drawn_afterwards_and_each_day_for_itself():
    for number in range(4):
        by_machine(2, on=m.ON + timedelta(days=number))
    assert pick(m.ON + timedelta(days=20)) >= 4
    days = set(Sample.objects.values_list("decision__on", flat=True))
    assert days == {m.ON + timedelta(days=number) for number in range(4)}


def test_every_decision_can_be_asked_for():
    automation.open_gates({(m.SERVICE, "application"): m.on_record(sample_percent=100)})
    by_machine(7)
    assert pick(TOMORROW) == 7


def picked() -> Sample:
    by_machine(1)
    pick(TOMORROW)
    return Sample.objects.get()


def test_who_may_decide_such_cases_looks_and_their_finding_is_in_the_figures():
    sample = picked()
    assert list(samples_to_review(m.official())) == [sample]
    assert list(samples_to_review(m.staff())) == []  # may handle, not decide
    looked = review(sample, agrees=True, words="", actor=m.official(), at=m.AT)
    assert (looked.agrees, looked.reviewed_by_name) == (True, "Olli Official")
    assert list(samples_to_review(m.official())) == []
    found = quality(m.SERVICE, "application", 2026)
    assert (found.decided, found.reviewed, found.wrong) == (1, 1, 0)
    assert quality(m.SERVICE, "application", 2025).decided == 0
    assert Entry.objects.filter(action="cases.review-automatic").count() == 1


def test_something_wrong_needs_words_and_counts():
    sample = picked()
    with pytest.raises(cases.NotNow, match="Write something"):
        review(sample, agrees=False, words=" ", actor=m.official(), at=m.AT)
    review(sample, agrees=False, words="The hours are of another month", actor=m.official(), at=m.AT)
    assert quality(m.SERVICE, "application", 2026).wrong == 1


def test_it_is_looked_at_once_and_only_by_those_who_may_decide():
    sample = picked()
    for actor in (m.staff(), m.resident(1), m.employee(), SYSTEM("claims")):
        with pytest.raises(Refused):
            review(sample, agrees=True, words="", actor=actor, at=m.AT)
    review(sample, agrees=True, words="", actor=m.official(), at=m.AT)
    with pytest.raises(cases.NotNow, match="already"):
        review(sample, agrees=False, words="No", actor=m.official("Dora Decider"), at=m.AT)


def test_nobody_under_non_disclosure_stands_in_the_queue():
    m.person(7, non_disclosure=True)
    by_machine(1, subject=7)
    assert pick(TOMORROW) == 1
    assert not samples_to_review(m.official()).exists()
    assert samples_to_review(m.staff("Sirpa", m.OFFICIAL, "protected-clerk")).count() == 1
