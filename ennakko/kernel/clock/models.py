# SPDX-License-Identifier: EUPL-1.2
"""How far the demo's business time runs ahead of, or behind, the wall clock."""

from django.db import models


class DemoClock(models.Model):
    """The one row that moves business time in the demo; elsewhere the table stays empty."""

    offset_days = models.IntegerField(help_text="Days from the wall's date to the business date")
    followed = models.DateField(help_text="The last business day that registers, services and jobs have followed")
    moved_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_clock_is_one_row")]

    def __str__(self) -> str:
        return f"{self.offset_days:+d} days, followed to {self.followed.isoformat()}"
