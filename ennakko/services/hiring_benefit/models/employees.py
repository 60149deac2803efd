# SPDX-License-Identifier: EUPL-1.2
"""The employee of an application: sealed names and identity code, and what she has said about the application."""

from django.db import models

from ennakko.services.hiring_benefit.states import EmployeeConsent


class Employee(models.Model):
    """The resident whom an application is about, as the employer told of her.

    Names and identity code are sealed with the context `employee:<application>`; `identity_code_index` and
    `name_index` are keyed hashes by which they are found. `person` is set where the register knows the code.
    `consent`: what she has said, on her own page or on paper (`consent_wording`: the version of what she was told).
    """

    application = models.OneToOneField("hiring_benefit.Application", on_delete=models.CASCADE, related_name="employee")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="hiring_benefits")
    first_name_sealed = models.BinaryField(null=True)
    last_name_sealed = models.BinaryField(null=True)
    identity_code_sealed = models.BinaryField(null=True)
    identity_code_index = models.CharField(max_length=32, blank=True)
    name_index = models.CharField(max_length=32, blank=True)
    birth_date = models.DateField(null=True)
    told_resident = models.BooleanField(default=False)
    consent = models.CharField(
        max_length=12, choices=[(state, state) for state in EmployeeConsent], default=EmployeeConsent.NOT_ASKED
    )
    consent_wording = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity_code_index"], name="hiring_benefit_code"),
            models.Index(fields=["name_index"], name="hiring_benefit_name"),
            models.Index(fields=["consent", "asked_at"], name="hiring_benefit_asked"),
        ]

    def __str__(self) -> str:
        return f"employee of application {self.application_id}"
