# SPDX-License-Identifier: EUPL-1.2
"""What became of the work: whether the employee is still employed some months after it began, as the employer tells."""

from django.db import models


class EmploymentCheck(models.Model):
    """One question to the employer of a granted benefit: is the employee still employed `after_months` from the start?

    `due_on` is the day the question is about. `still_employed` is None until the employer has answered; an employer
    need not answer.
    """

    application = models.ForeignKey(
        "hiring_benefit.Application", on_delete=models.CASCADE, related_name="employment_checks"
    )
    after_months = models.SmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    still_employed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "after_months"], name="hiring_benefit_asked_once")
        ]
        indexes = [models.Index(fields=["due_on"], name="hiring_benefit_checks")]

    def __str__(self) -> str:
        return f"{self.application_id} after {self.after_months} months"
