# SPDX-License-Identifier: EUPL-1.2
"""Applications of the benefit as they were sent: one for each employee, each with a case of its own."""

from django.db import models
from django.db.models.functions import Coalesce


class Application(models.Model):
    """What an employer applies for, of one employee, frozen as it was sent or last completed.

    `organisation` is the business id; the employer's name, form, kind, industry and address are as the registers told
    them on the day. `key` is the sender's: the same sent again is the same applications, `position` (from 1) tells
    which of the employees of one sending. Money in cents a month, hours in hundredths a week; days inclusive; None is
    not told. `pay_subsidy`, `benefit_type`: the words of `law.names`. `origin`: online, interface, paper, counter or
    import. `received_on` is the day from which the application counts as made. `rules_of`: the day whose conditions
    apply where that is not the benefit's first day. `copied_from`, `letter_code`: what it was begun from.
    `eligibility` (yes, no, unknown) and `benefit_cents` are what the machine found last, never a decision.
    `sent_at` is business time, `sent_wall` wall time.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="hiring_benefit_application")
    organisation = models.CharField(max_length=9)
    key = models.CharField(max_length=64)
    position = models.SmallIntegerField(default=1)
    digest = models.CharField(max_length=64, help_text="Of what was sent: another content under the same key is told")
    form_version = models.CharField(max_length=20)
    origin = models.CharField(max_length=10, default="online")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    letter_code = models.CharField(max_length=20, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_wall = models.DateTimeField()
    received_on = models.DateField()
    typed_fields = models.SmallIntegerField(null=True)

    employer_name = models.CharField(max_length=300)
    employer_kind = models.CharField(max_length=12)
    legal_form = models.CharField(max_length=20, blank=True)
    industry = models.CharField(max_length=10, blank=True)
    street_address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    post_office = models.CharField(max_length=100, blank=True)
    other_street_address = models.CharField(max_length=256, blank=True)
    other_postal_code = models.CharField(max_length=5, blank=True)
    other_post_office = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=256, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    contact_first_name = models.CharField(max_length=64, blank=True)
    contact_last_name = models.CharField(max_length=64, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    contact_email = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, default="fi")
    business_activity = models.BooleanField(null=True)
    manager_available = models.BooleanField(null=True)
    employees_count = models.IntegerField(null=True)
    business_brief = models.TextField(blank=True)
    purchased_service = models.BooleanField(null=True)
    de_minimis_aid = models.BooleanField(null=True)
    negotiations = models.BooleanField(null=True)
    negotiations_description = models.TextField(blank=True)

    benefit_type = models.CharField(max_length=20, default="salary_benefit")
    apprenticeship = models.BooleanField(null=True)
    pay_subsidy = models.CharField(max_length=20, default="not_granted")
    pay_subsidy_percent = models.SmallIntegerField(null=True)
    additional_pay_subsidy_percent = models.SmallIntegerField(null=True)
    other_support = models.BooleanField(null=True)
    other_subsidised = models.BooleanField(null=True)
    other_subsidised_count = models.IntegerField(null=True)
    start = models.DateField()
    end = models.DateField()
    job_title = models.CharField(max_length=256, blank=True)
    collective_agreement = models.CharField(max_length=256, blank=True)
    role_description = models.TextField(blank=True)
    weekly_hours = models.IntegerField(null=True)
    pay_cents = models.BigIntegerField(null=True)
    vacation_cents = models.BigIntegerField(null=True)
    other_cents = models.BigIntegerField(null=True)
    rules_of = models.DateField(null=True)

    eligibility = models.CharField(max_length=16, default="unknown")
    benefit_cents = models.BigIntegerField(null=True)
    ranked_cents = models.GeneratedField(
        expression=Coalesce("benefit_cents", 0), output_field=models.BigIntegerField(), db_persist=True,
        help_text="What the queue sorts by: where nothing is calculated, nothing",
    )  # fmt: skip
    checked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    search = models.CharField(max_length=400, blank=True, help_text="Employer, business id and number, folded")
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "position"], name="hiring_benefit_sent_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="hiring_benefit_period"),
        ]
        indexes = [
            models.Index(fields=["organisation", "sent_at"], name="hiring_benefit_org"),
            # The orders of a long queue, each whole: many applications begin on one day, and are not to be sorted.
            models.Index(fields=["search", "case"], name="hiring_benefit_by_employer"),
            models.Index(fields=["start", "case"], name="hiring_benefit_by_start"),
            models.Index(fields=["received_on", "case"], name="hiring_benefit_by_arrival"),
            models.Index(fields=["ranked_cents", "case"], name="hiring_benefit_by_value"),
        ]

    def __str__(self) -> str:
        return f"application {self.case_id}"


class DeMinimisRow(models.Model):
    """De minimis aid that the applicant has had from others, as told; our own grants stand in the kernel's ledger."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="de_minimis_rows")
    position = models.SmallIntegerField()
    granter = models.CharField(max_length=64)
    granted_on = models.DateField()
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="hiring_benefit_aid_order"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="hiring_benefit_aid_positive"),
        ]
        ordering = ["application", "position"]

    def __str__(self) -> str:
        return f"aid {self.position} of {self.application_id}"


class ApplicationAttachment(models.Model):
    """A paper of an application: the kernel keeps the document, this says which paper of the law it is.

    `kind`: a word of `law.application_2026`. `removed_at`: taken away again before the decision.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    document = models.UUIDField(unique=True)
    kind = models.CharField(max_length=30)
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["application", "kind"], name="hiring_benefit_papers")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.application_id}"


class TermsApproval(models.Model):
    """The terms that an application was sent under, and what the sender assured; newer terms never change it.

    `consents`: the codes of the assurances of that version (terms.py), every one of them given.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="terms")
    version = models.CharField(max_length=20)
    consents = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="fi")
    approved_by = models.CharField(max_length=200)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"terms {self.version} of {self.application_id}"
