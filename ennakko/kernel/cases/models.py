# SPDX-License-Identifier: EUPL-1.2
"""Cases: a matter of one person or organisation from its opening to its decision, with all that happened on the way."""

from typing import Any, NoReturn

from django.db import models


class Case(models.Model):
    """One matter. `data` is what was asked and answered by form version, `facts` what the registers said (JSON values).

    `draft` is the machine's proposal for the decision, made again whenever the facts change; never a decision.
    `emptied_at`: since when it is a number without a person, its retention being over.
    """

    service = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40, unique=True)
    subject = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="cases")
    organisation = models.CharField(max_length=20, blank=True)
    offer = models.ForeignKey("offers.Offer", null=True, on_delete=models.SET_NULL, related_name="cases")
    state = models.CharField(max_length=40)
    state_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    source = models.CharField(max_length=20, default="online")
    language = models.CharField(max_length=8, default="fi")
    due = models.DateField(null=True)
    handler = models.ForeignKey("access.StaffMember", null=True, on_delete=models.PROTECT, related_name="+")
    form_version = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    snapshot = models.CharField(max_length=120, blank=True)
    draft = models.JSONField(null=True)
    closed_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject__isnull=True) | models.Q(organisation=""), name="cases_at_most_one_subject"
            )
        ]
        indexes = [
            models.Index(fields=["service", "state", "due"], name="cases_queue"),
            models.Index(fields=["subject"], name="cases_subject"),
        ]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """The last registration number given in a service and year; locked while the next is taken."""

    service = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "year"], name="cases_one_series")]

    def __str__(self) -> str:
        return f"{self.service} {self.year}: {self.last}"


class AppendOnly(RuntimeError):
    """History is added to, never changed or removed."""


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows that can be added and read; the database refuses changes too (a trigger, see the migration)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__} rows are removed only with their case, by retention.")


class CaseEvent(models.Model):
    """One thing that happened to a case: who did it, for whom, when, and from which state to which.

    `on_behalf_of` is set in counter mode: staff acting for the resident beside them, on the phone or on paper.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    sequence = models.IntegerField()
    verb = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    objects = AppendOnlyRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="cases_event_order")]
        ordering = ["case", "sequence"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sequence} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; raises AppendOnly for one that stands already."""
        if not self._state.adding:
            raise AppendOnly("A case event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly."""
        raise AppendOnly("A case event is never removed.")


class Assignment(models.Model):
    """Who handles a case, since when; the one without an end is the present one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    staff = models.ForeignKey("access.StaffMember", on_delete=models.PROTECT, related_name="+")
    assigned_by = models.CharField(max_length=200)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True), name="cases_one_handler"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id}"


class InformationRequest(models.Model):
    """What the resident was asked to add, by when, and what they answered; `facts` names what is missing."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="information_requests")
    facts = models.JSONField(default=list)
    question = models.TextField()
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "answered_at"], name="cases_request_open")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"


class Note(models.Model):
    """A handler's own note; part of the file, shown to staff."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Letter(models.Model):
    """One message of the thread between resident and city; `inward` comes from the resident."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    inward = models.BooleanField()
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    text = models.TextField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="cases_letter_at")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Decision(models.Model):
    """A decision made by a named official, frozen with its reasons, rule version and the appeal that was open to it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=60)
    outcome = models.CharField(max_length=40)
    amount_cents = models.BigIntegerField(null=True)
    content = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    justification = models.TextField(blank=True)
    rule_version = models.ForeignKey("registers.RuleVersion", null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    snapshot = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    drafted_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200)
    decided_by_name = models.CharField(max_length=200)
    decided_by_title = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    automatic = models.BooleanField(default=False)
    appeal = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["case", "decided_at"], name="cases_decision_at")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
