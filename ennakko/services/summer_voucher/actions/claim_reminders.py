# SPDX-License-Identifier: EUPL-1.2
"""Employers whose claim lies unsent are told before the deadline; once for each of the days of the profile."""

from datetime import date, datetime, timedelta

from ennakko.kernel import messages, organisations
from ennakko.kernel.cases.models import Draft
from ennakko.kernel.messages import Addressee
from ennakko.services.summer_voucher import claim_telling, conditions
from ennakko.services.summer_voucher.actions.claim_drafts import FORM
from ennakko.services.summer_voucher.conditions import SERVICE


def remind(*, at: datetime, on: date) -> int:
    """Remind of drafts, on each of the days before the deadline; how many employers were told now."""
    deadline = conditions.decided("claim_deadline", conditions.last_of_year(on.year))
    before = conditions.decided("claim_reminder_days", conditions.last_of_year(on.year)) or ()
    if deadline is None or on > deadline:
        return 0
    # A day that nobody ticked is made up for: the latest one that has come.
    passed = [days for days in before if on >= deadline - timedelta(days=days)]
    if not passed:
        return 0
    rows = Draft.objects.filter(service=SERVICE, form=FORM.id).exclude(organisation="").order_by("organisation")
    wanted = list(rows.values_list("organisation", flat=True).distinct())
    contacts, known = organisations.contacts_of(wanted), organisations.known_many(wanted)
    told = []
    for business_id in wanted:
        contact, record = contacts.get(business_id), known.get(business_id)
        language = contact.language if contact is not None else record.language if record is not None else "fi"
        told.append(
            messages.Planned(
                to=Addressee(email=contact.email if contact is not None else "", organisation=business_id),
                template=f"{SERVICE}.claim_deadline",
                language=language,
                about=f"organisation:{business_id}",
                key=f"{SERVICE}:claim-deadline:{business_id}:{deadline.isoformat()}:{min(passed)}",
                data={"deadline": deadline.isoformat(), "link": claim_telling.link()},
            )
        )
    return messages.plan_many(told, at=at)
