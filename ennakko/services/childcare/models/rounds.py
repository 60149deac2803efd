# SPDX-License-Identifier: EUPL-1.2
"""A round of places and all that it takes to repeat it bit by bit."""

from django.db import models

from ennakko.services.childcare.states import RoundState

FORMS = ("preschool", "early-education")
MODES = ("flow", "stable")


class Round(models.Model):
    """One solving of who gets which place, and its record.

    `key` names it (`preschool-2026`, a re-run `preschool-2026/2`); `starts` is the first day of the places and the day
    the rule decided for; `policy` the weights used with their sources, `open_questions` what nobody has decided.
    `input_hash` is the digest of everything the solver was given, `answer_hash` of the assignment. `objective` and
    `lower_bound` are totals of weighed metres, the bound proven; `gap` what keeping siblings together cost above it.
    `counts`: cohort, placed, unplaced, protected, by_hand, siblings … `replaces`: the round that this one re-runs.
    """

    key = models.CharField(max_length=40, unique=True)
    form = models.CharField(max_length=15, choices=[(one, one) for one in FORMS])
    starts = models.DateField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in RoundState])
    mode = models.CharField(max_length=6, choices=[(one, one) for one in MODES])
    seed = models.BigIntegerField()
    policy = models.JSONField()
    open_questions = models.JSONField(default=list)
    rule = models.CharField(max_length=120)
    rule_version = models.CharField(max_length=64)
    snapshot = models.CharField(max_length=120)
    network = models.ForeignKey("childcare.StreetNetwork", null=True, on_delete=models.PROTECT, related_name="+")
    input_hash = models.CharField(max_length=64)
    answer_hash = models.CharField(max_length=64)
    objective = models.BigIntegerField()
    lower_bound = models.BigIntegerField()
    gap = models.BigIntegerField(default=0)
    milliseconds = models.IntegerField()
    counts = models.JSONField(default=dict)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="rerun_by")
    run = models.ForeignKey("offers.Run", null=True, on_delete=models.SET_NULL, related_name="childcare_rounds")
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    released_by = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["form", "starts", "state"], name="childcare_round_form")]

    def __str__(self) -> str:
        return self.key


class RoundInput(models.Model):
    """What the solver of a round was given, packed: pools, seats, children in order, places, costs, siblings."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, primary_key=True, related_name="input")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"input of {self.round_id}"
