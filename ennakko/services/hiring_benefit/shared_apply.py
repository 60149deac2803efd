# SPDX-License-Identifier: EUPL-1.2
"""The application's parts of shared pages: the organisation's page, the employee's own page, the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.ui import profile
from ennakko.kernel.ui.contributions import Card
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.queries.own_applications import Employment, OwnApplication
from ennakko.values.texts import Text, text

TITLE = text(fi="Palkkauslisä: {number}", sv="Anställningstillägg: {number}", en="Hiring benefit: {number}")
LOOK = text(fi="Katso hakemusta", sv="Se ansökan", en="See the application")
WAITS = text(fi="Odottaa teitä: vastatkaa.", sv="Väntar på er: svara.", en="Waits for you: answer.")
BEGUN = text(fi="Palkkauslisän hakemus on kesken", sv="Ansökan om anställningstillägg är halvfärdig",
             en="An application for the hiring benefit is unfinished")  # fmt: skip
GO_ON = text(fi="Jatka", sv="Fortsätt", en="Go on")
CONFIRM = text(fi="Vahvista hakemus", sv="Bekräfta ansökan", en="Confirm an application")
ASKED = text(
    fi="Työnantajasi on hakenut kaupungilta tukea työsuhteeseesi. Katso, ovatko tiedot oikein.",
    sv="Din arbetsgivare har ansökt om stöd för din anställning hos staden. Se om uppgifterna stämmer.",
    en="Your employer has applied to the city for support for your employment. See whether the details are right.",
)
ANSWER = text(fi="Katso ja vastaa", sv="Se och svara", en="See and answer")


def _titled(number: str) -> Text:
    return TITLE.format(number=text(fi=number, sv=number, en=number))


def _card(one: OwnApplication) -> Card:
    return Card(
        title=_titled(one.case.number), words=WAITS if one.waits else "", status=one.state, status_kind=one.kind,
        url=reverse("hiring-benefit:application", args=[one.case.number]), action=LOOK, until=one.answer_due,
        on=(one.case.closed_at or one.application.sent_at).date(),
    )  # fmt: skip


def _own(actor: Actor) -> list[OwnApplication]:
    return own.applications(actor) if verdict(actor, APPLY) else []


def organisation_waiting(actor: Actor, on: date) -> Sequence[Card]:
    """What the employer has begun or been asked."""
    if not verdict(actor, APPLY):
        return []
    begun = [
        Card(title=BEGUN, url=reverse("hiring-benefit:apply-check", args=[one.key]), action=GO_ON)
        for one in drafting.drafts_of(actor)
    ]
    return [*(_card(one) for one in _own(actor) if one.waits), *begun]


def organisation_ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """Applications that the city has."""
    return [_card(one) for one in _own(actor) if one.case.closed_at is None and not one.waits]


def organisation_done(actor: Actor, on: date) -> Sequence[Card]:
    """Applications that are decided or cancelled."""
    return [_card(one) for one in _own(actor) if one.case.closed_at is not None and not one.waits]


def _mine(one: Employment, title: Text, words: Text | str) -> Card:
    return Card(
        title=title, words=words, status=one.said, url=reverse("hiring-benefit:employment", args=[one.case.number]),
        action=ANSWER if one.waits else LOOK, on=one.application.sent_at.date(),
    )  # fmt: skip


def waiting(actor: Actor, on: date) -> Sequence[Card]:
    """Applications about the resident that wait for her confirmation."""
    return [_mine(one, CONFIRM, ASKED) for one in own.employments(actor) if one.waits]


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """Those that she has answered and that the city has."""
    return [
        _mine(one, _titled(one.case.number), "")
        for one in own.employments(actor)
        if one.can_answer and not one.waits
    ]  # fmt: skip


def done(actor: Actor, on: date) -> Sequence[Card]:
    """Those that are decided or cancelled."""
    return [_mine(one, _titled(one.case.number), one.state) for one in own.employments(actor) if not one.can_answer]


MENU = (
    profile.MenuItem(
        label=text(fi="Palkkauslisä", sv="Anställningstillägg", en="Hiring benefit"), route="hiring-benefit:employer",
        roles=frozenset({"organisation"}), order=25,
    ),
)  # fmt: skip
