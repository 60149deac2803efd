# SPDX-License-Identifier: EUPL-1.2
"""People who sign in through the demo's provider and choose an organisation, as the tests of its pages need them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, set_urlconf

from ennakko.connectors.mandates.embedded import EmbeddedMandates
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import MandatedOrganisation, RegisteredOrganisation, Unavailable
from ennakko.values.business_id import compose
from ennakko.values.identity_code import compose as identity_code
from ennakko.values.texts import text
from ennakko.web import urls
from ennakko.web.personas_idp import roster
from ennakko.web.signin import oidc
from ennakko.web.signin.people import IDENTITY_CLAIM

CAFE, CLUB = compose(9_000_001), compose(9_000_003)
STORY = text(fi="Tarina", sv="Berättelse", en="Story")
BORN = {"petri": date(1978, 2, 2), "jenni": date(1997, 4, 8), "henrik": date(1971, 10, 14), "ville": date(1990, 8, 19)}
CODES = {slug: identity_code(born, 900) for slug, born in BORN.items()}
EVERY = frozenset({"signatory", "grants", "employment"})
HELD: dict[str, list[MandatedOrganisation]] = {
    CODES["petri"]: [MandatedOrganisation(CAFE, "Kahvila Aamukaste Oy", EVERY)],
    CODES["jenni"]: [MandatedOrganisation(CAFE, "Kahvila Aamukaste Oy", frozenset({"employment"}))],
    CODES["henrik"]: [
        MandatedOrganisation(CAFE, "Kahvila Aamukaste Oy", EVERY),
        MandatedOrganisation(CLUB, "Ungdomsföreningen Måsarna rf", EVERY),
    ],
}


class Register:
    """Both registers: they know the café, or are silent."""

    silent = False

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        if self.silent:
            raise Unavailable("register: no answer")
        if business_id != CAFE:
            return None
        return RegisteredOrganisation(
            business_id=CAFE, name="Kahvila Aamukaste Oy", source="business-register", form="oy",
            form_text="Osakeyhtiö", industry="56302", industry_text="Kahvilat ja kahvibaarit",
            street_address="Vaasankatu 12", postal_code="00500", post_office="Helsinki", language="fi",
        )  # fmt: skip

    association = company


class Silent:
    """E-authorisations that do not answer, at the start or at the end."""

    def __init__(self, *, at_the_end: bool = False) -> None:
        self.begins = EmbeddedMandates(lambda code: HELD.get(code, [])) if at_the_end else None

    def start(self, code: str, *, callback: str, language: str) -> ports.MandateStart:
        if self.begins is None:
            raise Unavailable("e-authorisations: 503")
        return self.begins.start(code, callback=callback, language=language)

    def finish(self, state: Any, callback_params: Any) -> tuple[MandatedOrganisation, ...]:
        raise Unavailable("e-authorisations: no answer in time")


def use(*, mandates: Any = None, register: Register | None = None) -> None:
    """Ask these outside systems; by default everybody has what HELD says, and the page of the demo is used."""
    known = register or Register()
    ports.use(
        business_register=known,
        association_register=known,
        mandates=mandates or EmbeddedMandates(lambda code: HELD.get(code, []), lambda: "/demo/mandates/"),
    )


@contextmanager
def demo_with_people(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A deployment in the demo whose provider knows these people."""
    settings.DEMO = True
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=True))
    people = [
        roster.Identity(
            slug=slug, group="residents", given_names=slug.title(), surname="Testi", story=STORY,
            claims={IDENTITY_CLAIM: code, "acr": "http://ftn.ficora.fi/2017/loa2"},
        )
        for slug, code in CODES.items()
    ]  # fmt: skip
    people.append(roster.Identity(slug="ritva", group="staff", given_names="Ritva", surname="Testi", story=STORY))
    monkeypatch.setattr(roster, "_sources", [lambda: people])
    before = ports._wired
    clear_url_caches()
    set_urlconf(None)
    oidc._provider.cache_clear()
    use()
    try:
        yield
    finally:
        ports._wired = before
        clear_url_caches()
        oidc._provider.cache_clear()


def identified(client: Client, slug: str, *, door: str = "organisations", next_page: str = "") -> Any:
    """Through a door and the personas' pages; the answer to coming back from the identity provider."""
    there = client.post(f"/sign-in/{door}/", {"next": next_page}).headers["Location"]
    asked = client.get(there).context["asked"]
    back = client.post(there, {"asked": asked, "persona": slug, "confirmed": "yes"}).headers["Location"]
    return client.get(back)


def chosen(client: Client, page: str, organisation: str = "", *, do: str = "choose") -> Any:
    """On the page of the mandates: choose there, or turn back; the answer to coming back from it."""
    asked = client.get(page).context["asked"]
    answer = client.post(page, {"asked": asked, "organisation": organisation, "do": do})
    return client.get(answer.headers["Location"])


def acts(client: Client, slug: str = "petri", organisation: str = CAFE, *, next_page: str = "") -> Any:
    """The whole way: sign in, choose, act. The last answer."""
    return chosen(client, identified(client, slug, next_page=next_page).headers["Location"], organisation)
