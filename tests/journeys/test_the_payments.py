# SPDX-License-Identifier: EUPL-1.2
"""Finance at work: a batch made, sent and confirmed, an odd confirmation settled; by keyboard and without scripts."""

import pytest

from tests.journeys.city import City
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
PLANTED = """
from datetime import timedelta
from django.db import transaction
from ennakko.kernel import clock
from ennakko.kernel.payments import NewLine, Payee, plan_lines
with transaction.atomic():
    plan_lines(
        [
            NewLine(
                key=f"journey:{number}", service="summer-voucher", about=f"journey:{number}", amount_cents=35_000,
                payee=Payee(f"Matkan Leipomo {number} Oy", "0112038-9", "FI2112345600000785"), due=clock.today(),
                text="Kesäseteli", data={"voucher_year": 2026},
            )
            for number in range(1, 4)
        ],
        at=clock.now(),
    )
"""
SAID = """
from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.payments import confirm
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.ports import Confirmation
def says(line, state):
    return Confirmation(f"{line.key} {state}", line.batch.reference, line.number, state, clock.today())
first, second, third = Line.objects.filter(key__startswith="journey:").select_related("batch").order_by("pk")
told = [says(first, "paid"), says(second, "paid"), says(second, "returned"), says(third, "returned")]
confirm(told, actor=SYSTEM("journey"), at=clock.now())
"""


def test_a_batch_is_made_sent_and_confirmed_and_what_is_odd_is_settled(city: City, visit: Visit) -> None:
    city.answers(PLANTED)
    tuula = visit("tuula", script=False).opens("/payments/")
    tuula.tabs_to("Kokoa maksatuserä nyt: Kesäseteli").presses("Enter")
    assert "Maksatuserässä on" in tuula.reads()
    batch = tuula.path
    tuula.tabs_to("Lähetä nyt").presses("Enter")
    assert "Tiedosto on maksujärjestelmässä." in tuula.reads()
    city.answers(SAID)
    tuula.opens(batch)
    assert "Matkan Leipomo 1 Oy" in tuula.reads()
    tuula.opens("/payments/")
    assert "palautui, vaikka maksettiin" in tuula.reads()
    tuula.page.get_by_role("link", name="palautui, vaikka maksettiin").last.click()
    tuula.page.get_by_label("Palaute on virheellinen: rivi jää ennalleen").check(force=True)
    tuula.page.get_by_label("Perustelu").fill("Soitettu pankkiin")
    tuula.tabs_to("Selvitä").presses("Enter")
    assert "Selvitetty." in tuula.reads()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_the_payments_are_sound_in_every_language(visit: Visit, language: str, width: int) -> None:
    tuula = visit("tuula", language=language, width=width).opens("/payments/?batches=all").finds_it_sound()
    for place in ("table tbody a[href*='/payments/batches/']", "table tbody a[href*='/payments/lines/']"):
        tuula.page.locator(place).first.click()
        tuula.finds_it_sound()
    tuula.opens("/payments/lines/?state=paid").finds_it_sound()
    assert "Leipomo" not in visit(language=language, width=width).opens("/").reads()
