# SPDX-License-Identifier: EUPL-1.2
"""The payments' parts of shared pages: what waits on a worker's first page, and the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.payments.access import FINANCE
from ennakko.kernel.ui import contributions, profile
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.services.hiring_benefit.access_money import INVOICES, RECOVER
from ennakko.services.hiring_benefit.actions import invoicing
from ennakko.services.hiring_benefit.queries import archive
from ennakko.services.hiring_benefit.queries import money as queries
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import ASSURE, ChangeState
from ennakko.values.texts import text

STAFF = frozenset({"worker", "leader", "administrator", "auditor"})
PART = "hiring-benefit-money"
SEND_PAYSLIP = text(
    fi="Palkkauslisä: lähetä palkkalaskelma", sv="Anställningstillägg: skicka lönespecifikationen",
    en="Hiring benefit: send the payslip",
)  # fmt: skip
CAME_BACK = text(
    fi="Palkkauslisän maksu palautui: tarkista tilinumero",
    sv="Betalningen av anställningstillägget returnerades: kontrollera kontonumret",
    en="A payment of the hiring benefit came back: check the account number",
)
OPEN = text(fi="Avaa maksut", sv="Öppna betalningarna", en="Open the payments")
TITLE = text(
    fi="Palkkauslisän maksut ja muutokset", sv="Anställningstilläggets betalningar och ändringar",
    en="Payments and changes of the hiring benefit",
)  # fmt: skip


def works(actor: Actor, on: date) -> Sequence[Work]:
    """Instalments and notices that wait for a handler, proposals that wait for an official, invoices for finance."""
    found = []
    if actor.roles & {HANDLER, OFFICIAL}:
        changes = queries.open_changes(actor)
        deciding = bool(verdict(actor, RECOVER))
        mine = [one for one in changes if (one.row.case.state == ChangeState.PROPOSED) == deciding]
        waiting = len(mine) + (0 if deciding else queries.to_handle(queries.counts(actor)))
        found.append(
            Work(
                title=TITLE, words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                url=reverse("hiring-benefit:payments"), waiting=waiting,
            )
        )  # fmt: skip
        left = archive.waiting(actor, wall=clock.wall())
        if left:
            found.append(
                Work(
                    title=text(fi="Palkkauslisän vienti arkistoon", sv="Anställningstilläggets överföring till arkivet",
                               en="Delivery of the hiring benefit to the archive"),
                    words=text(fi="ei mennyt perille", sv="har inte gått fram", en="not gone through"),
                    url=reverse("hiring-benefit:archive"), waiting=left,
                )
            )  # fmt: skip
    if FINANCE in actor.roles and verdict(actor, INVOICES):
        found.append(
            Work(
                title=text(fi="Palkkauslisän takaisinperinnät", sv="Återkrav av anställningstillägg",
                           en="Recoveries of the hiring benefit"),
                words=text(fi="laskutettavana", sv="att fakturera", en="to invoice"),
                url=reverse("hiring-benefit:invoices"), waiting=invoicing.waiting(),
            )
        )  # fmt: skip
    return found


def organisation_waiting(actor: Actor, on: date) -> Sequence[Card]:
    """Payslips that are asked for, and payments that came back, of the organisation that the actor acts for."""
    if actor.kind != "organisation" or not verdict(actor, ASSURE):
        return []
    cards = []
    for row in queries.asked_of(actor):
        failed = row.state == InstalmentState.PAYMENT_FAILED
        cards.append(
            Card(
                title=CAME_BACK if failed else SEND_PAYSLIP,
                words=row.application.case.number,
                url=reverse("hiring-benefit:money", args=[row.application.case.number]),
                until=None if failed else row.due, action=OPEN,
            )
        )  # fmt: skip
    return cards


def contribute() -> None:
    """Called once at start-up."""
    contributions.contribute(PART, works=works, organisation_waiting=organisation_waiting)
    profile.add_to_menu(*MENU)


MENU = (
    profile.MenuItem(
        label=text(fi="Palkkauslisän maksut", sv="Anställningstilläggets betalningar", en="Hiring benefit payments"),
        route="hiring-benefit:payments", roles=STAFF, order=23, staff_roles=frozenset({HANDLER, OFFICIAL}),
    ),
)  # fmt: skip
