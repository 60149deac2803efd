# SPDX-License-Identifier: EUPL-1.2
"""Properties and edges of the amount: caps, sums, cuts, refusals, and what each line of its trace tells."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennakko.rules.answers import procedure_answer
from ennakko.rules.errors import EvaluationError
from ennakko.rules.registry import get
from ennakko.services.hiring_benefit.law import amounts
from ennakko.services.hiring_benefit.law.amounts import work_out
from ennakko.services.hiring_benefit.law.calendar_2021 import days_of
from ennakko.services.hiring_benefit.law.refusals import Refused
from ennakko.services.hiring_benefit.tests.book import BOOK
from ennakko.values.texts import LANGUAGES

ON = date(2026, 11, 20)
AMOUNT = get("hiring-benefit.amount")
NEW = {"start_date": "2026-01-15", "end_date": "2027-01-14", "monthly_pay": "3600", "other_expenses": "756"}
STARTS = st.dates(date(2021, 1, 1), date(2026, 12, 31))
EUROS = st.integers(0, 600_000).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


def amount(**changes):
    return AMOUNT.evaluate({**NEW, **changes}, ON, BOOK).values


def subsidy(start, end, percent=50, **more):
    return {"percent": percent, "start": str(start), "end": str(end), **more}


@st.composite
def cases(draw, *, start=STARTS, rows=True):
    first = draw(start)
    last = first + timedelta(days=draw(st.integers(27, 420)))
    case = {
        "start_date": str(first), "end_date": str(last), "monthly_pay": draw(EUROS), "vacation_money": draw(EUROS),
        "other_expenses": draw(EUROS), "state_aid_max_percentage": draw(st.sampled_from(["50", "70", "100"])),
    }  # fmt: skip
    percents = [30, 40, 50, 100] if first < date(2023, 7, 1) else [50, 70, 100]
    for key in ("pay_subsidies", "training_compensations") if rows else ():
        days = sorted(draw(st.lists(st.integers(-20, (last - first).days + 20), max_size=6, unique=True)))
        made = []
        for begin, finish in zip(days[::2], days[1::2], strict=False):
            begins, ends = first + timedelta(days=begin), first + timedelta(days=finish - 1)
            if ends < first or begins > last or ends < begins:
                continue
            time = draw(st.sampled_from([None, "65", "93.3", "100"]))
            extra = {"work_time_percent": time} if key == "pay_subsidies" else {"monthly_amount": draw(EUROS)}
            made.append(subsidy(begins, ends, draw(st.sampled_from(percents)), **extra))
        case[key] = made
    return case


# --- properties


@given(cases())
def test_no_month_is_above_the_highest_amount_nor_below_nought(case):
    worked = work_out(case, BOOK)
    cap = worked.amount.highest
    assert cap in (80_000, 150_000)
    assert all(0 <= part.monthly * 100 <= cap for part in worked.amount.parts)
    # Half an euro of a month and half an euro of each part is all that rounding may add.
    months = Fraction(days_of(worked.request.start, worked.request.end), 30)
    slack = sum(Fraction(1, 2) + Fraction(part.monthly, 200) for part in worked.amount.parts)
    assert worked.amount.total <= months * cap / 100 + slack


@given(cases())
def test_the_parts_are_the_whole_period_and_their_sum_is_the_total(case):
    worked = work_out(case, BOOK)
    parts = worked.amount.parts
    assert sum(part.subtotal for part in parts) == worked.amount.total
    assert (parts[0].start, parts[-1].end) == (worked.request.start, worked.request.end)
    assert all(after.start - before.end == timedelta(days=1) for before, after in pairwise(parts))
    assert sum(part.days for part in parts) == days_of(worked.request.start, worked.request.end)


@given(cases(), st.data())
def test_more_pay_subsidy_is_never_more_benefit(case, data):
    rows = case["pay_subsidies"]
    if not rows:
        return
    chosen = data.draw(st.integers(0, len(rows) - 1))
    known = [30, 40, 50, 100] if case["start_date"] < "2023-07-01" else [50, 70, 100]
    more = data.draw(st.sampled_from([percent for percent in known if percent >= rows[chosen]["percent"]]))
    # Rows of one work time: with another percentage two that touched would otherwise become one.
    raised = [dict(row, percent=more) if n == chosen else row for n, row in enumerate(rows)]
    before, after = work_out(case, BOOK).amount, work_out({**case, "pay_subsidies": raised}, BOOK).amount
    rounding = sum(1 + part.monthly / 100 for part in (*before.parts, *after.parts))
    assert after.total <= before.total + (0 if len(before.parts) == len(after.parts) else rounding)


@given(cases(rows=False), st.data())
def test_a_first_row_of_pay_subsidy_is_never_more_benefit(case, data):
    start, end = date.fromisoformat(case["start_date"]), date.fromisoformat(case["end_date"])
    cut = start + timedelta(days=data.draw(st.integers(0, (end - start).days)))
    without = work_out(case, BOOK).amount
    having = work_out({**case, "pay_subsidies": [subsidy(start, cut)]}, BOOK).amount
    assert having.total <= without.total + sum(1 + part.monthly / 100 for part in having.parts)


@given(cases(), st.data())
def test_cutting_a_period_in_two_changes_nothing_but_rounding(case, data):
    start, end = date.fromisoformat(case["start_date"]), date.fromisoformat(case["end_date"])
    cut = start + timedelta(days=data.draw(st.integers(0, (end - start).days - 1)))
    # The whole vacation money of a period is not that of its halves, and the rule set is that of the whole.
    rules = {"vacation_money_unit": "per_month", "rule_set": work_out(case, BOOK).terms.rule_set}
    subsidised = {"pay_subsidy_granted": "granted"} if case["pay_subsidies"] else {}
    whole = work_out({**case, **rules}, BOOK).amount
    halves = [
        work_out({**case, **rules, **subsidised, **_only(case, *days)}, BOOK).amount
        for days in ((start, cut), (cut + timedelta(days=1), end))
    ]
    parts = [*whole.parts, *(part for half in halves for part in half.parts)]
    assert abs(whole.total - sum(half.total for half in halves)) <= sum(1 + part.monthly / 100 for part in parts)


def _only(case, start, end):
    """The case on some of its days: the rows that touch them."""
    rows = {
        key: [row for row in case[key] if row["start"] <= str(end) and row["end"] >= str(start)]
        for key in ("pay_subsidies", "training_compensations")
    }
    return {"start_date": str(start), "end_date": str(end), **rows}


@given(cases())
@settings(max_examples=50)
def test_the_way_without_a_trace_gives_the_same_amount(case):
    (quick, why) = next(amounts.many([case], BOOK, BOOK))
    assert (quick, why) == (AMOUNT.evaluate(case, ON, BOOK).values["total"] * 100, "")


# --- the rule sets


def test_from_2026_half_of_the_costs_is_paid_up_to_fifteen_hundred_euros():
    assert amount()["total"] == 18_000
    assert amount(monthly_pay="1200", other_expenses="300")["total"] == 9_000
    assert amount(monthly_pay="1200", other_expenses="301")["ranges"][0]["monthly"] == 751


def test_with_a_pay_subsidy_the_highest_amount_is_eight_hundred_euros():
    assert amount(pay_subsidy_granted="granted_aged")["ranges"][0]["monthly"] == 800
    rows = [subsidy("2026-01-15", "2026-02-14")]
    assert [part["monthly"] for part in amount(pay_subsidies=rows)["ranges"]] == [800, 800]


@pytest.mark.parametrize(
    ("start", "percent", "work_time", "taken_off"),
    [
        ("2023-07-01", 50, None, 1260), ("2023-07-01", 70, None, 1770), ("2023-07-01", 100, None, 2020),
        ("2024-04-01", 100, None, 1599), ("2024-04-02", 100, None, 2020),
        ("2024-04-02", 100, "80", Fraction(199875, 100)),
        ("2021-07-01", 30, None, 900), ("2021-07-01", 50, None, 1400), ("2021-07-01", 100, None, 1800),
    ],
)  # fmt: skip
def test_a_pay_subsidy_is_taken_off_up_to_its_cap(start, percent, work_time, taken_off):
    pay = {"2021": "3000", "2023": "4000"}.get(start[:4], "2000")
    rows = [subsidy(start, "2027-01-01", percent, work_time_percent=work_time)]
    end = str(date.fromisoformat(start) + timedelta(days=200))
    found = amount(
        start_date=start, end_date=end, monthly_pay=pay, other_expenses="0", pay_subsidies=rows,
        state_aid_max_percentage=100,
    )  # fmt: skip
    assert Fraction(found["ranges"][0]["pay_subsidy"]) == taken_off


def test_the_highest_amount_is_reached_after_the_deductions():
    rows = [subsidy("2024-06-01", "2024-06-30")]
    found = amount(start_date="2024-06-01", end_date="2024-07-31", monthly_pay="2000", other_expenses="500",
                   state_aid_max_percentage=100, pay_subsidies=rows)  # fmt: skip
    assert [part["monthly"] for part in found["ranges"]] == [800, 800]


def test_rows_that_say_the_same_are_one_and_those_with_a_gap_are_two():
    touching = [subsidy("2024-06-01", "2024-06-30"), subsidy("2024-07-01", "2024-08-31")]
    apart = [subsidy("2024-06-01", "2024-06-30"), subsidy("2024-07-02", "2024-08-31")]
    common = {"start_date": "2024-06-01", "end_date": "2024-08-31", "state_aid_max_percentage": 100}
    assert len(amount(**common, pay_subsidies=touching)["ranges"]) == 1
    assert len(amount(**common, pay_subsidies=[*touching, touching[0]])["ranges"]) == 1
    assert len(amount(**common, pay_subsidies=apart)["ranges"]) == 3


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-31", "2026-07-30", 6), ("2026-02-01", "2026-02-28", 1), ("2026-01-01", "2026-01-31", 1),
        ("2026-02-28", "2026-03-27", 1), ("2027-02-28", "2028-02-28", Fraction(1203, 100)),
        ("2028-02-29", "2028-03-30", Fraction(103, 100)),
    ],
)  # fmt: skip
def test_months_have_thirty_days(start, end, months):
    assert amount(start_date=start, end_date=end)["ranges"][0]["months"] == months


def test_an_employment_benefit_is_the_same_every_month_and_ended_in_2023():
    old = {"benefit_type": "employment_benefit", "start_date": "2023-06-30", "end_date": "2023-08-29"}
    assert amount(**old)["total"] == 1000
    with pytest.raises(Refused, match=r"no longer granted for work that begins on 1 July 2023"):
        amount(**{**old, "start_date": "2023-07-01"})
    assert amount(**{**old, "start_date": "2023-07-01"}, rule_set="2021")["total"] == 983


def test_the_commission_benefit_is_nought_and_says_so():
    answer = AMOUNT.evaluate({**NEW, "benefit_type": "commission_benefit"}, ON, BOOK)
    assert answer.values["total"] == 0
    assert "no longer calculated" in answer.trace[1].text.en


def test_an_amount_by_hand_needs_its_reason_before_it_is_decided_on():
    by_hand = {"override_monthly_benefit_amount": "700"}
    assert amount(**by_hand)["total"] == 8400
    assert amount(**by_hand)["before_deciding"] == ["override_monthly_benefit_amount_comment"]
    why = {"override_monthly_benefit_amount_comment": "Agreed."}
    assert amount(**by_hand, **why)["before_deciding"] == []
    with pytest.raises(Refused, match="A reason belongs only to an amount given by hand"):
        amount(**why)
    with pytest.raises(Refused, match=r"at most €1,500 a month"):
        amount(override_monthly_benefit_amount="1500.01")


# --- what is refused


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([subsidy("2025-01-01", "2025-06-30")], "lies outside the period 15 January 2026 – 14 January 2027"),
        ([subsidy("2027-01-15", "2027-06-30")], "lies outside the period"),
        ([subsidy("2026-03-01", "2026-02-01")], "ends before it begins"),
        ([subsidy("2026-02-01", "2026-03-31"), subsidy("2026-03-31", "2026-05-01", 70)], "overlap. There can be only"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["pay_subsidies", "training_compensations"])
def test_a_row_that_cannot_be_right_is_refused_with_what_to_do(key, rows, told):
    with pytest.raises(Refused, match=told) as refused:
        amount(**{key: [{**row, "monthly_amount": row["percent"]} for row in rows]})
    for reason in refused.value.reasons:
        assert len({reason.text.in_(language) for language in LANGUAGES}) == 3


def test_a_percentage_that_the_rule_set_lacks_is_refused_with_those_it_has():
    rows = [subsidy("2026-02-01", "2026-03-31", 60)]
    with pytest.raises(Refused, match=r"no pay subsidy of 60 %\. Possible percentages: 50, 70, 100"):
        amount(pay_subsidies=rows)


def test_every_wrong_row_is_told_at_once():
    rows = [subsidy("2020-01-01", "2020-02-01"), subsidy("2030-01-01", "2030-02-01")]
    with pytest.raises(Refused) as refused:
        amount(pay_subsidies=rows)
    assert len(refused.value.reasons) == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"monthly_pay": "plenty"}, "monthly_pay must be euros"), ({"monthly_pay": "-1"}, "below zero"),
        ({"monthly_pay": float("nan")}, "monthly_pay must be euros"), ({"monthly_pay": "9" * 30}, "must be euros"),
        ({"start_date": "20260115"}, "start_date must be a day"), ({"start_date": 1}, "start_date must be a day"),
        ({"end_date": "2026-01-14"}, "ends before it begins"), ({"benefit_type": "other"}, "must be one of"),
        ({"state_aid_max_percentage": 0}, "above 0 and at most"), ({"state_aid_max_percentage": 101}, "at most 100"),
        ({"pay_subsidies": {}}, None), ({"pay_subsidies": "none"}, "must be an array"),
        ({"pay_subsidies": [{"start": "2026-02-01", "end": "2026-03-01"}]}, r"pay_subsidies\[0\] lacks percent"),
        ({"pay_subsidies": [subsidy("2026-02-01", "2026-03-01", "x")]}, r"pay_subsidies\[0\]\.percent must be a perc"),
        ({"start_date": "2020-12-31"}, "rule_set has no value on 2020-12-31"), ({"vacation_money_unit": "x"}, "one of"),
        ({"training_compensations": [subsidy("2026-02-01", "2026-03-01", monthly_amount="-1")]}, "below zero"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told_with_its_name(changes, told):
    if told is None:
        assert amount(**changes)["total"] == 18_000
        return
    with pytest.raises(EvaluationError, match=told):
        amount(**changes)


def test_what_is_missing_is_told_in_words():
    (line,) = AMOUNT.evaluate({**NEW, "monthly_pay": None}, ON, BOOK).trace
    assert line.text.fi == "Määrä lasketaan, kun tiedetään: kuukausipalkka."
    rows = [{"percent": 50, "start": "2026-02-01"}, {"percent": 50, "end": "2026-02-01"}]
    (line,) = AMOUNT.evaluate({**NEW, "pay_subsidies": rows}, ON, BOOK).trace
    assert line.text.sv == "Beloppet beräknas när följande är känt: lönesubventionens dagar."


def test_what_is_missing_is_asked_for():
    assert amount(monthly_pay=None)["ask"] == ["monthly_pay"]
    assert amount(start_date="2024-05-01", end_date="2024-08-01")["ask"] == ["state_aid_max_percentage"]
    assert amount(end_date=None) == {"total": None, "can_calculate": False, "ask": ["granted_end"]}


# --- the trace


def test_each_line_tells_its_figures_their_sources_its_unit_days_and_paragraph():
    rows = [subsidy("2026-01-15", "2026-04-14", 70)]
    case = {**NEW, "pay_subsidies": rows, "sources": {"monthly_pay": "incomes-register"}}
    lines = procedure_answer(AMOUNT, case, ON, None, BOOK)["trace"]
    assert [line["step"] for line in lines] == [
        "rule_set", "salary_costs", "state_aid_max", "highest_month", "pay_subsidy", "benefit_month", "benefit_part",
        "benefit_month", "benefit_part", "total",
    ]  # fmt: skip
    for line in lines:
        assert set(line["text"]) == set(LANGUAGES)
        assert line["cite"]
    costs, first = lines[1], lines[4]
    assert costs["inputs"][0] == {
        "name": "monthly_pay", "value": 360_000, "unit": "cents/month", "source": "incomes-register",
    }  # fmt: skip
    assert costs["inputs"][2]["source"] == "application"
    assert (first["from"], first["to"], first["value"], first["unit"]) == (
        "2026-01-15", "2026-04-14", 177_000, "cents/month",
    )  # fmt: skip
    assert lines[-1]["value"] == sum(line["value"] for line in lines if line["step"] == "benefit_part")
    assert lines[6]["text"]["fi"].replace("\xa0", " ") == "15.1.2026–14.4.2026: 3 kk × 408 € = 1 224 €."


def test_the_parameters_of_a_decision_are_on_record():
    used = AMOUNT.evaluate(NEW, ON, BOOK).parameters_used
    assert used["hiring-benefit.cost_share"].value == 50
    assert used["hiring-benefit.highest_month_alone"].start == date(2026, 1, 1)


def test_a_sentence_is_made_only_when_somebody_reads_it():
    lines = AMOUNT.evaluate(NEW, ON, BOOK).trace
    assert all(callable(line.said) for line in lines)
    assert lines[-1].text.sv.replace("\xa0", " ") == "Tillägget är sammanlagt 18 000 € för tiden 15.1.2026–14.1.2027."
