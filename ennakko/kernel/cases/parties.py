# SPDX-License-Identifier: EUPL-1.2
"""To whom the city writes about a case: the person, or the contact person of the organisation."""

from datetime import datetime

from ennakko.kernel import messages, organisations
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.models import Case
from ennakko.kernel.tokens import site

FIELDS = {
    "rectification_received": ("case", "decision", "link"),
    "rectification_decided": ("case", "link"),
    "draft_expires": ("form_fi", "form_sv", "form_en", "until", "link"),
}
"""Message template of the kernel → the fields of its data."""


def addressee_of(case: Case) -> int | messages.Addressee | None:
    """The person's key, or the organisation's contact address; None for a party whom the registers do not know."""
    if case.subject_id is not None:
        return case.subject_id
    return addressee_of_organisation(case.organisation) if case.organisation else None


def addressee_of_organisation(business_id: str) -> messages.Addressee:
    """Where an organisation's messages go: to its contact person, and to its own page in any case."""
    contact = organisations.contact_of(business_id)
    if contact is None:
        return messages.Addressee(organisation=business_id)
    return messages.Addressee(email=contact.email, phone=contact.phone, organisation=business_id)


def tell_party(case: Case, template: str, *, at: datetime, occasion: str, **data: object) -> str | None:
    """Plan a message of the kernel about a case, in the caller's transaction; its key, or None where nobody is told.

    Where several are told in the party's place, the key is that of the first one's message.
    """
    key = f"case:{case.pk}:{template}:{occasion}"
    first = None
    for to, own in _told(case, key):
        messages.plan(
            to, template=f"cases.{template}", data=data | {"case": case.number}, at=at, key=own,
            language=case.language, about=f"case:{case.pk}",
        )  # fmt: skip
        first = first or own
    return first


def _told(case: Case, key: str) -> list[tuple[int | messages.Addressee, str]]:
    """Whom a message goes to, each with its key."""
    told = case_type(case.service, case.kind).told
    if told is not None:
        return [(person, f"{key}:{person}") for person in told(case)]
    to = addressee_of(case)
    return [] if to is None else [(to, key)]


def link_to(path: str) -> str:
    """The full address of a page of the service."""
    return f"{site()}{path}"
