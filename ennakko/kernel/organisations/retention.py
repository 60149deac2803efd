# SPDX-License-Identifier: EUPL-1.2
"""What is destroyed of organisations when its time is up; the record itself is of public registers and stays.

Who acted is kept as the terms of e-Authorizations ask of their users: five years. A contact person who was replaced is
somebody's personal data without a use: a year, so that a thread can still be followed. An account that was given up
serves comparing accounts for as long as the payments themselves are kept. Aid stands for ten years from its grant
(Regulation (EU) 2023/2831, article 6).
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.kernel.organisations.models import Aid, BankAccount, ContactPerson, MandateUse
from ennakko.values.dates import add_years

USES_YEARS = 5
CONTACT_DAYS = 365
ACCOUNT_YEARS = 6
AID_YEARS = 10


def destroy_old(*, on: date, wall: datetime, at: datetime, actor: Actor) -> dict[str, int]:
    """Destroy what is older than it is kept; how many rows of each. One entry in the log, without anybody's data."""
    with transaction.atomic():
        uses = MandateUse.objects.filter(at__lt=wall - timedelta(days=round(365.25 * USES_YEARS)))
        contacts = ContactPerson.objects.filter(valid_until__lt=on - timedelta(days=CONTACT_DAYS))
        accounts = BankAccount.objects.filter(valid_until__lt=add_years(on, -ACCOUNT_YEARS))
        aid = Aid.objects.filter(granted_on__lt=add_years(on, -AID_YEARS))
        destroyed = {
            "mandate_uses": uses.delete()[0],
            "contacts": contacts.delete()[0],
            "accounts": accounts.delete()[0],
            "aid": aid.delete()[0],
        }
        if any(destroyed.values()):
            audit.write(actor, "organisations.destroy", "organisations", at, {}, KEPT_FOR_GOOD, statement=destroyed)
    return destroyed
