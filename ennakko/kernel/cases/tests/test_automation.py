# SPDX-License-Identifier: EUPL-1.2
"""The gate: closed by default, open from a day until a day, never for a refusal or a request for rectification."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases import automation, kinds
from ennakko.kernel.cases.history import timeline
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.cases.rectification import file_rectification, propose
from ennakko.kernel.cases.tests import matters as m

pytestmark = pytest.mark.django_db
MACHINE = SYSTEM("claims")


def proposing(outcome: str):
    return lambda case, at, on: kinds.Drafted(outcome, amount_cents=35000)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch, draft=proposing("accepted"))


def opened(**changes):
    automation.open_gates({(m.SERVICE, "application"): m.on_record(**changes)})


def ready():
    return cases.draft(m.in_hand(), at=m.AT, on=m.ON)


def by_machine(case, on=m.ON):
    return cases.decide_automatically(case, actor=MACHINE, at=m.AT, on=on)


def test_closed_by_default():
    assert automation.gates() == ()
    with pytest.raises(cases.NotNow, match="no deployment decision"):
        by_machine(ready())


@pytest.mark.parametrize(
    ("changes", "days", "open_then"),
    [
        ({}, -1, False), ({}, 0, True), ({}, 400, True),
        ({"closed_from": m.ON + timedelta(days=5)}, 4, True),
        ({"closed_from": m.ON + timedelta(days=5)}, 5, False),
        ({"closed_from": m.ON}, 0, False),
    ],
)  # fmt: skip
def test_open_from_its_first_day_until_the_day_it_is_closed_from(changes, days, open_then):
    opened(**changes)
    on = m.ON + timedelta(days=days)
    assert (automation.gate_of(kinds.case_type(m.SERVICE, "application"), on) is not None) == open_then
    if open_then:
        assert by_machine(ready(), on).automatic
    else:
        with pytest.raises(cases.NotNow, match="deployment decision"):
            by_machine(ready(), on)
    assert Decision.objects.count() == int(open_then)


def test_it_is_open_for_one_kind_of_case_and_no_other():
    automation.open_gates({(m.SERVICE, "something-else"): m.on_record(), ("other", "application"): m.on_record()})
    with pytest.raises(cases.NotNow, match="deployment decision"):
        by_machine(ready())


def test_the_machine_never_refuses(monkeypatch):
    m.registered(monkeypatch, draft=proposing("rejected"))
    opened()
    with pytest.raises(cases.NotNow, match="a person always"):
        by_machine(ready())


def test_the_machine_never_decides_a_request_for_rectification_whatever_the_file_says():
    automation.open_gates({(m.SERVICE, "rectification"): m.on_record(), (m.SERVICE, "application"): m.on_record()})
    made = by_machine(ready())
    request = file_rectification(made, "More, please", actor=m.resident(1), at=m.AT, on=m.ON)
    request = propose(request, "rectified", "So be it", actor=m.staff(), at=m.AT, on=m.ON)
    with pytest.raises(cases.NotNow, match="request for rectification"):
        by_machine(request)


def test_the_decision_keeps_the_gate_as_it_stood():
    opened(trial=True)
    made = by_machine(ready())
    opened(responsible_official="Somebody Else")
    made.refresh_from_db()
    assert made.gate["responsible_official"] == "Riitta Responsible"
    assert made.gate["deployment"] == {"number": "T 2026-1", "dated": "2026-04-15", "place": "docs/rules.md"}
    assert (made.gate["trial"], made.gate["rules"], made.decided_by_title) == (True, ["test.rule"], "head")
    (line,) = [one for one in timeline(made.case) if one.kind == "decision"]
    assert line.by.en == "The machine"


def test_a_persons_decision_has_no_gate():
    opened()
    assert m.decided().gate is None


@pytest.mark.parametrize(
    "changes",
    [
        {"testing": cases.OnFile("", m.ON, "docs")},
        {"processing_rules": cases.OnFile("T 1", m.ON, "")},
        {"deployment": cases.OnFile("", m.ON, "")},
        {"responsible_official": ""},
        {"sample_percent": 0},
        {"sample_percent": 101},
    ],
)
def test_what_lacks_something_cannot_open_the_gate(changes):
    with pytest.raises(ValueError, match=r"28 a–e|per cent"):
        m.on_record(**changes)


def test_start_up_replaces_all_that_stood_and_keeps_why_the_rest_is_closed():
    opened()
    why = automation.Closed(m.SERVICE, "application", "testing is missing")
    automation.open_gates({}, (why,))
    assert (automation.gates(), automation.closed_gates()) == ((), (why,))


def test_one_gate_is_opened_and_closed_by_itself():
    record = m.on_record()
    automation.open_gate(m.SERVICE, "application", record)
    assert automation.on_record(m.SERVICE, "application") == record
    automation.open_gate(m.SERVICE, "application", None)
    automation.open_gate(m.SERVICE, "application", None)
    assert automation.on_record(m.SERVICE, "application") is None
    assert replace(record, sample_percent=100).sample_percent == 100
