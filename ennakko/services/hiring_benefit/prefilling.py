# SPDX-License-Identifier: EUPL-1.2
"""What need not be typed: the employer's record, account and contact person, and aid that the city has granted."""

from dataclasses import dataclass
from datetime import date

from ennakko.facts import sources
from ennakko.kernel import organisations
from ennakko.kernel.organisations.models import Aid, BankAccount, ContactPerson, Organisation
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit.models import Application
from ennakko.values.texts import Text, text

OWN_RECORD = text(
    fi="Organisaationne tiedot kaupungilla", sv="Organisationens uppgifter hos staden", en="Your details with the city"
)
EARLIER = text(fi="Edellinen hakemuksenne", sv="Er förra ansökan", en="Your previous application")
OF_ORGANISATION = {
    "business-register": sources.BUSINESS.title,
    "association-register": text(fi="Yhdistysrekisteri", sv="Föreningsregistret", en="Register of Associations"),
}
REMEMBERED = ("department", "other_street_address", "other_postal_code", "other_post_office", "business_brief")
"""What the last application told and the next one begins with."""


_last: Ready[Application] = Ready(
    lambda: Application.objects.filter(organisation=Given("organisation"), emptied_at=None).order_by("-sent_at", "-pk")[
        :1
    ]
)


@dataclass(frozen=True, slots=True)
class Known:
    """A value that is filled in beforehand, where it came from and as of when."""

    value: str | bool
    source: Text
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """How an employer is paid and whom the city writes to, as it stands."""

    account: BankAccount | None
    contact: ContactPerson | None


def ways_of(organisation: Organisation, *, on: date) -> Ways:
    """The account and the contact person that we know."""
    return Ways(organisations.account_of(organisation, on), organisations.contact_of(organisation))


def prefill(organisation: Organisation, *, on: date, ways: Ways | None = None) -> dict[str, Known]:
    """The employer's fields that are known, by name. `ways`: what has just been read of them."""
    ways = ways or ways_of(organisation, on=on)
    found: dict[str, Known] = {"language": Known(organisation.language or "fi", registered(organisation))}
    last = _last.first(organisation=organisation.business_id)
    if last is not None:
        names = (
            *REMEMBERED, "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "language",
            "iban",
        )  # fmt: skip
        found |= {name: Known(value, EARLIER, last.sent_at.date()) for name in names if (value := getattr(last, name))}
    account, contact = ways.account, ways.contact
    if account is not None:
        found["iban"] = Known(account.iban, OWN_RECORD, account.valid_from)
    if contact is not None:
        first, _, rest = contact.name.strip().partition(" ")
        told = {
            "contact_first_name": first, "contact_last_name": rest, "contact_phone": contact.phone,
            "contact_email": contact.email,
        }  # fmt: skip
        found |= {name: Known(value, OWN_RECORD) for name, value in told.items() if value}
    return found


def registered(organisation: Organisation) -> Text:
    """The register that told of the organisation."""
    return OF_ORGANISATION.get(organisation.source, OWN_RECORD)


def own_aid(organisation: Organisation, *, on: date) -> list[Aid]:
    """De minimis aid that the city itself has granted and that still counts: it need not be told."""
    return [
        one
        for one in organisations.aid_rows(organisation)
        if one.withdrawn_at is None and one.source == "own" and one.granted_on <= on
    ]
