# SPDX-License-Identifier: EUPL-1.2
"""Payments: lines, the batches they leave in, the files, what the other side said of each, and what is claimed back.

Nothing here points at a case, an offer or a person: payment rows are accounting material and outlive them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q

from ennakko.kernel import keys
from ennakko.kernel.payments import reasons
from ennakko.kernel.payments.states import LINE_NAMES, RECOVERY_NAMES, BatchState, LineState, RecoveryState
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid, and on which account; a foreign account needs BIC, the bank's and the payee's address too."""

    name: str
    business_id: str
    iban: str
    bic: str = ""
    address: str = ""
    bank_name: str = ""
    bank_address: str = ""
    street: str = ""
    postal_code: str = ""
    post_office: str = ""


class Series(models.Model):
    """The last number given to a batch of a service; its row is locked while a batch is made."""

    service = models.CharField(max_length=60, primary_key=True)
    last = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.service} {self.last}"


class Batch(models.Model):
    """Lines that leave together, in one file. `reference` is what the other side knows it by, and never changes.

    `handed_over_at`: since when the other side may have the file, whatever it answered. `approved_by` is the first
    of two pairs of eyes, where the sum needs two.
    """

    service = models.CharField(max_length=60)
    format = models.CharField(max_length=80)
    reference = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=[(state, state) for state in BatchState])
    on = models.DateField(help_text="The business day for which it was made: lines due by then")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    lines_count = models.IntegerField()
    amount_cents = models.BigIntegerField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=200, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="By the wall's time")
    error = models.CharField(max_length=500, blank=True)
    rejected = models.BooleanField(default=False, help_text="The other side surely did not take the file")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    dissolved_at = models.DateTimeField(null=True)
    dissolved_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was dissolved")

    class Meta:
        indexes = [models.Index(fields=["state", "made_at"], name="payments_batch_state")]
        constraints = [
            models.CheckConstraint(condition=Q(lines_count__gt=0), name="payments_batch_has_lines"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "settled"]) | Q(handed_over_at__isnull=False),
                name="payments_sent_was_handed_over",
            ),
            models.CheckConstraint(
                condition=~Q(state="dissolved") | Q(sent_at__isnull=True), name="payments_sent_is_not_dissolved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("released_by")), name="payments_two_pairs_of_eyes"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BatchFile(models.Model):
    """A batch's file as it was written, once: sealed, with the SHA-256 of the clear bytes.

    `sealed` is emptied when the time it is kept is over.
    """

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, primary_key=True, related_name="file")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """One sum to one payee. `key` says what it is for, so that planning it twice makes one row.

    `about` names the matter (`case:12`) without pointing at it. `details` is sealed: the whole payee, the service's own
    data for the file, and the keys of the people the row tells of. A returned line is paid again only by a new one that
    `replaces` it. `recovering_cents` is claimed back and not back yet, `recovered_cents` is back.
    """

    key = models.CharField(max_length=200, unique=True)
    service = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    instalment = models.SmallIntegerField(default=1)
    year = models.SmallIntegerField(help_text="The year whose money it is")
    amount_cents = models.BigIntegerField()
    due = models.DateField()
    words = models.CharField(max_length=300, help_text="What the payee is told it is for")
    payee_name = models.CharField(max_length=256)
    payee_search = models.CharField(max_length=512, help_text="For searching: SQLite folds only ASCII")
    business_id = models.CharField(max_length=20, blank=True)
    iban = models.CharField(max_length=34)
    details = models.BinaryField()
    fingerprint = models.CharField(max_length=64, help_text="Of all that was planned; the same key cannot mean another")
    decided_by = models.CharField(max_length=200, blank=True, help_text="Who decided that it is paid")
    state = models.CharField(max_length=10, choices=[(state, state) for state in LineState])
    state_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.IntegerField(null=True, help_text="Its place in the batch's file, from 1")
    paid_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was returned or cancelled")
    ended_by = models.CharField(max_length=200, blank=True, help_text="Who cancelled or corrected it")
    closed_on = models.DateField(null=True, help_text="The business day it was settled: its retention counts from here")
    recovering_cents = models.BigIntegerField(default=0)
    recovered_cents = models.BigIntegerField(default=0)
    emptied_at = models.DateTimeField(null=True, help_text="Since when it is a sum without a payee")

    class Meta:
        indexes = [
            models.Index(fields=["about"], name="payments_line_about"),
            models.Index(fields=["business_id", "due"], name="payments_line_organisation"),
            models.Index(fields=["service", "state", "due"], name="payments_line_state"),
            models.Index(fields=["closed_on"], name="payments_line_closed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="payments_one_line_a_number"),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state="cancelled"), name="payments_replaced_once"
            ),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payments_line_pays_something"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"], batch__isnull=True, number__isnull=True)
                | Q(state__in=["batched", "sent", "paid", "returned"], batch__isnull=False, number__gt=0),
                name="payments_line_is_in_one_batch",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False) | ~Q(state="paid"), name="payments_paid_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(recovering_cents=0, recovered_cents=0)
                | Q(
                    state="paid", recovering_cents__gte=0, recovered_cents__gte=0,
                    recovered_cents__lte=F("amount_cents") - F("recovering_cents"),
                ),
                name="payments_recovered_of_what_was_paid",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    @cached_property
    def _clear(self) -> dict[str, Any]:
        if not self.details:
            return {}
        found: dict[str, Any] = json.loads(keys.unseal(bytes(self.details), context=details_context(self.key)))
        return found

    @cached_property
    def payee(self) -> Payee:
        """Who is paid, unsealed; empty after its time."""
        found = self._clear.get("payee")
        return Payee(**found) if found else Payee(self.payee_name, self.business_id, self.iban)

    @property
    def data(self) -> Mapping[str, Any]:
        """What the service gave for its file, unsealed; empty once forgotten."""
        found: Mapping[str, Any] = self._clear.get("data", {})
        return found

    @property
    def concerns(self) -> tuple[int, ...]:
        """Keys of the people the row tells of, for the log of reads."""
        return tuple(self._clear.get("concerns", ()))

    @property
    def standing(self) -> str:
        """The state as it is shown: a paid line may also be recovering or recovered."""
        if self.recovering_cents:
            return "recovering"
        if self.recovered_cents == self.amount_cents:
            return "recovered"
        return str(self.state)

    @property
    def standing_name(self) -> Text:
        """The standing in words."""
        return LINE_NAMES[self.standing]

    @property
    def reason_words(self) -> Text | str:
        """Why it was returned or cancelled: the machine's reasons in every language, a person's as written."""
        return reasons.MACHINE.get(self.reason, self.reason)


def details_context(key: str) -> str:
    """What a line's sealed details are bound to."""
    return f"payment-line:{key}"


class Received(models.Model):
    """One confirmation as it came, stored before it was acknowledged, with what was made of it.

    `outcome`: received (not looked at yet), applied, repeated (it said nothing new), odd (a person decides).
    """

    class Outcome(models.TextChoices):
        RECEIVED = "received"
        APPLIED = "applied"
        REPEATED = "repeated"
        ODD = "odd"

    key = models.CharField(max_length=64, unique=True, help_text="Digest of all that the confirmation says")
    source_id = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    paid_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    amount_cents = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    given_by = models.CharField(max_length=200, blank=True, help_text="Who entered it by hand")
    acknowledged_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RECEIVED)
    oddity = models.CharField(max_length=30, blank=True)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="confirmations")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    choice = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=500, blank=True, help_text="The person's reason for the choice")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="payments_received_waiting", condition=Q(outcome="received")),
            models.Index(
                fields=["id"], name="payments_received_odd", condition=Q(outcome="odd", settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.number} {self.state}"

    @property
    def oddity_words(self) -> Text | str:
        """Why a person has to look at it."""
        return reasons.ODDITIES.get(self.oddity, self.oddity)

    @property
    def state_words(self) -> Text | str:
        """What it says of its line."""
        return LINE_NAMES.get(self.state, self.state)


class Recovery(models.Model):
    """A paid sum, or a part of it, claimed back by a decision."""

    key = models.CharField(max_length=200, unique=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="recoveries")
    amount_cents = models.BigIntegerField()
    decision = models.CharField(max_length=200, help_text="The decision by which it is claimed")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=[(state, state) for state in RecoveryState])
    claimed_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payments_recovery_claims_something"),
            models.CheckConstraint(condition=~Q(decision=""), name="payments_recovery_has_a_decision"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def state_words(self) -> Text:
        """The state in words."""
        return RECOVERY_NAMES[self.state]
