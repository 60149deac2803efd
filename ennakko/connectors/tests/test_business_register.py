# SPDX-License-Identifier: EUPL-1.2
"""The business register: PRH's open data as it is documented, worked cases, failures, and the demo city's companies."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.association_register.embedded import EmbeddedAssociationRegister
from ennakko.connectors.business_register.embedded import EmbeddedBusinessRegister
from ennakko.connectors.business_register.http import PrhBusinessRegister
from ennakko.connectors.business_register.reading import Malformed, address, as_a_name, names, organisation
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot

CASES = json.loads((Path(__file__).parent / "business_register_cases.json").read_text("utf-8"))
LANGUAGES = {"fi": "1", "sv": "2", "en": "3"}
ID = "1234567-1"


def words(languages: list[str], **by_language: str) -> list[dict[str, str]]:
    return [{"languageCode": LANGUAGES[one], "description": by_language.get(one, one)} for one in languages]


def company(**more: object) -> dict[str, object]:
    """A company as the register documents it, with the answer's other fields."""
    return {
        "businessId": {"value": ID, "registrationDate": "2001-02-03", "source": "3"},
        "euId": {"value": "FIFPRO.1234567-1", "source": "1"},
        "names": [
            {"name": "Vanha Nimi Oy", "type": "1", "endDate": "2019-12-31", "version": 2, "source": "1"},
            {
                "name": "Esimerkin Kahvila Oy",
                "type": "1",
                "registrationDate": "2020-01-01",
                "version": 1,
                "source": "1",
            },
            {"name": "Exempels Café Ab", "type": "2", "registrationDate": "2020-01-01", "version": 1, "source": "1"},
            {"name": "Kahvilan verkkokauppa", "type": "3", "version": 1, "source": "1"},
        ],
        "mainBusinessLine": {
            "type": "56302",
            "descriptions": words(["en", "sv", "fi"], fi="Kahvilat ja kahvibaarit", sv="Kaféer", en="Cafés"),
            "typeCodeSet": "TOIMI3",
            "source": "2",
        },
        "companyForms": [
            {
                "type": "13",
                "descriptions": words(["fi"], fi="Kommandiittiyhtiö"),
                "endDate": "2010-01-01",
                "version": 2,
            },
            {"type": "16", "descriptions": words(["en", "fi"], fi="Osakeyhtiö", en="Limited company"), "version": 1},
        ],
        "registeredEntries": [],
        "addresses": [
            {
                "type": 2,
                "postCode": "00501",
                "postOfficeBox": "12",
                "postOffices": [{"city": "HELSINKI", "languageCode": "1"}],
            },
            {
                "type": 1,
                "street": "Vaasankatu",
                "buildingNumber": "12",
                "entrance": "B",
                "apartmentNumber": None,
                "apartmentIdSuffix": None,
                "postCode": "00500",
                "postOffices": [
                    {"city": "HELSINGFORS", "languageCode": "2", "municipalityCode": "091"},
                    {"city": "HELSINKI", "languageCode": "1", "municipalityCode": "091"},
                ],
                "country": None,
                "co": None,
                "freeAddressLine": None,
            },
        ],
        "tradeRegisterStatus": "1",
        "status": "2",
        "registrationDate": "2001-03-04",
        "endDate": None,
        "lastModified": "2026-01-02T03:04:05",
        **more,
    }


def answered(case: dict[str, object]) -> dict[str, str]:
    """What reading says in the keys of a worked case."""
    given = dict(case)
    more: dict[str, object] = {}
    if "form_descriptions" in given:
        found = words(given["form_descriptions"], fi="Osakeyhtiö", sv="Aktiebolag")  # type: ignore[arg-type]
        more["companyForms"] = [{"type": given.get("type", "16"), "descriptions": found}]
    if "industry_descriptions" in given:
        found = words(given["industry_descriptions"], fi="Ohjelmistokehitys", sv="Programvaruutveckling")  # type: ignore[arg-type]
        more["mainBusinessLine"] = {"type": "62010", "descriptions": found}
    if "names" in given:
        rows = {"type 2 only": {"name": "Secondary Name", "type": "2"}, "type 1": {"name": "Test Oy", "type": "1"}}
        more["names"] = [rows[str(one)] for one in given["names"]]  # type: ignore[union-attr]
    if "addresses" in given:
        rows_of = {"visiting": {"type": 1, "street": "Katu 1"}, "postal": {"type": 2, "street": "Box 123"}}
        more["addresses"] = [rows_of[str(one)] for one in given["addresses"]]  # type: ignore[union-attr]
    parts = {"street": "street", "building": "buildingNumber", "entrance": "entrance", "apartment": "apartmentNumber",
             "suffix": "apartmentIdSuffix", "postcode": "postCode"}  # fmt: skip
    if {"street", "city"} & set(given):
        row = {official: given[ours] for ours, official in parts.items() if ours in given}
        offices = [{"city": given.get("city"), "languageCode": "1"}]
        more["addresses"] = [{"type": 1, **row, "postOffices": offices}]
    try:
        read = organisation(company(**more))
    except Malformed as error:
        return {"error": str(error)}
    if read.missing:
        return {"error": f"{read.missing[0]} missing"}
    return {
        "name": read.name,
        "form": read.form_text,
        "street": read.street_address,
        "city": read.post_office,
        "postcode": read.postal_code,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_cases(case):
    said = answered(case["given"])
    assert {key: said.get(key) for key in case["expect"]} == case["expect"]


def test_the_register_s_answer_becomes_an_organisation():
    assert organisation(company()) == RegisteredOrganisation(
        business_id=ID,
        name="Esimerkin Kahvila Oy",
        name_sv="Exempels Café Ab",
        source="business-register",
        kind="company",
        form="oy",
        form_text="Osakeyhtiö",
        industry="56302",
        industry_text="Kahvilat ja kahvibaarit",
        street_address="Vaasankatu 12 B",
        postal_code="00500",
        post_office="Helsinki",
        founded=date(2001, 3, 4),
    )


def test_swedish_stands_where_finnish_is_missing():
    more = {
        "companyForms": [{"type": "16", "descriptions": words(["en", "sv"], sv="Aktiebolag")}],
        "mainBusinessLine": {"type": "62010", "descriptions": words(["sv"], sv="Programvaruutveckling")},
        "addresses": [{"type": 1, "street": "Gatan 1", "postOffices": [{"city": "EKENÄS", "languageCode": "2"}]}],
    }
    read = organisation(company(**more))
    assert (read.form_text, read.industry_text, read.post_office) == ("Aktiebolag", "Programvaruutveckling", "Ekenäs")


def test_an_association_in_the_register_is_known_by_its_form():
    read = organisation(
        company(companyForms=[{"type": "6", "descriptions": words(["fi"], fi="Aatteellinen yhdistys")}])
    )
    assert (read.kind, read.form) == ("association", "ry")


def test_a_company_that_has_ended_says_when():
    assert organisation(company(endDate="2025-05-06")).ended == date(2025, 5, 6)


def test_a_name_that_has_ended_is_not_the_name():
    with pytest.raises(Malformed, match="name missing"):
        names([{"name": "Vanha Oy", "type": "1", "endDate": "2020-01-01"}])


def test_addresses_without_a_street():
    assert address([{"type": 2, "postOfficeBox": "12", "postCode": "00101"}]) == ("PL 12", "00101", "")
    free = {"type": 1, "freeAddressLine": "Norgårdsvägen_3 _ SE-451_75 Uddevalla"}
    assert address([free])[0] == "Norgårdsvägen 3, SE-451 75, Uddevalla"
    assert address([{"type": 1, "street": None}, {"type": 2, "street": "Katu", "buildingNumber": "3"}])[0] == "Katu 3"
    assert address([{"type": 1, "street": "  ", "postCode": "00100"}]) == ("", "00100", "")
    assert address([]) == ("", "", "")


@pytest.mark.parametrize(
    ("place", "shown"),
    [("HELSINKI", "Helsinki"), ("UUSI-KAARLEPYY", "Uusi-Kaarlepyy"), ("ylöjärvi", "Ylöjärvi"),
     ("Västerskog", "Västerskog"), ("HÄMEENKOSKI AS", "Hämeenkoski As"), ("", "")],
)  # fmt: skip
def test_post_offices_are_written_as_names(place, shown):
    assert as_a_name(place) == shown


@pytest.mark.parametrize(
    "broken",
    [{"names": "Oy"}, {"names": [None]}, {"companyForms": {"type": "16"}}, {"addresses": ["Katu 1"]},
     {"businessId": "1234567-1"}, {"names": [{"name": {"fi": "Oy"}}]}, {"businessId": None}],
)  # fmt: skip
def test_another_shape_than_documented_is_malformed(broken):
    with pytest.raises(Malformed):
        organisation(company(**broken))


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def prh(stub, seconds: float = 30.0) -> PrhBusinessRegister:
    return PrhBusinessRegister(stub.url, Line(name="business register", timeout=seconds))


def test_a_company_is_asked_by_its_business_id(stub):
    stub.answers["/companies"] = [Answer(body={"totalResults": 1, "companies": [company()]})]
    found = prh(stub).company(ID)
    assert found is not None
    assert found.name == "Esimerkin Kahvila Oy"
    assert (stub.requests[0].method, stub.requests[0].query) == ("GET", {"businessId": ID})


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body={"totalResults": 0, "companies": []}),
        Answer(404, body={"message": "none"}),
        Answer(404, body=b"<html>", headers={"Content-Type": "text/html"}),
        Answer(body={"totalResults": 1, "companies": [company(businessId={"value": "7654321-4"})]}),
    ],
)
def test_a_company_that_is_not_there_is_none(stub, answer):
    stub.answers["/companies"] = [answer]
    assert prh(stub).company(ID) is None


def test_what_is_no_business_id_is_not_asked(stub):
    assert prh(stub).company("1234567-8") is None
    assert prh(stub).company("' or 1=1") is None
    assert stub.requests == []


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429, headers={"Retry-After": "9"}), "HTTP 429"),
        (Answer(500, body={"message": "x"}), "HTTP 500"),
        (Answer(503), "HTTP 503"),
        (Answer(400), "HTTP 400"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body=b"{", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(body=b"[]", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(body={"companies": None}), "the answer could not be read"),
        (Answer(body={"companies": [None]}), "the answer could not be read"),
        (Answer(body={"companies": [company(names=[])]}), "name missing"),
        (Answer(body={"companies": [company(names=7)]}), "another shape than documented"),
        (Answer(body=b"hello", headers={"Content-Type": "text/html"}), "an answer of another kind"),
        (Answer(body=b" " * 3_000_000, headers={"Content-Type": "application/json"}), "the answer is too large"),
    ],
)
def test_every_failure_is_unavailable(stub, answer, what):
    stub.answers["/companies"] = [answer]
    with pytest.raises(Unavailable) as caught:
        prh(stub, 0.5 if answer.hang else 30).company(ID)
    assert caught.value.what == f"business register: {what}"
    assert caught.value.retry_after == (9 if answer.status == 429 else None)


@pytest.fixture
def city(tmp_path, db):
    """A snapshot in use with a company and an association."""
    rows = {
        "business_id": ["9000001-9", "9000100-3"],
        "name": ["Kahvila Oy", "Kerho ry"],
        "form": ["oy", "ry"],
        "industry": ["56302", None],
        "street_address": ["Vaasankatu 12", "Katu 1"],
        "postal_code": ["00500", "00100"],
        "post_office": ["HELSINKI", "HELSINKI"],
        "language": ["fi", "sv"],
        "founded": [date(2014, 3, 3), date(1990, 1, 1)],
        "employees": [9, 0],
    }
    folder = write_snapshot(tmp_path / "city", [Resident(1)], companies=pl.DataFrame(rows))
    snapshots.take_into_use(folder, datetime(2026, 4, 15, 9, 0, tzinfo=UTC))


def test_the_demo_s_companies_and_associations_are_in_their_own_registers(city):
    business, associations = EmbeddedBusinessRegister({"56302": "Kahvilat"}.get), EmbeddedAssociationRegister()
    found = business.company("9000001-9")
    assert found == RegisteredOrganisation(
        business_id="9000001-9",
        name="Kahvila Oy",
        source="business-register",
        form="oy",
        form_text="Osakeyhtiö",
        industry="56302",
        industry_text="Kahvilat",
        street_address="Vaasankatu 12",
        postal_code="00500",
        post_office="Helsinki",
        language="fi",
        founded=date(2014, 3, 3),
    )
    assert business.company("9000100-3") is None
    club = associations.association("9000100-3")
    assert club is not None
    assert (club.name, club.kind, club.source, club.missing) == (
        "Kerho ry", "association", "association-register", ("industry",),
    )  # fmt: skip
    assert associations.association("9000001-9") is None
    assert business.company("1234567-1") is None


@pytest.mark.django_db
def test_without_a_snapshot_the_demo_s_registers_are_unavailable():
    with pytest.raises(Unavailable, match="no register snapshot"):
        EmbeddedBusinessRegister().company("9000001-9")
    with pytest.raises(Unavailable, match="no register snapshot"):
        EmbeddedAssociationRegister().association("9000001-9")
