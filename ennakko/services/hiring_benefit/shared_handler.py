# SPDX-License-Identifier: EUPL-1.2
"""The handling's parts of shared pages: the queues on a worker's first page, and the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.ui import profile
from ennakko.kernel.ui.contributions import Work
from ennakko.services.hiring_benefit.access import PAPER
from ennakko.services.hiring_benefit.queries import queue
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.services.hiring_benefit.states import DECIDE, HANDLE, PROPOSED, BenefitState
from ennakko.values.texts import text

STAFF = frozenset({"worker", "leader", "administrator", "auditor"})
FOR_HANDLER = (BenefitState.RECEIVED, BenefitState.HANDLING)


def works(actor: Actor, on: date) -> Sequence[Work]:
    """What waits for whoever handles or decides applications, and for the named clerk."""
    found = []
    if verdict(actor, HANDLE) and actor.roles & {HANDLER, OFFICIAL}:
        counted = queue.counts(actor, on=on)
        mine = PROPOSED if verdict(actor, DECIDE) else FOR_HANDLER
        found.append(
            Work(
                title=text(
                    fi="Palkkauslisän hakemukset", sv="Ansökningar om anställningstillägg",
                    en="Applications for the hiring benefit",
                ),
                words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                url=reverse("hiring-benefit:queue"), waiting=sum(counted[state] for state in mine),
                late=counted["late"],
            )
        )  # fmt: skip
    if PROTECTED_CLERK in actor.roles:
        found.append(
            Work(
                title=text(
                    fi="Turvakielto: palkkauslisä", sv="Spärrmarkering: anställningstillägg",
                    en="Non-disclosure: hiring benefit",
                ),
                words=text(fi="vain sinulle", sv="bara för dig", en="for you alone"),
                url=reverse("hiring-benefit:queue-protected"), waiting=queue.protected(actor).count(),
            )
        )  # fmt: skip
    if verdict(actor, PAPER):
        found.append(
            Work(
                title=text(
                    fi="Palkkauslisän paperihakemus", sv="Pappersansökan om anställningstillägg",
                    en="Paper application for the hiring benefit",
                ),
                words=text(fi="kirjaa paperilta", sv="registrera från papper", en="write one down"),
                url=reverse("hiring-benefit:paper"),
            )
        )  # fmt: skip
    return found


MENU = (
    profile.MenuItem(
        label=text(fi="Palkkauslisän jono", sv="Anställningstilläggets kö", en="Hiring benefit queue"),
        route="hiring-benefit:queue", roles=STAFF, order=22, staff_roles=frozenset({HANDLER, OFFICIAL}),
    ),
)  # fmt: skip
