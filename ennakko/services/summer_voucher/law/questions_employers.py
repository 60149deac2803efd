# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of an employer's details and of the business register's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import Answer, Case, Question, listed, mapping, question, words
from ennakko.services.summer_voucher.law import employers_2026 as employers

FORMS: Final = {"fi": "Osakeyhtiö", "sv": "Aktiebolag", "en": "Limited company"}
INDUSTRIES: Final = {"fi": "Vähittäiskauppa", "sv": "Detaljhandel", "en": "Retail trade"}
NAMES: Final = {"type 1": "Primary Name", "type 2": "Secondary Name"}
STREETS: Final = {"visiting": "Katu 1", "postal": "PL 1"}
"""What stands for a description, name or address of which a case tells only that the register has it."""

ANSWERED: Final = frozenset({"200", "ok", "found"})


def _standing_for(told: list[Any], stand_ins: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in told:
        word = str(each).removesuffix(" only")
        if word not in stand_ins:
            raise EvaluationError(f"{each!r} must be one of {', '.join(stand_ins)}")
        found[word] = stand_ins[word]
    return found


def _kind(case: Case) -> Answer:
    return {"type": employers.kind(words(case, "company_form"))}


def _from_mandate(case: Case) -> Answer:
    mandate = mapping(case, "mandate")
    if str(case.get("ytj", "404")).casefold() in ANSWERED:
        raise EvaluationError('The register answered: the mandate is read when ytj tells how it failed, as "404"')
    return {"company": employers.from_mandate(name=str(mandate["name"]), business_id=str(mandate["identifier"]))}


def _not_found(case: Case) -> Answer:
    if str(case["ytj"]).casefold() in ANSWERED:
        raise EvaluationError('ytj tells how the register failed, as "404", "500" or "timeout"')
    # Nothing that was known is thrown away because the register does not find it now.
    return {"company": "unchanged"}


def _address(case: Case) -> Answer:
    return {
        key: employers.post_office(words(case, key)) if key == "city" else (words(case, key) or "").strip()
        for key in ("city", "postcode", "street")
        if key in case
    }


def _street(case: Case) -> Answer:
    keys = ("street", "building", "entrance", "apartment", "suffix")
    return {"street": employers.street({key: words(case, key) for key in keys})}


def _form(case: Case) -> Answer:
    found = _standing_for(list(listed(case, "form_descriptions")), FORMS)
    form = employers.described(found, words(case, "type") or "")
    return {"error": "form missing"} if form is None else {"form": form}


def _industry(case: Case) -> Answer:
    industry = employers.described(_standing_for(list(listed(case, "industry_descriptions")), INDUSTRIES))
    return {"error": "industry missing"} if industry is None else {"industry": industry}


def _name(case: Case) -> Answer:
    found = _standing_for(list(listed(case, "names")), NAMES)
    name = employers.name([{"type": word.removeprefix("type "), "name": said} for word, said in found.items()])
    return {"error": "name missing"} if name is None else {"name": name}


def _which_address(case: Case) -> Answer:
    street = employers.address(_standing_for(list(listed(case, "addresses")), STREETS))
    return {"error": "address missing"} if street is None else {"street": street}


EMPLOYERS: Final[tuple[Question, ...]] = (
    question(_kind, "company_form"),
    question(_from_mandate, "mandate"),
    question(_form, "form_descriptions"),
    question(_industry, "industry_descriptions"),
    question(_name, "names"),
    question(_which_address, "addresses"),
    *(question(_street, "street", part) for part in ("building", "entrance", "apartment", "suffix")),
    *(question(_address, part) for part in ("city", "postcode")),
    question(_street, "street"),
    question(_not_found, "ytj"),
)
