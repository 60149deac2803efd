# SPDX-License-Identifier: EUPL-1.2
"""What somebody has ordered and the machine makes outside the request: drafts, re-runs, comparisons."""

from django.db import models

from ennakko.services.childcare.models.rounds import FORMS, MODES
from ennakko.services.childcare.states_orders import OPEN, OrderState


class RoundOrder(models.Model):
    """A draft that was ordered, by whom, and what came of it.

    `rerun_of`: the draft gives out what has come free of that round. `policy` None: the city's own weights. `reason`:
    why it did not succeed, by language.
    """

    form = models.CharField(max_length=15, choices=[(one, one) for one in FORMS])
    starts = models.DateField()
    mode = models.CharField(max_length=6, choices=[(one, one) for one in MODES])
    policy = models.JSONField(null=True)
    state = models.CharField(max_length=7, choices=[(one, one) for one in OrderState], default=OrderState.WAITING)
    ordered_by = models.ForeignKey("access.StaffMember", on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rerun_of = models.ForeignKey("childcare.Round", null=True, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey("childcare.Round", null=True, on_delete=models.SET_NULL, related_name="orders")
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "starts"], condition=models.Q(state__in=sorted(OPEN)), name="childcare_one_order_open"
            )
        ]
        indexes = [models.Index(fields=["state", "ordered_at"], name="childcare_orders_waiting")]

    def __str__(self) -> str:
        return f"order {self.form} {self.starts}"


class ComparisonOrder(models.Model):
    """Two ways of giving places that somebody wants side by side, and the figures that the gate lets be told.

    `asked`: form, first day, both trials, and in words what is thought of. `found`: the figures, null until they are
    there. It holds no child.
    """

    asked = models.JSONField()
    state = models.CharField(max_length=7, choices=[(one, one) for one in OrderState], default=OrderState.WAITING)
    ordered_by = models.ForeignKey("access.StaffMember", on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(null=True)
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ordered_by"], condition=models.Q(state__in=sorted(OPEN)), name="childcare_one_comparison_open"
            )
        ]
        indexes = [models.Index(fields=["state", "ordered_at"], name="childcare_comparisons_waiting")]

    def __str__(self) -> str:
        return f"comparison {self.pk}"
