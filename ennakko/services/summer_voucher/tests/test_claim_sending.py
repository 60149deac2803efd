# SPDX-License-Identifier: EUPL-1.2
"""An employer's claim from look-up to what the machine makes of it."""

from dataclasses import replace
from datetime import date

import pytest

from ennakko.kernel import audit, documents
from ennakko.kernel.access import ANONYMOUS, Refused
from ennakko.kernel.access.mandates import EMPLOYMENT
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations import account_of, accounts_like, contact_of
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.claim_wording import (
    ALREADY_USED,
    COLLEAGUE_WRITES,
    KEY_USED,
    MISREAD,
    NO_VOUCHER,
    NOT_VALID,
    TOO_MANY_TRIES,
)
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Voucher
from ennakko.services.summer_voucher.queries import claims as queries
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

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


def look(number: str, surname: str, actor=None):
    return claims.look_up_voucher(
        number, surname, actor=actor or m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL
    )


def amend(case: Case, **told):
    return claims.amend(
        case, m.row(m.voucher(), **told), actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL
    )


def codes(sent: claims.Sent) -> set[tuple[str, str]]:
    return {(one.field, one.rule) for one in sent.refusals}


def test_a_voucher_is_found_by_number_and_surname_and_the_look_is_logged():
    held = m.voucher()
    looks = len(audit.reads_of(1))
    found = look(encode(held.number).upper(), "virtanen1")
    assert isinstance(found, claims.Found)
    assert (found.name, found.year, found.value_cents, found.usable, found.note) == (
        "Aino Virtanen1", 2026, 35000, True, None,
    )  # fmt: skip
    assert len(audit.reads_of(1)) == looks + 1


def test_a_wrong_number_and_a_wrong_surname_are_answered_alike():
    held = m.voucher()
    wrong = [look(encode(held.number + 1), "Virtanen1"), look(encode(held.number), "Korhonen")]
    assert all(isinstance(one, claims.NotFound) and one.reason == NO_VOUCHER for one in wrong)
    misread = [look("zzz-999", "Virtanen1"), look("", ""), look("x" * 900, "ä")]
    assert all(isinstance(one, claims.NotFound) and one.reason == MISREAD for one in misread)


def test_numbers_cannot_be_tried_one_after_the_other_and_right_ones_are_not_counted():
    held = m.voucher()
    for _ in range(30):
        assert isinstance(look(encode(held.number), "Virtanen1"), claims.Found)
    for number in range(20):
        look(str(number), "Virtanen1")
    stopped = look(encode(held.number), "Virtanen1")
    assert isinstance(stopped, claims.NotFound)
    assert stopped.too_many
    assert stopped.reason == TOO_MANY_TRIES
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    assert isinstance(look(encode(held.number), "Virtanen1", m.employer(m.GARDEN)), claims.Found)
    assert m.send(m.row(held)).reason == TOO_MANY_TRIES


def test_of_a_protected_youth_nothing_is_told_that_was_not_typed():
    held = m.voucher(3)
    found = look(encode(held.number), "virtanen3")
    assert isinstance(found, claims.Found)
    assert found.name == "virtanen3"


def test_another_employers_use_is_told_as_used_and_ones_own_by_its_reference():
    held = m.voucher()
    m.documents_for()
    sent = m.send(m.row(held))
    own = look(encode(held.number), "Virtanen1")
    assert not own.usable
    assert sent.claim.reference in own.note.fi
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    other = look(encode(held.number), "Virtanen1", m.employer(m.GARDEN))
    assert not other.usable
    assert other.note == ALREADY_USED
    refused = m.send(m.row(held), actor=m.employer(m.GARDEN), iban=m.OTHER_IBAN)
    assert codes(refused) == {("number", "r2_unused")}
    assert sent.claim.reference not in str(refused)


def test_a_voided_voucher_is_not_valid():
    from ennakko.services.summer_voucher.actions import vouchers

    held = m.voucher()
    vouchers.void(held, reason="Kadonnut", actor=t.handler(), at=t.AT, on=t.ON)
    found = look(encode(held.number), "Virtanen1")
    assert isinstance(found, claims.Found)
    assert not found.usable
    assert found.note == NOT_VALID


def test_an_estimate_stores_nothing():
    before = Message.objects.count()
    told = m.claim(m.row(m.voucher()))
    found = claims.estimate(told, actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL)
    assert (found.rows[0].judged.outcome, found.rows[0].judged.failing()[0].rule) == ("ask", "r11_proof")
    assert not Claim.objects.exists()
    assert not Case.objects.exists()
    assert Message.objects.count() == before
    assert Voucher.objects.get(person=1).state == "issued"


def test_a_clean_claim_is_ready_for_an_official_and_the_employer_is_told():
    m.documents_for()
    sent = m.send(m.row(m.voucher()))
    case = sent.rows[0].case
    assert (case.state, case.draft["outcome"], case.draft["amount_cents"]) == ("ready_for_decision", "accepted", 35000)
    assert case.organisation == m.CAFE
    assert case.number.startswith("KS-2026-")
    assert Voucher.objects.get(person=1).state == "used"
    (told,) = Message.objects.filter(template="summer-voucher.claim_received")
    assert (told.email, told.organisation) == ("petri@aamukaste.example", m.CAFE)
    assert {one.kind for one in documents.of(f"case:{case.pk}")} == {"employment_contract", "payslip"}
    assert account_of(m.CAFE, m.CLAIM_DAY).iban == m.IBAN
    assert contact_of(m.CAFE).name == "Petri Laakso"


def test_what_must_be_corrected_is_answered_at_once_and_nothing_is_stored():
    held = m.voucher()
    cases = {
        ("number", "r1_voucher"): {"number": "31n-022"},
        ("work_start", "r4_period"): {"work_start": "28.6.2026", "work_end": "8.6.2026"},
        ("hours", "r5_hours"): {"hours": "59,5"},
        ("pay", "r7_pay"): {"pay": "499,99"},
    }
    for wanted, told in cases.items():
        sent = m.send(m.row(held, **told))
        assert wanted in codes(sent), (wanted, sent)
        assert all(one.text.fi and one.text.sv and one.text.en for one in sent.refusals)
    wrong_account = m.send(m.row(held), iban="FI2112345600000786")
    assert [one.field for one in wrong_account.refusals] == ["iban"]
    assert not Claim.objects.exists()
    assert not Case.objects.exists()


def test_nonsense_is_answered_field_by_field():
    sent = m.send(
        {"number": ["x"], "surname": None, "work_start": "eilen", "work_end": 7, "hours": "paljon", "pay": "1e9",
         "hired_without": "ehkä", "work_postal_code": "123"},
        contact_email="ei", contact_phone="", language=12, iban="",
    )  # fmt: skip
    told = {(one.row, one.field) for one in sent.refusals}
    assert {(0, name) for name in ("number", "surname", "work_start", "work_end", "hours", "pay", "hired_without",
                                   "work_postal_code")} <= told  # fmt: skip
    assert {(None, "contact_email"), (None, "contact_phone"), (None, "iban")} <= told
    for raw in ({}, {"rows": "x"}, {"rows": [1, None]}, {"rows": []}):
        assert claims.send(raw, actor=m.employer(), at=m.CLAIM_AT, on=m.CLAIM_DAY, wall=t.WALL, key="n").refusals


def test_last_years_voucher_is_refused_by_a_person_after_its_deadline():
    held = m.voucher()
    Voucher.objects.filter(pk=held.pk).update(year=2025)
    m.documents_for()
    sent = m.send(m.row(m.voucher(), work_start="9.6.2025", work_end="29.6.2025"))
    case = sent.rows[0].case
    assert (case.state, case.draft["outcome"]) == ("awaiting_handling", "rejected")
    assert "2025" in case.draft["content"]["justification"]


def test_a_late_claim_and_a_municipal_employer_are_drafted_as_refusals_for_a_person():
    m.documents_for()
    late = m.send(m.row(m.voucher()), on=date(2026, 12, 1))
    assert (late.rows[0].case.state, late.rows[0].case.draft["outcome"]) == ("awaiting_handling", "rejected")
    m.organisation(m.GARDEN, "Kauniaisten kaupunki", kind="municipality")
    m.documents_for("k2", business_id=m.GARDEN)
    city = m.send(m.row(m.voucher(2)), actor=m.employer(m.GARDEN), key="k2", iban=m.OTHER_IBAN)
    assert city.rows[0].judged.outcome == "reject"
    assert city.rows[0].case.state == "awaiting_handling"


def test_the_employer_who_insists_gets_a_persons_decision():
    m.documents_for()
    sent = m.send(m.row(m.voucher(), pay="450", confirmed=True))
    assert (sent.rows[0].judged.outcome, sent.rows[0].case.state) == ("reject", "awaiting_handling")
    assert ClaimRow.objects.get().holds


def test_one_who_insists_on_anothers_voucher_holds_nothing():
    m.documents_for()
    m.send(m.row(m.voucher()))
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    m.documents_for("k2", business_id=m.GARDEN)
    sent = m.send(
        m.row(m.voucher(), confirmed=True), actor=m.employer(m.GARDEN), key="k2", iban=m.OTHER_IBAN
    )  # fmt: skip
    assert (sent.rows[0].judged.outcome, sent.rows[0].row.holds) == ("reject", False)
    assert ClaimRow.objects.filter(holds=True).count() == 1


def test_hiring_oneself_and_a_shared_account_are_flagged_for_a_person():
    m.documents_for()
    own = m.send(m.row(m.voucher()), actor=m.employer(person=1))
    assert (own.rows[0].case.state, own.rows[0].row.risk) == ("awaiting_handling", 9)
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    m.documents_for("k2", business_id=m.GARDEN)
    shared = m.send(m.row(m.voucher(2)), actor=m.employer(m.GARDEN), key="k2")
    assert [one.rule for one in shared.rows[0].judged.failing()] == ["r14_apart"]
    assert accounts_like(m.IBAN) == (m.CAFE, m.GARDEN)


def test_tax_debt_goes_to_a_person_and_a_plan_of_payment_does_not():
    m.documents_for()
    m.registers(debt=True)
    assert m.send(m.row(m.voucher())).rows[0].case.state == "awaiting_handling"
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    m.registers(debt=True, plan=True)
    m.documents_for("k2", business_id=m.GARDEN)
    sent = m.send(m.row(m.voucher(2)), actor=m.employer(m.GARDEN), key="k2", iban=m.OTHER_IBAN)
    assert sent.rows[0].case.state == "ready_for_decision"


def test_a_foreign_account_needs_its_bank_and_is_kept_whole():
    m.documents_for()
    short = m.send(m.row(m.voucher()), iban=m.FOREIGN_IBAN)
    assert {one.field for one in short.refusals} == {"iban"}
    whole = {
        "iban": m.FOREIGN_IBAN, "bic": "HABAEE2X", "payee_name": "Merituul OÜ",
        "payee_address": "Pärnu mnt 10, Tallinn",
        "bank_name": "Swedbank", "bank_address": "Liivalaia 8, Tallinn",
    }  # fmt: skip
    sent = m.send(m.row(m.voucher()), **whole)
    assert (sent.rows[0].case.state, sent.claim.bic) == ("ready_for_decision", "HABAEE2X")


def test_a_mandate_for_employment_matters_cannot_bring_a_new_account():
    helper = m.employer(mandates=(EMPLOYMENT,))
    m.documents_for()
    refused = m.send(m.row(m.voucher()), actor=helper)
    assert [one.field for one in refused.refusals] == ["iban"]
    assert "suomi.fi" in refused.refusals[0].text.fi
    m.send(m.row(m.voucher()))
    m.documents_for("k2")
    assert m.send(m.row(m.voucher(2)), actor=helper, key="k2").taken


def test_several_vouchers_in_one_claim_are_cases_of_their_own():
    m.documents_for(position=1)
    sent = m.send(m.row(m.voucher(1)), m.row(m.voucher(2), surname="Virtanen2"))
    assert [one.case.state for one in sent.rows] == ["ready_for_decision", "additional_information_requested"]
    assert len({one.case.number for one in sent.rows}) == 2
    twice = m.send(m.row(m.voucher(1)), m.row(m.voucher(1)), key="k2")
    assert ("number", "r2_unused") in codes(twice)


def test_a_separate_invoicer_must_be_told_whole():
    sent = m.send(m.row(m.voucher()), is_separate_invoicer="on", invoicer_name="Tili Oy")
    assert {one.field for one in sent.refusals} == {"invoicer_email", "invoicer_phone"}


def test_the_same_sending_again_is_the_same_claim_and_another_under_its_key_is_told():
    m.documents_for()
    first, again = m.send(m.row(m.voucher())), m.send(m.row(m.voucher()))
    assert again.again
    assert again.claim == first.claim
    assert again.rows[0].case == first.rows[0].case
    assert m.send(m.row(m.voucher(), hours="80")).reason == KEY_USED
    assert Claim.objects.count() == 1
    assert Message.objects.filter(template="summer-voucher.claim_received").count() == 1
    with pytest.raises(ValueError, match="key"):
        m.send(m.row(m.voucher()), key="")


def test_only_the_employers_people_send_see_and_withdraw():
    for other in (ANONYMOUS, t.resident(1), t.handler(), t.director(), replace(m.employer(), mandates=frozenset())):
        with pytest.raises(Refused):
            m.send(m.row(m.voucher()), actor=other)
        with pytest.raises(Refused):
            look("31n-022", "Virtanen", other)
    m.documents_for()
    sent = m.send(m.row(m.voucher()))
    case = sent.rows[0].case
    stranger, colleague = m.employer(m.GARDEN), m.employer(name="Jenni")
    assert queries.own_claim(stranger, sent.claim.reference) is None
    assert queries.own_case(stranger, case.number) is None
    assert queries.own_claims(stranger) == []
    with pytest.raises(Refused):
        claims.withdraw(case, actor=stranger, at=m.CLAIM_AT)
    assert queries.own_claim(colleague, sent.claim.reference).rows[0].can_withdraw
    claims.withdraw(case, actor=colleague, at=m.CLAIM_AT)
    assert Voucher.objects.get(person=1).state == "issued"
    with pytest.raises(NotNow):
        claims.withdraw(case, actor=colleague, at=m.CLAIM_AT)


def test_a_withdrawn_voucher_can_be_claimed_by_another():
    m.documents_for()
    claims.withdraw(m.send(m.row(m.voucher())).rows[0].case, actor=m.employer(), at=m.CLAIM_AT)
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    m.documents_for("k2", business_id=m.GARDEN)
    assert m.send(m.row(m.voucher()), actor=m.employer(m.GARDEN), key="k2", iban=m.OTHER_IBAN).taken


def test_a_draft_holds_no_voucher_and_is_noted_to_colleagues_for_half_an_hour():
    held = m.voucher()
    raw = m.claim(m.row(held))
    claims.save_draft(raw, key="d1", actor=m.employer(), at=m.CLAIM_AT, wall=t.WALL)
    colleague = m.employer(name="Jenni")
    assert look(encode(held.number), "Virtanen1", colleague).note == COLLEAGUE_WRITES
    assert queries.draft(colleague, "d1").data == raw
    assert queries.drafts(m.employer(m.GARDEN)) == ()
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    assert look(encode(held.number), "Virtanen1", m.employer(m.GARDEN)).note is None
    m.documents_for("k2", business_id=m.GARDEN)
    assert m.send(m.row(held), actor=m.employer(m.GARDEN), key="k2", iban=m.OTHER_IBAN).taken
    m.documents_for("d1")
    claims.drop_draft("d1", actor=colleague, at=m.CLAIM_AT)
    assert queries.drafts(colleague) == ()
    assert documents.of(f"claim-draft:{m.CAFE}:d1:1") == []


def test_sending_ends_the_draft():
    m.documents_for("d1")
    claims.save_draft(m.claim(m.row(m.voucher())), key="d1", actor=m.employer(), at=m.CLAIM_AT, wall=t.WALL)
    sent = m.send(m.row(m.voucher()), key="d1")
    assert queries.drafts(m.employer()) == ()
    assert len(documents.of(f"case:{sent.rows[0].case.pk}")) == 2


def test_the_standing_tells_the_season_and_what_waits():
    m.send(m.row(m.voucher()))
    now = queries.standing(m.employer(), on=m.CLAIM_DAY)
    assert (now.year, now.value_cents, now.claim_deadline, now.open_now) == (2026, 35000, date(2026, 11, 30), True)
    assert (now.waiting, now.claims_this_year, now.claims_last_year) == (1, 1, 0)
    later = queries.standing(m.employer(), on=date(2027, 2, 1))
    assert later.ask is not None
    assert not later.open_now
