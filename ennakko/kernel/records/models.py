# SPDX-License-Identifier: EUPL-1.2
"""The register of matters: one row a matter, the documents kept of it, transfers to the archive, requests for them."""

from django.db import models


class Matter(models.Model):
    """One matter as the register tells of it. What the plan said when it was opened stays with it.

    `about` is what it is the register's row of (“case:12”), `case` the case's number in its own table (records stand
    below cases). `organisation` is the party's business id, empty for matters of people: no person is named here.
    """

    number = models.CharField(max_length=40, unique=True)
    service = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80, unique=True)
    case = models.BigIntegerField(null=True, unique=True)
    organisation = models.CharField(max_length=20, blank=True)
    task_class = models.CharField(max_length=40)
    title = models.JSONField(help_text="By language; for anybody to read")
    publicity = models.CharField(max_length=20)
    secrecy_ground = models.JSONField(null=True, blank=True, help_text="By language")
    secrecy_years = models.SmallIntegerField(default=25)
    party_public = models.BooleanField(default=False)
    retention_days = models.IntegerField()
    attachments_days = models.IntegerField(null=True, blank=True)
    archive = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True, help_text="The state in which it was closed")
    attachments_after = models.DateField(null=True, blank=True, help_text="First day on which attachments may go")
    destroy_after = models.DateField(null=True, blank=True, help_text="First day on which the matter may go")
    transfer = models.ForeignKey("Transfer", null=True, blank=True, on_delete=models.PROTECT, related_name="matters")
    transferred_at = models.DateTimeField(null=True, blank=True)
    attachments_destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["service", "opened_on"], name="records_matter_service"),
            models.Index(fields=["organisation"], name="records_matter_party"),
            models.Index(fields=["opened_on"], name="records_matter_opened"),
            models.Index(fields=["destroy_after"], name="records_matter_due", condition=models.Q(destroyed_at=None)),
            models.Index(
                fields=["attachments_after"],
                name="records_matter_attach",
                condition=models.Q(attachments_destroyed_at=None),
            ),
            models.Index(
                fields=["case"],
                name="records_matter_held",
                condition=models.Q(archive=True, transferred_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MatterDocument(models.Model):
    """A document kept of a matter: a decision, a letter. `document` is its PDF, `page` the page that it was made from.

    `step` is what it belongs to in the course of the matter: initiation, handling, decision or notice.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=60)
    step = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    publicity = models.CharField(max_length=20)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    key = models.CharField(max_length=120, unique=True, help_text="Made once, however often it is asked for")

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"


class Transfer(models.Model):
    """One package to the archive. Its matters are fixed when it is made: making it again gives the same bytes."""

    class State(models.TextChoices):
        """How far the package is."""

        MADE = "made"
        CONFIRMED = "confirmed"

    number = models.CharField(max_length=40, unique=True)
    service = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices, default=State.MADE)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    made_by_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    receipt = models.CharField(max_length=200, blank=True, help_text="The archive's own reference")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.number


class Series(models.Model):
    """The last number of the register's own series (requests, transfers) in a year; locked while the next is taken."""

    name = models.CharField(max_length=20)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="records_one_series")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"


class InformationRequest(models.Model):
    """Somebody asks for information in documents (621/1999 13 §); nobody has to say who they are or why.

    `secret_too`: they ask for secret parts as well, and say on what right (`reason`). `due` is the last day to answer
    (14 § 4 mom.). `appeal` is frozen with a decision that refuses anything.
    """

    class State(models.TextChoices):
        """How far the answer is."""

        RECEIVED = "received"
        IN_HAND = "in_hand"
        DECIDED = "decided"
        WITHDRAWN = "withdrawn"

    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    wanted = models.TextField()
    secret_too = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    requester = models.CharField(max_length=200, blank=True)
    requester_subject = models.CharField(max_length=200, blank=True, help_text="Whoever asked signed in strongly")
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, default="fi")
    source = models.CharField(max_length=20, default="online")
    received_at = models.DateTimeField()
    received_on = models.DateField()
    received_by = models.CharField(max_length=200)
    due = models.DateField()
    longer_because = models.TextField(blank=True, help_text="Why a month is needed")
    handler = models.ForeignKey("access.StaffMember", null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, blank=True)
    ground = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_by_title = models.CharField(max_length=200, blank=True)
    appeal = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due"], name="records_request_queue")]

    def __str__(self) -> str:
        return self.number


class RequestedMatter(models.Model):
    """A matter that a request concerns, and what is given of it: whole, a redacted copy, or nothing, with the ground.

    `withheld` names the classes of fields that are left out, `passages` what was marked by hand; `copy` and `page` are
    the redacted copy as PDF and as the page it was made from.
    """

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="matters")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    given = models.CharField(max_length=12, blank=True)
    withheld = models.JSONField(default=list)
    passages = models.JSONField(default=list)
    ground = models.TextField(blank=True)
    copy = models.ForeignKey("documents.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.ForeignKey("documents.Document", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "matter"], name="records_requested_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.matter_id}"


class OutsideToken(models.Model):
    """The refresh token of an outside system, sealed; replaced at each refresh, so it is never old."""

    system = models.CharField(max_length=60, primary_key=True)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(help_text="By the wall's time")

    def __str__(self) -> str:
        return self.system
