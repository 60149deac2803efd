# SPDX-License-Identifier: EUPL-1.2
"""Nudging the holders of unused vouchers, as an experiment that is registered before anybody is told.

Everybody is told within two weeks, only on different days: nobody is left out for the sake of knowing. Whoever objects
to the city looking ahead is in no arm; whoever has used the voucher, died or moved meanwhile is not told.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, QuerySet

from ennakko.kernel import audit, messages
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.purposes import objectors
from ennakko.kernel.registers import living_among
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.experiments import Arm, digest_of, draw
from ennakko.services.summer_voucher.links import address
from ennakko.services.summer_voucher.models import Experiment, ExperimentMember, Voucher
from ennakko.services.summer_voucher.states import VoucherState
from ennakko.values.texts import Text, text

REGISTER = "summer-voucher.register-experiment"
RETENTION = "summer-voucher"
ARMS: Final = (Arm("at_once", 0), Arm("two_weeks_later", 14))
"""The arms; the last is reached within two weeks of the first."""
RESTS: Final = timedelta(days=14)
"""How long a voucher has been in its holder's hands before they are reminded of it."""
OUTCOME = "used"
PORTION = 2000
HYPOTHESIS = text(
    fi="Muistutus, joka tulee kaksi viikkoa aiemmin, saa useamman nuoren käyttämään kesäsetelin.",
    sv="En påminnelse som kommer två veckor tidigare får fler unga att använda sommarsedeln.",
    en="A reminder that comes two weeks earlier makes more of the young use the summer voucher.",
)


def days_of(year: int) -> tuple[date, ...]:
    """The days on which the year's unused vouchers are nudged; none where nobody has decided."""
    return tuple(conditions.decided("nudge_days", conditions.last_of_year(year)) or ())


def id_of(day: date) -> str:
    """The experiment of a day: `nudge-2026-05-15`."""
    return f"nudge-{day.isoformat()}"


def register(day: date, *, actor: Actor, at: datetime, on: date, seed: int | None = None) -> Experiment | None:
    """Draw and write down the experiment of a day, once; nobody is told anything here. Raises Refused.

    The arms are counted from `on`. `seed` is drawn where none is given. What stands already is returned as it is; None
    where there is nobody to remind.
    """
    require(actor, REGISTER)
    known = Experiment.objects.filter(pk=id_of(day)).first()
    if known is not None:
        return known
    chosen = secrets.randbits(62) if seed is None else seed
    with transaction.atomic():
        members, excluded = _members(day, at)
        if not members:
            return None
        drawn = draw(members, ARMS, chosen)
        deadline = conditions.decided("claim_deadline", conditions.last_of_year(day.year))
        made = Experiment.objects.create(
            id=id_of(day), year=day.year, hypothesis=_in_all(HYPOTHESIS),
            arms=[{"id": arm.id, "after_days": arm.after_days} for arm in ARMS], outcome=OUTCOME,
            outcome_by=deadline or conditions.last_of_year(day.year), starts_on=on,
            ends_on=on + timedelta(days=max(arm.after_days for arm in ARMS)), seed=chosen, members=len(drawn),
            excluded=excluded, digest=digest_of(drawn), registered_at=at, registered_by=actor.subject,
        )  # fmt: skip
        days = {arm.id: on + timedelta(days=arm.after_days) for arm in ARMS}
        rows = ((made.pk, voucher, arm, days[arm], None, "") for voucher, arm in drawn.items())
        insert_rows(ExperimentMember, ("experiment", "voucher", "arm", "due_on", "reached_at", "left_out"), rows)
        said: dict[str, object] = {
            "members": made.members, "excluded": excluded, "seed": str(chosen), "digest": made.digest,
            "arms": [arm.id for arm in ARMS], "outcome_by": made.outcome_by.isoformat(),
        }  # fmt: skip
        audit.write(actor, REGISTER, f"experiment:{made.pk}", at, {}, RETENTION, statement=said)
    return made


def _in_all(words: Text) -> dict[str, str]:
    return {language: words.in_(language) for language in words.languages}


def _members(day: date, at: datetime) -> tuple[list[int], dict[str, int]]:
    """Vouchers in force and unused, and how many were left out and why."""
    held = Voucher.objects.filter(year=day.year, state=VoucherState.ISSUED)
    known = dict(held.filter(person__isnull=False).values_list("pk", "person"))
    objecting = objectors(SERVICE)
    new = set(held.filter(issued_at__gt=at - RESTS).values_list("pk", flat=True))
    chosen = [pk for pk, person in known.items() if person not in objecting and pk not in new]
    excluded = {
        "objects": sum(1 for person in known.values() if person in objecting),
        "new": sum(1 for pk, person in known.items() if pk in new and person not in objecting),
        "not_in_register": held.filter(person__isnull=True).count(),
    }
    return chosen, excluded


def nudge_due(*, actor: Actor, at: datetime, on: date) -> dict[str, int]:
    """Tell those whose day has come; whoever must not or need not be told any more is left out, with the reason."""
    counted = {"told": 0, "left_out": 0}
    for experiment in Experiment.objects.filter(starts_on__lte=on, result__isnull=True).order_by("pk"):
        waiting = ExperimentMember.objects.filter(
            experiment=experiment, due_on__lte=on, reached_at=None, left_out=""
        ).order_by("pk")  # fmt: skip
        while rows := list(waiting.select_related("voucher")[:PORTION]):
            told = _nudge(experiment, rows, actor=actor, at=at, on=on)
            counted["told"] += told
            counted["left_out"] += len(rows) - told
    return counted


def _nudge(experiment: Experiment, rows: list[ExperimentMember], *, actor: Actor, at: datetime, on: date) -> int:
    persons = {row.voucher.person_id for row in rows if row.voucher.person_id is not None}
    here, objecting = living_among(persons, on), objectors(SERVICE)
    reasons: dict[str, list[int]] = {}
    told: list[ExperimentMember] = []
    for row in rows:
        why = _why_not(row.voucher, here, objecting)
        if why:
            reasons.setdefault(why, []).append(row.pk)
        else:
            told.append(row)
    with transaction.atomic():
        messages.plan_many((_message(experiment, row) for row in told), at=at)
        ExperimentMember.objects.filter(pk__in=among(row.pk for row in told)).update(reached_at=at)
        for why, numbers in reasons.items():
            ExperimentMember.objects.filter(pk__in=among(numbers)).update(left_out=why)
        said: dict[str, object] = {"told": len(told), "left_out": {why: len(some) for why, some in reasons.items()}}
        audit.write(actor, "summer-voucher.nudge", f"experiment:{experiment.pk}", at, {}, RETENTION, statement=said)
    return len(told)


def _why_not(voucher: Voucher, here: frozenset[int], objecting: frozenset[int]) -> str:
    if voucher.state != VoucherState.ISSUED:
        return str(voucher.state)
    if voucher.person_id not in here:
        return "gone"
    return "objects" if voucher.person_id in objecting else ""


def _message(experiment: Experiment, row: ExperimentMember) -> messages.Planned:
    assert row.voucher.person_id is not None
    data = {"year": row.voucher.year, "value": row.voucher.value_cents, "link": address("own")}
    return messages.Planned(
        to=row.voucher.person_id, template=f"{SERVICE}.nudge", key=f"{SERVICE}:{experiment.pk}:{row.voucher_id}",
        data=data, about=f"voucher:{row.voucher_id}",
    )  # fmt: skip


def outcomes(experiment: Experiment) -> dict[str, dict[str, int]]:
    """Members and outcomes of each arm, as drawn: whoever was left out later counts in the arm they were drawn to.

    Those under non-disclosure are reminded like anyone, and counted in no figure.
    """
    if experiment.result is not None:
        stored: dict[str, dict[str, int]] = experiment.result
        return stored
    drawn = ExperimentMember.objects.filter(experiment=experiment).exclude(voucher__person__non_disclosure=True)
    found = {arm["id"]: {"members": 0, OUTCOME: 0} for arm in experiment.arms}
    for arm, count in drawn.values_list("arm").annotate(n=Count("pk")):
        found[arm]["members"] = count
    for arm, count in _used(drawn, experiment).values_list("arm").annotate(n=Count("voucher", distinct=True)):
        found[arm][OUTCOME] = count
    return found


def _used(drawn: "QuerySet[ExperimentMember]", experiment: Experiment) -> "QuerySet[ExperimentMember]":
    return drawn.filter(
        voucher__claim_rows__holds=True, voucher__claim_rows__claim__sent_at__date__lte=experiment.outcome_by
    )


def settle(*, actor: Actor, at: datetime, on: date) -> int:
    """Write the results of experiments whose last day is over; how many. They stand though the vouchers go."""
    ended = Experiment.objects.filter(result__isnull=True, outcome_by__lt=on)
    for experiment in ended:
        with transaction.atomic():
            row = Experiment.objects.select_for_update().get(pk=experiment.pk)
            row.result = outcomes(row)
            row.save(update_fields=["result"])
            said: Mapping[str, Any] = {"result": row.result}
            audit.write(actor, "summer-voucher.settle-experiment", f"experiment:{row.pk}", at, {}, RETENTION,
                        statement=said)  # fmt: skip
    return len(ended)
