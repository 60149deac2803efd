# SPDX-License-Identifier: EUPL-1.2
"""Vouchers: one for a youth and year, with a number that an employer can be given."""

from django.db import models

from ennakko.services.summer_voucher.states import LIVE, VoucherState


class Voucher(models.Model):
    """One voucher; its key is derived from person or case, year and sequence: a repeated issue makes the same row.

    `number` is what the city knows it by; people see it encoded (law/number). `value_cents` is the sum of the voucher's
    own year, whenever it is used. `person` is null for a youth whom the registers do not know: then `case` tells whose.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="summer_vouchers")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="summer_vouchers")
    offer = models.ForeignKey("offers.Offer", null=True, on_delete=models.SET_NULL, related_name="summer_vouchers")
    year = models.SmallIntegerField()
    sequence = models.SmallIntegerField(default=1)
    number = models.BigIntegerField(unique=True)
    value_cents = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in VoucherState])
    state_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    void_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=models.Q(state__in=list(LIVE), person__isnull=False),
                name="summer_voucher_one_a_year",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=list(LIVE), case__isnull=False),
                name="summer_voucher_one_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(case__isnull=False), name="summer_voucher_somebodys"
            ),
            models.CheckConstraint(condition=models.Q(value_cents__gt=0), name="summer_voucher_has_a_value"),
        ]
        indexes = [models.Index(fields=["year", "state"], name="summer_voucher_year_state")]

    def __str__(self) -> str:
        return f"voucher {self.id} of {self.year}"
