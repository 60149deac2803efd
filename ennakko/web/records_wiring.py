# SPDX-License-Identifier: EUPL-1.2
"""The register on the shared pages: its links in the menu, its work on the worker's first page, whom it protects."""

from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.cases.models import Case
from ennakko.kernel.records import access, guarding, queries, transfer
from ennakko.kernel.ui import contributions, profile
from ennakko.values.texts import text

STAFF = frozenset({"worker", "leader", "auditor", "administrator"})
MENU = (
    profile.MenuItem(
        label=text(fi="Asiarekisteri", sv="Ärenderegister", en="Register of matters"), route="records", roles=STAFF,
        order=60, staff_roles=frozenset({access.REGISTRAR, access.OFFICIAL, access.AUDITOR, "data-protection-officer"}),
    ),
    profile.MenuItem(
        label=text(fi="Tietopyynnöt", sv="Begäran om information", en="Requests for information"),
        route="records-requests", roles=STAFF, order=61,
        staff_roles=frozenset({access.REGISTRAR, access.OFFICIAL}),
    ),
)  # fmt: skip


def wire() -> None:
    """Called once at start-up."""
    profile.add_to_menu(*MENU)
    contributions.contribute("records", works=works)
    guarding.protected_by("case", under_non_disclosure)


def under_non_disclosure(about: str) -> bool:
    """Whether a case's person is under non-disclosure; a case that is gone protects nobody any more."""
    number = about.partition(":")[2]
    return number.isdigit() and Case.objects.filter(pk=int(number), subject__non_disclosure=True).exists()


def works(actor: Actor, on: date) -> list[contributions.Work]:
    """The registry's queues: requests that wait for an answer, matters that wait for the archive."""
    found = []
    if verdict(actor, access.HANDLE) and actor.roles & {access.REGISTRAR, access.OFFICIAL}:
        waiting, late = queries.waiting_requests(on)
        found.append(
            contributions.Work(
                title=text(fi="Tietopyynnöt", sv="Begäran om information", en="Requests for information"),
                words=text(
                    fi="Vastaa kahdessa viikossa, viimeistään kuukaudessa.",
                    sv="Svara inom två veckor, senast inom en månad.",
                    en="Answer in two weeks, in a month at the latest.",
                ),
                url=reverse("records-requests"), waiting=waiting, late=late,
            )
        )  # fmt: skip
    if verdict(actor, access.TRANSFER):
        found.append(
            contributions.Work(
                title=text(fi="Siirrot arkistoon", sv="Överföringar till arkivet", en="Transfers to the archive"),
                words=text(
                    fi="Päättyneet asiat, jotka säilytetään pysyvästi.",
                    sv="Avslutade ärenden som bevaras varaktigt.",
                    en="Closed matters that are kept for good.",
                ),
                url=reverse("records-transfers"), waiting=transfer.waiting(),
            )
        )  # fmt: skip
    return found
