# SPDX-License-Identifier: EUPL-1.2
"""What the fields of an application may hold; each check returns None or a refusal that says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.values import identity_code
from ennakko.values.texts import LANGUAGES, Text, text

Check = Callable[[object], Refusal | None]

LONGEST: Final[Mapping[str, int]] = {
    "first_name": 128,
    "last_name": 128,
    "non_vtj_home_municipality": 64,
    "school": 256,
    "email": 254,
    "phone_number": 64,
    "postcode": 5,
    "additional_info_description": 4096,
}
"""The longest text of each field, in characters."""

REASONS: Final = (
    "student_in_city_but_not_resident",
    "moving_to_city",
    "underage_or_overage",
    "personal_info_differs_from_vtj",
    "unlisted_school",
    "other",
)
"""Why the registers may not know somebody's turn; the names are those of the City's interface, without its own."""

TARGET_GROUPS: Final[Mapping[str, int]] = {
    "hki_15": 15,
    "primary_target_group": 16,
    "secondary_target_group": 17,
    "hki_18": 18,
}
"""Declared group → the age that its members reach during the year; the names are those of the City's interface."""

OTHER_AGES: Final[Mapping[str, int]] = {f"age_{age}": age for age in (14, *range(19, 29))}
"""The groups of a city that gives the voucher at other ages too: one for each, without a school grade."""

AGE_OF_GROUP: Final[Mapping[str, int]] = {**TARGET_GROUPS, **OTHER_AGES}

EMPTY: Final = text(
    fi="Täytä tämä kohta.", sv="Fyll i den här punkten.", en="Fill in this field."
)  # fmt: skip
WRONG_LANGUAGE: Final = text(
    fi="Valitse kieli: suomi (fi), ruotsi (sv) tai englanti (en).",
    sv="Välj språk: finska (fi), svenska (sv) eller engelska (en).",
    en="Choose a language: Finnish (fi), Swedish (sv) or English (en).",
)
WRONG_GROUP: Final = text(
    fi="Valitse ikäryhmä luettelosta.", sv="Välj en åldersgrupp i listan.", en="Choose an age group from the list."
)
WRONG_POSTCODE: Final = text(
    fi="Kirjoita postinumero viitenä numerona, esimerkiksi 00100.",
    sv="Skriv postnumret med fem siffror, till exempel 00100.",
    en="Write the postcode with five digits, for example 00100.",
)
WRONG_PHONE: Final = text(
    fi="Kirjoita puhelinnumero muodossa 040 123 4567. Ulkomaisen numeron alkuun tulee + ja maatunnus.",
    sv="Skriv telefonnumret så här: 040 123 4567. Ett utländskt nummer börjar med + och landsnumret.",
    en="Write the phone number like 040 123 4567. A foreign number begins with + and the country code.",
)
WRONG_EMAIL: Final = text(
    fi="Tarkista sähköpostiosoite. Sen pitää olla muotoa nimi@esimerkki.fi.",
    sv="Kontrollera e-postadressen. Den ska se ut så här: namn@exempel.fi.",
    en="Check the e-mail address. It looks like name@example.fi.",
)
WRONG_DATE: Final = text(
    fi="Anna päivä, joka on kalenterissa. Rajapinnassa muoto on 2010-06-15.",
    sv="Ange en dag som finns i kalendern. I gränssnittet är formen 2010-06-15.",
    en="Give a day that exists. In the interface the form is 2010-06-15.",
)
WRONG_CODE: Final = text(
    fi="Tarkista henkilötunnus. Kirjoita se isoin kirjaimin ja ilman välejä, esimerkiksi 010110A9013.",
    sv="Kontrollera personbeteckningen. Skriv den med stora bokstäver och utan mellanslag, till exempel 010110A9013.",
    en="Check the personal identity code. Write it in capitals without spaces, for example 010110A9013.",
)
NOT_YES_OR_NO: Final = text(fi="Valitse kyllä tai ei.", sv="Välj ja eller nej.", en="Choose yes or no.")
NO_REASON: Final = text(
    fi="Valitse vähintään yksi syy luettelosta, kukin kerran.",
    sv="Välj minst en orsak i listan, varje orsak bara en gång.",
    en="Choose at least one reason from the list, each only once.",
)
TOO_LONG: Final = text(
    fi="Lyhennä: tähän mahtuu {longest} merkkiä.",
    sv="Förkorta: här ryms {longest} tecken.",
    en="Shorten this: there is room for {longest} characters.",
)

_POSTCODE = re.compile(r"[0-9]{5}")
_EMAIL = re.compile(
    r"[^\s@\"(),:;<>\[\]\\]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})", re.IGNORECASE
)
_PHONE = re.compile(r"\+?[0-9()\s./-]+")
_TWO_DIGIT_COUNTRIES = re.compile(r"20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_KEEPS_ITS_ZERO: Final = "39"
"""Italy's subscriber numbers keep their first zero after the country code; nobody else's do."""


def _refusal(code: str, says: Text) -> Refusal:
    return Refusal(code, says, cite="act 5 §")


def _too_long(field: str) -> Refusal:
    return _refusal("max_length", TOO_LONG.format(longest=LONGEST[field]))


def tidied(value: str) -> str:
    """A typed text without the blanks and line breaks around it."""
    return value.strip()


def required_text(value: object) -> Refusal | None:
    """Any text in any script, as long as something is left of it."""
    if value is None:
        return _refusal("null", EMPTY)
    if not isinstance(value, str):
        return _refusal("invalid", EMPTY)
    return None if tidied(value) else _refusal("blank", EMPTY)


def name(value: object) -> Refusal | None:
    """A person's name: people know how theirs is written, so nothing but emptiness is refused."""
    return required_text(value)


def school(value: object) -> Refusal | None:
    """A school from the list or in one's own words."""
    return required_text(value)


def description(value: object) -> Refusal | None:
    """An explanation in one's own words, 1–4096 characters."""
    return required_text(value)


def optional_text(value: object) -> Refusal | None:
    """A text that may be left out."""
    return None if value is None or isinstance(value, str) else _refusal("invalid", EMPTY)


def postcode(value: object) -> Refusal | None:
    """Five digits and nothing else."""
    empty = required_text(value)
    if empty is not None or not isinstance(value, str):
        return empty
    return None if _POSTCODE.fullmatch(value) else _refusal("invalid", WRONG_POSTCODE)


def phone_number(value: object) -> Refusal | None:
    """A Finnish number (0… or +358…) or one of another country (+…), with any grouping."""
    empty = required_text(value)
    if empty is not None or not isinstance(value, str):
        return empty
    typed = tidied(value)
    digits = re.sub(r"[^0-9]", "", typed)
    if not _PHONE.fullmatch(typed) or not (5 <= len(digits) <= 15):
        return _refusal("invalid", WRONG_PHONE)
    right = _is_international(digits) if typed.startswith("+") else digits.startswith("0")
    return None if right else _refusal("invalid", WRONG_PHONE)


def _is_international(digits: str) -> bool:
    if digits[0] in "17":
        country = digits[0]
    else:
        country = digits[:2] if _TWO_DIGIT_COUNTRIES.match(digits) else digits[:3]
    subscriber = digits[len(country) :]
    zero_is_wrong = subscriber.startswith("0") and country != _KEEPS_ITS_ZERO
    return digits[0] != "0" and len(subscriber) >= 4 and not zero_is_wrong


def email(value: object) -> Refusal | None:
    """An address with a name, an @ and a domain with a dot."""
    empty = required_text(value)
    if empty is not None or not isinstance(value, str):
        return empty
    typed = tidied(value)
    if len(typed) > LONGEST["email"]:
        return _too_long("email")
    return None if _EMAIL.fullmatch(typed) else _refusal("invalid", WRONG_EMAIL)


def language(value: object) -> Refusal | None:
    """The language of the decision and messages: fi, sv or en."""
    if value is None:
        return _refusal("null", EMPTY)
    return None if value in LANGUAGES else _refusal("invalid_choice", WRONG_LANGUAGE)


def target_group(value: object) -> Refusal | None:
    """One of the age groups in the catalogue; whether it is open this year is another question."""
    if value is None:
        return _refusal("null", EMPTY)
    known = isinstance(value, str) and value in AGE_OF_GROUP
    return None if known else _refusal("invalid_choice", WRONG_GROUP)


def yes_or_no(value: object) -> Refusal | None:
    """True or false, nothing that only resembles them."""
    if value is None:
        return _refusal("null", NOT_YES_OR_NO)
    return None if isinstance(value, bool) else _refusal("invalid", NOT_YES_OR_NO)


def birth_date(value: object) -> Refusal | None:
    """A day in the form 2010-06-15, and only in it: 5/1/2010 is May to some and January to others."""
    if value is None:
        return _refusal("null", EMPTY)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            date.fromisoformat(value)
        except ValueError:
            return _refusal("invalid", WRONG_DATE)
        return None
    return _refusal("invalid", WRONG_DATE)


def social_security_number(value: object, *, temporary: bool = False) -> Refusal | None:
    """A personal identity code in capitals; temporary ones (900–999) belong to no resident and are refused.

    `temporary` takes them in: the demo's people have no others.
    """
    empty = required_text(value)
    if empty is not None or not isinstance(value, str):
        return empty
    try:
        code = identity_code.parse(tidied(value))
    except identity_code.InvalidIdentityCode:
        return _refusal("invalid", WRONG_CODE)
    return _refusal("invalid", WRONG_CODE) if code.temporary and not temporary else None


def reasons(value: object, *, allow_empty: bool = False) -> Refusal | None:
    """A list of known reasons, none of them twice; an empty list only where `allow_empty`."""
    if not isinstance(value, list) or not all(isinstance(reason, str) and reason in REASONS for reason in value):
        return _refusal("invalid", NO_REASON)
    if len(set(value)) != len(value) or (not value and not allow_empty):
        return _refusal("invalid", NO_REASON)
    return None


CHECKS: Final[Mapping[str, Check]] = {
    "first_name": name,
    "last_name": name,
    "social_security_number": social_security_number,
    "school": school,
    "is_unlisted_school": yes_or_no,
    "email": email,
    "phone_number": phone_number,
    "postcode": postcode,
    "language": language,
    "target_group": target_group,
    "non_vtj_birthdate": birth_date,
    "non_vtj_home_municipality": optional_text,
    "additional_info_description": description,
    "additional_info_user_reasons": reasons,
}
"""Field → its check; the names are those of the City's interface, so that a client of the old one may stay."""


def check(field: str, value: object, *, temporary: bool = False) -> Refusal | None:
    """The refusal of one field's value, with the field's name, or None. Raises KeyError for an unknown field.

    `temporary`: identity codes 900–999 are taken in, as in the demo.
    """
    if field == "social_security_number" and temporary:
        found = social_security_number(value, temporary=True)
    else:
        found = CHECKS[field](value)
    if found is None and isinstance(value, str) and field in LONGEST and len(tidied(value)) > LONGEST[field]:
        found = _too_long(field)
    return None if found is None else found.about(field)


def missing(field: str) -> Refusal:
    """The refusal of a field that was left out altogether."""
    return _refusal("required", EMPTY).about(field)
