# SPDX-License-Identifier: EUPL-1.2
"""The estimate: the law's sum month by month, what is still open, what hinders; carried over without personal data."""

import json
from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client

from ennakko.services.hiring_benefit.carried import KEPT, SALT, asked_of, token_of
from ennakko.services.hiring_benefit.estimating import Asked, estimate

ON = date(2026, 11, 22)
PAGE, EMBEDDED, INTERFACE = (
    "/hiring-benefit/estimate/", "/hiring-benefit/estimate/embedded/", "/api/hiring-benefit/estimate"
)  # fmt: skip
USUAL = Asked(
    monthly_pay=360_000, other_expenses=75_600, start=date(2027, 1, 15), months=12, employer_kind="company",
    weekly_hours=37,
)  # fmt: skip
FORM = {"monthly_pay": "3600", "other_expenses": "756", "start": "2027-01-15", "months": "12"}
BODY = {"monthly_pay": "3600.00", "other_expenses": "756.00", "start": "2027-01-15", "months": 12}


def steps(reasons):
    return [one.step for one in reasons]


def test_the_usual_hiring_brings_the_highest_sum_in_two_instalments():
    found = estimate(USUAL, on=ON)
    assert (found.possible, found.month, found.total) == (True, 150_000, 1_800_000)
    assert [one.cents for one in found.months] == [150_000] * 12
    assert [(one.cents, one.due) for one in found.instalments] == [(900_000, None), (900_000, date(2027, 7, 15))]
    assert steps(found.remaining) == ["resident", "target_group", "months_left", "not_twice", "within_ceiling"]
    assert "employer" in steps(found.settled)


@pytest.mark.parametrize("start", [date(2026, 12, 31), date(2027, 1, 31), date(2028, 2, 29), date(2027, 2, 28)])
@pytest.mark.parametrize("months", [1, 2, 7, 12])
def test_the_months_together_are_the_total_and_cover_every_day_once(start, months):
    asked = Asked(monthly_pay=211_111, other_expenses=12_345, start=start, months=months)
    found = estimate(asked, on=ON)
    assert sum(one.cents for one in found.months) == found.total
    assert (found.months[0].start, found.months[-1].end) == (start, asked.end)
    for before, after in zip(found.months, found.months[1:], strict=False):
        assert after.start == before.end + timedelta(days=1)


def test_a_training_compensation_is_taken_off_every_month_of_an_apprenticeship():
    asked = Asked(
        monthly_pay=200_000, start=date(2027, 1, 1), months=18, apprenticeship=True, training_compensation=20_000
    )
    found = estimate(asked, on=ON)
    assert found.month == 80_000
    assert found.hindrances == ()


@pytest.mark.parametrize(
    ("changed", "hindrance"),
    [
        ({"pay_subsidy": True}, "no_other_support"), ({"employer_kind": "municipality"}, "employer"),
        ({"weekly_hours": 17}, "hours_enough"), ({"months": 13}, "short_enough"),
        ({"start": date(2026, 7, 1)}, "in_time"),
        ({"employer_kind": "association", "manager_available": False}, "managed"),
    ],
)  # fmt: skip
def test_a_condition_that_fails_is_told_instead_of_a_sum(changed, hindrance):
    from dataclasses import replace

    found = estimate(replace(USUAL, **changed), on=ON)
    assert not found.possible
    assert hindrance in steps(found.hindrances)


def test_what_is_not_told_remains_and_does_not_hinder():
    found = estimate(Asked(monthly_pay=100_000, start=date(2027, 1, 1), months=1), on=ON)
    assert found.possible
    assert {"employer", "hours_enough"} <= set(steps(found.remaining))


# --- carried over


def test_an_estimate_is_carried_over_as_it_was():
    assert asked_of(token_of(USUAL)) == USUAL


@pytest.mark.parametrize(
    "token",
    [
        "", "x", "a" * 2000, signing.dumps({"start": "2027-01-01"}, salt=SALT),
        signing.dumps({"start": "x", "months": 1, "monthly_pay": 1}, salt=SALT),
        signing.dumps({**BODY}, salt="another"),
    ],
    ids=["empty", "short", "long", "half", "no day", "another's"],
)  # fmt: skip
def test_a_token_that_is_not_ours_carries_nothing(token):
    assert asked_of(token) is None


def test_an_old_estimate_is_not_carried_over(monkeypatch):
    token = token_of(USUAL)
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + KEPT.total_seconds() + 60)
    assert asked_of(token) is None


# --- the pages


@pytest.fixture
def visitor(db):
    return Client(headers={"Accept-Language": "en"})


def test_the_page_asks_and_answers_without_signing_in_and_keeps_nothing(visitor):
    first = visitor.get(PAGE)
    assert "The answer appears here" in first.content.decode()
    answer = visitor.get(PAGE, FORM)
    said = answer.content.decode()
    assert "At most €1,500 a month" in said
    assert "€18,000" in said
    assert said.count("15 January 2027") >= 1
    assert "Apply with these figures" in said or "hiring-benefit:begin" not in said
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_sums_are_read_as_people_write_them(visitor):
    said = visitor.get(PAGE, FORM | {"monthly_pay": "3 600,00 €"}).content.decode()
    assert "€18,000" in said


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("monthly_pay", "", "Write the sum in euros"), ("monthly_pay", "much", "Write a sum from 0 to 99,999.99"),
        ("monthly_pay", "0", "Write the sum in euros"), ("monthly_pay", "-1", "Write a sum from 0 to 99,999.99"),
        ("monthly_pay", "100000", "Write a sum from 0"), ("other_expenses", "1,234", "Write a sum from 0"),
        ("start", "", "Choose the day."), ("start", "31.2.2027", "Choose a day of the calendar."),
        ("start", "2050-01-01", "at most two years"), ("start", "2001-01-01", "at most two years"),
        ("months", "0", "whole months, from 1 to 24"), ("months", "x", "whole months, from 1 to 24"),
        ("months", "25", "whole months, from 1 to 24"), ("employer_kind", "king", "Choose one."),
        ("pay_subsidy", "maybe", "Choose one."), ("weekly_hours", "169", "whole hours a week"),
        ("vacation_money", "nan", "Write a sum from 0"),
    ],
)  # fmt: skip
def test_each_bad_answer_has_its_own_words(visitor, name, value, answer):
    refused = visitor.get(PAGE, FORM | {name: value})
    assert refused.status_code == 422
    assert answer in refused.content.decode()


def test_with_htmx_only_the_answer_comes_again(visitor):
    said = visitor.get(PAGE, FORM, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in said
    assert "€18,000" in said


def test_what_hinders_is_said_with_whom_to_ask(visitor):
    said = visitor.get(PAGE, FORM | {"pay_subsidy": "yes"}).content.decode()
    assert "The benefit cannot be granted like this" in said
    assert "€18,000" not in said


@pytest.mark.parametrize("origins", ["*", "https://jobs.example"])
def test_only_the_embedded_calculator_may_stand_in_a_frame(visitor, settings, origins):
    settings.EMBEDDED_BY = origins
    framed = visitor.get(EMBEDDED, FORM | {"lang": "sv"})
    assert f"frame-ancestors {origins}" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert not framed.cookies
    assert 'lang="sv"' in framed.content.decode()
    assert "frame-ancestors 'none'" in visitor.get(PAGE).headers["Content-Security-Policy"]


def test_the_snippet_is_shown_as_text(visitor):
    said = visitor.get("/hiring-benefit/estimate/embedding/").content.decode()
    assert "&lt;iframe src=&quot;" in said


# --- the interface


def ask(visitor, **changed):
    return visitor.post(INTERFACE, json.dumps(BODY | changed), content_type="application/json")


def test_the_interface_answers_the_same_as_the_page(visitor):
    answer = ask(visitor).json()
    assert (answer["possible"], answer["total"], answer["month"]) == (True, "18000.00", "1500.00")
    assert [one["amount"] for one in answer["instalments"]] == ["9000.00", "9000.00"]
    assert len(answer["months"]) == 12
    carried = asked_of(answer["carry"])
    assert carried is not None
    assert (carried.monthly_pay, carried.months) == (360_000, 12)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"monthly_pay": "much"}, "monthly_pay"), ({"monthly_pay": "-1.00"}, "monthly_pay"),
        ({"monthly_pay": "100000.00"}, "monthly_pay"), ({"months": 0}, "months"), ({"months": 25}, "months"),
        ({"start": "2027-02-30"}, "start"), ({"start": "1999-01-01"}, "start"), ({"extra": 1}, "extra"),
        ({"employer_kind": "king"}, "employer_kind"), ({"weekly_hours": 0}, "weekly_hours"),
    ],
)  # fmt: skip
def test_the_interface_says_where_a_request_is_wrong(visitor, changed, place):
    refused = ask(visitor, **changed)
    assert refused.status_code == 422
    assert place in refused.json()["errors"][0]["where"]
