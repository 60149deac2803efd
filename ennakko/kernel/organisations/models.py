# SPDX-License-Identifier: EUPL-1.2
"""Organisations as every service knows them: one record each, with accounts, contact people, aid and mandates used."""

from django.db import models
from django.db.models import F, Q

KINDS = ("company", "association", "foundation", "parish", "municipality", "state", "sole_trader", "private")


class Organisation(models.Model):
    """One company, association, parish…, as its register told it; never typed by anybody.

    `form`, `form_text`: the register's own code and words of the legal form; `industry`: TOL 2008. `source` is
    business-register, association-register, or mandate where no register has answered or knows it. `asked_at`: when the
    registers were last asked; `fetched_at`: when one last knew it. `stale`: they were silent, and a job asks again.
    """

    business_id = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=300)
    name_sv = models.CharField(max_length=300, blank=True)
    search = models.CharField(max_length=700, help_text="Names and business id, folded")
    form = models.CharField(max_length=20, blank=True)
    form_text = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS], default="company")
    industry = models.CharField(max_length=10, blank=True)
    industry_text = models.CharField(max_length=300, blank=True)
    street_address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    post_office = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=8, default="fi")
    founded = models.DateField(null=True)
    ended = models.DateField(null=True)
    source = models.CharField(max_length=30)
    fetched_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    stale = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["search"], name="organisation_search"),
            models.Index(fields=["asked_at"], name="organisation_stale", condition=Q(stale=True)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.business_id}"


class BankAccount(models.Model):
    """An account of an organisation from a day to a day, both inclusive; ended, never changed or deleted.

    An account that is replaced on the day it was given ends the day before, and was never in use.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    payee_name = models.CharField(max_length=256, blank=True)
    payee_address = models.CharField(max_length=512, blank=True)
    bank_name = models.CharField(max_length=256, blank=True)
    bank_address = models.CharField(max_length=512, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    added_by = models.CharField(max_length=200)
    added_by_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_until__isnull=True), name="organisation_one_account_in_use"
            )
        ]
        indexes = [models.Index(fields=["iban"], name="organisation_account_iban")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.iban[:4]}…{self.iban[-2:]}"


class ContactPerson(models.Model):
    """Whom the city writes to and calls at an organisation; replaced, not changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=8, default="fi")
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_until__isnull=True), name="organisation_one_contact"
            )
        ]

    def __str__(self) -> str:
        return f"contact of {self.organisation_id}"


class Aid(models.Model):
    """De minimis aid granted to an organisation (Regulation (EU) 2023/2831): by us, or declared by itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aid")
    service = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=120, unique=True)
    granter = models.CharField(max_length=200)
    granted_on = models.DateField()
    amount_cents = models.BigIntegerField()
    source = models.CharField(max_length=10, choices=[("own", "own"), ("declared", "declared")])
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="organisation_aid_is_positive")]
        indexes = [models.Index(fields=["organisation", "granted_on"], name="organisation_aid_on")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.reference}"


class MandateUse(models.Model):
    """Somebody acted for an organisation, from a moment to a moment (wall time), by these mandates.

    `reference` is the human being's own, as in the session; `person` their key where the registers know them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandate_uses")
    reference = models.CharField(max_length=100)
    person = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    mandates = models.JSONField(default=list)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-at"], name="organisation_mandate_uses"),
            models.Index(fields=["person"], name="organisation_mandate_person"),
            models.Index(fields=["reference", "-at"], name="organisation_mandate_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="organisation_mandate_use_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.at:%Y-%m-%d}"


class Preference(models.Model):
    """“Do not send us these”: an organisation wants no ready-made offers of a service, until it says otherwise."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="preferences")
    service = models.CharField(max_length=60)
    said_by = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="organisation_says_no_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} wants no {self.service}"
