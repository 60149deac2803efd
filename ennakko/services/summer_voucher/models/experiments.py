# SPDX-License-Identifier: EUPL-1.2
"""Nudges as registered experiments: what is believed, who is in which arm, by which draw, written down beforehand."""

from django.db import models


class Experiment(models.Model):
    """One experiment, registered before anybody is nudged; nothing of it is changed afterwards but its result.

    `arms` lists arm ids with their days and shares; `seed` and `digest` let anybody draw the allocation again.
    `outcome_by` is the last day on which the outcome counts; `ends_on` the day by which every arm has been reached.
    """

    id = models.CharField(max_length=60, primary_key=True)
    year = models.SmallIntegerField()
    hypothesis = models.JSONField(help_text="Text by language")
    arms = models.JSONField()
    outcome = models.CharField(max_length=60)
    outcome_by = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    seed = models.BigIntegerField()
    members = models.IntegerField()
    excluded = models.JSONField(default=dict, help_text="How many were left out, by reason")
    digest = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)
    result = models.JSONField(null=True, help_text="Members and outcomes by arm, once the last day has passed")

    def __str__(self) -> str:
        return self.id


class ExperimentMember(models.Model):
    """One voucher in an experiment: its arm, and when its holder was reached."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="drawn")
    voucher = models.ForeignKey("summer_voucher.Voucher", on_delete=models.CASCADE, related_name="experiments")
    arm = models.CharField(max_length=20)
    due_on = models.DateField()
    reached_at = models.DateTimeField(null=True)
    left_out = models.CharField(max_length=20, blank=True, help_text="Why nobody was told after all: used, objects…")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experiment", "voucher"], name="summer_voucher_one_arm"),
        ]
        indexes = [models.Index(fields=["experiment", "due_on", "reached_at"], name="summer_voucher_arm_due")]

    def __str__(self) -> str:
        return f"{self.voucher_id} in {self.arm} of {self.experiment_id}"
