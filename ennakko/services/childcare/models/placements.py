# SPDX-License-Identifier: EUPL-1.2
"""A place proposed for a child with its reasons, a wish to wait for another unit, and what families have corrected."""

from django.db import models

from ennakko.services.childcare.states import HOLDING, PlacementState, WishState


class Placement(models.Model):
    """One child's place of a round, or the lack of one.

    `child` is the register's key: a row of a person is made only with an offer. `pool` is null for a child left without
    a place or waiting for a person. `metres` is the way on foot, `estimated` tells that it is the straight line × 1.3;
    `cost` the weighed metres that the round counted. `needs`: what the place was chosen by (languages, band, sibling
    unit, present unit, shift care …), `assumed` the names of those nobody has told. `flags`: why a person looks at it
    first. `reasons`: see `explaining`. `protected`: the child or a guardian is under non-disclosure; one named clerk
    alone sees the row. `together_with`: the sibling with whom the child was kept. `support` is never a reason shown.
    """

    id = models.BigIntegerField(primary_key=True)
    round = models.ForeignKey("childcare.Round", on_delete=models.CASCADE, related_name="placements")
    child = models.BigIntegerField()
    form = models.CharField(max_length=15)
    starts = models.DateField()
    pool = models.ForeignKey("childcare.Pool", null=True, on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(max_length=10, choices=[(state, state) for state in PlacementState])
    state_at = models.DateTimeField()
    metres = models.IntegerField(null=True)
    estimated = models.BooleanField(default=False)
    cost = models.IntegerField(null=True)
    district = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=2)
    needs = models.JSONField(default=dict)
    assumed = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    protected = models.BooleanField(default=False)
    together_with = models.BigIntegerField(null=True)
    offer = models.ForeignKey("offers.Offer", null=True, on_delete=models.SET_NULL, related_name="childcare_placements")
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "child"], condition=models.Q(replaces__isnull=True), name="childcare_one_a_round"
            ),
            models.UniqueConstraint(
                fields=["child", "form", "starts"],
                condition=models.Q(state__in=sorted(HOLDING)),
                name="childcare_one_held_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(HOLDING)) | models.Q(pool__isnull=False),
                name="childcare_held_place_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "starts"], name="childcare_placement_child"),
            models.Index(fields=["pool", "state"], name="childcare_placement_pool"),
            models.Index(fields=["round", "state"], name="childcare_placement_round"),
        ]

    def __str__(self) -> str:
        return f"placement {self.id} of {self.starts}"


class WaitWish(models.Model):
    """A family's own wish to wait for a place in another unit while it keeps what it has; `rank` 1 is the dearest."""

    child = models.BigIntegerField()
    form = models.CharField(max_length=15)
    starts = models.DateField()
    unit = models.ForeignKey("childcare.Unit", on_delete=models.PROTECT, related_name="wishes")
    rank = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=[(state, state) for state in WishState])
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "form", "starts", "unit"],
                condition=models.Q(state="waiting"),
                name="childcare_one_wish_a_unit",
            )
        ]
        indexes = [models.Index(fields=["form", "starts", "state"], name="childcare_wishes_waiting")]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class NeedCorrection(models.Model):
    """What a guardian or a worker has told instead of what was assumed of a child; the newest of a need counts."""

    child = models.BigIntegerField()
    need = models.CharField(max_length=30)
    value = models.JSONField()
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["child", "need", "-told_at"], name="childcare_need_newest")]

    def __str__(self) -> str:
        return f"{self.need} of {self.child}"
