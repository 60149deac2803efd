# SPDX-License-Identifier: Apache-2.0
import pytest

from ennakko.facts.organisation_kinds import KINDS, form_code, kind


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("16", "company"), ("OY", "company"), ("oy", "company"), ("6", "association"), ("ry", "association"),
        ("18", "foundation"), ("sr", "foundation"), ("71", "parish"), ("srk", "parish"), ("41", "municipality"),
        ("40", "state"), ("26", "sole_trader"), ("tmi", "sole_trader"), ("53", "sole_trader"), ("047", "association"),
        ("", "company"), (None, "company"), ("999", "company"),
    ],
)  # fmt: skip
def test_a_form_s_code_tells_the_kind(form: str | None, expected: str) -> None:
    assert kind(form) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Osakeyhtiö", "company"), ("Kommandiittiyhtiö", "company"), ("Aatteellinen yhdistys", "association"),
        ("Rekisteröity yhdistys ry", "association"), ("Helsingin seurakunta", "parish"),
        ("Evankelis-luterilainen kirkko", "parish"), ("Kuntayhtymä", "municipality"), ("Kunta", "municipality"),
        ("Hyvinvointialue", "municipality"), ("Valtio ja sen laitokset", "state"), ("Säätiö", "foundation"),
        ("Ylioppilaskunta tai osakunta", "association"), ("Yksityinen elinkeinonharjoittaja", "sole_trader"),
        ("Kuolinpesä", "sole_trader"), ("Yksityishenkilö", "private"),
        ("Ideell förening", "association"), ("Aktiebolag", "company"), ("", "company"),
    ],
)  # fmt: skip
def test_words_tell_the_kind_where_the_code_does_not(words: str, expected: str) -> None:
    assert kind(words) == kind("", words) == expected
    assert expected in KINDS


def test_the_code_weighs_more_than_the_words() -> None:
    assert kind("16", "Yhdistysten Osakeyhtiö") == "company"


def test_a_register_s_form_becomes_the_code_that_rules_know() -> None:
    assert [form_code(one) for one in ("16", "OYJ", "26", "6", "29", "71", "RY")] == [
        "oy", "oyj", "tmi", "ry", "ry", "srk", "ry",
    ]  # fmt: skip
    assert form_code("SCE") == "sce"
    assert form_code("") == ""
