# SPDX-License-Identifier: EUPL-1.2
"""Employers' claims: one sending, and in it a row for each voucher; every row is a case of its own."""

from django.db import models


class Claim(models.Model):
    """One sending by one employer: who sent it, whom to contact, which account; frozen as it was sent.

    `organisation` is the business id; the employer's name, form and address are as they stood on the day. `key` is the
    sender's: the same one sent again is the same claim. `typed_fields` and `keystrokes` are what the sender had to
    write. `sent_at` is business time, `sent_wall` wall time. Money in cents, hours in hundredths.
    """

    reference = models.CharField(max_length=16, unique=True)
    organisation = models.CharField(max_length=9)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="Of what was sent: another content under the same key is told")
    employer_name = models.CharField(max_length=256)
    employer_kind = models.CharField(max_length=20)
    industry = models.CharField(max_length=10, blank=True)
    street_address = models.CharField(max_length=256, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    post_office = models.CharField(max_length=64, blank=True)
    contact_name = models.CharField(max_length=256, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=64, blank=True)
    is_separate_invoicer = models.BooleanField(default=False)
    invoicer_name = models.CharField(max_length=256, blank=True)
    invoicer_email = models.CharField(max_length=254, blank=True)
    invoicer_phone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, default="fi")
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    payee_name = models.CharField(max_length=256, blank=True)
    payee_address = models.CharField(max_length=512, blank=True)
    bank_name = models.CharField(max_length=256, blank=True)
    bank_address = models.CharField(max_length=512, blank=True)
    source = models.CharField(max_length=10, default="online")
    sent_by = models.CharField(max_length=200, blank=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_wall = models.DateTimeField()
    typed_fields = models.SmallIntegerField(null=True)
    keystrokes = models.IntegerField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="summer_voucher_claim_key")]
        indexes = [models.Index(fields=["organisation", "sent_at"], name="summer_voucher_claim_org")]

    def __str__(self) -> str:
        return f"claim {self.reference}"


class ClaimRow(models.Model):
    """One voucher of a claim, with its own case; `holds` while the voucher counts as used by it.

    `outcome` is what the machine judged last (ready, ask, manual, reject), `waits_for` the checks that could not be
    made (a register was silent) and are made again. `risk` orders the handlers' queue: the higher, the sooner looked
    at. `year` is the voucher's. `hours` are hundredths. `search` holds folded names, never those of the protected.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rows")
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="summer_voucher_claim_row"
    )
    voucher = models.ForeignKey(
        "summer_voucher.Voucher", null=True, on_delete=models.PROTECT, related_name="claim_rows"
    )
    position = models.SmallIntegerField(default=1)
    year = models.SmallIntegerField()
    holds = models.BooleanField(default=True)
    surname_typed = models.CharField(max_length=256, blank=True)
    work_start = models.DateField(null=True)
    work_end = models.DateField(null=True)
    hours = models.IntegerField(null=True)
    pay_cents = models.BigIntegerField(null=True)
    work_postal_code = models.CharField(max_length=5, blank=True)
    job_type = models.CharField(max_length=40, blank=True)
    description = models.TextField(blank=True)
    hired_without = models.CharField(max_length=5, blank=True)
    value_cents = models.BigIntegerField()
    outcome = models.CharField(max_length=8)
    risk = models.SmallIntegerField(default=0)
    waits_for = models.JSONField(default=list)
    search = models.CharField(max_length=400, blank=True)
    checked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    automatic = models.BooleanField(default=False)
    account_asked_at = models.DateTimeField(null=True, help_text="A payment came back: another account was asked for")
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=models.Q(holds=True, voucher__isnull=False),
                name="summer_voucher_used_once",
            ),
            models.UniqueConstraint(fields=["claim", "position"], name="summer_voucher_claim_position"),
        ]
        indexes = [
            models.Index(fields=["year", "holds"], name="summer_voucher_claim_year"),
            models.Index(fields=["search"], name="summer_voucher_claim_search"),
            models.Index(fields=["case", "risk"], name="summer_voucher_claim_risk"),
            models.Index(
                fields=["case"], condition=models.Q(account_asked_at__isnull=False), name="summer_voucher_money_back"
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.position} of claim {self.claim_id}"


class ClaimDraftHold(models.Model):
    """A soft note that an employer is writing a claim of a voucher: told to them alone, it holds nothing of others'."""

    organisation = models.CharField(max_length=9)
    voucher = models.ForeignKey("summer_voucher.Voucher", on_delete=models.CASCADE, related_name="draft_holds")
    until = models.DateTimeField(help_text="Wall time")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "voucher"], name="summer_voucher_one_note")]
        indexes = [models.Index(fields=["until"], name="summer_voucher_note_until")]

    def __str__(self) -> str:
        return f"note of {self.organisation} on {self.voucher_id}"


class ClaimStatistic(models.Model):
    """Counts of claims whose persons have been taken out: by year and one dimension, with nobody in them."""

    year = models.SmallIntegerField()
    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20)
    rows = models.IntegerField(default=0)
    cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "dimension", "value", "outcome"], name="summer_voucher_one_statistic"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.dimension} {self.value}: {self.rows}"
