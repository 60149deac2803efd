# SPDX-License-Identifier: EUPL-1.2
"""Somebody asks for information, the registrar leaves out what is secret, and the answer comes by the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.city import City
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

A_DECISION = """
from datetime import date
from ennakko.kernel import clock, records
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.records.models import Matter
page = (
    "<h1>Päätös kesäsetelistä</h1><dl><dt>Hakija</dt><dd data-field='person-name'>Matti Meikäläinen</dd>"
    "<dt>Henkilötunnus</dt><dd data-field='identity-code'>131052-308T</dd><dt>Summa</dt><dd>350 €</dd></dl>"
    "<p>Matin hakemus hyväksytään, koska hän muutti kuntaan.</p>"
)
if not Matter.objects.filter(number="ASIA-{name}").exists():
    matter = records.open_matter(
        service="summer-voucher", kind="application", number="ASIA-{name}", on=clock.today(), about="journey:{name}"
    )
    pdf = records.make_pdf(page, language="fi", title="Päätös kesäsetelistä")
    records.archive_document(
        matter, "decision", pdf, key="journey:{name}", title="Päätös kesäsetelistä", language="fi",
        actor=SYSTEM("journey"), at=clock.now(), html=page,
    )
"""


@pytest.mark.parametrize(("language", "width", "script"), [("fi", 1280, True), ("sv", 320, False), ("en", 320, True)])
def test_anybody_sees_the_public_register_and_asks_for_information(
    visit: Visit, language: str, width: int, script: bool
) -> None:
    anybody = visit(language=language, width=width, script=script)
    anybody.opens("/register/")
    if script:
        anybody.finds_it_sound()
    anybody.opens("/information/")
    anybody.page.locator("form[method=post] button[type=submit]").first.wait_for()
    send = anybody.page.locator("main form[method=post]:not(.feedback) button[type=submit]").last
    send.click()
    expect(anybody.page.locator("#id_wanted_error")).to_be_visible()
    if script:
        anybody.finds_it_sound()
    anybody.page.locator("#id_wanted").fill("ASIA-1")
    anybody.page.locator("#id_email").fill(f"asker-{language}-{width}@example.fi")
    anybody.page.locator("main form[method=post]:not(.feedback) button[type=submit]").last.click()
    assert anybody.path.startswith("/information/")
    assert "TIETO-" in anybody.reads()
    if script:
        anybody.finds_it_sound()


def test_a_request_is_answered_with_a_copy_without_its_secret_parts(visit: Visit, city: City) -> None:
    city.answers(A_DECISION.replace("{name}", "copy"))
    anybody = visit(language="fi", width=320).opens("/information/")
    anybody.page.locator("#id_wanted").fill("Päätös asiassa ASIA-copy")
    anybody.page.locator("#id_email").fill("kysyja@example.fi")
    anybody.page.get_by_role("button", name="Lähetä tietopyyntö").click()
    link = anybody.path

    kirsti = visit("kirsti")
    kirsti.opens("/my/").finds_it_sound()
    kirsti.opens("/records/").finds_it_sound()
    kirsti.opens("/records/?words=ASIA-COPY&opened_from=x", status=422).finds_it_sound()
    kirsti.opens("/records/requests/").finds_it_sound()
    kirsti.page.get_by_role("row").filter(has_text="ASIA-copy").get_by_role("link").click()
    kirsti.page.get_by_role("button", name="Ota käsittelyyn").click()
    kirsti.page.get_by_label("Numero, tehtäväluokka tai organisaatio").fill("asia-copy")
    kirsti.page.get_by_role("button", name="Hae").click()
    kirsti.finds_it_sound()
    kirsti.page.get_by_role("button", name=re.compile("^Lisää ")).click()
    kirsti.finds_it_sound()
    kirsti.page.get_by_role("link", name="Valitse, mitä annetaan").click()
    kirsti.finds_it_sound()
    kirsti.page.get_by_label("Poistettavat kohdat").fill("tätä ei ole")
    kirsti.page.get_by_role("button", name="Tallenna valinta").click()
    kirsti.finds_it_sound()
    assert "tätä ei ole" in kirsti.reads()
    kirsti.page.get_by_label("Poistettavat kohdat").fill("muutti kuntaan")
    kirsti.page.get_by_role("button", name="Tallenna valinta").click()
    kirsti.finds_it_sound()
    copy = kirsti.page.locator(".copy").inner_text()
    assert "350 €" in copy.replace("\N{NO-BREAK SPACE}", " ")
    for secret in ("Matti", "Matin", "Meikäläinen", "131052", "muutti"):
        assert secret not in copy
    kirsti.page.get_by_role("link", name="TIETO-").first.click()
    kirsti.page.get_by_label("Perustelut omin sanoin").fill("Henkilön tiedot ovat salassa.")
    kirsti.page.get_by_role("button", name="Vastaa", exact=True).click()
    kirsti.finds_it_sound()
    kirsti.opens("/records/ASIA-copy/").finds_it_sound()

    anybody.opens(link).finds_it_sound()
    assert "Saat tiedot osittain" in anybody.reads()
    assert "Näin valitat" in anybody.reads()
    with anybody.page.expect_download() as download:
        anybody.page.get_by_role("link", name="ASIA-copy.pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    anybody.opens(link).speaks("sv").finds_it_sound()


@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("en", 320)])
def test_the_registrys_pages_fit_a_narrow_screen_in_other_languages(
    visit: Visit, city: City, language: str, width: int
) -> None:
    city.answers(A_DECISION.replace("{name}", "narrow"))
    kirsti = visit("kirsti", language=language, width=width)
    for path in ("/records/", "/records/ASIA-narrow/", "/records/requests/", "/records/transfers/", "/information/"):
        kirsti.opens(path).finds_it_sound()


def test_the_registrar_works_with_the_keyboard_alone(visit: Visit, city: City) -> None:
    city.answers(A_DECISION.replace("{name}", "keys"))
    kirsti = visit("kirsti").opens("/records/")
    kirsti.tabs_to("Numero, tehtäväluokka tai organisaatio", inside="main")
    kirsti.page.keyboard.type("ASIA-keys")
    kirsti.presses("Enter")
    kirsti.tabs_to("ASIA-keys", inside="main").presses("Enter")
    assert "Päätös kesäsetelistä" in kirsti.reads()
