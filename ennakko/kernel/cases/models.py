# SPDX-License-Identifier: EUPL-1.2
"""Cases: a matter of one person or organisation from its opening to its decision, with all that happened on the way."""

import uuid
from typing import Any, NoReturn

from django.db import models


class Case(models.Model):
    """One matter. `data` is what was asked and answered by form version, `facts` what the registers said (JSON values).

    `draft` is the machine's proposal for the decision, made again whenever the facts change; never a decision.
    `due` is the last day of the city's own time and `first_due` what it was at first: the time stands still from
    `paused_since` while the case waits for somebody else. `late_since`: the first day after its time ran out.
    `contested`: the decision that a request for rectification is about.
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
    first_due = models.DateField(null=True)
    paused_since = models.DateField(null=True)
    late_since = models.DateField(null=True)
    contested = models.ForeignKey(
        "cases.Decision", null=True, on_delete=models.SET_NULL, related_name="rectification_requests"
    )
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
            # What a queue of one kind counts and sorts by, without reading the cases themselves.
            models.Index(
                fields=["service", "kind", "state", "due", "paused_since", "handler", "id", "emptied_at"],
                condition=models.Q(emptied_at__isnull=True),
                name="cases_queue_of_kind",
            ),
            # What a queue of one kind shows first, without sorting all of it.
            models.Index(
                fields=["service", "kind", "due", "id"],
                condition=models.Q(emptied_at__isnull=True),
                name="cases_queue_by_due",
            ),
            models.Index(
                fields=["organisation", "service"], condition=~models.Q(organisation=""), name="cases_organisation"
            ),
            models.Index(
                fields=["due"],
                condition=models.Q(closed_at__isnull=True, late_since__isnull=True),
                name="cases_running",
            ),
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


class NoteKind(models.TextChoices):
    """Whether a note is for the city's own people, or tells what was said to the party by phone or at the counter."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Note(models.Model):
    """A handler's note on a case, or on one document of it; part of the file. `by_name` is the name of that day.

    An external one records what was told to the party outside the service, and stands in the party's thread too.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.INTERNAL)
    important = models.BooleanField(default=False)
    document = models.UUIDField(null=True)
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="internal") | models.Q(document__isnull=True),
                name="cases_note_on_document_is_internal",
            )
        ]
        indexes = [models.Index(fields=["case", "at"], name="cases_note_at")]

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


class ServedHow(models.TextChoices):
    """How a party was given notice of a decision; the time to appeal is counted from it."""

    POST = "post"
    ELECTRONIC = "electronic"
    HANDED = "handed"


class Decision(models.Model):
    """A decision made by a named official, frozen with its reasons, rule version and the appeal that was open to it.

    Written once, when notice has left: `sent_on` and `served_how`, and what follows from them by the appeal's row:
    `received_on`, `appeal_until`. `notice_key` is the message that carries the notice. `gate` is what stood on record
    when a machine decided. `archived_at`: since when the letter stands in the archive.
    """

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
    gate = models.JSONField(null=True)
    appeal = models.JSONField()
    notice_key = models.CharField(max_length=200, blank=True)
    served_how = models.CharField(max_length=10, choices=ServedHow, blank=True)
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    appeal_until = models.DateField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "decided_at"], name="cases_decision_at"),
            models.Index(fields=["notice_key"], condition=~models.Q(notice_key=""), name="cases_decision_notice"),
            models.Index(fields=["on"], condition=models.Q(automatic=True), name="cases_decision_automatic"),
            models.Index(
                fields=["id"],
                condition=models.Q(archived_at__isnull=True, sent_on__isnull=False),
                name="cases_to_archive",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    sent_on__isnull=True, served_how="", received_on__isnull=True, appeal_until__isnull=True
                )
                | models.Q(sent_on__isnull=False, received_on__isnull=False, appeal_until__isnull=False)
                & ~models.Q(served_how=""),
                name="cases_service_of_notice_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class Sample(models.Model):
    """An automatic decision picked for a person to look at, and what they found; a decision is picked once."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="sample")
    picked_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_by_name = models.CharField(max_length=200, blank=True)
    agrees = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["picked_on"], condition=models.Q(reviewed_at__isnull=True), name="cases_sample_open")
        ]

    def __str__(self) -> str:
        return f"sample of {self.decision_id}"


class Draft(models.Model):
    """A form that somebody has begun: a person's own, or an organisation's, whose people share it.

    Sealed where it holds personal data, plain JSON in `data` otherwise. `revision` grows with each saving, so that two
    people cannot overwrite each other without knowing. `person` is told before the draft is dropped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.CharField(max_length=60)
    form = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    organisation = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=200, blank=True, help_text="Whose it is; empty for an organisation's")
    person = models.BigIntegerField(null=True, help_text="Who saved it last, by the registers")
    version = models.CharField(max_length=40)
    data = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    revision = models.IntegerField(default=1)
    saved_by_name = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "form", "key", "organisation", "owner"], name="cases_one_draft_of_a_form"
            ),
            models.CheckConstraint(
                condition=models.Q(owner="") & ~models.Q(organisation="")
                | ~models.Q(owner="") & models.Q(organisation=""),
                name="cases_draft_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(data__isnull=True, sealed__isnull=False)
                | models.Q(data__isnull=False, sealed__isnull=True),
                name="cases_draft_is_sealed_or_plain",
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="cases_draft_saved")]

    def __str__(self) -> str:
        return f"{self.service} {self.form} {self.key}"
