# SPDX-License-Identifier: EUPL-1.2
"""When each job last ran and how it went."""

from django.db import models


class JobState(models.Model):
    """One row per job: the slot it last finished, who works on it, and when a failed one is tried again."""

    name = models.CharField(max_length=100, primary_key=True)
    done_slot = models.CharField(max_length=30, blank=True, help_text="The day, hour or minute last finished")
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.CharField(max_length=36, blank=True)
    failures = models.IntegerField(default=0, help_text="Failures on end")
    next_try_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class JobRun(models.Model):
    """One run of a job; kept also when it failed."""

    class Outcome(models.TextChoices):
        """How a run ended, or that it has not."""

        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        ABANDONED = "abandoned"

    name = models.CharField(max_length=100)
    slot = models.CharField(max_length=30)
    worker = models.CharField(max_length=36)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "-started_at"], name="job_run_latest"),
            models.Index(fields=["-started_at"], name="job_run_failed", condition=models.Q(outcome="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.slot} {self.outcome}"
