# SPDX-License-Identifier: EUPL-1.2
"""A service of the tests' own that offers: its kind, its message, and the steps to a released offer."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ennakko.kernel import messages, offers
from ennakko.kernel.access import Actor
from ennakko.kernel.offers import kinds
from ennakko.kernel.offers.making import Made
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.registers import screening
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.values.texts import text

SIXTEEN, ADULT = date(2010, 5, 17), date(1980, 1, 1)
KIND = offers.OfferKind(
    service="test-youth",
    title=text(fi="Testietu", sv="Testförmån", en="Test benefit"),
    answer_action="test-youth.answer",
    guardians_copied_below=18,
    answers=(offers.ACCEPT, offers.DECLINE, offers.CALL_ME),
    templates={"offer": "offer", "guardian": "offer", "reminder": "offer", "withdrawn": "offer"},
    reminders=(14, 3),
)


def use(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Only this service offers, with one message in every language."""
    folder.mkdir()
    for language in ("fi", "sv", "en"):
        (folder / f"offer.{language}.txt").write_text("Offer\nAnswer by {answer_by:date}: {link}\n")
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    messages.register_templates(service="test-youth", folder=folder, fields={"offer": ("answer_by", "link")})
    monkeypatch.setattr(kinds, "_kinds", {})
    offers.register_offer_kind(KIND)


def change(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """The service offers otherwise."""
    monkeypatch.setitem(kinds._kinds, ("test-youth", "people"), replace(kinds.kind_of("test-youth"), **changes))


def make(round: str = "2026", on: date = youth.ON, values: object = None) -> Made:
    """Look at everyone and make a round's offers."""
    found = screening.screen(
        "test-youth.entitled", purpose=youth.PURPOSE, on=on, actor=youth.MACHINE, at=youth.AT, reason="test"
    )
    return offers.make_offers(
        "test-youth",
        screening=found,
        round=round,
        values={"amount": 35000} if values is None else values,
        actor=youth.MACHINE,
        at=youth.AT,
        on=on,
    )


def released(round: str = "2026") -> Run:
    """A round made and released."""
    made = make(round)
    offers.release(made.run, actor=youth.MACHINE, at=youth.AT, on=youth.ON)
    return made.run


def offer_to(person: int) -> Offer:
    """A person's offer as it stands now."""
    return Offer.objects.select_related("run").get(subject=person)


def resident(person: int, *, strong: bool = True) -> Actor:
    """A resident who is signed in, strongly or by a link alone."""
    return Actor(kind="resident", reference=f"r{person}", person=person, strong=strong)
