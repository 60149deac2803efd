# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as iban_oracle
from stdnum.fi import hetu as identity_oracle
from stdnum.fi import ytunnus as business_oracle

from ennakko.values import business_id, iban, identity_code

BIRTHS = st.dates(date(1800, 1, 1), date(2099, 12, 31))
INDIVIDUALS = st.integers(2, 999)


@given(BIRTHS, INDIVIDUALS, st.integers(0, 100))
def test_a_composed_code_reads_back_with_every_century_sign(birth, individual, variant):
    code = identity_code.compose(birth, individual, variant)
    read = identity_code.parse(code)
    assert (read.birth_date, read.individual) == (birth, individual)
    assert read.sex == ("m" if individual % 2 else "f")
    assert read.temporary == (individual >= 900) == identity_code.is_test(code)


@given(BIRTHS, INDIVIDUALS, st.integers(0, 5))
def test_codes_agree_with_an_independent_implementation(birth, individual, variant):
    code = identity_code.compose(birth, individual, variant)
    assert identity_oracle.is_valid(code) == (individual < 900)


@given(st.from_regex(r"(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Y][0-8][0-9]{2}[0-9A-Y]", fullmatch=True))
def test_any_text_of_the_form_is_judged_as_the_independent_implementation_does(code):
    assert identity_code.is_valid(code) == identity_oracle.is_valid(code)


@pytest.mark.parametrize(
    "code",
    ["", "111111-111", "111111-111c", " 111111-111C", "111111-111C\n", "310211-1119", "111111-0015", "١١١١١١-111C"],
)
def test_what_is_not_a_code_is_refused(code):
    with pytest.raises(identity_code.InvalidIdentityCode):
        identity_code.parse(code)


def test_a_refusal_never_repeats_the_code():
    with pytest.raises(identity_code.InvalidIdentityCode) as refused:
        identity_code.parse("111111-111X")
    assert "111111" not in str(refused.value)


@pytest.mark.parametrize(
    ("birth", "individual"), [(date(1799, 12, 31), 2), (date(2100, 1, 1), 2), (date(2000, 1, 1), 1)]
)
def test_a_code_is_not_composed_outside_its_bounds(birth, individual):
    with pytest.raises(ValueError):
        identity_code.compose(birth, individual)


def test_masking_leaves_the_last_four():
    assert identity_code.mask("010101-1234") == "******1234"
    assert identity_code.mask(None) == identity_code.mask("") == ""


@given(st.integers(0, 9_999_999))
def test_business_ids_agree_with_an_independent_implementation(number):
    if business_id.check_digit(number) is None:
        with pytest.raises(ValueError):
            business_id.compose(number)
    else:
        assert business_id.is_valid(business_id.compose(number))
        assert business_oracle.is_valid(business_id.compose(number))


@pytest.mark.parametrize("text", ["0201256-6", "1572860-0"])
def test_real_business_ids_are_valid(text):
    assert business_id.is_valid(text)


@pytest.mark.parametrize("text", ["0201256-7", "02012566", "0201256-66", "", "٠201256-6"])
def test_what_is_not_a_business_id_is_refused(text):
    assert not business_id.is_valid(text)


@pytest.mark.parametrize("text", ["FI21 1234 5600 0007 85", "fi2112345600000785", "DE89370400440532013000"])
def test_accounts_are_read_with_blanks_and_in_any_case(text):
    assert iban.is_valid(text)
    assert iban_oracle.is_valid(text)


@pytest.mark.parametrize("text", ["FI2112345600000786", "FI21123456000007", "1234", "", "FI21 1234 5600 0007 8ä"])
def test_a_wrong_account_is_refused(text):
    assert not iban.is_valid(text)


@given(st.integers(0, 10**14 - 1))
def test_one_wrong_digit_in_a_finnish_account_is_always_found(account):
    check = 98 - int(f"{account:014}151800") % 97
    right = f"FI{check:02}{account:014}"
    assert iban.is_valid(right)
    assert iban.country(right) == "FI"
    assert not iban.is_valid(right[:-1] + str((int(right[-1]) + 1) % 10))
