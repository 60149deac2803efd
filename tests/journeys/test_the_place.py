# SPDX-License-Identifier: EUPL-1.2
"""A pre-school place that came without asking: guardians look and answer, a worker calls, an official decides."""

import re

import pytest
from playwright.sync_api import expect

from ennakko.demo_city.personas import persona
from tests.journeys.city import City
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OWN = "/childcare/"
WAITS = """
from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.offers.models import Offer
from ennakko.services.childcare.actions import placements
from ennakko.services.childcare.queries.offers_place import of_offer
own, wished = (of_offer(Offer.objects.get(pk=pk)) for pk in ({own}, {wished}))
family = Actor("resident", "layla", person={person}, name="Layla", strong=True)
placements.wish(own, [wished.pool.unit], actor=family, at=clock.now())
print(wished.pool.unit.name_fi)
"""
"""A family keeps its place and waits for the unit of another offer, as its page lets it where that unit is full."""

MADE = """
from ennakko.kernel import clock
from ennakko.kernel.jobs.actions import tick
tick(clock.now(), clock.today(), wall=clock.wall(), only=["childcare.rounds", "childcare.comparisons"])
"""
"""What cron does within a minute: the draft or the comparison that was ordered is made."""


def _offer(visitor: Visitor) -> Visitor:
    """By the menu's door to the newest offer."""
    visitor.opens(OWN)
    expect(visitor.page).to_have_url(re.compile(r"/childcare/offer/\d+/"))
    return visitor


def test_a_guardian_takes_the_place_and_reads_what_it_stands_on(visit: Visit) -> None:
    noora = visit("noora").opens("/my/").finds_it_sound()
    noora.page.get_by_role("link", name="Katso ja vastaa").first.click()
    noora.finds_it_sound()
    assert "Oiva: Esiopetuspaikka" in noora.reads()
    assert "minuuttia kävellen" in noora.reads()
    noora.page.get_by_role("button", name="Ota tämä yksikkö").click()
    noora.finds_it_sound()
    assert "Valitse yksi yksiköistä" in noora.reads()
    noora.page.get_by_role("button", name="Pyydä soittoa").click()
    noora.finds_it_sound()
    noora.page.get_by_role("button", name="Otamme paikan").click()
    noora.finds_it_sound()
    assert "Päätöstä tehdään" in noora.reads()
    noora.opens("/childcare/data/").finds_it_sound()
    eeva = visit("eeva").opens("/childcare/decisions/?state=ready_for_decision").finds_it_sound()
    eeva.page.get_by_role("link", name="Oiva Aatos Tuominen").click()
    eeva.finds_it_sound()
    eeva.page.get_by_role("button", name="Anna paikka").click()
    eeva.finds_it_sound()
    eeva.opens("/childcare/situation/").finds_it_sound()
    _offer(noora).page.get_by_role("link", name="Lue päätös").click()
    noora.finds_it_sound()
    assert "Lupa- ja valvontavirasto" in noora.reads()


@pytest.mark.parametrize(
    ("slug", "language", "code", "direction"), [("olga", "fi", "ru", "ltr"), ("layla", "en", "ar", "rtl")]
)
def test_on_a_phone_in_ones_own_language(visit: Visit, slug: str, language: str, code: str, direction: str) -> None:
    reader = _offer(visit(slug, language=language, width=320)).finds_it_sound()
    core = reader.page.locator("article.place-core")
    expect(core).to_have_attribute("lang", code)
    expect(core).to_have_attribute("dir", direction)
    reader.page.get_by_role("link", name="Eesti").click()
    expect(reader.page.locator("article.place-core")).to_have_attribute("lang", "et")
    reader.finds_it_sound()


def test_with_only_a_keyboard(visit: Visit) -> None:
    layla = _offer(visit("layla", language="en"))
    layla.opens(layla.path + "?language=en")
    layla.tabs_to("Ask for a call").presses("Enter")
    assert "You asked us to call" in layla.reads()


def test_without_javascript_no_is_said_and_taken_back(visit: Visit) -> None:
    olga = _offer(visit("olga", width=320, script=False))
    olga.page.locator("label", has_text="Kotona").click()
    olga.page.get_by_role("button", name="Paikkaa ei tarvita").click()
    olga.page.get_by_role("button", name="Haluamme paikan sittenkin").click()
    expect(olga.page.get_by_role("button", name="Ota tämä yksikkö")).to_be_visible()


def test_a_service_adviser_calls_and_serves_families(visit: Visit) -> None:
    paula = visit("paula").opens("/childcare/calls/").finds_it_sound()
    paula.page.get_by_role("button", name="Puhuttu, asia jatkuu").first.click()
    paula.finds_it_sound()
    paula.opens("/childcare/counter/").finds_it_sound()
    paula.page.get_by_label("Huoltajan nimi tai henkilötunnus").fill("Smirnova Olga")
    paula.page.get_by_role("button", name="Aloita palvelu").click()
    paula.finds_it_sound()
    paula.page.get_by_role("button", name="Olga Smirnova").click()
    paula.finds_it_sound()
    assert "Maksim" in paula.reads()


def test_a_place_given_up_becomes_a_neighbours_better_one(visit: Visit, city: City) -> None:
    layla = _offer(visit("layla", language="en", width=320))
    first = layla.path
    layla.opens(first + "?language=en").page.get_by_role("button", name="We take the place").click()
    layla.finds_it_sound()
    olga = _offer(visit("olga"))
    wished = city.answers(
        WAITS.format(own=_number(first), wished=_number(olga.path), person=persona("layla").person)
    ).strip().splitlines()[-1]  # fmt: skip
    assert wished not in layla.reads()
    olga.page.locator("label", has_text="Kotona").click()
    olga.page.get_by_role("button", name="Paikkaa ei tarvita").click()
    olga.finds_it_sound()
    paula = visit("paula").opens("/childcare/rounds/")
    paula.page.get_by_role("link", name="Esiopetuspaikka").last.click()
    paula.page.get_by_role("button", name="Jaa vapautuneet paikat").click()
    paula.finds_it_sound()
    city.answers(MADE)
    paula.opens("/childcare/rounds/").page.get_by_role("link", name=re.compile("^Katso luonnos")).first.click()
    paula.finds_it_sound()
    assert "jaetaan aiemman kierroksen vapautuneet paikat" in paula.reads()
    visit("eeva").opens(paula.path).page.get_by_role("button", name="Julkaise kierros").click()
    _offer(layla).finds_it_sound()
    assert layla.path != first
    assert wished in layla.reads()
    layla.opens("/my/").finds_it_sound()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_the_pages_of_those_who_work_with_places_are_sound(visit: Visit, language: str, width: int) -> None:
    paula = visit("paula", language=language, width=width)
    for path in ("units/", "calls/", "counter/", "decisions/", "by-hand/", "rounds/compare/", "rounds/"):
        paula.opens(f"/childcare/{path}").finds_it_sound()
    paula.opens(_rounds(paula)[-1]).finds_it_sound()
    kaisa = visit("kaisa", language=language, width=width).opens("/childcare/units/").finds_it_sound()
    kaisa.opens(kaisa.links("/childcare/units/")[0]).finds_it_sound()
    assert kaisa.page.locator("table").nth(1).locator("tbody tr").count()
    eeva = visit("eeva", language=language, width=width)
    for path in ("decisions/", "fees/"):
        eeva.opens(f"/childcare/{path}").finds_it_sound()
    eeva.opens(eeva.links("/childcare/fee/")[0]).finds_it_sound()
    visit("harri", language=language, width=width).opens("/childcare/situation/").finds_it_sound()


def test_two_ways_of_giving_places_stand_side_by_side_before_a_release(visit: Visit, city: City) -> None:
    paula = visit("paula").opens("/childcare/rounds/")
    paula.page.get_by_label("Sisaruksen yksikkö lasketaan lähemmäksi, metriä").fill("800")
    paula.page.get_by_role("button", name="Tee luonnos").click()
    paula.finds_it_sound()
    city.answers(MADE)
    paula.opens("/childcare/rounds/").opens(_rounds(paula)[0]).finds_it_sound()
    paula.page.get_by_role("button", name="Vertaa").click()
    paula.finds_it_sound()
    paula.page.get_by_role("button", name="Hylkää luonnos").click()
    assert "Hylätty" in paula.finds_it_sound().reads()
    paula.opens("/childcare/rounds/compare/").page.get_by_label("Miten paikat annetaan toisessa").select_option(
        "stable"
    )
    paula.page.get_by_role("button", name="Vertaa").click()
    assert "jatkuu ilman sinua" in paula.finds_it_sound().reads()
    city.answers(MADE)
    paula.opens(paula.path).finds_it_sound()
    for language in ("sv", "en"):
        visit("paula", language=language, width=320).opens(paula.path).finds_it_sound()


def _rounds(worker: Visitor) -> list[str]:
    """The addresses of the rounds on the list, the newest of each day first."""
    return [to for to in worker.links("/childcare/rounds/") if re.fullmatch(r"/childcare/rounds/\d+/", to)]


def _number(path: str) -> int:
    found = re.search(r"/offer/(\d+)/", path)
    assert found is not None, path
    return int(found[1])
