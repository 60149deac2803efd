# SPDX-License-Identifier: EUPL-1.2
"""Reading a company of PRH's open data, version 3: the current name and form, Finnish before Swedish, where it is.

Codes: language 1 Finnish, 2 Swedish, 3 English; names 1 main, 2 parallel, 3 auxiliary; addresses 1 visiting, 2 postal.
Whatever else the register comes to tell is passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ennakko.facts import organisation_kinds
from ennakko.kernel.organisations.ports import RegisteredOrganisation

FINNISH, SWEDISH = "1", "2"
MAIN, PARALLEL = "1", "2"
VISITING, POSTAL = "1", "2"
SOURCE = "business-register"
SWEDISH_ENDINGS = frozenset({"ab", "abp", "kb", "hb", "rf"})
_FLAT_PARTS = ("buildingNumber", "entrance", "apartmentNumber", "apartmentIdSuffix")


class Malformed(ValueError):
    """The register's answer lacks what makes it usable; says what."""


def organisation(company: Mapping[str, Any]) -> RegisteredOrganisation:
    """One row of `companies`; raises Malformed without a business ID or a name, and on another shape."""
    try:
        return _organisation(company)
    except (AttributeError, TypeError, KeyError) as error:
        raise Malformed("another shape than documented") from error


def _organisation(company: Mapping[str, Any]) -> RegisteredOrganisation:
    business_id = _text((company.get("businessId") or {}).get("value"))
    if not business_id:
        raise Malformed("business ID missing")
    name, name_sv = names(company.get("names") or ())
    form, form_text = legal_form(company.get("companyForms") or ())
    industry, industry_text = business_line(company.get("mainBusinessLine") or {})
    street, postal_code, post_office = address(company.get("addresses") or ())
    return RegisteredOrganisation(
        business_id=business_id,
        name=name,
        name_sv=name_sv,
        source=SOURCE,
        kind=organisation_kinds.kind(form, form_text),
        form=organisation_kinds.form_code(form),
        form_text=form_text,
        industry=industry,
        industry_text=industry_text,
        street_address=street,
        postal_code=postal_code,
        post_office=post_office,
        founded=_day(company.get("registrationDate") or (company.get("businessId") or {}).get("registrationDate")),
        ended=_day(company.get("endDate")),
        missing=() if industry_text else ("industry",),
    )


def names(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The name in use and, where a parallel name is plainly Swedish, that one; raises Malformed when there is none.

    A name that has ended is not the name; of those in use the main one comes first, then the register's order.
    """
    in_use = [row for row in _current(rows) if _text(row.get("name"))]
    if not in_use:
        raise Malformed("name missing")
    chosen = min(in_use, key=lambda row: _text(row.get("type")) != MAIN)
    swedish = [
        _text(row.get("name"))
        for row in in_use
        if _text(row.get("type")) == PARALLEL and SWEDISH_ENDINGS & set(_text(row.get("name")).lower().split())
    ]
    return _text(chosen.get("name")), next(iter(swedish), "")


def legal_form(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The code and the words of the form in use; the code stands for words that are not there. Empty without a form."""
    for row in _current(rows):
        code = _text(row.get("type"))
        return code, described(row.get("descriptions") or ()) or code
    return "", ""


def business_line(row: Mapping[str, Any]) -> tuple[str, str]:
    """The TOL 2008 code and its words in Finnish or Swedish; words in another language only are as good as none."""
    return _text(row.get("type")), described(row.get("descriptions") or ())


def address(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    """Street address, postal code and post office: where it is visited, else where its post goes; "" for what lacks."""
    for wanted in (VISITING, POSTAL):
        for row in rows:
            street = street_address(row)
            if _text(row.get("type")) == wanted and street:
                return street, _text(row.get("postCode")), post_office(row.get("postOffices") or ())
    for row in rows:
        found = _text(row.get("postCode")), post_office(row.get("postOffices") or ())
        if any(found):
            return "", *found
    return "", "", ""


def street_address(row: Mapping[str, Any]) -> str:
    """Street, house, entrance, flat and its letter; else the post-office box; else the free lines of a foreign one."""
    street = _text(row.get("street"))
    if street:
        return " ".join([street, *(part for name in _FLAT_PARTS if (part := _text(row.get(name))))])
    if box := _text(row.get("postOfficeBox")):
        return f"PL {box}"
    # In the free lines a blank stands for the end of a line and an underscore for a blank.
    lines = (line.replace("_", " ").strip() for line in _text(row.get("freeAddressLine")).split())
    return ", ".join(line for line in lines if line)


def post_office(rows: Sequence[Mapping[str, Any]]) -> str:
    """The post office in Finnish, else in Swedish, else as it is; capitals as in other names."""
    return as_a_name(_in_order(rows, "city") or next((_text(row.get("city")) for row in rows), ""))


def as_a_name(place: str) -> str:
    """TURKU and turku as Turku; what has capitals of its own stays."""
    return place.title() if place.isupper() or place.islower() else place


def described(rows: Sequence[Mapping[str, Any]]) -> str:
    """The description in Finnish, else in Swedish, else ""."""
    return _in_order(rows, "description")


def _in_order(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    for language in (FINNISH, SWEDISH):
        for row in rows:
            if _text(row.get("languageCode")) == language and _text(row.get(name)):
                return _text(row.get(name))
    return ""


def _current(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows that have not ended; version 1, the current one, first."""
    return sorted((row for row in rows if not row.get("endDate")), key=lambda row: _text(row.get("version")) or "1")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int):
        return " ".join(str(value).split())
    raise TypeError("text expected")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None
