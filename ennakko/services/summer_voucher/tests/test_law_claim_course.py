# SPDX-License-Identifier: EUPL-1.2
"""The course of a claim, its fields, papers, lists and keeping: each kind of question from both sides of its limits."""

import json
import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.evaluate import answer_line
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher.law import (
    claim_fields_2026,
    course_2026,
    employers_2026,
    exports,
    keeping_2026,
    questions_claim,
)
from ennakko.services.summer_voucher.law.claim_procedure import QUESTIONS, claim_procedure
from ennakko.services.summer_voucher.law.course_2026 import Answer, ClaimStatus, LookUp, Reader
from ennakko.services.summer_voucher.tests.test_law_claim import BOOK, ON
from ennakko.values.dates import add_years

WHOLE = {**questions_claim.WHOLE_CLAIM, "summer_vouchers": [dict(questions_claim.WHOLE_VOUCHER)]}
GERMAN = "DE89370400440532013000"
FROM_MANDATE = {"name": "Kahvila", "business_id": "2345678-6", "address": "", "industry": "", "type": "company"}
FINAL = {ClaimStatus.ACCEPTED, ClaimStatus.REJECTED, ClaimStatus.DELETED}


def answer(area=None, **case):
    told = case if area is None else {**case, "area": area}
    return claim_procedure.evaluate(told, ON, BOOK).values


# --- states (act 21 §)


@pytest.mark.parametrize(("start", "to"), list(product(ClaimStatus, ClaimStatus)))
def test_no_move_leads_back_to_a_draft_nor_out_of_an_end(start, to):
    allowed = course_2026.may_move(start, to)
    assert answer(**{"from": str(start), "to": str(to)})["allowed_by_validator"] is allowed
    if start in FINAL or to is ClaimStatus.DRAFT or start is to:
        assert not allowed
    if to is ClaimStatus.DELETED:
        assert allowed == (start is ClaimStatus.DRAFT)


@pytest.mark.parametrize(("reader", "status"), list(product(Reader, ClaimStatus)))
def test_who_does_not_find_a_claim_can_do_nothing_with_it(reader, status):
    doors = (course_2026.edit, course_2026.delete, course_2026.add_paper, course_2026.remove_paper)
    if not course_2026.found(reader, status):
        assert {door(reader, status) for door in (*doors, course_2026.read_paper)} == {Answer.NOT_FOUND}
    if reader in (Reader.OTHER, Reader.ANONYMOUS):
        assert not course_2026.found(reader, status)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ((False, False, False, True), LookUp.UNKNOWN_NUMBER),
        ((True, False, False, True), LookUp.OTHER_SURNAME),
        ((True, True, False, True), LookUp.NOT_ACCEPTED),
        ((True, True, True, True), LookUp.ALREADY_USED),
        ((True, True, True, False), LookUp.FOUND),
    ],
)
def test_a_look_up_tells_the_first_thing_that_stops_it(told, first):
    known, fits, in_force, used = told
    assert (
        course_2026.look_up(number_known=known, surname_fits=fits, in_force=in_force, used=used) is first
    )  # fmt: skip


# --- fields (act 19 § and 21 §)


@pytest.mark.parametrize("field", claim_fields_2026.CLAIM_FIELDS)
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_a_claim_without_a_field_names_it(field, empty):
    assert claim_fields_2026.lacking(WHOLE) == ()
    assert [one.field for one in claim_fields_2026.lacking({**WHOLE, field: empty})] == [field]


@pytest.mark.parametrize("field", claim_fields_2026.VOUCHER_FIELDS)
def test_a_voucher_without_a_field_names_it(field):
    rows = [dict(questions_claim.WHOLE_VOUCHER), {**questions_claim.WHOLE_VOUCHER, field: None}]
    assert [one.field for one in claim_fields_2026.lacking({**WHOLE, "summer_vouchers": rows})] == [field]


@pytest.mark.parametrize("account", ["DE89370400440532013000", "se45 5000 0000 0583 9825 7466", "EE382200221020145685"])
def test_an_account_abroad_needs_payee_and_bank(account):
    lacking = [one.field for one in claim_fields_2026.lacking({**WHOLE, "bank_account_number": account})]
    assert lacking == list(claim_fields_2026.FOREIGN_ACCOUNT_FIELDS)


def test_an_account_with_wrong_check_digits_is_not_taken_in():
    refusal = claim_fields_2026.lacking({**WHOLE, "bank_account_number": "FI2112345600000786"})[0]
    assert (refusal.field, refusal.code) == ("bank_account_number", "invalid")


def test_another_invoicer_is_named_only_where_there_is_one():
    without = claim_fields_2026.lacking({**WHOLE, "is_separate_invoicer": True})
    assert [one.field for one in without] == list(claim_fields_2026.INVOICER_FIELDS)


@pytest.mark.parametrize("papers", [{}, {"payslip": 1}, {"employment_contract": 5}, {"payslip": 0}])
def test_a_claim_without_a_contract_or_a_payslip_is_not_sent(papers):
    assert claim_fields_2026.lacking({**WHOLE, "attachments": papers})


# --- papers (act 22 §)


@pytest.mark.parametrize(
    ("first", "size", "before", "taken"),
    [
        (b"%PDF-1.7", 1, 0, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", 10_485_760, 4, "image/png"),
        (b"\xff\xd8\xff\xe0", 10, 0, "image/jpeg"),
        (b"%PDF-1.7", 10_485_761, 0, "too_big"),
        (b"%PDF-1.7", 0, 0, "empty"),
        (b"%PDF-1.7", 10, 5, "too_many"),
        (b"MZ\x90", 10, 0, "invalid"),
        (b" %PDF", 10, 0, "invalid"),
    ],
)
def test_a_paper_is_judged_by_how_it_begins_its_size_and_its_number(first, size, before, taken):
    found = claim_fields_2026.paper(first_bytes=first, size=size, of_kind_before=before)
    assert taken == (found if isinstance(found, str) else found.code)


def test_a_disguised_paper_is_refused():
    found = claim_fields_2026.paper(first_bytes=b"%PDF-1.7", size=10, promised="image/png")
    assert found.code == "invalid"


# --- lists (act 23 §)


def test_the_payment_list_of_2026_only_adds_columns_at_the_end():
    assert exports.PAYMENT_COLUMNS_2026[:30] == exports.PAYMENT_COLUMNS
    assert (len(exports.PAYMENT_COLUMNS), len(exports.PAYMENT_COLUMNS_2026)) == (30, 37)
    assert (len(exports.REPORTING_COLUMNS), len(exports.YOUTH_COLUMNS)) == (41, 24)


@pytest.mark.parametrize(
    ("declared", "age", "reason", "told"),
    [
        ("primary_target_group", None, True, ("9. luokkalainen", "annettu")),
        ("", 15, False, ("8. luokkalainen", "laskettu")),
        ("", 18, False, ("Toisen asteen toisen vuoden opiskelija", "laskettu")),
        ("", 18, True, ("", "selvittämätön")),
        ("", 14, False, ("", "selvittämätön")),
        ("", None, False, ("", "selvittämätön")),
    ],
)
def test_the_age_group_of_a_row_tells_how_it_is_known(declared, age, reason, told):
    case = {"target_group": declared, "reasons": ["underage_or_overage"] if reason else []}
    found = answer(**case, **({} if age is None else {"age_by_year": age}))
    assert (found["group"], found["status"]) == told


@pytest.mark.parametrize("kind", ["unhandled", "annual", "annual-previous"])
@pytest.mark.parametrize("columns", ["talpa", "reporting"])
def test_only_the_list_of_what_was_not_exported_marks_what_it_exported(kind, columns):
    found = answer(kind=kind, columns=columns)
    assert (found["http"], found["is_exported_after"]) == (200, kind == "unhandled")
    empty = answer(kind=kind, columns=columns, only_drafts=True)
    assert empty["error"] == ("no_unhandled" if kind == "unhandled" else "no_applications")


# --- keeping (act 14 §)


@pytest.mark.parametrize(("thing", "years"), keeping_2026.YEARS.items())
@pytest.mark.parametrize("arrived", [date(2020, 2, 29), date(2021, 12, 31), date(2024, 6, 1)])
def test_what_has_been_kept_its_years_goes_the_next_day(thing, years, arrived):
    end = add_years(arrived, years)
    assert not keeping_2026.goes(thing, arrived, end - timedelta(days=1))
    assert keeping_2026.goes(thing, arrived, end)


def test_nothing_is_destroyed_before_what_points_at_it():
    order = keeping_2026.ORDER
    assert order.index(keeping_2026.CLAIM) < order.index("voucher") < order.index(keeping_2026.APPLICATION)


# --- employers (act 25 §)


@pytest.mark.parametrize(
    ("form", "kind"),
    [("Seurakuntayhtymä", "parish"), ("ORTODOKSINEN KIRKKO", "parish"), ("Taloudellinen yhdistys", "association"),
     ("Osuuskunta", "company"), ("Säätiö", "company"), (None, "company")],
)  # fmt: skip
def test_the_kind_of_employer_is_told_by_the_words_of_its_form(form, kind):
    assert employers_2026.kind(form) == kind


@pytest.mark.parametrize(
    ("parts", "street"),
    [({"street": "Katu"}, "Katu"), ({"street": "Katu", "building": " 1 ", "apartment": None}, "Katu 1"),
     ({"street": None, "building": "7", "suffix": "b"}, "7 b"), ({}, "")],
)  # fmt: skip
def test_an_address_is_put_together_of_what_there_is(parts, street):
    assert employers_2026.street(parts) == street


# --- cases of the same kinds as the worked ones


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({"area": "employer.create"}, {"http": 201}),
        ({"missing": "employment_end_date"}, {"http": 400, "error_field": "employment_end_date"}),
        ({"iban": GERMAN, "bank_swift_bic_code": "DEUTDEFF500X"}, {"error_field": "bank_swift_bic_code"}),
        ({"iban": GERMAN, "bank_swift_bic_code": "DEUTDEFF500"}, {"http": 200}),
        ({"is_separate_invoicer": None}, {"http": 400, "error_field": "is_separate_invoicer"}),
        ({"method": "PATCH", "body": {"status": "accepted"}}, {"http": 400, "status": "draft"}),
        ({"area": "employer.link_voucher", "voucher": "unknown number"}, {"message": "not found"}),
        ({"used_in_other_application": True, "other_status": "draft"}, {"http": 200}),
        ({"used_in_other_application": True, "other_status": "submitted"}, {"http": 400, "message": "already used"}),
        ({"area": "employer.fetch_employee_data", "youth_status": "rejected"}, {"http": 400}),
        ({"file": "valid PDF named .pdf"}, {"http": 201}),
        ({"file": "empty"}, {"http": 400, "code": "empty"}),
        ({"area": "attachment.read", "role": "colleague", "status": "draft"}, {"http": 200}),
        ({"kind": "unhandled", "unhandled_applications": 0}, {"error": "no_unhandled"}),
        ({"kind": "annual", "has_applications": True}, {"http": 200}),
        ({"youth_application": {"target_group": "hki_15"}}, {"group": "8. luokkalainen", "status": "annettu"}),
        ({"object": "voucher", "age": "5 years"}, {"deleted": True}),
        ({"object": "employer_application", "age": "4 years 11 months"}, {"deleted": False}),
        ({"mandate": {"name": "Kahvila", "identifier": "2345678-6"}, "ytj": "429"}, {"company": FROM_MANDATE}),
        ({"company_form": "Evangelisk-lutherska församlingen"}, {"type": "parish"}),
        ({"user": "superuser", "what": "list"}, {"http": 200}),
        ({"user": "handler", "target_type": "invoice"}, {"http": 400, "error_field": "target_type"}),
        ({"area": "notes.list", "target_type": "claim"}, {"http": 200, "rows": 0}),
        ({"types": None}, {"count": 3}),
    ],
)  # fmt: skip
def test_a_case_of_the_same_kind_is_answered_too(case, told):
    found = answer(**case)
    assert {key: found[key] for key in told} == told


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"missing": "nothing_like_it"}, "missing must name what is left out: street_address"),
        ({"missing_attachment": "photograph"}, "employment_contract, payslip"),
        ({"created_at__year": "this"}, "created_at__year must be a whole number"),
        ({"nth_of_type": 0}, "nth_of_type must be 1 or more, not 0"),
        ({"field": "Summa (€)"}, "field must be one with a day"),
        ({"status": "lost", "age": "1 year"}, "status must be one of accepted"),
        ({"ytj": "200"}, "how the register failed"),
    ],
)
def test_a_case_that_cannot_be_meant_is_told_what_to_give(case, says):
    with pytest.raises(EvaluationError, match=re.escape(says)):
        answer(**case)


# --- whatever is asked

KEYS = sorted({key for each in QUESTIONS for key in each.needs} | {"area", "columns", "hours", "voucher_year"})
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["draft", "handler", "annual"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=4))
def test_any_case_is_answered_or_told_what_is_wrong_with_it(case):
    told = json.dumps({"given": case})
    found = answer_line("summer-voucher.claim", told, ON, "fi", BOOK)
    assert found.get("error") or found["explanation"]


def test_a_book_without_the_citys_figures_says_which_is_missing():
    with pytest.raises(RuleError, match=r"No parameter summer-voucher\."):
        claim_procedure.evaluate({"hours": 6000}, ON, ParameterBook())
