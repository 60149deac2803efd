# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from ennakko.kernel import cases
from ennakko.kernel.access import (
    SYSTEM,
    Action,
    Actor,
    Refused,
    StaffRole,
    owner_at,
    register_actions,
    register_roles,
    role,
)
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases import automation, kinds, queries
from ennakko.kernel.cases.models import AppendOnly, Case, CaseEvent, Decision
from ennakko.kernel.people.models import Person
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
ON = date(2026, 4, 15)


def t(word: str):
    return text(fi=word, sv=word, en=word)


register_roles(StaffRole("test-case.handler", t("handler")))
HANDLE, DECIDE, OWN = "test-case.handle", "test-case.decide", "test-case.own"
register_actions(
    Action(HANDLE, t("Handle"), who=(role("test-case.handler"),)),
    Action(DECIDE, t("Decide"), who=(role("test-case.handler"),)),
    Action(OWN, t("Own"), who=(owner_at("subject"), role("test-case.handler"))),
)
STATES = kinds.StateTable(
    names={"new": t("new"), "in_hand": t("in hand"), "accepted": t("accepted"), "rejected": t("rejected")},
    moves=(
        kinds.Move("new", "begin", "in_hand", HANDLE),
        kinds.Move("in_hand", "accept", "accepted", DECIDE),
        kinds.Move("in_hand", "reject", "rejected", DECIDE),
    ),
    ends=frozenset({"accepted", "rejected"}),
)
APPEALS = (
    kinds.Appeal(date(2020, 1, 1), t("old act"), t("old body"), 30, t("letter")),
    kinds.Appeal(date(2026, 1, 1), t("new act"), t("new body"), 14, t("electronic service")),
)
KIND = kinds.CaseType(
    service="test-case",
    id="application",
    title=t("application"),
    states=STATES,
    handle_action=HANDLE,
    decide_action=DECIDE,
    own_action=OWN,
    decision=kinds.DecisionType(
        "test-case.decision", t("decision"), {"accepted": t("accepted"), "rejected": t("rejected")}, APPEALS
    ),
    decided={"accepted": "accept", "rejected": "reject"},
    days=10,
)


@pytest.fixture(autouse=True)
def _a_kind_of_case(monkeypatch):
    monkeypatch.setattr(kinds, "_types", {})
    monkeypatch.setattr(automation, "_open", {})
    kinds.register_case_type(KIND)


def a_kind(monkeypatch, **changes):
    monkeypatch.setitem(kinds._types, ("test-case", "application"), replace(KIND, **changes))


def staff(name: str = "Hanna Handler", roles: frozenset[str] = frozenset({"test-case.handler"})) -> Actor:
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    return Actor(kind="staff", reference=member.subject, staff=member.pk, roles=roles, name=name, strong=True)


def resident(key: int) -> Actor:
    return Actor(kind="resident", reference=f"r{key}", person=key, name="Aino", strong=True)


def person(key: int = 1, **fields) -> Person:
    defaults = {"created_at": AT, "surname": "Virtanen", "given_names": "Aino", "search": "virtanen aino"}
    return Person.objects.create(key=key, **(defaults | fields))


def a_case(subject: int = 1, **changes) -> Case:
    if not Person.objects.filter(key=subject).exists():
        person(subject)
    given = {"subject": subject, "actor": resident(subject), "at": AT, "on": ON} | changes
    return cases.open_case("test-case", "application", **given)


def in_hand(**changes) -> Case:
    return cases.move(a_case(**changes), "begin", actor=staff(), at=AT)


def test_a_case_gets_a_number_a_due_date_and_its_first_event():
    first, second = a_case(), a_case()
    assert (first.number, second.number) == ("TEST-CASE-2026-000001", "TEST-CASE-2026-000002")
    assert (first.state, first.due) == ("new", ON + timedelta(days=10))
    (event,) = first.events.all()
    assert (event.sequence, event.verb, event.by) == (1, "open", "person:1")


def test_a_case_moves_by_its_table_and_tells_what_can_be_done_instead():
    case = a_case()
    with pytest.raises(cases.NotNow, match="You can now: Handle"):
        cases.move(case, "accept", actor=staff(), at=AT)
    assert cases.move(case, "begin", actor=staff(), at=AT).state == "in_hand"
    with pytest.raises(Refused):
        cases.move(a_case(), "begin", actor=resident(1), at=AT)


def test_every_verb_is_refused_to_those_whom_the_table_does_not_name():
    for verb in STATES.moves:
        case = a_case()
        Case.objects.filter(pk=case.pk).update(state=verb.start)
        for actor in (resident(1), resident(2), staff("Outi Other", frozenset()), SYSTEM("job")):
            with pytest.raises(Refused):
                cases.move(case, verb.verb, actor=actor, at=AT)


def test_history_is_only_added_to():
    event = a_case().events.get()
    event.verb = "forge"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        CaseEvent.objects.update(verb="forge")
    with pytest.raises(AppendOnly):
        CaseEvent.objects.all().delete()


def test_the_database_itself_refuses_to_change_history():
    event = a_case().events.get()
    with pytest.raises(Error, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET verb = 'forge' WHERE id = %s", [event.pk])
    event.refresh_from_db()
    assert event.verb == "open"


def test_a_case_is_taken_given_on_and_given_back():
    case, hanna = a_case(), staff()
    assert cases.take(case, actor=hanna, at=AT).handler_id == hanna.staff
    other = StaffMember.objects.get(subject=staff("Otto Other").reference)
    assert cases.assign(case, other, actor=hanna, at=AT).handler_id == other.pk
    assert cases.give_back(case, actor=hanna, at=AT).handler_id is None
    assert [event.verb for event in case.events.all()] == ["open", "assign", "assign", "give_back"]
    assert case.assignments.filter(ended_at=None).count() == 0


def test_the_resident_answers_a_request_for_information_once():
    case = in_hand()
    asked = cases.ask_for_information(case, "Which school?", actor=staff(), at=AT, due=ON, facts=["school"])
    assert list(queries.open_requests(case)) == [asked]
    with pytest.raises(Refused):
        cases.answer_information(asked, {"school": "x"}, actor=resident(2), at=AT)
    cases.answer_information(asked, {"school": "x"}, actor=resident(1), at=AT)
    assert not queries.open_requests(case).exists()
    with pytest.raises(cases.NotNow, match="already"):
        cases.answer_information(asked, {"school": "y"}, actor=resident(1), at=AT)


def test_in_counter_mode_the_history_says_for_whom_staff_acted():
    case = in_hand()
    asked = cases.ask_for_information(case, "Which school?", actor=staff(), at=AT, due=ON)
    cases.answer_information(asked, {"school": "x"}, actor=staff(), at=AT, on_behalf_of=1)
    event = case.events.last()
    assert (event.verb, event.by, event.on_behalf_of) == ("answer", "staff:hanna handler", 1)
    assert cases.write_letter(case, "She says hello", actor=staff(), at=AT, on_behalf_of=1).inward


def test_the_thread_tells_everything_in_order_and_notes_only_to_staff():
    case = in_hand()
    cases.note(case, "Seems fine", actor=staff(), at=AT + timedelta(minutes=1))
    cases.write_letter(case, "Hello?", actor=resident(1), at=AT + timedelta(minutes=2))
    cases.write_letter(case, "Hello!", actor=staff(), at=AT + timedelta(minutes=3))
    assert [(entry.verb, entry.words) for entry in cases.thread(case)] == [
        ("open", ""), ("begin", ""), ("write", "Hello?"), ("write", "Hello!"),
    ]  # fmt: skip
    assert "Seems fine" in [entry.words for entry in cases.thread(case, for_staff=True)]
    assert cases.mark_read(case, by_party=True, at=AT) == 1


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4097])
def test_an_empty_or_endless_letter_is_refused(words):
    with pytest.raises(cases.NotNow):
        cases.write_letter(in_hand(), words, actor=resident(1), at=AT)


def test_a_named_official_decides_and_the_appeal_of_the_day_is_frozen():
    decision = cases.decide(in_hand(), "accepted", actor=staff(), at=AT, on=ON, amount_cents=35000, title="Adviser")
    assert (decision.decided_by_name, decision.automatic, decision.amount_cents) == ("Hanna Handler", False, 35000)
    assert (decision.appeal["act"]["en"], decision.appeal["days"]) == ("new act", 14)
    case = decision.case
    assert (case.state, case.closed_at) == ("accepted", AT)
    assert queries.latest_decision(case) == decision


def test_the_machine_cannot_decide_in_the_official_s_place():
    with pytest.raises(Refused, match="named official"):
        cases.decide(in_hand(), "accepted", actor=SYSTEM("job"), at=AT, on=ON)


def test_a_refusal_needs_reasons():
    case = in_hand()
    with pytest.raises(cases.NotNow, match="justified"):
        cases.decide(case, "rejected", actor=staff(), at=AT, on=ON, justification=" ")
    assert cases.decide(case, "rejected", actor=staff(), at=AT, on=ON, justification="Lives elsewhere").justification


def test_in_a_segregated_service_the_handler_does_not_decide(monkeypatch):
    a_kind(monkeypatch, segregated=True)
    case = in_hand()
    cases.take(case, actor=staff(), at=AT)
    cases.give_back(case, actor=staff(), at=AT)
    with pytest.raises(Refused, match="colleague"):
        cases.decide(case, "accepted", actor=staff(), at=AT, on=ON)
    assert cases.decide(case, "accepted", actor=staff("Dora Decider"), at=AT, on=ON).outcome == "accepted"


def proposing(outcome: str):
    return lambda case, at, on: kinds.Drafted(outcome, amount_cents=100, reasons=({"step": "s"},), facts={"a": 1})


def test_a_decision_takes_the_draft_s_reasons_only_when_it_agrees(monkeypatch):
    a_kind(monkeypatch, draft=proposing("accepted"))
    agreed = cases.decide(cases.draft(in_hand(), at=AT, on=ON), "accepted", actor=staff(), at=AT, on=ON)
    assert (agreed.reasons, agreed.facts, agreed.amount_cents, agreed.drafted_at) == (
        [{"step": "s"}],
        {"a": 1},
        100,
        AT,
    )
    otherwise = cases.decide(
        cases.draft(in_hand(), at=AT, on=ON), "rejected", actor=staff(), at=AT, on=ON, justification="no"
    )
    assert (otherwise.reasons, otherwise.drafted_at) == ([], None)


def test_many_are_decided_at_once_and_one_that_cannot_be_stops_no_other(monkeypatch):
    a_kind(monkeypatch, draft=proposing("accepted"))
    ready, new = cases.draft(in_hand(), at=AT, on=ON), cases.draft(a_case(), at=AT, on=ON)
    undrafted = in_hand()
    results = cases.decide_many([new, undrafted, ready], actor=staff(), at=AT, on=ON)
    assert [result.decision is not None for result in results] == [False, False, True]
    assert all(result.refused is not None for result in results[:2])
    assert Decision.objects.count() == 1


FILED = cases.OnFile("T 2026-1", ON, "docs")
RECORD = {
    "rules": ("test-case.rule",),
    "processing_rules": FILED, "testing": FILED, "deployment": FILED, "deployed_by": t("Board"), "start": ON,
    "responsible_official": "Riitta Responsible", "office": t("Head"), "rectification_route": t("free"),
    "notice": t("automatic"),
}  # fmt: skip


def test_the_machine_decides_only_with_the_law_s_conditions_on_record(monkeypatch):
    a_kind(monkeypatch, draft=proposing("accepted"))
    case = cases.draft(in_hand(), at=AT, on=ON)
    with pytest.raises(cases.NotNow, match="deployment decision"):
        cases.decide_automatically(case, actor=SYSTEM("job"), at=AT, on=ON)
    automation.open_gate("test-case", "application", automation.AutomaticDecisions(**RECORD))
    with pytest.raises(cases.NotNow):
        cases.decide_automatically(case, actor=SYSTEM("job"), at=AT, on=ON - timedelta(days=1))
    assert cases.decide_automatically(case, actor=SYSTEM("job"), at=AT, on=ON).automatic


def test_the_machine_never_refuses(monkeypatch):
    a_kind(monkeypatch, draft=proposing("rejected"))
    automation.open_gate("test-case", "application", automation.AutomaticDecisions(**RECORD))
    case = cases.draft(in_hand(), at=AT, on=ON)
    with pytest.raises(cases.NotNow, match="a person always"):
        cases.decide_automatically(case, actor=SYSTEM("job"), at=AT, on=ON)


def test_the_gate_does_not_open_without_documents():
    with pytest.raises(ValueError, match="28 a–e"):
        automation.AutomaticDecisions(**(RECORD | {"testing": cases.OnFile("", ON, "")}))


def test_a_protected_resident_s_case_stands_in_no_queue_or_search():
    person(7, non_disclosure=True, surname="Suojattu", search="suojattu")
    hidden, plain = a_case(subject=7), a_case()
    assert list(queries.queue("test-case")) == [plain]
    assert list(queries.search("test-case", "suojattu")) == []
    assert list(queries.search("test-case", hidden.number)) == []
    assert list(queries.protected("test-case")) == [hidden]
    assert list(queries.of_person(7)) == [hidden]


def test_the_queue_puts_the_most_urgent_first():
    later, sooner = a_case(on=ON), a_case(on=ON - timedelta(days=20))
    assert list(queries.queue("test-case")) == [sooner, later]
    assert list(queries.overdue("test-case", ON)) == [sooner]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"moves": (*STATES.moves, kinds.Move("new", "fly", "nowhere", HANDLE))}, "has no name"),
        ({"moves": (*STATES.moves, kinds.Move("new", "begin", "accepted", HANDLE))}, "one state only"),
        ({"names": {**STATES.names, "lost": t("lost")}}, "No move reaches lost"),
        ({"moves": (*STATES.moves, kinds.Move("accepted", "reopen", "in_hand", HANDLE))}, "is an end"),
    ],
)
def test_a_state_table_that_makes_no_sense_is_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        replace(STATES, **changes)
