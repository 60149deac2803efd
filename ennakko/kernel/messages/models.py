# SPDX-License-Identifier: EUPL-1.2
"""The outbox, the desk of the one clerk for protected residents, and the demo's mailbox."""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where a message stands."""

    PLANNED = "planned"
    SENDING = "sending"  # claimed by a worker until `lease_until`
    SENT = "sent"
    UNCERTAIN = "uncertain"  # the channel may or may not have taken it: a clerk settles it
    LETTER = "letter"  # no channel reaches the person: to be posted
    DESK = "desk"  # protected and unreachable by a secure channel: on the named clerk's desk
    CANCELLED = "cancelled"


class Message(models.Model):
    """One message, planned in the transaction of the change it tells of; rendered when delivered, then kept as sent."""

    # Unique by a constraint: `unique=True` would make a second index on PostgreSQL, for searches by prefix.
    key = models.CharField(max_length=200, help_text="Idempotency key, and the channel's reference")
    about = models.CharField(max_length=120, blank=True, help_text="What it tells of: offer:12, case:3")
    person = models.BigIntegerField(null=True, blank=True)
    email = models.EmailField(blank=True, help_text="Only for somebody who is not in the registers")
    phone = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=9, blank=True, help_text="The business id of whom it is meant for")
    template = models.CharField(max_length=100)
    template_version = models.CharField(max_length=16, help_text="Version when planned, then version as sent")
    data = models.JSONField()
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=20, blank=True, help_text="Asked for; empty: the person's own order")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    planned_at = models.DateTimeField()
    next_try_at = models.DateTimeField(help_text="Wall time")
    attempts = models.IntegerField(default=0, help_text="On the present channel")
    closed_channels = models.CharField(max_length=200, blank=True, help_text="Channels that refused for good")
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.CharField(max_length=36, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text="When handing over to the channel began")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_channel = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=300, blank=True, help_text="As sent")
    body = models.TextField(blank=True, help_text="As sent")
    receipt = models.CharField(max_length=200, blank=True, help_text="The channel's own id of the message")
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="message_due", condition=Q(state="planned")),
            models.Index(fields=["lease_until"], name="message_leased", condition=Q(state="sending")),
            models.Index(fields=["person", "-planned_at"], name="message_person"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(
                fields=["organisation", "-planned_at"], name="message_organisation", condition=~Q(organisation="")
            ),
            models.Index(fields=["state"], name="message_state", condition=~Q(state__in=["sent", "planned"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_key"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(email="") | ~Q(phone="") | ~Q(organisation=""),
                name="message_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | (Q(sent_at__isnull=False) & ~Q(sent_channel="")),
                name="message_sent_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.key}"


class ClerkDesk(models.Model):
    """A message that no secure channel takes to a resident with a non-disclosure order: for one named clerk only."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True, related_name="desk")
    reason = models.CharField(max_length=40, help_text="no-secure-channel, refused, uncertain")
    put_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"desk {self.message_id}"


class DeliveredCopy(models.Model):
    """What an embedded channel took: the demo's mailbox in place of the outside world."""

    reference = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=200, help_text="Masked where it is an identity code")
    address_folded = models.CharField(max_length=400, blank=True, help_text="For searching: SQLite folds only ASCII")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-received_at", "-id"], name="copy_latest")]
        constraints = [models.UniqueConstraint(fields=["reference"], name="copy_reference")]

    def __str__(self) -> str:
        return f"{self.channel} {self.reference}"
