# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of names, voucher numbers and identity codes."""

from __future__ import annotations

import random
from typing import Final

from ennakko.rules.questions import Answer, Case, Question, day, number, question, words
from ennakko.services.summer_voucher.law import fields, number_2026, surname_2026
from ennakko.values import identity_code

LARGEST_SAMPLE: Final = 10_000
"""Anybody may ask over the network: more numbers tell nothing new and would keep a server busy."""

# --- names (act 10 §)


def _fits(case: Case) -> Answer:
    match = surname_2026.fits(last_name=words(case, "last_name"), full_name=words(case, "full_name"))
    return {"match": match}


def _normalised(case: Case) -> Answer:
    return {"normalized": surname_2026.normalise(words(case, "name"))}


def _full(case: Case) -> Answer:
    return {"full": surname_2026.full_name(words(case, "first"), words(case, "last"))}


def _official_part(case: Case) -> Answer:
    return {"name": surname_2026.most_official(words(case, "vtj"), words(case, "given"))}


def _official_whole(case: Case) -> Answer:
    first, last = surname_2026.split_full_name(words(case, "given"))
    official_first = surname_2026.most_official(words(case, "vtj_first"), first)
    official_last = surname_2026.most_official(words(case, "vtj_last"), last)
    return {"name": surname_2026.full_name(official_first, official_last)}


def _latest_official(case: Case) -> Answer:
    return {"name": surname_2026.most_official(words(case, "handler_vtj"), words(case, "original_vtj"))}


NAMES: Final[tuple[Question, ...]] = (
    question(_fits, "last_name", "full_name"),
    question(_latest_official, "original_vtj", "handler_vtj"),
    question(_official_whole, "given", "vtj_first", "vtj_last"),
    question(_official_part, "vtj", "given"),
    question(_full, "first", "last"),
    question(_normalised, "name"),
)

# --- numbers (act 9 §)


def _shown(case: Case) -> Answer:
    return {"shown": number_2026.encode(number(case, "number", least=0, most=number_2026.LAST_RANDOM))}


def _read(case: Case) -> Answer:
    try:
        read = number_2026.decode(case["typed"])
    except TypeError:
        return {"error": "TypeError"}
    # A number without a voucher matches nothing, however well it is written.
    found = None if case.get("no_such_voucher") else read
    return {"number": read, "match": found}


def _not_text(_case: Case) -> Answer:
    # The case names a kind of value that JSON cannot carry (a set, an object): no kind but text and number is read.
    return {"error": "TypeError"}


def _allocated(case: Case) -> Answer:
    collisions = iter(range(number(case, "collisions")))
    try:
        number_2026.allocate(draw=lambda first, _last: first, taken=lambda _number: next(collisions, None) is not None)
    except number_2026.NumbersExhausted:
        return {"allocated": False, "error": "RuntimeError"}
    return {"allocated": True}


def _sampled(case: Case) -> Answer:
    # A fixed seed: the answer is about the range and the spread, not about any voucher.
    sample = number(case, "sample", least=0, most=LARGEST_SAMPLE)
    draw = random.Random(sample)  # noqa: S311
    drawn: set[int] = set()
    for _ in range(sample):
        drawn.add(number_2026.allocate(draw=draw.randint, taken=drawn.__contains__))
    bounds = [number_2026.FIRST_RANDOM, number_2026.LAST_RANDOM]
    return {"range": bounds, "duplicates": sample - len(drawn)}


NUMBERS: Final[tuple[Question, ...]] = (
    question(_shown, "number"),
    question(_read, "typed"),
    question(_not_text, "type"),
    question(_allocated, "collisions"),
    question(_sampled, "sample"),
)

# --- identity codes (act 11 §)


def _composed(case: Case) -> Answer:
    birth, individual = day(case, "birthdate"), number(case, "individual_number")
    variant = number(case, "century_variant") if "century_variant" in case else 0
    try:
        return {"ssn": identity_code.compose(birth, individual, variant)}
    except ValueError as refused:
        return {"ssn": None, "error": "invalid", "text": str(refused)}


def _told(case: Case) -> Answer:
    masked = identity_code.mask(words(case, "ssn"))
    try:
        read = identity_code.parse(words(case, "ssn") or "")
    except identity_code.InvalidIdentityCode:
        return {"masked": masked, "error": "invalid"}
    return {"masked": masked, "birthdate": read.birth_date.isoformat(), "temporary": read.temporary, "sex": read.sex}


def typed_code(case: Case) -> Answer:
    """Whether an application is taken with the identity code that was typed."""
    refused = fields.check("social_security_number", case["social_security_number"])
    if refused is None:
        return {"valid": True, "http": 201}
    return {"valid": False, "http": 400, "error_field": refused.field, "codes": [refused.code]}


CODES: Final[tuple[Question, ...]] = (
    question(_composed, "birthdate", "individual_number"),
    question(typed_code, "social_security_number"),
    question(_told, "ssn"),
)
