# SPDX-License-Identifier: EUPL-1.2
"""Calls that somebody is to make: asked for, after silence, where guardians disagree, or nobody could be told."""

from django.db import models

WHY = ("asked", "silent", "disagreement", "elsewhere", "corrected", "nobody_told", "kept_old", "passed_on")
OUTCOMES = ("takes_place", "no_place", "goes_on", "not_reached")


class Call(models.Model):
    """One call to a family about an offer; at most one waits for each reason.

    `why`: asked (a guardian asked to be called), silent (a pre-school place that nobody answered), disagreement (the
    other guardian does not agree), elsewhere (a no to a pre-school place: where does the child go?), corrected (an
    assumption was put right, and no unit with room meets it), nobody_told (no
    guardian could be told), kept_old (a no to a better place: the earlier one waits for an answer), passed_on (a no to
    a better place, and the earlier one has gone to others). `words`: what the guardian wrote. `outcome`: what the call
    came to.
    `protected`: the named clerk's alone.
    """

    offer = models.ForeignKey("offers.Offer", on_delete=models.CASCADE, related_name="childcare_calls")
    why = models.CharField(max_length=12, choices=[(one, one) for one in WHY])
    person = models.BigIntegerField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    protected = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in OUTCOMES])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "why"], condition=models.Q(done_at__isnull=True), name="childcare_one_call_waits"
            )
        ]
        indexes = [models.Index(fields=["done_at", "asked_at"], name="childcare_calls_waiting")]

    def __str__(self) -> str:
        return f"{self.why} {self.offer_id}"
