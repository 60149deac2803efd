# SPDX-License-Identifier: EUPL-1.2
"""A place that a person has chosen for a child whom the machine did not place, until an official releases it."""

from django.db import models


class HandProposal(models.Model):
    """Who proposed a place by hand and why, and who released it or gave it back, with what words.

    `placement` is the proposed place; the row that it stands for is its `replaces`. `words` are for officials
    alone.
    """

    placement = models.OneToOneField("childcare.Placement", on_delete=models.CASCADE, related_name="by_hand")
    words = models.CharField(max_length=1000)
    proposed_by = models.CharField(max_length=200)
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["decided_at", "proposed_at"], name="childcare_by_hand_waiting")]

    def __str__(self) -> str:
        return f"by hand {self.placement_id}"
