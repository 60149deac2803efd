# SPDX-License-Identifier: EUPL-1.2
"""What the database remembers of the registers: the city and snapshot in use, rule versions used, screenings made."""

from django.db import models


class RegisterState(models.Model):
    """The one row that says which city this database was made on and which snapshot is in use."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    city = models.CharField(max_length=120)
    snapshot = models.CharField(max_length=120)
    on = models.DateField()
    path = models.CharField(max_length=1000)
    switched_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="registers_one_state")]

    def __str__(self) -> str:
        return f"{self.city} {self.snapshot}"


class KnownSnapshot(models.Model):
    """A snapshot that has been in use; its folder is kept while something refers to it."""

    snapshot = models.CharField(primary_key=True, max_length=120)
    city = models.CharField(max_length=120)
    on = models.DateField()
    path = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64)
    first_used_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.snapshot


class RuleVersion(models.Model):
    """A rule exactly as it was used, with its parameters: what lets an old decision be made again as of then."""

    digest = models.CharField(primary_key=True, max_length=80)
    rule = models.CharField(max_length=120)
    document = models.JSONField()
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rule"], name="registers_version_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.digest[:12]}"


class ScreeningRecord(models.Model):
    """One look at everyone: which rule, on which snapshot, for what purpose, by whom, and how many were found."""

    rule = models.CharField(max_length=120)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=120)
    snapshot = models.CharField(max_length=120)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    counts = models.JSONField()
    milliseconds = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["rule", "-at"], name="registers_screening_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"
