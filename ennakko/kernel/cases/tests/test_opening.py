# SPDX-License-Identifier: EUPL-1.2
"""A case opened and moved at once leaves the same rows as one opened and then moved."""

from dataclasses import replace
from typing import Any

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases import kinds
from ennakko.kernel.cases.models import Case, CaseEvent
from ennakko.kernel.cases.opening import Step, open_and_move
from ennakko.kernel.cases.tests import matters
from ennakko.kernel.cases.tests.matters import AT, CAFE, ON, SERVICE
from ennakko.kernel.records import plans
from ennakko.kernel.records.models import Matter
from ennakko.kernel.records.plans import RecordsPlan

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "at": AT,
    "on": ON,
    "organisation": CAFE,
    "data": {"hours": "60"},
    "facts": {"a": [1, "ä"]},
    "language": "sv",
}


@pytest.fixture(autouse=True)
def _a_kind_of_case(monkeypatch):
    matters.registered(monkeypatch)
    plan = RecordsPlan("application", "14", matters.t("Test"), "public", None, 730)
    monkeypatch.setitem(plans._plans, (SERVICE, "application"), plan)


def rows_of(case: Case) -> tuple[object, ...]:
    case.refresh_from_db()
    fields = {
        name: getattr(case, name)
        for name in (field.attname for field in Case._meta.concrete_fields)
        if name not in ("id", "number", "draft", "revision")
    }
    events = [(event.sequence, event.verb, event.by, event.by_name, event.at, event.from_state, event.to_state,
               event.details) for event in case.events.order_by("sequence")]  # fmt: skip
    (matter,) = Matter.objects.filter(case=case.pk).values("service", "kind", "opened_on", "closed_on", "organisation")
    return fields, events, matter


def test_it_leaves_the_same_rows_and_no_entry_in_the_log():
    actor, handler = matters.employee(), matters.staff()
    step_by_step = cases.open_case(SERVICE, "application", actor=actor, **GIVEN)
    step_by_step = cases.move(step_by_step, "begin", actor=handler, at=AT)
    logged = Entry.objects.count()
    at_once = open_and_move(SERVICE, "application", steps=[Step("begin", handler)], actor=actor, **GIVEN)
    assert Entry.objects.count() == logged
    assert rows_of(at_once) == rows_of(step_by_step)
    assert at_once.number == f"{SERVICE.upper()}-2026-000002"


def test_a_step_is_refused_to_whom_the_table_does_not_name():
    steps = [Step("begin", matters.employee())]
    with pytest.raises(Refused):
        open_and_move(SERVICE, "application", steps=steps, actor=matters.employee(), **GIVEN)


@pytest.mark.parametrize("verbs", [["accept"], ["begin", "request"], ["begin", "accept"]])
def test_no_step_ends_the_case_waits_or_leaves_the_table(verbs):
    steps = [Step(verb, matters.staff()) for verb in verbs]
    with pytest.raises(ValueError, match="not made while opening"):
        open_and_move(SERVICE, "application", steps=steps, actor=matters.employee(), **GIVEN)
    assert not CaseEvent.objects.exists()


def test_a_kind_that_follows_its_events_is_opened_the_other_way(monkeypatch):
    changed = replace(matters.KIND, on_event=lambda case, event: None)
    monkeypatch.setitem(kinds._types, (SERVICE, "application"), changed)
    with pytest.raises(ValueError, match="open it with open_case"):
        open_and_move(SERVICE, "application", steps=[], actor=matters.employee(), **GIVEN)
