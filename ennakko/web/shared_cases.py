# SPDX-License-Identifier: EUPL-1.2
"""What cases of all services put on shared pages: requests for rectification, automatic decisions to look at."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from ennakko.kernel.access import Actor, visible
from ennakko.kernel.cases.automation import RECTIFICATION
from ennakko.kernel.cases.kinds import case_types
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.queries import rectifications, samples_to_review
from ennakko.kernel.cases.rectification import STATES
from ennakko.kernel.ui import contributions
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.values.texts import text
from ennakko.web.pages_automation import reviewed_by
from ennakko.web.pages_rectification import served_by

REQUEST = text(
    fi="Oikaisuvaatimus {number}", sv="Begäran om omprövning {number}", en="Request for rectification {number}"
)
LOOK = text(fi="Katso vaatimusta", sv="Se begäran", en="See the request")
QUEUE = text(fi="Oikaisuvaatimukset", sv="Begäranden om omprövning", en="Requests for rectification")
QUEUE_WORDS = text(
    fi="Valmistele luonnos toimielimelle ja kirjaa sen päätös.",
    sv="Bered ett utkast för organet och anteckna dess beslut.",
    en="Prepare a draft for the body and record what it decides.",
)
SAMPLES = text(
    fi="Tarkistettavat automaattiset päätökset", sv="Automatiska beslut att granska",
    en="Automatic decisions to look at",
)  # fmt: skip
SAMPLES_WORDS = text(
    fi="Arvalla poimitut päätökset: olisitko päättänyt samoin?",
    sv="Beslut som lottats fram: skulle du ha beslutat likadant?",
    en="Decisions picked by lot: would you have decided alike?",
)


def works(actor: Actor, on: date) -> Sequence[Work]:
    """The queues of a worker; one that never has anything for them is left out."""
    found = []
    if served_by(actor):
        counts = rectifications(actor).order_by().aggregate(
            waiting=Count("pk"), late=Count("pk", filter=Q(due__lt=on, paused_since=None))
        )  # fmt: skip
        found.append(Work(title=QUEUE, words=QUEUE_WORDS, url=reverse("rectifications"), **counts))
    if reviewed_by(actor):
        waiting = samples_to_review(actor).count()
        found.append(Work(title=SAMPLES, words=SAMPLES_WORDS, url=reverse("automation-samples"), waiting=waiting))
    return found


def _own(actor: Actor, *, closed: bool) -> list[Card]:
    cards = []
    for of in case_types():
        if of.id != RECTIFICATION:
            continue
        rows = Case.objects.filter(service=of.service, kind=of.id, closed_at__isnull=not closed)
        mine = rows.filter(organisation=actor.organisation) if actor.organisation else rows.filter(organisation="")
        for row in visible(actor, of.own_action, mine).order_by("-opened_at")[:50]:
            cards.append(_card(row, closed=closed))
    return cards


def _card(row: Case, *, closed: bool) -> Card:
    return Card(
        title=REQUEST.format(number=row.number), url=reverse("rectification", args=[row.number]), action=LOOK,
        status=STATES[row.state], status_kind="neutral" if closed else "info",
        on=row.closed_at.date() if row.closed_at else None,
    )  # fmt: skip


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """The party's own requests that are not decided yet."""
    return _own(actor, closed=False)


def done(actor: Actor, on: date) -> Sequence[Card]:
    """The party's own requests that are decided or withdrawn."""
    return _own(actor, closed=True)


def wire() -> None:
    """Called once, when every service is registered."""
    contributions.contribute(
        "cases", ongoing=ongoing, done=done, works=works, organisation_ongoing=ongoing, organisation_done=done
    )
