# SPDX-License-Identifier: EUPL-1.2
"""Offers: what the city offers ready-made, to whom, on which facts, and what became of it."""

from django.db import models

from ennakko.kernel.offers.states import OPEN, OfferState


class Run(models.Model):
    """One making of offers for a service and round; its offers are shown only when it is complete.

    `audience` is people or organisations. A run that no rule chose (employers of last year, say) has no rule version.
    """

    service = models.CharField(max_length=60)
    audience = models.CharField(max_length=13, default="people")
    round = models.CharField(max_length=40)
    rule = models.CharField(max_length=120, blank=True)
    rule_version = models.ForeignKey("registers.RuleVersion", null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=120)
    snapshot = models.CharField(max_length=120)
    on = models.DateField()
    made_by = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "audience", "round", "on", "snapshot", "rule_version"],
                name="offers_one_run_a_day",
            ),
            models.UniqueConstraint(
                fields=["service", "audience", "round", "on", "snapshot"],
                condition=models.Q(rule_version__isnull=True),
                name="offers_one_ruleless_run_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.round} {self.on}"


class Offer(models.Model):
    """One ready-made offer to a person or an organisation.

    The key is derived from service, subject, round and sequence (see making.offer_key), so that a repeated run makes
    the same rows. `facts` holds the fact values the rule read, `steps` what each named condition came to, `content`
    what is offered (money in cents): with the stored rule version the offer can be decided again as of then.
    """

    id = models.BigIntegerField(primary_key=True)
    service = models.CharField(max_length=60)
    round = models.CharField(max_length=40)
    sequence = models.SmallIntegerField(default=1)
    subject = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="offers")
    organisation = models.CharField(max_length=20, blank=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="offers", db_index=False)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="replaced_by", db_index=False
    )
    state = models.CharField(max_length=12, choices=[(state, state) for state in OfferState])
    state_at = models.DateTimeField()
    facts = models.JSONField()
    steps = models.JSONField()
    content = models.JSONField()
    corrections = models.JSONField(default=dict)
    answer_by = models.DateField()
    answer = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "subject", "round", "sequence"],
                condition=models.Q(subject__isnull=False),
                name="offers_one_a_person",
            ),
            models.UniqueConstraint(
                fields=["service", "organisation", "round", "sequence"],
                condition=~models.Q(organisation=""),
                name="offers_one_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["service", "subject"],
                condition=models.Q(state__in=list(OPEN), subject__isnull=False),
                name="offers_one_open_a_person",
            ),
            models.UniqueConstraint(
                fields=["service", "organisation"],
                condition=models.Q(state__in=list(OPEN)) & ~models.Q(organisation=""),
                name="offers_one_open_an_org",
            ),
            models.CheckConstraint(
                condition=models.Q(subject__isnull=False, organisation="")
                | (models.Q(subject__isnull=True) & ~models.Q(organisation="")),
                name="offers_one_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "state", "answer_by"], name="offers_due"),
            models.Index(fields=["run", "state"], name="offers_run_state"),
            models.Index(
                fields=["organisation", "-state_at"], name="offers_organisation", condition=~models.Q(organisation="")
            ),
            models.Index(fields=["replaces"], name="offers_replaces", condition=models.Q(replaces__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.round} {self.id}"


class Recipient(models.Model):
    """Who is told of an offer: the subject, and for a child the guardians; each with a link, language and channel.

    An organisation is told at its contact person's address; only whoever has a mandate can open what it says.
    """

    id = models.BigIntegerField(primary_key=True)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=9, blank=True)
    role = models.CharField(max_length=12, choices=[("subject", "subject"), ("guardian", "guardian")])
    language = models.CharField(max_length=8)
    link_version = models.SmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "person"], name="offers_one_recipient"),
            models.UniqueConstraint(
                fields=["offer", "organisation"], condition=~models.Q(organisation=""), name="offers_one_org_recipient"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation="")
                | (models.Q(person__isnull=True) & ~models.Q(organisation="")),
                name="offers_recipient_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.offer_id}"


class OfferEvent(models.Model):
    """One thing that happened to an offer; appended, never changed, destroyed only with its offer."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="events", db_index=False)
    verb = models.CharField(max_length=20)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["offer", "at"], name="offers_event_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.offer_id}"
