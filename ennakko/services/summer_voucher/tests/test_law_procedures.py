# SPDX-License-Identifier: EUPL-1.2
"""Properties and corner cases of the number, the names, the fields and the acceptance."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law import fields, number_2026, surname_2026
from ennakko.services.summer_voucher.law.acceptance_2026 import Applied, Confirmation, Earlier, Registered, Status
from ennakko.services.summer_voucher.law.refusals import Refusal

NUMBERS = st.integers(number_2026.FIRST_RANDOM, number_2026.LAST_RANDOM)
NAMES = st.text(st.characters(categories=("L", "Pd", "Zs", "Mn")), max_size=20)

# --- number


@given(st.integers(0, number_2026.LAST_RANDOM))
def test_a_number_is_read_as_it_was_shown(number):
    shown = number_2026.encode(number)
    assert number_2026.decode(shown) == number
    assert number_2026.decode(f"  {shown.upper()} ") == number


@given(NUMBERS, st.integers(1, 20))
def test_leading_zeros_blanks_and_dashes_are_forgiven(number, zeros):
    plain = number_2026.encode(number).replace("-", "")
    assert number_2026.decode("0" * zeros + plain) == number
    assert number_2026.decode(" ".join(plain)) == number
    assert number_2026.decode("-".join(plain)) == number
    assert number_2026.decode(plain.replace("1", "l").replace("0", "O")) == number


@given(NUMBERS, st.data())
def test_one_wrong_symbol_never_gives_another_voucher(number, data):
    plain = number_2026.encode(number).replace("-", "")
    place = data.draw(st.integers(0, len(plain) - 1))
    wrong = data.draw(st.sampled_from([each for each in number_2026.SYMBOLS if each != plain[place]]))
    typed = plain[:place] + wrong + plain[place + 1 :]
    # Digits alone below the first random number are the old series, where no check digits existed.
    if not (typed.isdigit() and int(typed) < number_2026.FIRST_RANDOM):
        assert number_2026.decode(typed) is None


@given(NUMBERS, st.data())
def test_two_neighbouring_symbols_swapped_never_give_another_voucher(number, data):
    plain = number_2026.encode(number).replace("-", "")
    body, check = plain[:-2], plain[-2:]
    place = data.draw(st.integers(0, len(body) - 2))
    typed = body[:place] + body[place + 1] + body[place] + body[place + 2 :] + check
    old_series = typed.isdigit() and int(typed) < number_2026.FIRST_RANDOM
    assert typed == plain or old_series or number_2026.decode(typed) is None


@pytest.mark.parametrize(
    "typed", ["", "-", "31n-022-", "u1n-022", "31n", "31n-023", "22", "9" * 5000, "３１ｎ０２２", -31]
)
def test_what_is_no_number_matches_nothing(typed):
    assert number_2026.decode(typed) in (None, 22)
    assert (number_2026.decode(typed) == 22) == (typed == "22")


@pytest.mark.parametrize("typed", [True, False, 1.0, [], ["31n-022"], {}, b"31n-022"])
def test_what_is_not_text_nor_a_number_is_an_error(typed):
    with pytest.raises(TypeError):
        number_2026.decode(typed)


@pytest.mark.parametrize("number", [-1, 2**50])
def test_a_number_outside_the_series_is_not_shown(number):
    with pytest.raises(ValueError):
        number_2026.encode(number)


def test_numbers_are_drawn_from_the_whole_range_until_one_is_free():
    asked = []
    draw = random.Random(1).randint

    def taken(number):
        asked.append(number)
        return len(asked) < number_2026.TRIES

    assert number_2026.allocate(draw=draw, taken=taken) == asked[-1]
    assert len(asked) == number_2026.TRIES
    with pytest.raises(number_2026.NumbersExhausted):
        number_2026.allocate(draw=draw, taken=lambda _number: True)


# --- names


@given(NAMES)
def test_normalising_twice_changes_nothing_more(name):
    once = surname_2026.normalise(name)
    assert surname_2026.normalise(once) == once


@given(NAMES, NAMES)
def test_the_registered_surname_always_fits_before_or_after_first_names(last, first):
    assert surname_2026.fits(last_name=last, full_name=f"{first} {last}")
    assert surname_2026.fits(last_name=last, full_name=f"{last} {first}")


@given(st.text("abcdeå", max_size=8), st.text("abcdeå", max_size=8), st.text("abcdeå", max_size=8))
def test_distance_is_a_distance(first, second, third):
    distance = surname_2026.edit_distance
    assert distance(first, first) == 0
    assert distance(first, second) == distance(second, first) <= max(len(first), len(second))
    assert distance(first, third) <= distance(first, second) + distance(second, third)


@pytest.mark.parametrize(
    ("name", "normalised"),
    [("Łukasz", "lukasz"), ("Þór", "thor"), ("İnci", "inci"), ("ŒUVRÉ", "oeuvre"), ("김", "김"), ("ÅÄÖ", "åäö"),
     ("A–B—C", "a-b-c"), (None, ""), ("Е́ва", "ева")],
)  # fmt: skip
def test_scripts_of_the_world_are_normalised(name, normalised):
    assert surname_2026.normalise(name) == normalised


def test_a_text_too_long_to_be_a_name_fits_nobody():
    assert not surname_2026.fits(last_name="Li", full_name="Li " * 1000)


def test_nobody_fits_an_empty_name():
    assert not surname_2026.fits(last_name="Li", full_name="")
    assert not surname_2026.fits(last_name="Korhonen", full_name=None)


# --- fields


@pytest.mark.parametrize(
    "number",
    ["+1-800-555-1212", "+44-20-7011-5555", "+46 70 123 45 67", "+39 06 1234 5678", "(09) 310 1691", "+372 5123 4567"],
)
def test_numbers_of_any_country_are_taken_in(number):
    assert fields.check("phone_number", number) is None


@pytest.mark.parametrize(
    "number", ["12345678", "+358", "+0401234567", "040-ABC", "+358 040 1234567", "0" * 16, 401234567, None]
)
def test_what_is_no_phone_number_is_refused_with_an_example(number):
    refusal = fields.check("phone_number", number)
    assert refusal is not None
    assert refusal.field == "phone_number"
    assert refusal.text.sv


@pytest.mark.parametrize(
    "address", ["a@b.fi", "nimi.suku+seteli@posti.esimerkki.fi", "ääkkö@esimerkki.fi", "a@b-c.xn--p1ai"]
)
def test_addresses_are_taken_in(address):
    assert fields.check("email", address) is None


@pytest.mark.parametrize(
    "address", ["a@b", "a b@c.fi", "a@@c.fi", "a@c..fi", "a@-c.fi", "a@b.c1", "a@c.fi\nb@c.fi", "@c.fi"]
)
def test_what_is_no_address_is_refused(address):
    assert fields.check("email", address).code == "invalid"


@pytest.mark.parametrize(("field", "longest"), fields.LONGEST.items())
def test_a_text_longer_than_its_field_is_refused(field, longest):
    assert fields.check(field, "1" * (longest + 1)) is not None


def test_a_description_of_one_to_4096_characters_is_taken_in():
    assert fields.check("additional_info_description", "a") is None
    assert fields.check("additional_info_description", "a" * 4096) is None
    assert fields.check("additional_info_description", " " * 10 + "a" * 4096) is None
    assert fields.check("additional_info_description", "a" * 4097).code == "max_length"
    assert fields.check("additional_info_description", " \n").code == "blank"


def test_a_temporary_identity_code_is_not_taken_in():
    assert fields.check("social_security_number", "111111-900U").code == "invalid"
    assert fields.check("social_security_number", "111111-900U", temporary=True) is None
    assert fields.check("social_security_number", "111111-111C") is None


@pytest.mark.parametrize(
    "reasons", [["other", "other"], [], "other", ["moving"], [None], None, {"other": True}, [["other"]]]
)
def test_reasons_are_known_and_each_only_once(reasons):
    assert fields.check("additional_info_user_reasons", reasons) is not None


# --- acceptance

ALL_RIGHT = Registered(code_valid=True, alive=True, surname_same=True, municipality="Helsinki")
SIXTEEN = Applied(16, "primary_target_group", frozenset({"primary_target_group"}))


def questions(applied=SIXTEEN, **changes):
    registered = Registered(
        **{name: changes.get(name, getattr(ALL_RIGHT, name)) for name in Registered.__slots__}
    )  # fmt: skip
    return [each.code for each in acceptance.open_questions(applied=applied, registered=registered, home="Helsinki")]


def test_nothing_is_asked_when_the_register_confirms_everything():
    assert questions() == []
    assert questions(municipality=" HELSINKI ") == []


def test_a_non_disclosed_person_whom_the_register_knows_waits_for_nobody():
    assert questions(non_disclosure=True) == []
    assert questions(non_disclosure=True, municipality=None) == ["not_resident"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"in_use": False}, "register_not_in_use"),
        ({"code_valid": False}, "not_found"),
        ({"alive": False}, "dead"),
        ({"surname_same": False}, "surname_differs"),
        ({"municipality": "Utsjoki"}, "not_resident"),
    ],
)
def test_what_the_register_does_not_confirm_is_a_question(changes, code):
    assert questions(**changes) == [code]


@pytest.mark.parametrize(
    ("applied", "codes"),
    [
        (Applied(17, "primary_target_group", frozenset({"primary_target_group"})), ["other_age"]),
        (Applied(15, "hki_15", frozenset({"primary_target_group"})), ["group_not_open"]),
        (Applied(16, "sixteen", frozenset({"sixteen"})), ["other_age"]),
        (Applied(None, "primary_target_group", frozenset({"primary_target_group"})), ["other_age"]),
        (Applied(16, "primary_target_group", frozenset({"primary_target_group"}), False), ["no_identity_code"]),
    ],
)
def test_the_declared_group_must_be_open_and_of_the_right_age(applied, codes):
    assert questions(applied=applied) == codes


def test_a_stranger_cannot_tell_a_wrong_surname_from_a_wrong_code():
    wrong_code = Registered(code_valid=False)
    wrong_name = Registered(code_valid=True, alive=True, surname_same=False, municipality="Helsinki")
    said = [
        acceptance.refused_on_sending(registered=each, questions=[], send_anyway=False)
        for each in (wrong_code, wrong_name)
    ]
    assert [each.code for each in said] == ["inadmissible_data", "please_recheck_data"]
    assert said[0].text == said[1].text


def test_confirming_twice_changes_nothing():
    once = acceptance.confirm(status=Status.SUBMITTED, active=False, expired=False, another_active=False, questions=[])
    assert once == Confirmation("accepted", Status.ACCEPTED)
    twice = acceptance.confirm(status=once.status, active=True, expired=True, another_active=False, questions=[])
    assert (twice.page, twice.status) == ("already_activated", Status.ACCEPTED)


def test_a_second_application_of_the_same_person_is_not_confirmed():
    second = acceptance.confirm(status=Status.SUBMITTED, active=False, expired=False, another_active=True, questions=[])
    assert second == Confirmation("already_activated", Status.SUBMITTED, active=False)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("accept", [True, False])
def test_only_what_the_table_allows_is_decided(status, accept):
    standing = acceptance.STANDINGS[status]
    decided = acceptance.decide(status=status, accept=accept)
    assert isinstance(decided, Status) == (standing.may_accept if accept else standing.may_reject)
    if isinstance(decided, Refusal):
        assert decided.cite == "act 8 §"
    else:
        assert acceptance.STANDINGS[decided].final


def test_a_rejected_or_expired_application_stands_in_nobodys_way():
    def earlier(**changes):
        facts = {
            "same_email": True, "same_identity_code": True, "confirmed": True, "link_expired": False, "this_year": True,
            "status": Status.SUBMITTED, **changes,
        }  # fmt: skip
        return acceptance.duplicate(Earlier(**facts))

    assert earlier().code == "already_assigned"
    assert earlier(confirmed=False).code == "email_in_use"
    assert earlier(status=Status.REJECTED) is None
    assert earlier(confirmed=False, link_expired=True) is None
    assert earlier(this_year=False) is None


@pytest.mark.parametrize(
    ("birth", "copy"), [(date(2011, 4, 16), True), (date(2011, 4, 15), False), (date(2012, 2, 29), True)]
)
def test_the_guardians_get_a_copy_until_the_fifteenth_birthday(birth, copy):
    assert acceptance.needs_guardian_copy(birth=birth, on=date(2026, 4, 15), independent_age=15) == copy
