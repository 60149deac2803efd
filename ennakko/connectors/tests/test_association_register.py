# SPDX-License-Identifier: EUPL-1.2
"""The register of associations over the service bus."""

import base64
from datetime import date
from typing import Any

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.association_register.http import YrttiAssociationRegister
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable

ID = "1234567-1"
PATH = "/yrtti/BasicInfo"


def name(text: str, *, kind: str = "P", language: str = "FI", status: str = "R") -> dict[str, Any]:
    return {
        "AssociationNameType": kind,
        "AssociationName": text,
        "AssociationNameLanguage": language,
        "AssociationIndustry": None,
        "AssociationNameStatus": status,
        "AssociationNameStartDate": "2007-02-27T00:00:00.000+00:00",
    }


def address(**more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("CoAddress", "HouseNumber", "Stair", "FlatNumber", "FlatDivisionLetter", "PoBoxPrefix", "PoBox")
    )
    given = {"StreetName": "Katajatie 16", "PostCode": "01120", "City": "VÄSTERSKOG", "CountryCode": "FI"}
    return {"AddressTypeCode": "YRPO", **empty, **given, **more}


def answer(**more: Any) -> dict[str, Any]:
    told = {
        "AssociationNameInfo": [
            name("Vanha Kerho ry", status="VE"),
            name("Kerhon aputoiminimi", kind="A"),
            name("Klubben rf", language="SE"),
            name("Kerho\n ry"),
        ],
        "BusinessId": ID,
        "RegistrationNumber": "195.883",
        "Domicile": "091",
        "AssociationRegistrationLanguage": "SE",
        "Address": [address()],
        "ContactInfo": None,
        "RegistryDate": "2007-02-27T00:00:00.000+00:00",
        "AssociationStatus": "R",
        "AssociationStatusDate": "2007-02-27T00:00:00.000+00:00",
        **more,
    }
    return {"BasicInfoResponse": told, "faultCode": None, "faultString": None}


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def yrtti(stub, seconds: float = 30.0) -> YrttiAssociationRegister:
    line = Line(name="association register", timeout=seconds)
    return YrttiAssociationRegister(f"{stub.url}/yrtti", "city", "hush", line)


def asked(stub, body: Any) -> RegisteredOrganisation | None:
    stub.answers[PATH] = [Answer(body=body)]
    return yrtti(stub).association(ID)


def test_an_association_is_asked_by_its_business_id_with_basic_authentication(stub):
    found = asked(stub, answer())
    assert found == RegisteredOrganisation(
        business_id=ID,
        name="Kerho ry",
        name_sv="Klubben rf",
        source="association-register",
        kind="association",
        form="ry",
        form_text="Aatteellinen yhdistys",
        street_address="Katajatie 16",
        postal_code="01120",
        post_office="Västerskog",
        language="sv",
        founded=date(2007, 2, 27),
        missing=("industry",),
    )
    (request,) = stub.requests
    assert (request.method, request.body) == ("POST", {"BusinessId": ID})
    assert request.headers["Authorization"] == f"Basic {base64.b64encode(b'city:hush').decode()}"


def test_people_in_the_address_are_left_out(stub):
    found = asked(stub, answer(Address=[address(StreetName="Meikäläinen Matti Olavi\nKatajatie 16")]))
    assert found is not None
    assert found.street_address == "Katajatie 16"


@pytest.mark.parametrize(
    ("told", "street"),
    [
        (address(StreetName="Katajatie", HouseNumber="16", Stair="B", FlatNumber="7"), "Katajatie 16 B 7"),
        (address(StreetName=None, PoBoxPrefix="PL", PoBox="34"), "PL 34"),
        (address(StreetName=None), ""),
    ],
)
def test_addresses_in_parts(stub, told, street):
    found = asked(stub, answer(Address=[told]))
    assert found is not None
    assert found.street_address == street


def test_without_an_address_the_rest_is_told(stub):
    found = asked(stub, answer(Address=None))
    assert found is not None
    assert (found.name, found.street_address, found.post_office) == ("Kerho ry", "", "")


def test_an_association_that_has_ended_says_when(stub):
    found = asked(stub, answer(AssociationStatus="L", AssociationStatusDate="2024-05-06T00:00:00.000+00:00"))
    assert found is not None
    assert found.ended == date(2024, 5, 6)


@pytest.mark.parametrize("body", [{"BasicInfoResponse": None, "faultCode": None}, answer(BusinessId="7654321-4")])
def test_an_association_that_is_not_there_is_none(stub, body):
    assert asked(stub, body) is None


def test_not_found_and_no_business_id_are_none(stub):
    stub.answers[PATH] = [Answer(404)]
    assert yrtti(stub).association(ID) is None
    assert yrtti(stub).association("1234567-8") is None
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429), "HTTP 429"),
        (Answer(401), "HTTP 401"),
        (Answer(502), "HTTP 502"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body=b"{", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(body=b"<soap>", headers={"Content-Type": "text/xml"}), "an answer of another kind"),
        (Answer(body={"BasicInfoResponse": None, "faultCode": "soap:Server"}), "it answered with a fault"),
        (Answer(body=answer(AssociationNameInfo=[])), "the answer could not be read"),
        (Answer(body=answer(AssociationNameInfo=None)), "the answer could not be read"),
        (Answer(body=answer(Address=["Katu 1"])), "the answer could not be read"),
        (Answer(body={"BasicInfoResponse": [1]}), "the answer could not be read"),
    ],
)
def test_every_failure_is_unavailable_and_keeps_the_password(stub, told, what, caplog):
    stub.answers[PATH] = [told]
    with pytest.raises(Unavailable) as caught:
        yrtti(stub, 0.5 if told.hang else 30.0).association(ID)
    assert caught.value.what == f"association register: {what}"
    assert "hush" not in caplog.text + repr(yrtti(stub))
