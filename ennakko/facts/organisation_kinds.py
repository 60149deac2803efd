# SPDX-License-Identifier: Apache-2.0
"""Legal forms of the Business Information System (code list YRMU), and the kinds of organisation that rules know.

The register gives a form as a number (“16”), an abbreviation (“OY”) or words (“Osakeyhtiö”); the codes here are those
of the fact `form`. Wellbeing services counties count as municipalities, being self-governing public bodies; an estate
that goes on with a business counts as the sole trader whose business it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from ennakko.values.texts import Text, text

Kind = Literal["company", "association", "foundation", "parish", "municipality", "state", "sole_trader", "private"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_NAMES: Final[Mapping[str, Text]] = {
    "company": text(fi="yritys", sv="företag", en="company"),
    "association": text(fi="yhdistys", sv="förening", en="association"),
    "foundation": text(fi="säätiö", sv="stiftelse", en="foundation"),
    "parish": text(fi="seurakunta", sv="församling", en="parish"),
    "municipality": text(fi="kunta", sv="kommun", en="municipality"),
    "state": text(fi="valtio", sv="staten", en="the state"),
    "sole_trader": text(fi="yksityinen elinkeinonharjoittaja", sv="enskild näringsidkare", en="sole trader"),
    "private": text(fi="yksityishenkilö", sv="privatperson", en="private person"),
}
"""Each kind as a letter says it in the middle of a sentence."""

_FORMS: dict[str, tuple[str, Kind]] = {
    "2": ("asoy", "company"),
    "4": ("asyh", "association"),
    "5": ("ay", "company"),
    "6": ("ry", "association"),
    "10": ("koy", "company"),
    "13": ("ky", "company"),
    "14": ("osk", "company"),
    "16": ("oy", "company"),
    "17": ("oyj", "company"),
    "18": ("sr", "foundation"),
    "21": ("ry", "association"),
    "22": ("valtll", "state"),
    "25": ("ry", "association"),
    "26": ("tmi", "sole_trader"),
    "29": ("ry", "association"),
    "31": ("ry", "association"),
    "32": ("sr", "foundation"),
    "35": ("ry", "association"),
    "38": ("ry", "association"),
    "39": ("sr", "foundation"),
    "40": ("valtio", "state"),
    "41": ("kunta", "municipality"),
    "42": ("kunta", "municipality"),
    "43": ("valtio", "state"),
    "44": ("srk", "parish"),
    "45": ("srk", "parish"),
    "46": ("srk", "parish"),
    "47": ("ry", "association"),
    "48": ("valtio", "state"),
    "53": ("kp", "sole_trader"),
    "58": ("ry", "association"),
    "61": ("kunta", "municipality"),
    "62": ("kunta", "municipality"),
    "64": ("valtio", "state"),
    "70": ("ry", "association"),
    "71": ("srk", "parish"),
    "90": ("ry", "association"),
}
"""YRMU number → our code of the form and its kind; a number that is not here is a company."""

_ABBREVIATIONS = {
    "ASY": "2", "ASH": "4", "AY": "5", "ARY": "6", "RY": "6", "KOY": "10", "KY": "13", "OK": "14", "OSK": "14",
    "OY": "16", "OYJ": "17", "SÄÄ": "18", "SR": "18", "TY": "21", "VALTLL": "22", "TMI": "26", "SRK": "71",
}  # fmt: skip

_WORDS: tuple[tuple[str, Kind], ...] = (
    ("seurakun", "parish"),
    ("kirkko", "parish"),
    ("uskonnollinen", "parish"),
    ("församling", "parish"),
    ("kyrka", "parish"),
    ("hyvinvointialue", "municipality"),
    ("välfärdsområde", "municipality"),
    ("kuntayhtymä", "municipality"),
    ("kunta", "municipality"),
    ("kunnalli", "municipality"),
    ("kuntain", "municipality"),
    ("kommun", "municipality"),
    ("valtio", "state"),
    ("staten", "state"),
    ("säätiö", "foundation"),
    ("stiftelse", "foundation"),
    ("yhdistys", "association"),
    ("förening", "association"),
    ("elinkeinonharjoittaja", "sole_trader"),
    ("näringsidkare", "sole_trader"),
    ("yksityishenkilö", "private"),
    ("luonnollinen henkilö", "private"),
    ("kuolinpesä", "sole_trader"),
)
"""Parts of a form's words; the first that is found decides."""


def form_code(form: str) -> str:
    """Our code of a register's form: oy, tmi, ky, ry, sr, srk …; an unknown one as it is, in small letters."""
    number = _number(form)
    return _FORMS[number][0] if number in _FORMS else form.strip().lower()


def kind(form: str | None, form_text: str | None = "") -> Kind:
    """The kind of an organisation by its form's code or, where that is unknown, its words; a company otherwise.

    Words may be given in place of the code: “Aatteellinen yhdistys” is an association.
    """
    number = _number(form or "")
    if number in _FORMS:
        return _FORMS[number][1]
    # Students' unions and nations end in -kunta without being municipalities.
    words = f"{form or ''} {form_text or ''}".lower().replace("ylioppilaskunta", "yhdistys")
    words = words.replace("osakunta", "yhdistys")
    return next((found for part, found in _WORDS if part in words), "company")


def _number(form: str) -> str:
    code = form.strip()
    if code.isdigit():
        return code.lstrip("0") or "0"
    code = code.upper()
    if code in _ABBREVIATIONS:
        return _ABBREVIATIONS[code]
    return next((number for number, (short, _) in _FORMS.items() if short == form.strip().lower()), "")
