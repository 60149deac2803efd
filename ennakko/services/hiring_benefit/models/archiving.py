# SPDX-License-Identifier: EUPL-1.2
"""A matter in the city's decision and archive system: its ids there, and everything that was asked and answered."""

from typing import Any, NoReturn

from django.db import models

from ennakko.kernel.cases.models import AppendOnly, AppendOnlyRows


class ArchivedMatter(models.Model):
    """What the archive has of an application: its ids there, the version of each file, the decision's details.

    `series` maps the SHA-256 of a file to the id of its versions. `section` and `decided_on` are the archive's own.
    """

    application = models.OneToOneField(
        "hiring_benefit.Application", on_delete=models.CASCADE, related_name="archived_matter"
    )
    case_id = models.CharField(max_length=60, blank=True)
    guid = models.CharField(max_length=60, blank=True)
    series = models.JSONField(default=dict)
    decision_maker = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case_id"], name="hiring_benefit_archive_case")]

    def __str__(self) -> str:
        return self.case_id or f"unopened matter of {self.application_id}"


class ArchiveEvent(models.Model):
    """One state of a matter in the archive; added to and never changed, the newest tells where it stands.

    `state`: a word of `law.states_2026`. `request` is the kind of request, `request_id` the archive's id of it, `files`
    the SHA-256 of what was sent. `failures`: why the archive, or the way there, failed. `at` is the wall's time.
    """

    application = models.ForeignKey(
        "hiring_benefit.Application", on_delete=models.CASCADE, related_name="archive_events"
    )
    state = models.CharField(max_length=40)
    request = models.CharField(max_length=30, blank=True)
    request_id = models.CharField(max_length=80, blank=True)
    files = models.JSONField(default=list)
    failures = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = AppendOnlyRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="hiring_benefit_archive")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; raises AppendOnly for one that stands already."""
        if not self._state.adding:
            raise AppendOnly("What the archive was asked and answered is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly."""
        raise AppendOnly("What the archive was asked and answered is never removed alone.")
