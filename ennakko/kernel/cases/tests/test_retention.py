# SPDX-License-Identifier: EUPL-1.2
"""Old cases are destroyed with everything in them; the log keeps how many, and a digest."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel import audit, cases, messages
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases import automation, kinds, retention
from ennakko.kernel.cases.models import Case, CaseEvent, Decision, Letter
from ennakko.kernel.cases.retention import destroy_closed, keep_cases
from ennakko.kernel.cases.tests.test_cases import AT, KIND, ON, a_case, in_hand, person, staff
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.tests.outside import DATA, offer_templates
from ennakko.kernel.people.models import Person

pytestmark = pytest.mark.django_db
MACHINE = SYSTEM("cases")
KEPT = 365


@pytest.fixture(autouse=True)
def _a_kind_of_case(monkeypatch):
    monkeypatch.setattr(kinds, "_types", {})
    monkeypatch.setattr(automation, "_open", {})
    monkeypatch.setattr(retention, "_kept_days", {})
    kinds.register_case_type(KIND)
    keep_cases("test-case", days=KEPT)


def closed(subject: int = 1, at: datetime = AT) -> Case:
    case = in_hand(subject=subject)
    decider = staff("Outi Official")
    cases.decide(case, "accepted", actor=decider, at=at, on=at.date())
    return Case.objects.get(pk=case.pk)


def destroy(on: date) -> int:
    return destroy_closed(on, at=datetime(on.year, on.month, on.day, 3, tzinfo=UTC), actor=MACHINE)


def test_a_case_goes_with_all_that_is_in_it_when_its_time_is_over(tmp_path, monkeypatch):
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    offer_templates(tmp_path)
    case = closed()
    cases.write_letter(case, "Hei", actor=staff(), at=AT)
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k", about=f"case:{case.pk}")
    assert destroy(ON + timedelta(days=KEPT)) == 0  # its last day
    assert destroy(ON + timedelta(days=KEPT + 1)) == 1
    for model in (Case, CaseEvent, Decision, Letter, Message, Person):
        assert not model.objects.exists()
    assert destroy(ON + timedelta(days=KEPT + 1)) == 0


def test_the_log_says_how_many_and_not_whose():
    numbers = [closed(subject).pk for subject in (1, 2)]
    destroy(ON + timedelta(days=KEPT + 1))
    entry = Entry.objects.get(action="cases.destroy")
    digest = audit.rows_digest([number] for number in numbers)
    assert entry.statement == f'{{"cases":2,"digest":"{digest}","emptied":0}}'
    assert audit.verify().ok


def test_open_cases_and_those_of_services_that_say_nothing_are_kept():
    a_case()
    other = closed(2)
    Case.objects.filter(pk=other.pk).update(service="another")
    assert destroy(date(2090, 1, 1)) == 0
    assert Case.objects.count() == 2


def test_somebody_with_another_case_keeps_their_row():
    person(1)
    closed(1)
    a_case(1)
    assert destroy(date(2090, 1, 1)) == 1
    assert Person.objects.filter(key=1).exists()


def test_more_than_one_portion_is_destroyed_in_one_run(monkeypatch):
    monkeypatch.setattr(retention, "PORTION", 2)
    for subject in range(1, 6):
        closed(subject)
    assert destroy(date(2090, 1, 1)) == 5
    assert not Case.objects.exists()
