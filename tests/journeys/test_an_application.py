# SPDX-License-Identifier: EUPL-1.2
"""From a question a page to a voucher: a youth whom the registers do not know, a handler, an official."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from ennakko.values.identity_code import compose
from tests.journeys.city import City
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser

GO_ON = {"fi": "Jatka", "sv": "Fortsätt", "en": "Continue"}
CODE = {"sv": compose(date(2010, 3, 10), 951), "en": compose(date(2010, 4, 11), 952)}
"""Test identity codes: whoever has one or has none, the open form answers alike."""


DELIVERS = """
from ennakko.kernel import clock
from ennakko.kernel.messages.delivery import deliver_due
deliver_due(clock.wall(), at=clock.now())
"""
# Buttons to choose from are pressed by force: the design system draws them on their labels.


def _goes_on(youth: Visitor) -> None:
    youth.page.get_by_role("button", name=GO_ON[youth.language], exact=True).click()


def _contact(youth: Visitor, email: str) -> None:
    youth.page.locator("[name=email]").fill(email)
    youth.page.locator("[name=phone_number]").fill("040 123 4567")
    youth.page.locator(f"main [name=language][value={youth.language}]").check(force=True)
    _goes_on(youth)


def test_from_an_application_to_a_voucher(visit: Visit) -> None:
    leevi = visit("leevi").opens("/summer-voucher/").finds_it_sound()
    leevi.page.get_by_role("link", name="Hae seteliä").click()
    leevi.finds_it_sound()
    leevi.page.get_by_role("link", name="Aloita").click()
    _goes_on(leevi)
    expect(leevi.page.locator("[data-error-summary]")).to_be_focused()
    leevi.finds_it_sound()
    leevi.page.locator("[name=target_group][value=primary_target_group]").check(force=True)
    _goes_on(leevi)
    leevi.page.locator("[name=school]").fill("Otaniemen lukio")
    leevi.page.get_by_role("link", name="Takaisin").click()
    expect(leevi.page.locator("[name=target_group][value=primary_target_group]")).to_be_checked()
    _goes_on(leevi)
    leevi.page.locator("[name=school]").fill("Otaniemen lukio")
    _goes_on(leevi)
    leevi.page.locator("[name=postcode]").fill("2150")
    _goes_on(leevi)
    assert "Kirjoita postinumero viitenä numerona" in leevi.reads()
    assert leevi.page.locator("[name=postcode]").input_value() == "2150"
    leevi.finds_it_sound()
    leevi.page.locator("[name=postcode]").fill("02150")
    _goes_on(leevi)
    _contact(leevi, "leevi@posti.example")
    leevi.finds_it_sound()
    leevi.page.get_by_role("button", name="Lähetä hakemus").click()
    leevi.finds_it_sound()
    reference = leevi.page.locator(".voucher__number").inner_text()
    leevi.page.get_by_role("link", name="Katso, missä hakemuksesi on").click()
    leevi.finds_it_sound()
    leevi.page.locator("[name=additional_info_description]").fill("Käyn lukiota täällä.")
    leevi.page.locator("[name=additional_info_user_reasons]").first.check(force=True)
    leevi.page.get_by_role("button", name="Lähetä vastaus").click()
    leevi.finds_it_sound()

    ritva = visit("ritva").opens("/my/").finds_it_sound().opens("/summer-voucher/queue/").finds_it_sound()
    ritva.page.locator("#words").fill(reference)
    ritva.page.get_by_role("button", name="Etsi").click()
    ritva.finds_it_sound()
    ritva.page.get_by_role("link", name="Leevi Harju").click()
    ritva.finds_it_sound()
    ritva.page.get_by_role("button", name="Ota käsittelyyn").click()
    ritva.page.locator("[name=outcome][value=rejected]").check(force=True)
    ritva.page.get_by_role("button", name="Lähetä viranhaltijalle").click()
    assert "Kirjoita, miksi hakemus hylätään" in ritva.reads()
    ritva.finds_it_sound()
    ritva.page.locator("[name=outcome][value=accepted]").check(force=True)
    ritva.page.locator("[name=justification]").fill("Opiskelee kaupungissa.")
    ritva.page.get_by_role("button", name="Katso, miten nuori lukee sen").click()
    assert "mitään ei ole tallennettu" in ritva.reads()
    ritva.finds_it_sound()
    ritva.page.get_by_role("button", name="Lähetä viranhaltijalle").click()
    assert "Ehdotus on viranhaltijalla" in ritva.reads()
    desk = ritva.path

    outi = visit("outi").opens(desk).finds_it_sound()
    outi.page.get_by_role("button", name="Päätä", exact=True).click()
    assert "Päätetty. Nuori saa tiedon." in outi.reads()
    outi.finds_it_sound()

    leevi.opens(f"/summer-voucher/application/{reference}/").finds_it_sound()
    assert "Hyväksytty" in leevi.reads()
    assert re.fullmatch(r"[0-9a-z-]{6,}", leevi.page.locator(".voucher__number").inner_text())
    leevi.opens("/summer-voucher/").finds_it_sound()


@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("en", 390)])
def test_an_application_without_signing_in_is_confirmed_by_a_button(
    visit: Visit, city: City, language: str, width: int
) -> None:
    youth = visit(language=language, width=width).opens("/summer-voucher/apply/").finds_it_sound()
    youth.opens("/summer-voucher/apply/name/")
    _goes_on(youth)
    youth.finds_it_sound()
    youth.page.locator("[name=first_name]").fill("Kim")
    youth.page.locator("[name=last_name]").fill("Ek")
    _goes_on(youth)
    youth.page.locator("[name=social_security_number]").fill(CODE[language].lower())
    youth.finds_it_sound()
    _goes_on(youth)
    youth.page.locator("[name=target_group]").first.check(force=True)
    _goes_on(youth)
    youth.page.locator("[name=school]").fill("Mattlidens gymnasium")
    _goes_on(youth)
    youth.page.locator("[name=postcode]").fill("02100")
    _goes_on(youth)
    _goes_on(youth)
    youth.finds_it_sound()
    youth.page.locator("[name=additional_info_user_reasons]").first.check(force=True)
    youth.page.locator("[name=additional_info_description]").fill("Jag går i skola här.")
    _goes_on(youth)
    _contact(youth, f"kim.{language}@posti.example")
    youth.finds_it_sound()
    youth.page.locator("main form button[type=submit]").click()
    youth.finds_it_sound()
    city.answers(DELIVERS)
    youth.opens(f"/demo/mailbox/?whose=all&words=kim.{language}")
    found = re.search(r"/summer-voucher/confirm/[a-z2-7]+/", youth.page.content())
    assert found, "no link to confirm in the mailbox"
    youth.opens(found.group()).finds_it_sound()
    youth.opens(found.group())
    youth.page.locator("main form button[type=submit]").click()
    youth.finds_it_sound()
    youth.page.locator("main a[href*='/summer-voucher/status/']").click()
    youth.finds_it_sound()
    assert "Kim" not in youth.page.locator("main").inner_text()
    youth.opens("/summer-voucher/confirm/nothing/").finds_it_sound()
