# SPDX-License-Identifier: EUPL-1.2
"""What residents have said about the use of their data. Three tables, for three different things in law."""

from django.db import models
from django.db.models import Q


class Objection(models.Model):
    """“Do not look ahead for me here”: an objection to a purpose (GDPR article 21), in force until withdrawn."""

    person = models.BigIntegerField()
    purpose = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "person"], condition=Q(withdrawn_at__isnull=True), name="one_objection_in_force"
            )
        ]
        indexes = [models.Index(fields=["person"], name="objection_person")]

    def __str__(self) -> str:
        return f"{self.person} objects to {self.purpose}"


class Consent(models.Model):
    """A consent to a purpose that rests on it (GDPR articles 6.1 a and 7): which wording, when given and withdrawn."""

    person = models.BigIntegerField()
    purpose = models.CharField(max_length=100)
    wording = models.CharField(max_length=100, help_text="Version of the text that the person agreed to")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "person"], condition=Q(withdrawn_at__isnull=True), name="one_consent_in_force"
            )
        ]
        indexes = [models.Index(fields=["person"], name="consent_person")]

    def __str__(self) -> str:
        return f"{self.person} consents to {self.purpose}"


class SecrecyWaiver(models.Model):
    """A permission to disclose secret data to a named receiver (Act on the Openness of Government Activities 29 §)."""

    person = models.BigIntegerField()
    purpose = models.CharField(max_length=100)
    receiver = models.CharField(max_length=200)
    wording = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "person", "receiver"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_waiver_in_force",
            )
        ]
        indexes = [models.Index(fields=["person"], name="waiver_person")]

    def __str__(self) -> str:
        return f"{self.person} lets {self.receiver} know"
