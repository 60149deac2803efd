# SPDX-License-Identifier: EUPL-1.2
"""Vouchers, and the applications of those whose turn the registers do not know."""

from django.db import models

from ennakko.services.summer_voucher.states import LIVE, ApplicationState, VoucherState


class Voucher(models.Model):
    """One voucher; its key is derived from person or case, year and sequence: a repeated issue makes the same row.

    `number` is what the city knows it by; people see it encoded (law/number). `value_cents` is the sum of the voucher's
    own year, whenever it is used. `person` is null for a youth whom the registers do not know: then `case` tells whose.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="summer_vouchers")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="summer_vouchers")
    offer = models.ForeignKey("offers.Offer", null=True, on_delete=models.SET_NULL, related_name="summer_vouchers")
    year = models.SmallIntegerField()
    sequence = models.SmallIntegerField(default=1)
    number = models.BigIntegerField(unique=True)
    value_cents = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in VoucherState])
    state_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    void_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=models.Q(state__in=sorted(LIVE), person__isnull=False),
                name="summer_voucher_one_a_year",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=sorted(LIVE), case__isnull=False),
                name="summer_voucher_one_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(case__isnull=False), name="summer_voucher_somebodys"
            ),
            models.CheckConstraint(condition=models.Q(value_cents__gt=0), name="summer_voucher_has_a_value"),
        ]
        indexes = [models.Index(fields=["year", "state"], name="summer_voucher_year_state")]

    def __str__(self) -> str:
        return f"voucher {self.id} of {self.year}"


class Application(models.Model):
    """What an applicant told, from sending on; the matter itself is a case, opened when the sender is known to exist.

    `proven` tells that the applicant signed in strongly or stood at the counter: otherwise only the e-mail address is
    known to be theirs. The identity code is sealed and found by a keyed hash; `email_index` is one too. `person` is the
    register's key once the check has found it. `sent_at` is business time, `sent_wall` wall time (for the link).
    """

    reference = models.CharField(max_length=16, unique=True)
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="summer_voucher_application"
    )
    year = models.SmallIntegerField()
    state = models.CharField(max_length=12, choices=[(state, state) for state in ApplicationState])
    source = models.CharField(max_length=10, default="online")
    proven = models.BooleanField(default=False)
    person = models.BigIntegerField(null=True)
    identity_code_sealed = models.BinaryField(null=True)
    identity_code_index = models.CharField(max_length=32, blank=True)
    first_name = models.CharField(max_length=128, blank=True)
    last_name = models.CharField(max_length=128, blank=True)
    search = models.CharField(max_length=300, blank=True)
    birth_date = models.DateField(null=True)
    home_municipality = models.CharField(max_length=64, blank=True)
    email = models.CharField(max_length=254, blank=True)
    email_index = models.CharField(max_length=32, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    school = models.CharField(max_length=256, blank=True)
    is_unlisted_school = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="fi")
    target_group = models.CharField(max_length=32, blank=True)
    reasons = models.JSONField(default=list)
    description = models.TextField(blank=True)
    link_version = models.SmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    sent_wall = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity_code_index", "year"], name="summer_voucher_app_code"),
            models.Index(fields=["email_index", "year"], name="summer_voucher_app_email"),
            models.Index(fields=["state", "sent_wall"], name="summer_voucher_app_state"),
            models.Index(fields=["search"], name="summer_voucher_app_search"),
        ]

    def __str__(self) -> str:
        return f"application {self.reference}"


class CallRequest(models.Model):
    """A resident's wish to be called about an offer; done when somebody has called."""

    offer = models.ForeignKey("offers.Offer", on_delete=models.CASCADE, related_name="summer_voucher_calls")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=models.Q(done_at__isnull=True), name="summer_voucher_one_open_call"
            )
        ]

    def __str__(self) -> str:
        return f"call about {self.offer_id}"
