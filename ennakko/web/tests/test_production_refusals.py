# SPDX-License-Identifier: EUPL-1.2
"""Production refuses to start with what only the demo may have."""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import clear_url_caches

from ennakko.web import urls
from ennakko.web.checks import refuse_unfit, unfit_for_production

KEY = "1:" + b64encode(bytes(range(32))).decode()
ISSUER = {"issuer": "https://id.example.fi", "client_id": "ennakko", "client_secret": "s" * 40, "scope": "openid"}
FIT = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-ABCDEFGHIJKLMNOPQ",
    "ENNAKKO_DATA_KEY": KEY,
    "ALLOWED_HOSTS": ["ennakko.example.fi"],
    "DEBUG": False,
    "DEMO": False,
    "ALLOW_SQLITE": True,
    "CONNECTORS": "http",
    "SIGN_IN": {"residents": ISSUER, "staff": ISSUER},
    "SCANNER": {"host": "clamd.example.fi", "port": "3310"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def _fit(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in FIT.items():
        setattr(settings, name, value)
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=False))
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("_fit")
def test_a_fit_deployment_starts() -> None:
    assert unfit_for_production() == []
    refuse_unfit()


@pytest.mark.usefixtures("_fit")
@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("SECRET_KEY", "for-tests-and-the-demo-only", "ennakko.E001"),
        ("SECRET_KEY", "short", "ennakko.E001"),
        ("SECRET_KEY", "a" * 60, "ennakko.E001"),
        ("DEBUG", True, "ennakko.E002"),
        ("ENNAKKO_DATA_KEY", "", "ennakko.E003"),
        ("ENNAKKO_DATA_KEY", "1:c2hvcnQ=", "ennakko.E003"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"], "ennakko.E004"),
        ("ALLOWED_HOSTS", ["*"], "ennakko.E004"),
        ("ALLOW_SQLITE", False, "ennakko.E005"),
        ("SIGN_IN", {"residents": {**ISSUER, "issuer": ""}, "staff": ISSUER}, "ennakko.E006"),
        ("SIGN_IN", {"residents": {**ISSUER, "issuer": "http://id.example.fi"}, "staff": ISSUER}, "ennakko.E006"),
        ("SIGN_IN", {"residents": ISSUER, "staff": {**ISSUER, "client_secret": ""}}, "ennakko.E006"),
        ("CONNECTORS", "embedded", "ennakko.E008"),
        ("SCANNER", {"host": "", "port": "3310"}, "ennakko.E010"),
        ("FINANCE", {"url": "https://pay.example.fi", "username": "u", "password": ""}, "ennakko.E010"),
    ],
)
def test_an_unfit_deployment_is_refused_by_name(settings: Any, name: str, value: Any, number: str) -> None:
    if name == "ALLOW_SQLITE" and not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": "django.db.backends.sqlite3"}}
    setattr(settings, name, value)
    assert [problem.id for problem in unfit_for_production()] == [number]
    with pytest.raises(ImproperlyConfigured, match=number):
        refuse_unfit()


@pytest.mark.usefixtures("_fit")
def test_the_personas_provider_among_the_addresses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=True))
    clear_url_caches()
    assert [problem.id for problem in unfit_for_production()] == ["ennakko.E007"]


def test_the_demo_may_have_everything(settings: Any) -> None:
    settings.DEMO = True
    assert unfit_for_production() == []


def test_the_server_itself_does_not_come_up_unfit(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENNAKKO_", "DJANGO_"))}
    started = subprocess.run(
        [sys.executable, "-c", "import ennakko.web.wsgi"],
        env={**kept, "ENNAKKO_VAR": str(tmp_path)}, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert started.returncode != 0
    assert "refuses to start" in started.stderr
    assert "ENNAKKO_SECRET_KEY" in started.stderr
    assert "ENNAKKO_DATA_KEY" in started.stderr
