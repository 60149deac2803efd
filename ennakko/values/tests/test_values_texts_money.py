# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennakko.values.money import euros, format_money, in_euros, round_half_up
from ennakko.values.texts import Text, direction, text

VOUCHER = text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher", so="Foojarka shaqada")


def test_a_text_answers_in_its_languages_and_falls_back_to_finnish():
    assert VOUCHER.in_("sv") == "Sommarsedeln"
    assert VOUCHER.in_("sv-FI") == "Sommarsedeln"
    assert VOUCHER.in_("so") == "Foojarka shaqada"
    assert VOUCHER.in_("de") == "Kesäseteli"
    assert VOUCHER.languages == ("fi", "sv", "en", "so")


def test_a_text_without_swedish_is_refused():
    with pytest.raises(ValueError, match="missing sv"):
        text(fi="Kyllä", sv="", en="Yes")


def test_filling_in_keeps_every_language_and_fills_texts_in_theirs():
    reason = text(fi="{what} on valmis", sv="{what} är klar", en="{what} is ready")
    assert reason.format(what=VOUCHER) == text(
        fi="Kesäseteli on valmis", sv="Sommarsedeln är klar", en="Summer job voucher is ready"
    )


def test_texts_are_values():
    same = Text("Kesäseteli", "Sommarsedeln", "Summer job voucher", {"so": "Foojarka shaqada"})
    assert {VOUCHER: 1}[same] == 1
    assert pickle.loads(pickle.dumps(VOUCHER)) == VOUCHER


@pytest.mark.parametrize(("language", "expected"), [("fi", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("so", "ltr")])
def test_writing_direction_is_known(language, expected):
    assert direction(language) == expected


@pytest.mark.parametrize(("amount", "cents"), [(350, 35000), ("350.50", 35050), ("0,05", 5), (Decimal("-1.2"), -120)])
def test_euros_are_exact_cents(amount, cents):
    assert euros(amount) == cents


@pytest.mark.parametrize("amount", ["1.005", "many", "", "NaN", "Infinity"])
def test_an_amount_that_is_not_whole_cents_is_refused(amount):
    with pytest.raises(ValueError):
        euros(amount)


@pytest.mark.parametrize("amount", [3.5, True, None])
def test_floats_are_not_money(amount):
    with pytest.raises(TypeError):
        euros(amount)


@given(st.integers(-(10**12), 10**12))
def test_cents_survive_the_way_through_euros(cents):
    assert euros(in_euros(cents)) == cents


@given(st.integers(-(10**9), 10**9), st.integers(-(10**4), 10**4).filter(bool))
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(numerator, denominator):
    exact, rounded = Fraction(numerator, denominator), round_half_up(numerator, denominator)
    distance = abs(exact - rounded)
    assert distance <= Fraction(1, 2)
    if distance == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("cents", "language", "written"),
    [
        (35000, "fi", "350\u00a0€"),
        (123450, "sv", "1\u00a0234,50\u00a0€"),
        (123450, "en", "€1,234.50"),
        (-5, "fi", "−0,05\u00a0€"),
        (4375000000, "en", "€43,750,000"),
    ],
)
def test_amounts_read_as_people_write_them(cents, language, written):
    assert format_money(cents, language) == written


@pytest.mark.parametrize("written", ["1e999999", "1e400", "-1e18", "1e-999999", "350.0000000000000000000000000000001"])
def test_an_amount_that_no_64_bits_hold_is_refused_at_once(written):
    with pytest.raises(ValueError, match="at most"):
        euros(written)
