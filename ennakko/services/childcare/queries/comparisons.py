# SPDX-License-Identifier: EUPL-1.2
"""Comparisons that were ordered: figures of many children, and of no single one."""

from django.db.models import QuerySet

from ennakko.kernel.access import Actor
from ennakko.services.childcare.models import ComparisonOrder

MOST = 5


def all_of_them() -> QuerySet[ComparisonOrder]:
    """Every comparison: whoever may compare may read another's."""
    return ComparisonOrder.objects.select_related("ordered_by")


def latest(actor: Actor) -> QuerySet[ComparisonOrder]:
    """One's own latest, the newest first."""
    return all_of_them().filter(ordered_by=actor.staff).order_by("-ordered_at", "-pk")[:MOST]
