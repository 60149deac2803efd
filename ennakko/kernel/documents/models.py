# SPDX-License-Identifier: EUPL-1.2
"""Documents: what is known of each file; its bytes lie sealed in a file of their own, never in the database."""

import uuid

from django.db import models


class Document(models.Model):
    """One file about something (“case:12”, “draft:…”, “claim:9”); `kind` is what it is to that (“payslip”).

    Only a clean one is ever handed out. A removed one keeps its row, as a record that it was, and has no bytes.
    """

    class State(models.TextChoices):
        """What the scan for malware found, or that it has not been made yet."""

        WAITING = "waiting"
        CLEAN = "clean"
        INFECTED = "infected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="Bytes of the content, not of the sealed file")
    sha256 = models.CharField(max_length=64, help_text="Of the content")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    added_by = models.CharField(max_length=200)
    added_by_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "kind"], name="documents_about"),
            models.Index(fields=["added_at"], name="documents_waiting", condition=models.Q(state="waiting")),
        ]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"{self.about} {self.kind} {self.pk}"
