# SPDX-License-Identifier: EUPL-1.2
"""The account an organisation is paid to, and whom the city writes to there; both with their history."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.organisations import reasons
from ennakko.kernel.organisations.access import CHANGE_ACCOUNT, CHANGE_CONTACT, RETENTION
from ennakko.kernel.organisations.models import BankAccount, ContactPerson, Organisation
from ennakko.kernel.ready import Given, Ready
from ennakko.values import iban as ibans
from ennakko.values.texts import LANGUAGES, Text

FOREIGN = ("bic", "payee_name", "payee_address", "bank_name", "bank_address")
"""What a bank needs to pay abroad."""
LONGEST = {"payee_name": 256, "payee_address": 512, "bank_name": 256, "bank_address": 512}


class NotTaken(ValueError):
    """The account or contact person cannot be used as given; `reason` says what to mend, `field` where."""

    def __init__(self, reason: Text, field: str) -> None:
        super().__init__(reason.en)
        self.reason, self.field = reason, field


_in_use: Ready[BankAccount] = Ready(
    lambda: BankAccount.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=Given("on")),
        organisation=Given("organisation"),
        valid_from__lte=Given("on"),
    ).order_by("-valid_from", "-pk")[:1]
)
_having: Ready[BankAccount] = Ready(
    lambda: BankAccount.objects.filter(iban=Given("iban")).order_by("organisation_id").only("organisation_id")
)
_contact: Ready[ContactPerson] = Ready(
    lambda: ContactPerson.objects.filter(organisation=Given("organisation"), valid_until__isnull=True).order_by("pk")
)


def _key(organisation: Organisation | str) -> str:
    return organisation if isinstance(organisation, str) else organisation.business_id


def account_of(organisation: Organisation | str, on: date) -> BankAccount | None:
    """The account in use on a day; None where none has been given."""
    return _in_use.first(organisation=_key(organisation), on=on)


def accounts_of(organisation: Organisation | str) -> list[BankAccount]:
    """Every account there has been, the present one first."""
    return list(BankAccount.objects.filter(organisation=organisation).order_by("-valid_from", "-pk"))


def accounts_like(iban: str) -> tuple[str, ...]:
    """The business ids of organisations that have given this account, now or earlier, in order."""
    return tuple(dict.fromkeys(row.organisation_id for row in _having.all(iban=ibans.normalised(iban))))


def checked_account(iban: str, **foreign: str) -> dict[str, str]:
    """The account's fields as they are stored; raises NotTaken for wrong check digits or a missing field."""
    plain = ibans.normalised(iban)
    if not ibans.is_valid(plain):
        raise NotTaken(reasons.WRONG_IBAN, "iban")
    fields = {name: " ".join(foreign.get(name, "").split()) for name in FOREIGN}
    fields["bic"] = fields["bic"].replace(" ", "").upper()
    for name, longest in LONGEST.items():
        if len(fields[name]) > longest:
            raise NotTaken(reasons.TOO_LONG.format(most=longest), name)
    if ibans.country(plain) == "FI":
        # A bank in Finland is known by the number alone.
        return {"iban": plain, **dict.fromkeys(FOREIGN, "")}
    for name in FOREIGN:
        if not fields[name]:
            raise NotTaken(reasons.FOREIGN_FIELD[name], name)
    if not reasons.BIC_FORM.fullmatch(fields["bic"]):
        raise NotTaken(reasons.WRONG_BIC, "bic")
    return {"iban": plain, **fields}


def use_account(
    organisation: Organisation,
    iban: str,
    *,
    bic: str = "",
    payee_name: str = "",
    payee_address: str = "",
    bank_name: str = "",
    bank_address: str = "",
    actor: Actor,
    at: datetime,
    on: date,
) -> BankAccount:
    """Pay the organisation to this account from a day on; the same account again changes nothing.

    Raises Refused and NotTaken.
    """
    require(actor, CHANGE_ACCOUNT, organisation)
    fields = checked_account(
        iban, bic=bic, payee_name=payee_name, payee_address=payee_address, bank_name=bank_name,
        bank_address=bank_address,
    )  # fmt: skip
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        present = BankAccount.objects.filter(organisation=organisation, valid_until__isnull=True).first()
        if present is not None:
            if all(getattr(present, name) == value for name, value in fields.items()):
                return present
            BankAccount.objects.filter(pk=present.pk).update(valid_until=on - timedelta(days=1))
        row = BankAccount.objects.create(
            organisation=organisation, valid_from=on, added_by=actor.subject, added_by_name=actor.name, added_at=at,
            **fields,
        )  # fmt: skip
        said = {"iban": row.iban, "before": present.iban if present else ""}
        about = f"organisation:{organisation.business_id}"
        audit.write(actor, "organisations.change-account", about, at, said, RETENTION)
    return row


def contact_of(organisation: Organisation | str) -> ContactPerson | None:
    """Whom the city writes to; None where nobody has been named."""
    return _contact.first(organisation=_key(organisation))


def contacts_of(business_ids: list[str]) -> dict[str, ContactPerson]:
    """The contact people of some organisations by business id, in one query."""
    rows = ContactPerson.objects.filter(organisation__in=business_ids, valid_until__isnull=True)
    return {row.organisation_id: row for row in rows}


def use_contact(
    organisation: Organisation,
    *,
    name: str,
    email: str,
    phone: str = "",
    language: str = "fi",
    actor: Actor,
    at: datetime,
    on: date,
) -> ContactPerson:
    """Write to this person from now on; the same person again changes nothing. Raises Refused and NotTaken."""
    require(actor, CHANGE_CONTACT, organisation)
    given = {
        "name": " ".join(name.split()),
        "email": email.strip(),
        "phone": " ".join(phone.split()),
        "language": language if language in LANGUAGES else "fi",
    }
    _check_contact(given)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        present = ContactPerson.objects.filter(organisation=organisation, valid_until__isnull=True).first()
        if present is not None:
            if all(getattr(present, field) == value for field, value in given.items()):
                return present
            ContactPerson.objects.filter(pk=present.pk).update(valid_until=on)
        row = ContactPerson.objects.create(organisation=organisation, added_by=actor.subject, added_at=at, **given)
        about = f"organisation:{organisation.business_id}"
        audit.write(actor, "organisations.change-contact", about, at, {"name": row.name}, RETENTION)
    return row


def _check_contact(given: dict[str, str]) -> None:
    for field, longest in (("name", 200), ("phone", 30)):
        if len(given[field]) > longest:
            raise NotTaken(reasons.TOO_LONG.format(most=longest), field)
    if not given["name"]:
        raise NotTaken(reasons.NAME_MISSING, "name")
    try:
        validate_email(given["email"])
    except ValidationError:
        raise NotTaken(reasons.WRONG_EMAIL, "email") from None
