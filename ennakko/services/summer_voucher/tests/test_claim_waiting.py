# SPDX-License-Identifier: EUPL-1.2
"""Papers, amendments and registers that answer late: what becomes of a claim after it was sent."""

from datetime import date

import pytest

from ennakko.kernel import documents
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case, InformationRequest
from ennakko.kernel.messages.models import Message
from ennakko.kernel.registers.permits import Permit, PermitTable, permits, set_permits
from ennakko.services.summer_voucher.actions import claim_checking, claim_handling, claims
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_town_with_a_cafe(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1), t.youth(2), t.youth(3, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


def allowed_to_ask_wages() -> None:
    words = text(fi="koe", sv="prov", en="test")
    permit = Permit("incomes-register", "summer-voucher", frozenset({"income_month"}), words, words, date(2026, 1, 1))
    set_permits(PermitTable((permit, *permits().permits)))


def amend(case: Case, **told):
    return claims.amend(
        case, m.row(m.voucher(), **told), actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL
    )


def codes(sent: claims.Sent) -> set[tuple[str, str]]:
    return {(one.field, one.rule) for one in sent.refusals}


def test_missing_papers_are_asked_for_and_come_later():
    sent = m.send(m.row(m.voucher()))
    case = sent.rows[0].case
    assert case.state == "additional_information_requested"
    request = InformationRequest.objects.get(case=case)
    assert "työsopimus" in request.question
    assert request.due > m.CLAIM_DAY
    assert Message.objects.filter(template="summer-voucher.claim_asked", organisation=m.CAFE).exists()
    m.documents_for("k1")
    documents.move(f"claim-draft:{m.CAFE}:k1:1", f"case:{case.pk}")
    answered = amend(case, hours="70", pay="700")
    assert answered.rows[0].case.state == "ready_for_decision"
    row = ClaimRow.objects.get()
    assert (row.hours, row.pay_cents) == (7000, 70000)
    assert "Työtunnit" in InformationRequest.objects.get().answer["changed"]


def test_an_amendment_with_mistakes_changes_nothing():
    case = m.send(m.row(m.voucher())).rows[0].case
    answered = amend(case, hours="10")
    assert codes(answered) == {("hours", "r5_hours")}
    case.refresh_from_db()
    assert (case.state, ClaimRow.objects.get().hours) == ("additional_information_requested", 6400)


def test_what_was_not_asked_cannot_be_changed_and_others_cannot_change_it():
    m.documents_for()
    case = m.send(m.row(m.voucher())).rows[0].case
    with pytest.raises(NotNow):
        amend(case)
    with pytest.raises(Refused):
        claims.amend(case, {}, actor=m.employer(m.GARDEN), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL)


def test_a_silent_register_loses_nothing_and_is_asked_again():
    asked = m.registers()
    asked.silent.add("taxes")
    m.documents_for()
    sent = m.send(m.row(m.voucher()))
    case = sent.rows[0].case
    assert (case.state, [one.fi for one in sent.rows[0].waits_for]) == ("submitted", ["Verovelkarekisteri"])
    assert Voucher.objects.get(person=1).state == "used"
    claim_checking.check_again(at=m.CLAIM_AT, on=m.CLAIM_DAY, actor=m.MACHINE)
    assert Case.objects.get(pk=case.pk).state == "submitted"
    asked.silent.clear()
    assert claim_checking.check_again(at=m.CLAIM_AT, on=m.CLAIM_DAY, actor=m.MACHINE)["checked"] == 1
    assert Case.objects.get(pk=case.pk).state == "ready_for_decision"


def test_a_register_that_stays_silent_hands_the_claim_to_a_person():
    asked = m.registers()
    asked.silent.add("taxes")
    m.documents_for()
    case = m.send(m.row(m.voucher())).rows[0].case
    claim_checking.check_again(at=m.CLAIM_AT, on=date(2026, 8, 22), actor=m.MACHINE)
    assert Case.objects.get(pk=case.pk).state == "awaiting_handling"


def test_a_question_that_nobody_answers_lapses():
    case = m.send(m.row(m.voucher())).rows[0].case
    claim_checking.check_again(at=m.CLAIM_AT, on=date(2026, 10, 1), actor=m.MACHINE)
    assert Case.objects.get(pk=case.pk).state == "awaiting_handling"


def test_without_a_permit_the_incomes_register_is_not_asked():
    asked = m.registers(wages=(m.wage(),))
    m.send(m.row(m.voucher()))
    assert "wages" not in asked.asked


@pytest.mark.parametrize("silent", [False, True])
def test_one_page_asks_the_incomes_register_once_of_each_voucher(silent: bool):
    allowed_to_ask_wages()
    registers = m.registers(wages=(m.wage(),))
    registers.silent = {"wages"} if silent else set()
    row = m.row(m.voucher())
    known = claims.prefill([row], actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL)
    told = {"rows": [row]}
    found = claims.estimate(told, actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL, asked=known.asked)
    assert registers.asked.count("wages") == 1
    assert (len(known.silent), len(found.rows[0].waits_for)) == ((1, 1) if silent else (0, 0))


def test_with_a_permit_pay_is_filled_in_and_no_paper_is_needed():
    allowed_to_ask_wages()
    m.registers(wages=(m.wage(),))
    held = m.voucher()
    m.documents_for("k0")
    m.send(m.row(m.voucher(2)), key="k0")  # last time: the account and contact person are known from then on
    known = claims.prefill([m.row(held)], actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL)
    work = {name: one.value for name, one in known.rows[0].items()}
    assert work == {
        "youth": "Aino Virtanen1", "work_postal_code": "00500", "work_start": "2026-06-08", "work_end": "2026-06-28",
        "hours": "64", "pay": "620",
    }  # fmt: skip
    assert known.rows[0]["pay"].source == "incomes-register"
    assert (known.to_type, known.documents_needed) == (((),), (False,))
    assert (known.fields["iban"].value, known.fields["contact_email"].value) == (m.IBAN, "petri@aamukaste.example")
    told = {name: one.value for name, one in known.fields.items()}
    row = {name: value for name, value in work.items() if name != "youth"}
    typed = {"number": encode(held.number), "surname": "Virtanen1", "hired_without": "no"}
    sent = claims.send(
        {**told, "rows": [{**row, **typed}]}, actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL, key="k1"
    )
    assert (sent.rows[0].case.state, sent.claim.typed_fields) == ("ready_for_decision", 2)
    assert sent.claim.keystrokes == len(typed["number"]) + len(typed["surname"])


def test_pay_that_the_register_does_not_confirm_needs_papers():
    allowed_to_ask_wages()
    m.registers(wages=(m.wage(cents=30000),))
    sent = m.send(m.row(m.voucher()))
    assert sent.rows[0].case.state == "additional_information_requested"


def test_a_silent_incomes_register_is_waited_for_before_anybody_is_asked():
    allowed_to_ask_wages()
    asked = m.registers()
    asked.silent.add("wages")
    case = m.send(m.row(m.voucher())).rows[0].case
    assert case.state == "submitted"
    asked.silent.clear()
    asked.told = (m.wage(),)
    claim_checking.check_again(at=m.CLAIM_AT, on=m.CLAIM_DAY, actor=m.MACHINE)
    assert Case.objects.get(pk=case.pk).state == "ready_for_decision"


def test_what_was_asked_in_vain_waits_for_a_handler_and_is_not_asked_again_however_long_a_register_is_silent():
    m.registers().silent.add("taxes")
    case = m.send(m.row(m.voucher())).rows[0].case
    for day in range(22, 29):
        at = m.CLAIM_AT.replace(day=day)
        claim_checking.check_again(at=at, on=date(2026, 8, day), actor=m.MACHINE)
    case.refresh_from_db()
    assert case.state == "additional_information_requested"
    for day in range(10, 14):
        at = m.CLAIM_AT.replace(month=9, day=day)
        claim_checking.check_again(at=at, on=date(2026, 9, day), actor=m.MACHINE)
    case.refresh_from_db()
    assert case.state == "awaiting_handling"
    verbs = list(case.events.values_list("verb", flat=True))
    assert (verbs.count("request_information"), verbs.count("lapse")) == (1, 1)


def test_an_earlier_question_left_unanswered_does_not_end_the_time_of_a_later_one():
    case = m.send(m.row(m.voucher())).rows[0].case
    lapsed = date(2026, 9, 10)
    claim_checking.check_again(at=m.CLAIM_AT.replace(month=9, day=10), on=lapsed, actor=m.MACHINE)
    case.refresh_from_db()
    claim_handling.ask_more(
        case, "Milloin?", actor=t.handler(), at=m.CLAIM_AT.replace(month=9, day=11), due=date(2026, 9, 25)
    )
    claim_checking.check_again(at=m.CLAIM_AT.replace(month=9, day=12), on=date(2026, 9, 12), actor=m.MACHINE)
    case.refresh_from_db()
    assert case.state == "additional_information_requested"
    claim_checking.check_again(at=m.CLAIM_AT.replace(month=9, day=26), on=date(2026, 9, 26), actor=m.MACHINE)
    case.refresh_from_db()
    assert case.state == "awaiting_handling"
