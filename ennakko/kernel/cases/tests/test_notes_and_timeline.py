# SPDX-License-Identifier: EUPL-1.2
"""Notes of two kinds, whose they are, and the one list of everything that happened."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import cases, documents, messages, payments
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases.history import KINDS, timeline
from ennakko.kernel.cases.models import Note
from ennakko.kernel.cases.notes import DELETED_USER, MACHINE, author
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.messages.tests.outside import DATA, offer_templates

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch)


def test_a_note_is_internal_unless_it_is_said_to_be_told_to_the_party():
    case = m.in_hand()
    first = cases.note(case, "Looks fine", actor=m.staff(), at=m.AT)
    second = cases.note(case, "Told by phone", actor=m.staff(), at=m.AT, kind="external", important=True)
    assert (first.kind, first.important, second.kind, second.important) == ("internal", False, "external", True)
    assert [one.by_name for one in (first, second)] == ["Hanna Handler"] * 2


def test_only_the_author_changes_or_removes_a_note_and_the_log_keeps_that_it_was():
    made = cases.note(m.in_hand(), "First", actor=m.staff(), at=m.AT)
    for other in (m.staff("Otto Other"), m.official()):
        with pytest.raises(Refused, match="author"):
            cases.edit_note(made, "Mine now", actor=other, at=m.AT)
        with pytest.raises(Refused, match="author"):
            cases.remove_note(made, actor=other, at=m.AT)
    changed = cases.edit_note(made, "Second", actor=m.staff(), at=m.AT + MINUTE, kind="external")
    assert (changed.text, changed.kind, changed.important, changed.edited_at) == (
        "Second", "external", False, m.AT + MINUTE,
    )  # fmt: skip
    cases.remove_note(changed, actor=m.staff(), at=m.AT)
    assert not Note.objects.exists()
    done = Entry.objects.filter(action__endswith="note").order_by("number").values_list("action", flat=True)
    assert list(done) == ["cases.note", "cases.edit-note", "cases.remove-note"]


def test_neither_the_party_nor_strangers_write_notes():
    case = m.in_hand()
    for actor in (m.resident(1), m.resident(2), m.employee()):
        with pytest.raises(Refused):
            cases.note(case, "Hello", actor=actor, at=m.AT)


def test_a_note_on_a_document_is_internal_and_what_it_is_about_never_changes():
    case, document = m.in_hand(), uuid4()
    made = cases.note(case, "The payslip is cut", actor=m.staff(), at=m.AT, document=document)
    with pytest.raises(cases.NotNow, match="internal"):
        cases.note(case, "Told", actor=m.staff(), at=m.AT, document=document, kind="external")
    with pytest.raises(cases.NotNow, match="internal"):
        cases.edit_note(made, "Told", actor=m.staff(), at=m.AT, kind="external")
    assert cases.edit_note(made, "Cut at the edge", actor=m.staff(), at=m.AT).document == document
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=made.pk).update(kind="external")


@pytest.mark.parametrize(
    ("words", "kind"), [("", "internal"), (" \n", "internal"), ("x" * 4097, "internal"), ("x", "loud")]
)
def test_an_empty_an_endless_and_an_unknown_note_are_refused_in_words(words, kind):
    with pytest.raises(cases.NotNow):
        cases.note(m.in_hand(), words, actor=m.staff(), at=m.AT, kind=kind)
    assert not Note.objects.exists()


def test_the_authors_name_stays_as_it_was_and_who_is_gone_is_called_so():
    made = cases.note(m.in_hand(), "Words", actor=m.staff(), at=m.AT)
    assert author(made.by, made.by_name) == "Hanna Handler"
    assert author("", "") == DELETED_USER
    assert author("system:check", "check") == MACHINE


def everything(monkeypatch, tmp_path):
    """A case to which everything has happened that can, one thing a minute."""
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    offer_templates(tmp_path)
    case, hanna = m.in_hand(), m.staff()
    cases.take(case, actor=hanna, at=m.AT + MINUTE)
    cases.note(case, "Internal", actor=hanna, at=m.AT + 2 * MINUTE, important=True)
    cases.note(case, "External", actor=hanna, at=m.AT + 3 * MINUTE, kind="external")
    cases.write_letter(case, "Hello?", actor=m.resident(1), at=m.AT + 4 * MINUTE)
    cases.write_letter(case, "Hello!", actor=hanna, at=m.AT + 5 * MINUTE)
    asked = cases.ask_for_information(case, "Which?", actor=hanna, at=m.AT + 6 * MINUTE, due=m.ON)
    cases.answer_information(asked, {"answer": "That"}, actor=m.resident(1), at=m.AT + 7 * MINUTE)
    documents.store(pdf(), about=f"case:{case.pk}", kind="payslip", name="pay.pdf", actor=hanna, at=m.AT + 8 * MINUTE)
    messages.plan(1, template="test.offer", data=DATA, at=m.AT + 9 * MINUTE, key="k", about=f"case:{case.pk}")
    made = cases.decide(case, "accepted", actor=m.official(), at=m.AT + 10 * MINUTE, on=m.ON, amount_cents=35000)
    cases.serve(made, "handed", sent_on=m.ON, actor=hanna, at=m.AT + 11 * MINUTE)
    payee = payments.Payee("Café", m.CAFE, "FI2112345600000785")
    payments.plan_line(
        key="p1", service=m.SERVICE, about=f"case:{case.pk}", payee=payee, amount_cents=35000, due=m.ON,
        text="Summer voucher", data={}, at=m.AT + 12 * MINUTE,
    )  # fmt: skip
    return made.case


def test_the_timeline_merges_everything_newest_first(monkeypatch, tmp_path):
    case = everything(monkeypatch, tmp_path)
    found = timeline(case)
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert {one.kind for one in found} == set(KINDS) - {"offer"}
    assert [one.words for one in found if one.kind == "note"] == ["External", "Internal"]
    assert [one.title.en for one in found if one.kind == "status"] == ["accepted", "in hand", "The case was opened"]
    assert [one.words for one in found if one.kind == "request"] == ["That", "Which?"]
    assert [one.title.en for one in found if one.kind == "letter"] == ["Message from the city", "Message to the city"]
    served, made = [one for one in found if one.kind == "decision"]
    assert "29 April 2026" in served.title.en
    assert made.title.en == "Decision: The sum is paid"
    assert [one.title.en for one in found if one.kind == "payment"] == ["Payment of €350: waiting for a batch"]
    assert [one.title.en for one in found if one.kind == "document"] == ["Document: pay.pdf"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_filter_keeps_its_kind_alone(monkeypatch, tmp_path, kind):
    case = everything(monkeypatch, tmp_path)
    everything_there = timeline(case)
    assert timeline(case, [kind]) == [one for one in everything_there if one.kind == kind]


def test_an_unknown_kind_keeps_nothing(monkeypatch, tmp_path):
    assert timeline(everything(monkeypatch, tmp_path), ["gossip"]) == []


def test_the_party_sees_neither_internal_notes_nor_who_took_the_case(monkeypatch, tmp_path):
    case = everything(monkeypatch, tmp_path)
    own = timeline(case, for_party=True)
    assert [one.words for one in own if one.kind == "note"] == ["External"]
    assert "Taken in hand" not in [one.title.en for one in own]
    assert "Taken in hand" in [one.title.en for one in timeline(case)]
    assert [one.words for one in cases.thread(case) if one.verb == "note"] == ["External"]


def test_the_number_of_queries_does_not_grow_with_what_has_happened(monkeypatch, tmp_path):
    case = everything(monkeypatch, tmp_path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        timeline(case)
    for number in range(20):
        cases.note(case, f"Note {number}", actor=m.staff(), at=m.AT)
        cases.write_letter(case, f"Letter {number}", actor=m.staff(), at=m.AT)
    with CaptureQueriesContext(connection) as many:
        assert len(timeline(case)) > 40
    assert len(many) == len(few)
