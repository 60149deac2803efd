# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter that a resident orders: what was found of her conditions, its code, and who has used the code."""

from typing import Final

from django.db import models

IN_FORCE: Final = "in_force"
WITHDRAWN: Final = "withdrawn"


class BenefitLetter(models.Model):
    """A letter "up to X euros a month to whoever hires you".

    `code_index` is the keyed hash by which the code is found; the code itself is made again from the row (`codes.py`)
    under the key `code_key` and stored nowhere. `month_cents` is the highest benefit a month on `checked_on`.
    `conditions`: the reasons of the rule as they were shown. `served`: how a worker served her ("" online). `field`,
    the group of occupations she named, and `district` are for the counts that employers see; of somebody under
    non-disclosure both are empty. All of it is emptied when she withdraws the letter.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="hiring_benefit_letters")
    state = models.CharField(max_length=10, choices=[(one, one) for one in (IN_FORCE, WITHDRAWN)], default=IN_FORCE)
    code_index = models.CharField(max_length=32, null=True, unique=True)
    code_key = models.SmallIntegerField(default=0)
    language = models.CharField(max_length=2, default="fi")
    month_cents = models.BigIntegerField()
    checked_on = models.DateField()
    snapshot = models.CharField(max_length=200)
    conditions = models.JSONField(default=list)
    field = models.CharField(max_length=1, blank=True)
    district = models.CharField(max_length=10, blank=True)
    served = models.CharField(max_length=10, blank=True)
    ordered_by = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state=IN_FORCE), name="hiring_benefit_one_letter"
            )
        ]
        indexes = [models.Index(fields=["state", "ordered_at"], name="hiring_benefit_letters")]

    def __str__(self) -> str:
        return f"benefit letter {self.pk}"


class LetterUse(models.Model):
    """An employer gave the code of a letter and was told whose it is; the resident sees it on her page."""

    letter = models.ForeignKey(BenefitLetter, on_delete=models.CASCADE, related_name="uses")
    organisation = models.CharField(max_length=9)
    used_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "organisation"], name="hiring_benefit_letter_used_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} used letter {self.letter_id}"
