# SPDX-License-Identifier: EUPL-1.2
import pytest

from ennakko.kernel.organisations.forms import form_name
from ennakko.kernel.organisations.industries import industry_in_words


def _all(found):
    return found.fi, found.sv, found.en


def test_a_form_is_named_in_the_reader_s_language_and_in_finnish_as_the_register_names_it():
    assert _all(form_name("oy", "Osakeyhtiö")) == ("Osakeyhtiö", "Aktiebolag", "Limited company")
    assert _all(form_name("ry", "Aatteellinen yhdistys")) == ("Aatteellinen yhdistys", "Förening", "Association")
    assert form_name("oy", "").fi == "Osakeyhtiö"


@pytest.mark.parametrize(("told", "shown"), [("Osuuspankki", "Osuuspankki"), ("", "xx")])
def test_a_form_of_which_no_name_is_known_stands_as_it_was_told(told: str, shown: str):
    assert _all(form_name("xx", told)) == (shown, shown, shown)


def test_what_no_register_tells_is_a_dash():
    assert _all(form_name("", "")) == ("–", "–", "–")
    assert _all(industry_in_words("", "")) == ("–", "–", "–")


def test_an_industry_is_told_by_its_own_name_or_by_its_section():
    assert _all(industry_in_words("56302", "Kahvilat ja kahvibaarit")) == (
        "56302 Kahvilat ja kahvibaarit", "56302 Hotell och restaurang", "56302 Accommodation and food"
    )  # fmt: skip
    assert industry_in_words("56302", "").fi == "56302 Majoitus ja ravitsemis"
    assert _all(industry_in_words("00000", "Muu")) == ("00000 Muu", "00000", "00000")
