# SPDX-License-Identifier: EUPL-1.2
"""The city, the browser and its visitors, once a session; see the package's own words on how to write a journey."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.city import City, prepared_city
from tests.journeys.visitors import LOCALES, Visitor

HEIGHT = 900
TIMEOUT = 180_000
"""Milliseconds that a step may take, which nobody waits for who is answered sooner: a busy machine fails no journey."""
expect.set_options(timeout=TIMEOUT)

NOT_WANTED = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
"""What the browser does for a person at a screen. The first three draw what is suggested under its address field: two
pages of its own for each visitor, which cost more than the visitor's. The others are what Playwright turns off itself,
named again because the browser hears the last list only."""


class Visit(Protocol):
    def __call__(
        self,
        persona: str | None = None,
        *,
        language: str = "fi",
        width: int = 1280,
        script: bool = True,
        dark: bool = False,
    ) -> Visitor: ...


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that everybody sees who makes journeys at the same time."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[City]:
    with prepared_city(tmp_path_factory.mktemp("own-city"), shared) as found:
        yield found


@pytest.fixture(scope="session")
def city_in_august(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[City]:
    """Another city, after the season of work: for journeys of claims, which no other journey's clock may wait for."""
    with prepared_city(tmp_path_factory.mktemp("august"), shared, day=(2026, 8, 20)) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    wanted = os.environ.get("ENNAKKO_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", f"--disable-features={','.join(NOT_WANTED)}"]
        started = playwright.chromium.launch(executable_path=wanted, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """The cookies of personas who have come in once: only the first visit of each walks through the door."""
    return {}


@pytest.fixture
def visit(city: City, browser: Browser, signed_in: dict[str, Any]) -> Iterator[Visit]:
    closing: list[Callable[[], None]] = []
    seen: list[Visitor] = []

    def arrive(
        persona: str | None = None, *, language: str = "fi", width: int = 1280, script: bool = True, dark: bool = False
    ) -> Visitor:
        context = browser.new_context(
            locale=LOCALES[language],
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            timezone_id="Europe/Helsinki",
            storage_state=signed_in.get(persona) if persona else None,
        )
        context.set_default_timeout(TIMEOUT)
        closing.append(context.close)
        visitor = Visitor(context, address=city.address, language=language)
        seen.append(visitor)
        if persona and persona not in signed_in:
            visitor.signs_in(persona)
            kept = context.storage_state()
            kept["cookies"] = [one for one in kept.get("cookies", []) if one.get("name") == "session"]
            signed_in[persona] = kept
        return visitor

    yield arrive
    for close in closing:
        close()
    for visitor in seen:
        visitor.heard_no_fault()
