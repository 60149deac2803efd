# SPDX-License-Identifier: EUPL-1.2
"""Which outside systems are asked follows from the settings; what is half set is told and not used."""

from typing import Any

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.business_register.http import PrhBusinessRegister
from ennakko.connectors.clamav.clamd import ClamdScanner
from ennakko.connectors.clamav.embedded import EmbeddedScanner
from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.connectors.decision_archive.http import AhjoArchive
from ennakko.connectors.finance.embedded import DemoBank
from ennakko.connectors.finance.http import HttpTransfer
from ennakko.connectors.incomes_register.http import TulorekisteriWages
from ennakko.connectors.mandates.http import SuomiFiMandates
from ennakko.connectors.tax_debts.http import VeroTaxDebts
from ennakko.demo_city.personas import PERSONAS
from ennakko.kernel.documents import ports as documents
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import Unavailable
from ennakko.kernel.payments import ports as payments
from ennakko.kernel.records import decision_archive
from ennakko.web import outside, outside_embedded

WHOLE: dict[str, dict[str, str]] = {
    "BUSINESS_REGISTER": {"url": "https://prh.example"},
    "ASSOCIATION_REGISTER": {"url": "https://yrtti.example", "username": "u", "password": "p"},
    "MANDATES": {
        "url": "https://valtuudet.example", "client_id": "c", "api_key": "k", "oauth_secret": "s",
        "codes": "urn:a=b=grants, HAVAL=employment",
    },
    "TAX_DEBTS": {
        "url": "https://vero.example", "software_key": "k", "software_id": "", "certificate": "/c.pem", "key": "/k.pem",
    },
    "INCOMES": {
        "url": "https://tulot.example", "action": "a", "owner": "0201256-6", "certificate": "/c", "key": "/k",
        "signers": "/s", "codes": "query=1,paid=2,payer=3,earner=4,hour=5",
    },
    "SCANNER": {"host": "clamd.example", "port": "3311"},
    "FINANCE": {"url": "https://pay.example", "username": "u", "password": "p"},
    "DECISION_ARCHIVE": {
        "url": "https://ahjo.example/v1", "token_url": "https://ahjo.example/token", "client_id": "c",
        "client_secret": "s", "refresh_token": "r",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _wired_back() -> Any:
    yield
    outside_embedded.wire()


@pytest.fixture
def http(settings: Any) -> Any:
    settings.CONNECTORS = "http"
    settings.OUTSIDE_SECONDS = 2.5
    for name, values in WHOLE.items():
        setattr(settings, name, dict(values))
    settings.CALLERS = {}
    return settings


def test_the_real_systems_are_wired_as_the_settings_say(http: Any) -> None:
    assert outside.problems() == []
    outside.wire()
    prh, mandates, tax, wages = ports.business_register(), ports.mandates(), ports.tax_debts(), ports.wages()
    assert isinstance(prh, PrhBusinessRegister)
    assert (prh.url, prh.line.timeout) == ("https://prh.example", 2.5)
    assert isinstance(mandates, SuomiFiMandates)
    assert mandates.given == {"urn:a=b": "grants", "HAVAL": "employment"}
    assert isinstance(tax, VeroTaxDebts)
    assert tax.certificate == ("/c.pem", "/k.pem")
    assert isinstance(wages, TulorekisteriWages)
    assert (wages.owner, wages.codes.hour, wages.production) == ("0201256-6", "5", True)
    assert documents.scanner() == ClamdScanner("clamd.example", 3311, 2.5)
    assert isinstance(payments.transfer(), HttpTransfer)
    archive = decision_archive.archive()
    assert isinstance(archive, AhjoArchive)
    assert (archive.client_id, archive.line.timeout) == ("c", 60.0)


def test_the_incomes_register_s_test_environment_is_told_apart(http: Any) -> None:
    http.INCOMES_TEST = True
    outside.wire()
    wages = ports.wages()
    assert isinstance(wages, TulorekisteriWages)
    assert not wages.production


def test_each_system_has_a_line_of_its_own(http: Any) -> None:
    outside.wire()
    lines = [ports.business_register().line, ports.tax_debts().line, ports.mandates().line]  # type: ignore[attr-defined]
    assert all(isinstance(one, Line) for one in lines)
    assert len({id(one.circuit) for one in lines}) == 3


def test_a_system_without_an_address_is_not_in_use(http: Any) -> None:
    for name in WHOLE:
        setattr(http, name, dict.fromkeys(WHOLE[name], ""))
    http.SCANNER["port"] = "3310"
    outside.wire()
    assert payments.transfer() is None
    for ask in (
        lambda: ports.business_register().company("1234567-1"),
        lambda: ports.association_register().association("1234567-1"),
        lambda: ports.mandates().start("131052-308T", callback="https://x", language="fi"),
        lambda: ports.tax_debts().standing("1234567-1"),
    ):
        with pytest.raises(Unavailable, match="not in use here"):
            ask()
    with pytest.raises(documents.Unavailable):
        documents.scanner().scan(b"")
    assert outside.problems() == ["ENNAKKO_SCANNER_HOST is not set: nothing that people send in could be opened."]


@pytest.mark.parametrize(
    ("name", "part", "value", "told"),
    [
        ("MANDATES", "api_key", "", "ENNAKKO_MANDATES_URL is set without ENNAKKO_MANDATES_API_KEY."),
        ("ASSOCIATION_REGISTER", "password", "", "ENNAKKO_ASSOCIATION_REGISTER_PASSWORD"),
        ("TAX_DEBTS", "url", "http://vero.example", "ENNAKKO_TAX_DEBTS_URL is not https"),
        ("BUSINESS_REGISTER", "url", "http://prh.example", "ENNAKKO_BUSINESS_REGISTER_URL is not https"),
        ("INCOMES", "codes", "query=1", "ENNAKKO_INCOMES_CODES cannot be read"),
        ("MANDATES", "codes", "HAVAL=everything", "ENNAKKO_MANDATES_CODES cannot be read: write CODE=signatory|grants"),
        ("MANDATES", "codes", "grants", "ENNAKKO_MANDATES_CODES cannot be read"),
        ("INCOMES", "signers", "", "ENNAKKO_INCOMES_SIGNERS"),
        ("SCANNER", "port", "clamd", "ENNAKKO_SCANNER_PORT"),
        ("DECISION_ARCHIVE", "refresh_token", "", "ENNAKKO_DECISION_ARCHIVE_REFRESH_TOKEN"),
        ("DECISION_ARCHIVE", "token_url", "http://ahjo.example", "ENNAKKO_DECISION_ARCHIVE_TOKEN_URL is not https"),
        ("CALLERS", "finance", "short", "ENNAKKO_FINANCE_CALLER_KEY is short"),
    ],
)
def test_what_is_half_set_is_told_by_name(http: Any, name: str, part: str, value: str, told: str) -> None:
    getattr(http, name)[part] = value
    (problem,) = outside.problems()
    assert told in problem


def test_a_wait_without_end_is_refused(http: Any) -> None:
    http.OUTSIDE_SECONDS = 600
    (problem,) = outside.problems()
    assert "ENNAKKO_OUTSIDE_SECONDS" in problem


def test_a_half_set_system_answers_unavailable(http: Any) -> None:
    http.FINANCE["password"] = http.TAX_DEBTS["key"] = ""
    outside.wire()
    assert payments.transfer() is None
    with pytest.raises(Unavailable):
        ports.tax_debts().standing("1234567-1")


@pytest.mark.django_db
def test_the_demo_uses_the_embedded_twins(settings: Any) -> None:
    settings.CONNECTORS = "embedded"
    outside.wire()
    assert isinstance(documents.scanner(), EmbeddedScanner)
    assert isinstance(payments.transfer(), DemoBank)
    assert isinstance(decision_archive.archive(), EmbeddedArchive)
    assert ports.tax_debts().standing("9000007-8").debt


@pytest.mark.django_db
def test_personas_may_act_for_their_own_organisations_and_nobody_else_for_any() -> None:
    for persona in PERSONAS:
        held = {one.business_id: one.roles for one in outside_embedded.held_by(persona.identity_code)}
        assert held == dict(persona.mandates)
    assert any(persona.mandates for persona in PERSONAS)
    assert outside_embedded.held_by("131052-308T") == []


def test_industries_have_words() -> None:
    assert outside_embedded.industry("56302").startswith("Kahv")
    assert outside_embedded.industry("01110")
    assert outside_embedded.industry("99") == ""
