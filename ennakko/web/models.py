# SPDX-License-Identifier: EUPL-1.2
"""What the pages themselves keep."""

from django.db import models


class PageFeedback(models.Model):
    """One tap on "did this page work?": which page, in which language, on which day; never who."""

    route = models.CharField(max_length=100)
    worked = models.BooleanField()
    language = models.CharField(max_length=10)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["route", "day"], name="feedback_by_page")]

    def __str__(self) -> str:
        return f"{self.route}: {'yes' if self.worked else 'no'}"
