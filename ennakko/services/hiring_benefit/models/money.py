# SPDX-License-Identifier: EUPL-1.2
"""What follows a granted benefit in money: instalments, notices of changes with their recovery, the register of aid."""

from django.db import models

from ennakko.services.hiring_benefit.law.alterations_2026 import KINDS
from ennakko.services.hiring_benefit.states import InstalmentState


class Instalment(models.Model):
    """One instalment of a granted benefit; days inclusive.

    `amount_cents` is what was granted, `payable_cents` what is left of it after recoveries. `line_key` is the payment
    line that pays it, while there is one; `attempts` numbers the lines. `asked_at`: the employer was asked for a
    payslip; `assured_by`: who assured that the work goes on. `wages`: what the incomes register told when it was asked
    (`wages_at`), a list of {paid_on, cents, start, end}; None where nobody may ask, or it has not answered. What
    happened to it stands in its case's history.
    """

    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="instalments")
    decision = models.ForeignKey("cases.Decision", on_delete=models.PROTECT, related_name="+")
    number = models.SmallIntegerField()
    amount_cents = models.BigIntegerField()
    payable_cents = models.BigIntegerField()
    start = models.DateField()
    end = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=20, choices=[(state, state) for state in InstalmentState])
    state_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    assured_by = models.CharField(max_length=200, blank=True)
    assured_by_name = models.CharField(max_length=200, blank=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500, blank=True, help_text="Why it was held, cancelled or returned by the bank")
    line_key = models.CharField(max_length=200, blank=True)
    attempts = models.SmallIntegerField(default=0)
    paid_on = models.DateField(null=True)
    wages = models.JSONField(null=True)
    wages_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="hiring_benefit_one_instalment"),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0, payable_cents__gte=0)
                & models.Q(payable_cents__lte=models.F("amount_cents")),
                name="hiring_benefit_payable_of_granted",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due"], name="hiring_benefit_instalments"),
            models.Index(fields=["line_key"], name="hiring_benefit_line"),
        ]
        ordering = ["application", "number"]

    def __str__(self) -> str:
        return f"instalment {self.number} of {self.application_id}"


class Alteration(models.Model):
    """A notice that the work ended or was broken off, with a case of its own; days inclusive.

    `last_day` is the last day of work, `back` the day on which it goes on after a suspension. `operator`,
    `operator_id`, `invoice_address`: where an e-invoice goes, empty for one on paper. `recovery_start`–`recovery_end`
    are the days when no work was done, `proposed_cents` the whole euros that are proposed for them, `by_hand` whether a
    person gave the sum. `recoverable` is what was proposed: a No has its reason in `justification`. Of what was decided
    `deducted_cents` is taken off the second instalment and `invoiced_cents` claimed back by the invoice list
    `invoice_list`. `trace`: the lines of the rule. `annulled_at`: since when the decided recovery counts no more.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="hiring_benefit_alteration")
    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="alterations")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    last_day = models.DateField()
    back = models.DateField(null=True)
    reason = models.TextField(blank=True)
    contact = models.CharField(max_length=128)
    operator = models.CharField(max_length=128, blank=True)
    operator_id = models.CharField(max_length=40, blank=True)
    invoice_address = models.CharField(max_length=60, blank=True)
    told_by = models.CharField(max_length=200)
    told_by_name = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    recovery_start = models.DateField(null=True)
    recovery_end = models.DateField(null=True)
    proposed_cents = models.BigIntegerField(null=True)
    by_hand = models.BooleanField(default=False)
    recoverable = models.BooleanField(null=True)
    justification = models.TextField(blank=True)
    trace = models.JSONField(default=list)
    deducted_cents = models.BigIntegerField(default=0)
    invoiced_cents = models.BigIntegerField(default=0)
    invoice_list = models.UUIDField(null=True)
    annulled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deducted_cents__gte=0, invoiced_cents__gte=0), name="hiring_benefit_recovered_sums"
            ),
            models.CheckConstraint(
                condition=models.Q(recovery_start__isnull=True)
                | models.Q(recovery_end__gte=models.F("recovery_start")),
                name="hiring_benefit_recovered_days",
            ),
        ]
        indexes = [models.Index(fields=["application"], name="hiring_benefit_alterations")]

    def __str__(self) -> str:
        return f"alteration {self.case_id}"


class AidReport(models.Model):
    """A grant of de minimis aid that the register of aid has to be told of, once.

    `state`: waiting, taken, failed (told again), withdrawn. `reason`: what the register said of a failure.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"

    application = models.OneToOneField(
        "hiring_benefit.Application", on_delete=models.CASCADE, related_name="aid_report"
    )
    industry = models.CharField(max_length=10)
    granted_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="hiring_benefit_aid_reports")]

    def __str__(self) -> str:
        return f"aid report of {self.application_id}"
