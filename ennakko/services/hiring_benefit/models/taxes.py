# SPDX-License-Identifier: EUPL-1.2
"""What the tax debt register said of an employer when an application was sent, and before each payment."""

from django.db import models


class TaxCheck(models.Model):
    """One question to the tax debt register: `debt` is None while it has not answered, and is then asked again.

    `moment`: sending or payment; `part` is the instalment's number, 0 for the sending. `checked_on` is the day of
    which the register told; `asked_at` when it was last asked.
    """

    class Moment(models.TextChoices):
        """What the register is asked for."""

        SENDING = "sending"
        PAYMENT = "payment"

    application = models.ForeignKey("hiring_benefit.Application", on_delete=models.CASCADE, related_name="tax_checks")
    moment = models.CharField(max_length=10, choices=Moment)
    part = models.SmallIntegerField(default=0)
    debt = models.BooleanField(null=True)
    payment_plan = models.BooleanField(null=True)
    checked_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "moment", "part"], name="hiring_benefit_one_tax_check"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="hiring_benefit_taxes", condition=models.Q(debt__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"taxes of {self.application_id}, {self.moment} {self.part}"
