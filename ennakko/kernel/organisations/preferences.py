# SPDX-License-Identifier: EUPL-1.2
"""What an organisation does not want to be offered. It is no right of objection (GDPR article 21): only its wish."""

from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.organisations.access import PREFER, RETENTION
from ennakko.kernel.organisations.models import Organisation, Preference


def unwilling(service: str) -> frozenset[str]:
    """The business ids of organisations that want no ready-made offers of a service."""
    rows = Preference.objects.filter(service=service, ended_at__isnull=True)
    return frozenset(rows.values_list("organisation", flat=True))


def refused_by(organisation: Organisation | str) -> frozenset[str]:
    """The services of which an organisation wants no offers."""
    rows = Preference.objects.filter(organisation=organisation, ended_at__isnull=True)
    return frozenset(rows.values_list("service", flat=True))


def do_not_send(organisation: Organisation, service: str, *, actor: Actor, at: datetime) -> bool:
    """Offer the organisation nothing of a service ahead of its asking; False if it was so already. Raises Refused."""
    require(actor, PREFER, organisation)
    with transaction.atomic():
        _, new = Preference.objects.get_or_create(
            organisation=organisation,
            service=service,
            ended_at=None,
            defaults={"said_by": actor.subject, "said_at": at},
        )
        if new:
            about = f"organisation:{organisation.pk}"
            audit.write(actor, "organisations.do-not-send", about, at, {"service": service}, RETENTION)
    return new


def send_again(organisation: Organisation, service: str, *, actor: Actor, at: datetime) -> bool:
    """Offer again; False if nothing was forbidden. Raises Refused."""
    require(actor, PREFER, organisation)
    with transaction.atomic():
        rows = Preference.objects.filter(organisation=organisation, service=service, ended_at__isnull=True)
        if not rows.update(ended_at=at):
            return False
        about = f"organisation:{organisation.pk}"
        audit.write(actor, "organisations.send-again", about, at, {"service": service}, RETENTION)
    return True
