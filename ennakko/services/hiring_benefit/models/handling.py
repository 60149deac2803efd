# SPDX-License-Identifier: EUPL-1.2
"""What the handling of an application leaves behind: calculations, review marks, earlier benefits, texts, changes."""

from django.db import models


class ReviewKind(models.TextChoices):
    """The ten things that are looked at in an application before a decision on it is proposed."""

    PAPER = "paper"
    COMPANY = "company"
    CONTACT = "contact_person"
    DE_MINIMIS = "de_minimis"
    NEGOTIATIONS = "negotiations"
    EMPLOYEE = "employee"
    PAY_SUBSIDY = "pay_subsidy"
    BENEFIT = "benefit"
    EMPLOYMENT = "employment"
    APPROVAL = "approval"


class Calculation(models.Model):
    """One calculation of a benefit; each saving is a new one, and the newest is in force.

    `inputs` is the case that the rule `hiring-benefit.amount` was given, `parts` its ranges (days inclusive, sums in
    euros as text), `trace` its lines with their sentences. `procedure` and `parameters` tell the version that
    calculated: with them it is calculated again as of then. `total_cents` is whole euros.
    """

    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="calculations")
    number = models.SmallIntegerField()
    in_force = models.BooleanField(default=True)
    start = models.DateField()
    end = models.DateField()
    rule_set = models.CharField(max_length=10)
    inputs = models.JSONField()
    parts = models.JSONField()
    trace = models.JSONField()
    total_cents = models.BigIntegerField()
    manual_cents = models.BigIntegerField(null=True)
    procedure = models.CharField(max_length=32)
    parameters = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=200)
    made_by_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="hiring_benefit_calculation_order"),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(in_force=True), name="hiring_benefit_one_calculation"
            ),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="hiring_benefit_calculated"),
        ]
        ordering = ["application", "number"]

    def __str__(self) -> str:
        return f"calculation {self.number} of {self.application_id}"


class ReviewMark(models.Model):
    """One thing looked at: by the machine, or by a person whose mark counts until the machine finds something else.

    `holds`: in order, not in order, not known. `said` is the machine's reason by language, `words` a person's own.
    A newer mark of the kind replaces it.
    """

    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=20, choices=ReviewKind)
    holds = models.BooleanField(null=True)
    machine = models.BooleanField()
    said = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "machine"],
                condition=models.Q(replaced_at__isnull=True),
                name="hiring_benefit_one_mark",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.application_id}"


class PreviousBenefit(models.Model):
    """A benefit that the city granted before it had this service: the same employer, the same person, days inclusive.

    The identity code is sealed with the context `previous:<business id>` and found by its keyed hash. A row that was
    wrong is removed with a reason, never deleted.
    """

    organisation = models.CharField(max_length=9)
    identity_code_sealed = models.BinaryField()
    identity_code_index = models.CharField(max_length=32)
    start = models.DateField()
    end = models.DateField()
    monthly_cents = models.BigIntegerField(null=True)
    total_cents = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    added_by = models.CharField(max_length=200)
    added_by_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by_name = models.CharField(max_length=200, blank=True)
    removed_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="hiring_benefit_earlier_period")
        ]
        indexes = [models.Index(fields=["organisation", "identity_code_index"], name="hiring_benefit_earlier")]

    def __str__(self) -> str:
        return f"earlier benefit {self.pk}"


class DecisionText(models.Model):
    """What is proposed to the official in words: from a template, then as the handler wrote it.

    `outcome`: accepted or rejected. `template` names the row it was begun from. `de_minimis`: whether the benefit is
    granted as de minimis aid, None while nobody has said; `industry` is then the employer's TOL 2008.
    """

    application = models.OneToOneField(
        "hiring_benefit.Application", on_delete=models.CASCADE, related_name="decision_text"
    )
    outcome = models.CharField(max_length=10, blank=True)
    template = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, default="fi")
    decision = models.TextField(blank=True)
    justification = models.TextField(blank=True)
    de_minimis = models.BooleanField(null=True)
    industry = models.CharField(max_length=10, blank=True)
    revision = models.IntegerField(default=1)
    written_by = models.CharField(max_length=200)
    written_by_name = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"text of {self.application_id}"


class FieldChange(models.Model):
    """What staff changed in an application, and why; added to, never changed.

    `changes` is a list of {field, before, after} with JSON values; of the employee's name and identity code only that
    they changed.
    """

    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="changes")
    reason = models.TextField()
    changes = models.JSONField()
    by = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["application", "at"], name="hiring_benefit_changed")]

    def __str__(self) -> str:
        return f"change of {self.application_id}"
