# SPDX-License-Identifier: EUPL-1.2
"""Fees, alterations and percentages worked out by hand from the act, at the edges of its roundings."""

from datetime import date

import pytest

from ennakko.rules.answers import procedure_answer
from ennakko.rules.registry import get
from ennakko.services.childcare.tests.book import BOOK


def answer(rule, **case):
    return procedure_answer(get(f"childcare.{rule}"), case, date(2026, 11, 20), "en", BOOK)


@pytest.mark.parametrize(
    ("case", "base", "own"),
    [
        # Eight at home: 3874 + 2 · 144 = 4162; 838 · 10.70 % = 89.67 → 90; second 50 % 45; 60 % of it 27, not below 27.
        (("2020-08-01", 8, [500_000], "0.6", 2), 9000, 2700),
        # The same a year later: the limit is 5075 + 2 · 189 = 5453, above the income.
        (("2021-08-01", 8, [500_000], "0.6", 2), 0, 0),
        # 3874 + 252.34 = 4126.34: 252.34 · 10.70 % = 27.0004 → 27, below the lowest 28.
        (("2023-03-01", 2, [412_634], "1", 1), 2700, 0),
        # 257.01 · 10.70 % = 27.50007 → 28: half up makes it the lowest, which is paid.
        (("2023-03-01", 2, [413_101], "1", 1), 2800, 2800),
        # 4066 + 2906.55: 310.9996 → 311, the highest; the third child 20 % = 62.2 → 62; 80 % of it 49.6 → 50.
        (("2024-08-01", 2, [697_250], "0.8", 3), 31_100, 5000),
        # The last day of the old figures: 295 and not yet 311; the second child 40 % = 118.
        (("2024-07-31", 3, [900_000, 100_000], "1", 2), 29_500, 11_800),
    ],
)
def test_a_childs_fee(case, base, own):
    day, size, incomes, coefficient, ordinal = case
    found = answer(
        "fee", thresholds=day, family_size=size, incomes=incomes, coefficient=coefficient, sibling_ordinal=ordinal
    )
    assert (found["base_fee"], found["fee"]) == (base, own)


@pytest.mark.parametrize(
    ("fee", "alterations", "effects"),
    [
        # Each on the running fee: 60 % of 100 €, then 50 € of the 40 € left, then 10 % of nothing.
        (10_000, [("RELIEF", 60, False), ("DISCOUNT", 50, True), ("INCREASE", 10, False)], [-6000, -4000, 0]),
        # 33 % of 101 € is 33.33; 50 % of 67.67 € is 33.835, half up to the cent 33.84.
        (10_100, [("DISCOUNT", 33, False), ("RELIEF", 50, False)], [-3333, -3384]),
        (0, [("INCREASE", 20, True), ("INCREASE", 5, False)], [2000, 100]),
        (5000, [], []),
    ],
)
def test_alterations_in_their_order(fee, alterations, effects):
    given = [{"type": kind, "amount": amount, "absolute": absolute} for kind, amount, absolute in alterations]
    found = answer("fee", fee=fee, alterations=given)
    assert (found["effects"], found["final"]) == (effects, fee + sum(effects))


@pytest.mark.parametrize(
    ("total", "educators", "percent"),
    # 4.75 of 21 is 0.22619 → 0.2262 → 22.6; 0.3925 is 39.25, to the even tenth 39.2.
    [("4.75", 3, 22.6), ("2.7475", 1, 39.2), ("2.7545", 1, 39.4), ("14", 2, 100.0), ("15.75", 2, 112.5), (0, 1, 0.0)],
)
def test_how_full_a_unit_is(total, educators, percent):
    assert float(answer("occupancy-percent", sum=total, caretakers=educators)["percent"]) == percent


SENT = {"type": "DAYCARE", "sent": "2026-02-16"}


@pytest.mark.parametrize(
    ("case", "due"),
    [
        ({"sent": "2026-10-31"}, "2027-02-28"),
        ({"type": "CLUB", "preferred_start": "2026-03-01", "relative_to_start": True}, "2026-06-16"),
        ({"urgent": True, "attachments": []}, None),
        ({"type": "PRESCHOOL", "urgent": True}, "2026-02-16"),
        ({"urgent": True, "transfer": True, "attachments": ["2026-02-20"]}, None),
    ],
)
def test_when_a_place_is_due(case, due):
    assert answer("due-date", **{**SENT, **case})["due_date"] == due
