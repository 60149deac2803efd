# SPDX-License-Identifier: EUPL-1.2
"""The city's staff and the roles they hold, each for a period."""

from django.db import models
from django.db.models import F, Q


class StaffMember(models.Model):
    """Somebody who works for the city and signs in with the staff identity provider."""

    subject = models.CharField(max_length=200, unique=True, help_text="The identity provider's id of the person")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """One role of one member of staff from a day to a day, both inclusive; ended, never deleted."""

    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="granted")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="ended")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["role", "valid_from"], name="role_grant_by_role")]
        constraints = [
            models.CheckConstraint(
                # A grant that is ended before it begins keeps its first day and holds on no day: one day before it.
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")) | Q(ended_at__isnull=False),
                name="role_grant_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("staff")), name="role_grant_is_not_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.staff_id}"


class Try(models.Model):
    """One try of something that may be tried only so often, counted by a keyed hash of who tried; kept for a day."""

    key = models.CharField(max_length=32)
    at = models.DateTimeField(help_text="Wall time")

    class Meta:
        indexes = [
            models.Index(fields=["key", "at"], name="tries_of"),
            models.Index(fields=["at"], name="tries_by_time"),
        ]

    def __str__(self) -> str:
        return f"try {self.pk}"
