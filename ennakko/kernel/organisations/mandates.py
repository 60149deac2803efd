# SPDX-License-Identifier: EUPL-1.2
"""Who acted for an organisation and when, and who may sign for it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.access.mandates import SIGNATORY
from ennakko.kernel.organisations.models import MandateUse, Organisation
from ennakko.kernel.ready import Given, Ready

RETENTION = "sign-in"
Signatories = Callable[[str], frozenset[int] | None]
_sources: list[Signatories] = []
_acted: Ready[MandateUse] = Ready(
    lambda: MandateUse.objects.filter(organisation=Given("organisation"), person__isnull=False).only(
        "person", "mandates"
    )
)


def signatories_from(source: Signatories) -> None:
    """Ask this register too who may sign for an organisation; it answers None where it does not know."""
    if source not in _sources:
        _sources.append(source)


def signatories(business_id: str) -> frozenset[int] | None:
    """The keys of the persons who may sign for an organisation, as far as is known; None where nothing is.

    Known from registers, and from those who have acted for it by their right to sign.
    """
    acted = _acted.all(organisation=business_id)
    found = frozenset(use.person for use in acted if use.person is not None and SIGNATORY in use.mandates)
    told = [people for source in _sources if (people := source(business_id)) is not None]
    return found.union(*told) if told or found else None


def acting_began(organisation: Organisation, *, actor: Actor, at: datetime, wall: datetime) -> MandateUse:
    """Remember that an actor (of kind organisation) acts for an organisation from now on, and write it in the log."""
    with transaction.atomic():
        row = MandateUse.objects.create(
            organisation=organisation, reference=actor.reference, person=actor.person, name=actor.name,
            mandates=sorted(actor.mandates), at=wall,
        )  # fmt: skip
        said = {"mandates": sorted(actor.mandates)}
        audit.write(actor, "organisations.act", f"organisation:{organisation.pk}", at, said, RETENTION)
    return row


def acting_ended(use: int, *, actor: Actor, at: datetime, wall: datetime) -> bool:
    """Remember that it ended: another organisation was chosen, or nobody's; False where that is known already."""
    with transaction.atomic():
        row = MandateUse.objects.select_for_update().filter(pk=use, ended_at__isnull=True).first()
        if row is None:
            return False
        row.ended_at = max(wall, row.at)
        row.save(update_fields=["ended_at"])
        audit.write(actor, "organisations.act-no-more", f"organisation:{row.organisation_id}", at, {}, RETENTION)
    return True


def uses_of(organisation: Organisation | str, *, most: int = 50) -> list[MandateUse]:
    """Who acted for an organisation, the latest first."""
    return list(MandateUse.objects.filter(organisation=organisation).order_by("-at", "-pk")[:most])


def uses_by(reference: str, *, most: int = 50) -> list[MandateUse]:
    """For which organisations somebody (an actor's `reference`) has acted, the latest first, for their own page."""
    rows = MandateUse.objects.filter(reference=reference).exclude(reference="").select_related("organisation")
    return list(rows.order_by("-at", "-pk")[:most])
