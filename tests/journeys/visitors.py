# SPDX-License-Identifier: EUPL-1.2
"""Somebody at the pages with a browser: what she opens, presses and finds."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from ennakko.demo_city.personas import persona

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
SPOKEN = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
PICTURES = os.environ.get("ENNAKKO_PICTURES", "")


@cache
def _axe() -> str:
    return AXE.read_text()


class Visitor:
    """A browser context of its own: one person, one language, one screen. `page` is Playwright's."""

    def __init__(self, context: BrowserContext, *, address: str, language: str) -> None:
        self.page: Page = context.new_page()
        self.context = context
        self.address = address
        self.language = language
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._answered)

    def _hear(self, message: Any) -> None:
        # The browser reports each refused page as an error too; whether a refusal was right, the journey says.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch", "xhr"):
            self.faults.append(f"{response.url}: {response.status}")

    def opens(self, path: str, *, status: int = 200) -> "Visitor":
        """Go to an address of ours; another status than expected fails."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None, path
        assert answer.status == status, f"{path}: {answer.status}"
        return self

    @property
    def path(self) -> str:
        """Where the visitor is, without the host."""
        return self.page.url.removeprefix(self.address)

    def signs_in(self, slug: str) -> "Visitor":
        """Through the pages: the door, the persona, the claims."""
        one = persona(slug)
        group = "staff" if one.role == "staff" else "residents"
        self.opens("/sign-in/")
        self.page.locator(f"form[action='/sign-in/{group}/'] button").click()
        self.page.locator(f"button[name=persona][value={slug}]").click()
        self.page.locator("button[name=confirmed]").click()
        expect(self.page).not_to_have_url(f"{self.address}/demo/identity/{group}/authorize")
        return self

    def signs_in_for(self, slug: str, organisation: str, *, wanted: str = "/organisation/") -> "Visitor":
        """Through the pages to act for an organisation: a page of its own, the door, the persona, the mandates."""
        self.opens(wanted)
        self.page.locator("form[action='/sign-in/organisations/'] button").click()
        self.page.locator(f"button[name=persona][value={slug}]").click()
        self.page.locator("button[name=confirmed]").click()
        self.page.locator("label", has_text=organisation).click()
        self.page.locator("button[name=do][value=choose]").click()
        expect(self.page).to_have_url(f"{self.address}{wanted}")
        return self

    def signs_out(self) -> "Visitor":
        self.page.locator("form[action='/sign-out/'] button").first.click()
        return self

    def speaks(self, language: str) -> "Visitor":
        """Change the language with the switch on the page; the page stays the same."""
        before = self.path
        self.page.locator("form[action='/language/']").get_by_role("button", name=SPOKEN[language]).click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        assert self.path == before
        self.language = language
        return self

    def tabs_to(self, name: str, *, inside: str = "body", most: int = 60) -> "Visitor":
        """Press Tab until what has the focus, inside an element, is called so; the focus must be seen at each step."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            if not focused.count():
                continue
            told: dict[str, Any] = focused.evaluate(
                """(el, inside) => {
                  const style = getComputedStyle(el), label = el.labels && el.labels[0];
                  const name = el.getAttribute('aria-label') || (label && label.innerText) || el.innerText || el.value;
                  return {name: (name || '').trim(), tag: el.outerHTML.slice(0, 120), there: !!el.closest(inside),
                          seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none'} }""",
                inside,
            )
            assert told["seen"], f"The focus cannot be seen on {told['tag']} of {self.path}"
            if told["there"] and name in str(told["name"]):
                return self
        raise AssertionError(f"{most} presses of Tab on {self.path} did not lead to {name!r}")

    def presses(self, key: str) -> "Visitor":
        """Press a key that leads to another page, and wait for the page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self

    def links(self, start: str) -> list[str]:
        """The addresses in the main part of the page that begin so, in their order, the beginning itself left out."""
        self.page.wait_for_load_state("domcontentloaded")
        found = self.page.locator(f"main a[href^='{start}']").all()
        return [to for one in found if (to := one.get_attribute("href")) and to != start]

    def reads(self) -> str:
        """The text of the page as it is shown when it is whole, its hard spaces as plain ones."""
        self.page.wait_for_load_state("domcontentloaded")
        return self.page.locator("body").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    def finds_it_sound(self) -> "Visitor":
        """No violation by axe, one h1, the chosen language, nothing wider than the screen, no fault heard."""
        self.page.wait_for_load_state()
        self.pictures()
        if not self.page.evaluate("() => !!window.axe"):
            self.page.evaluate(_axe())
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", RULES
        )
        told = [
            f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found["violations"]
        ]
        assert not told, f"{self.path} in {self.language}: {told}"
        shape = self.page.evaluate(
            """() => ({h1: document.querySelectorAll('h1').length, lang: document.documentElement.lang,
                       wide: document.documentElement.scrollWidth - document.documentElement.clientWidth})"""
        )
        assert shape == {"h1": 1, "lang": self.language, "wide": 0}, f"{self.path}: {shape}"
        self.heard_no_fault()
        return self

    def heard_no_fault(self) -> None:
        assert not self.faults, self.faults

    def pictures(self, name: str = "") -> None:
        """Keep a picture of the whole page, where a folder for pictures is named."""
        if PICTURES:
            size = self.page.viewport_size or {"width": 0}
            title = name or self.path.strip("/").replace("/", "-").split("?")[0] or "front"
            file = Path(PICTURES) / f"{title}.{self.language}.{size['width']}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=file, full_page=True)
