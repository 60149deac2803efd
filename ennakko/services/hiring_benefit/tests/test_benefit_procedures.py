# SPDX-License-Identifier: EUPL-1.2
"""Recovery, instalments, earlier benefits, de minimis aid, days, the form and the tables: properties and edges."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ennakko.rules.errors import EvaluationError
from ennakko.rules.registry import get
from ennakko.services.hiring_benefit.law import alterations_2026, application_2026, decision_2026, states_2026
from ennakko.services.hiring_benefit.law.alterations_2026 import Alteration
from ennakko.services.hiring_benefit.law.amounts import work_out
from ennakko.services.hiring_benefit.law.calendar_2021 import days_of, months, range_end
from ennakko.services.hiring_benefit.law.decision_2026 import Draft
from ennakko.services.hiring_benefit.law.recovery_2021 import PaidRow, recovered, shares, whole_euros_down
from ennakko.services.hiring_benefit.law.states_2026 import AlterationState, ApplicationState, InstalmentState
from ennakko.services.hiring_benefit.tests.book import BOOK
from ennakko.services.hiring_benefit.tests.test_benefit_amounts import cases

ON = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


def answer(rule, **case):
    return get(f"hiring-benefit.{rule}").evaluate(case, ON, BOOK).values


# --- days and months


@given(DAYS, DAYS, DAYS)
def test_the_days_of_two_parts_are_the_days_of_the_whole(one, two, three):
    start, cut, end = sorted((one, two, three))
    assume(cut < end)
    assert days_of(start, cut) + days_of(cut + timedelta(days=1), end) == days_of(start, end)


@given(DAYS, st.integers(0, 800))
def test_the_end_of_a_range_is_found_back_from_its_months(start, length):
    end = start + timedelta(days=length)
    found = range_end(start, months(start, end))
    # Several days may give the same months (the 30th and the 31st): then it is the last of them.
    assert found is None or (months(start, found) == months(start, end) and found >= end)


def test_the_day_count_forgives_nothing_that_is_no_day():
    for wrong in (None, "foo", "2026-02-30", "20260101", 7, True):
        with pytest.raises(EvaluationError, match="date1 must be a day of the calendar"):
            answer("days360", date1=wrong, date2="2026-01-01")
    with pytest.raises(EvaluationError, match=r"The case gives colour\. Give the facts of one question"):
        answer("days360", colour="blue")


# --- recovery


@given(cases(), st.data())
def test_what_is_recovered_is_never_above_what_was_paid(case, data):
    amount = work_out(case, BOOK).amount
    rows = [PaidRow(part.start, part.end, part.subtotal * 100) for part in amount.parts]
    whole = (rows[-1].end - rows[0].start).days
    first = rows[0].start + timedelta(days=data.draw(st.integers(-10, whole)))
    last = first + timedelta(days=data.draw(st.integers(0, whole + 20)))
    paid = data.draw(st.one_of(st.none(), st.integers(0, amount.total * 100)))
    total = recovered(shares(rows, first, last), paid)
    assert 0 <= total <= (amount.total * 100 if paid is None else paid)
    assert whole_euros_down(total) <= total


@given(cases(), st.data())
def test_more_days_never_recover_less(case, data):
    rows = [PaidRow(part.start, part.end, part.subtotal * 100) for part in work_out(case, BOOK).amount.parts]
    first, last = sorted(data.draw(st.dates(rows[0].start, rows[-1].end)) for _ in range(2))
    later = data.draw(st.dates(last, rows[-1].end))
    assert recovered(shares(rows, first, last), None) <= recovered(shares(rows, first, later), None)


def test_a_whole_benefit_is_recovered_to_the_euro():
    rows = [{"start": "2026-01-15", "end": "2027-01-14", "subtotal": 18000}]
    found = answer("recovery", rows=rows, start="2026-01-15", end="2027-01-14")
    assert (found["amount"], found["recovery_amount"], found["recovered"]) == (18000, 18000, True)


@pytest.mark.parametrize(("given_sum", "taken"), [("20.99", False), ("21.00", True), ("20", False), ("0", False)])
def test_up_to_twenty_euros_are_not_recovered(given_sum, taken):
    assert answer("recovery", recovery_amount=given_sum)["recovered"] is taken


def test_no_more_is_recovered_than_was_paid_and_the_trace_says_so():
    rows = [{"start": "2026-01-15", "end": "2027-01-14", "subtotal": 18000}]
    case = {"rows": rows, "start": "2026-06-01", "end": "2027-01-14", "paid": 9000}
    found = get("hiring-benefit.recovery").evaluate(case, ON, BOOK)
    assert found.values["recovery_amount"] == 9000
    assert "No more than what was paid" in " ".join(line.text.en for line in found.trace)


def test_the_days_of_a_termination_go_to_the_end_and_no_days_are_told_as_none():
    period = answer("recovery", last_work_day="2026-05-31", benefit_end="2027-01-14")
    assert (period["start"], period["end"]) == (date(2026, 6, 1), date(2027, 1, 14))
    assert answer("recovery", last_work_day="2027-01-14", benefit_end="2027-01-14") == {"start": None, "end": None}
    assert answer("recovery", last_work_day="2026-05-31", return_to_work_day="2026-06-01") == {
        "start": None, "end": None,
    }  # fmt: skip


def test_rows_can_be_those_of_the_amounts_own_answer():
    ranges = answer("amount", start_date="2026-01-15", end_date="2027-01-14", monthly_pay=3600)["ranges"]
    plain = [{**row, "start": str(row["start"]), "end": str(row["end"])} for row in ranges]
    assert answer("recovery", ranges=plain, start="2026-07-15", end="2027-01-14")["recovery_amount"] == 9000


def test_the_end_of_a_terminated_benefit_has_the_names_that_its_days_have_elsewhere():
    for name in ("benefit_end", "end", "end_date", "granted_end", "applied_end"):
        found = answer("recovery", last_work_day="2024-06-24", return_to_work_day=None, **{name: "2024-12-31"})
        assert (found["start"], found["end"]) == (date(2024, 6, 25), date(2024, 12, 31))


def test_handled_recoveries_are_counted_from_pairs_and_from_objects():
    pairs = [["handled", "100.50"], ["opened", 5], ["handled", None]]
    objects = [{"state": state, "recovery_amount": amount} for state, amount in pairs]
    assert answer("recovery", alterations=pairs) == answer("recovery", alterations=objects)
    assert answer("recovery", alterations=pairs)["sum"] == Fraction(201, 2)
    with pytest.raises(EvaluationError, match="alterations must hold"):
        answer("recovery", alterations=["handled"])


# --- instalments


def test_a_first_sum_that_covers_everything_leaves_no_second_instalment():
    for first_limit in ("9700", "9800"):
        found = answer("instalments", total="9700", threshold="9600", first_limit=first_limit)
        assert (found["amounts"], found["count"]) == ([9700], 1)


@pytest.mark.parametrize(
    ("days", "subsidised", "amounts"),
    [
        ({}, False, [9000, 9000]), ({}, True, [9600]),
        ({"start_date": "2026-01-01", "end_date": "2026-06-30"}, False, [9000]),
        ({"start_date": "2026-01-01", "end_date": "2026-07-12"}, False, [9600]),
        ({"start_date": "2026-01-01", "end_date": "2026-07-13"}, False, [9000, 645]),
        ({"start_date": "2026-01-01", "end_date": "2026-12-30"}, False, [9000, 8955]),
        ({"start_date": "2026-01-01", "end_date": "2026-12-30"}, True, [9576]),
    ],
)  # fmt: skip
def test_how_many_instalments_there_are_follows_from_the_days_that_are_given(days, subsidised, amounts):
    found = answer("instalments", has_subsidies=subsidised, **days)
    assert (found["count"], found["amounts"]) == (len(amounts), amounts)


def test_a_second_instalment_is_never_below_nought():
    found = answer("instalments", benefit_total="12000", second_amount=3000, second_after_recoveries="-5")
    assert (found["first"], found["second"], found["total"]) == (9000, 0, 9000)


@pytest.mark.parametrize(("total", "amounts"), [(9600, [9600]), ("9600.01", [9000, Fraction(60001, 100)]), (0, [0])])
def test_a_benefit_over_the_limit_is_paid_in_two(total, amounts):
    found = answer("instalments", total=total, start_date="2026-01-15", end_date="2027-01-14")
    assert [Fraction(one) for one in found["amounts"]] == amounts


def test_the_second_instalment_is_due_six_months_after_the_first_day():
    found = answer("instalments", total=18000, start_date="2026-08-31", end_date="2027-08-30", today="2026-11-01")
    first, second = found["instalments"]
    assert (first["due"], first["start"], first["end"]) == (date(2026, 11, 1), date(2026, 8, 31), date(2027, 2, 27))
    assert (second["due"], second["start"], second["end"]) == (date(2027, 2, 28), date(2027, 2, 28), date(2027, 8, 30))


def test_before_2026_a_benefit_is_paid_at_once():
    assert answer("instalments", total=12000, start_date="2025-12-31", end_date="2027-01-30")["count"] == 1
    assert answer("instalments", total=12000, start_date="2025-12-31", rule_set="2026")["count"] == 2


def test_recoveries_are_taken_off_the_second_instalment():
    found = answer("instalments", total=12000, start_date="2026-02-01", end_date="2027-01-31", recoveries=4000)
    assert found["second_after_recoveries"] == 0
    found = answer("instalments", total=12000, start_date="2026-02-01", end_date="2027-01-31", recoveries="100.50")
    assert found["second_after_recoveries"] == Fraction(289950, 100)


# --- earlier benefits


def previous(*rows, start="2026-07-01", end="2027-06-30", **more):
    return answer("previous-benefits", previous_benefits=list(rows), start_date=start, end_date=end, **more)


def test_benefits_across_a_gap_of_two_years_do_not_count():
    near, far = {"start": "2024-07-01", "end": "2024-07-01"}, {"start": "2021-01-01", "end": "2021-12-31"}
    assert previous(far)["days_used"] == 0
    assert previous(near)["days_used"] == 1
    assert previous(near, far)["days_used"] == 1
    chained = {"start": "2022-07-01", "end": "2022-07-31"}
    assert previous(near, chained)["days_used"] == 31


def test_what_is_left_tells_its_last_day():
    found = previous({"start": "2026-01-01", "end": "2026-06-30"})
    assert (found["months_used"], found["months_remaining"], found["last_end"]) == (6, 6, date(2026, 12, 31))
    assert (found["fits"], found["overlaps"]) == (False, False)
    assert previous({"start": "2026-01-01", "end": "2026-06-30"}, end="2026-12-31")["fits"]


def test_an_apprenticeship_has_no_limit_but_is_not_granted_twice():
    found = previous({"start": "2026-01-01", "end": "2026-07-01"}, apprenticeship_program=True)
    assert (found["months_remaining"], found["fits"], found["overlaps"]) == (None, True, True)


@pytest.mark.parametrize("wrong", ["x", [1], [["2026-01-01"]], [{"start": "2026-01-01"}]])
def test_an_earlier_benefit_that_cannot_be_read_is_told(wrong):
    with pytest.raises(EvaluationError, match="previous_benefits"):
        previous(*wrong) if wrong != "x" else answer("previous-benefits", previous_benefits="x")


# --- de minimis aid


def aid(*rows, **more):
    given_rows = [{"granter": "ELY", "granted_at": day, "amount": amount} for day, amount in rows]
    return answer("de-minimis", company_form_code=16, de_minimis_aid=bool(rows), de_minimis_aid_set=given_rows, **more)


def test_aid_of_three_years_counts_with_the_benefit_added():
    found = aid(("2023-11-20", 1000), ("2023-11-21", 2000), ("2026-11-20", 297_000), benefit=1000)
    assert (found["total"], found["with_benefit"], found["fits"], found["since"]) == (
        299_000, 300_000, True, date(2023, 11, 21),
    )  # fmt: skip
    assert aid(("2026-11-20", 299_000), benefit=1001)["fits"] is False
    assert aid(("2024-02-01", 199_500), benefit=1000, granted_on="2024-02-11")["fits"] is False


def test_an_association_without_economic_activity_has_no_ceiling():
    rows = [{"granter": "ELY", "granted_at": "2026-01-01", "amount": 300_000}]
    case = {"company_form_code": 29, "de_minimis_aid_set": rows, "benefit": 18_000}
    assert answer("de-minimis", **case, association_has_business_activities=False)["fits"]
    assert not answer("de-minimis", **case, association_has_business_activities=True)["fits"]


@pytest.mark.parametrize(
    ("case", "problems"),
    [
        ({"company_form_code": 16, "de_minimis_aid": None}, ["answer_missing"]),
        ({"company_form_code": 16, "de_minimis_aid": True}, ["rows_missing"]),
        ({"company_form_code": 16, "de_minimis_aid": False, "de_minimis_aid_set": [
            {"granted_at": "2026-01-01", "amount": 1}]}, ["rows_too_many"]),
        ({"company_form_code": 16, "de_minimis_aid": True, "de_minimis_aid_set": [
            {"granted_at": "2026-11-21", "amount": 0}]}, ["aid_not_positive", "aid_in_future"]),
        ({"company_form_code": 16, "de_minimis_aid": True, "de_minimis_aid_set": [
            {"granted_at": "2026-01-01", "amount": 300_001}]}, ["over_ceiling"]),
        ({"company_form_code": 29, "de_minimis_aid": None}, []),
    ],
)  # fmt: skip
def test_the_form_tells_what_is_missing_about_earlier_aid(case, problems):
    found = answer("de-minimis", **case)
    assert (found["problems"], found["http"]) == (problems, 400 if problems else 200)


# --- the form, alterations and decisions

FULL = dict.fromkeys((one.field for one in application_2026.NEEDED), "given")


@pytest.mark.parametrize("association", [True, False])
@pytest.mark.parametrize("answered", ["granted", "not_granted"])
def test_a_sent_application_must_have_what_its_applicant_is_asked(association, answered):
    asked = {**FULL, "is_association": association, "pay_subsidy_granted": answered}
    assert application_2026.lacking(asked) == []
    for one in application_2026.NEEDED:
        missing = {**asked, one.field: None}
        needed = [refusal.field for refusal in application_2026.lacking(missing)]
        assert (one.field in needed) == one.when(missing)


def test_papers_follow_from_what_is_applied_for():
    needed = application_2026.attachments_needed
    assert needed({}) == ("employment_contract", "employee_consent")
    assert "education_contract" in needed({"apprenticeship_program": True})
    assert "full_application" in needed({"entered_by_handler": True})
    assert "pay_subsidy_decision" in needed({"pay_subsidy_percent": 50})


def test_a_notice_tells_everything_that_is_wrong_with_it():
    told = Alteration("suspension", date(2026, 1, 14), None, " ", ("Operator", "", ""))
    found = alterations_2026.problems(told, start=date(2026, 1, 15), end=date(2027, 1, 14))
    assert [one.code for one in found] == ["outside_benefit", "return_missing", "contact_missing", "invoice_missing"]


def test_a_draft_grows_step_by_step():
    empty = Draft("", None, "", "", "")
    assert decision_2026.draft_problems(empty, step=1, least_text=8) == []
    assert [one.code for one in decision_2026.draft_problems(empty, step=3, least_text=8)] == [
        "choose_outcome", "text_short", "text_short",
    ]  # fmt: skip
    assert [one.code for one in decision_2026.draft_problems(
        Draft("accepted", None, "", "Päätös on tämä", "1234567"), step=3, least_text=8
    )] == ["tell_aid", "text_short"]  # fmt: skip


# --- the tables


@pytest.mark.parametrize(
    ("states", "tables", "start"),
    [
        (ApplicationState, (states_2026.BY_APPLICANT, states_2026.BY_HANDLER), "draft"),
        (InstalmentState, (states_2026.INSTALMENT,), "waiting"),
        (AlterationState, (states_2026.ALTERATION,), "received"),
    ],
)
def test_every_state_is_known_and_reached(states, tables, start):
    known = {str(state) for state in states}
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for table in tables:
            assert table.keys() <= known
            for to in table.get(here, ()):
                assert to in known
                if to not in reached:
                    reached.add(to)
                    waiting.append(to)
    # A payment fails, and an old application is archived, without anybody moving it.
    assert known - reached <= {"payment_failed", "archived"}


@pytest.mark.parametrize("start", ApplicationState)
@pytest.mark.parametrize("to", ApplicationState)
def test_the_applicant_only_sends_and_answers(start, to):
    allowed = answer("application", from_status=str(start), to_status=str(to), role="applicant")["http"] == 200
    assert allowed == ((start, to) in {("draft", "received"), ("additional_information_needed", "handling")})


def test_the_earlier_services_names_of_states_are_known():
    assert states_2026.instalment_may("error_in_talpa", "paid")
    assert states_2026.shown_to_applicant("archival", decided=True) == "archived"
    assert not states_2026.may(states_2026.BATCH, "cancelled", "draft")
