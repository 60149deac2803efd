# SPDX-License-Identifier: EUPL-1.2
"""Quality of automatic decisions: each day a share of them is picked by lot, and a person looks at them afterwards.

Information Management Act 906/2019 28 a–e §: errors are looked for and put right. The lot is a keyed hash of the
decision: nobody can choose what is picked, and a run that is repeated picks the same ones.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.automation import gates
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Decision, Sample
from ennakko.kernel.cases.moving import RETENTION, NotNow
from ennakko.kernel.jobs.registry import JobReport, Progress

_OF = 10_000
LOOKED_BACK = timedelta(days=31)
"""How far back days are drawn that no run has drawn."""


def _lot(decision: int) -> int:
    """A number from 0 to 9,999 that is drawn for a decision once and for all."""
    drawn = hmac.digest(keys.audit_key(), f"sample {decision}".encode(), "sha256")
    return int.from_bytes(drawn[:8], "big") % _OF


def pick(on: date) -> int:
    """Pick from the automatic decisions of the days before `on` that were not drawn yet; how many were picked.

    Each kind of case by its own share, and of a day's decisions at least one. Safe to repeat: a day is drawn once.
    """
    picked = 0
    for service, kind, record in gates():
        rows = Decision.objects.filter(
            automatic=True, on__lt=on, on__gte=on - LOOKED_BACK, case__service=service, case__kind=kind
        )
        drawn = set(rows.filter(sample__isnull=False).values_list("on", flat=True).distinct())
        days = set(rows.values_list("on", flat=True).distinct()) - drawn
        for day in sorted(days):
            picked += _pick_of(list(rows.filter(on=day).values_list("pk", flat=True)), record.sample_percent, on)
    return picked


def _pick_of(decisions: list[int], percent: int, on: date) -> int:
    chosen = [one for one in decisions if _lot(one) < percent * _OF // 100] or [min(decisions, key=_lot)]
    columns = ("decision", "picked_on", "reviewed_by", "reviewed_by_name", "words")
    with transaction.atomic():
        return insert_rows(Sample, columns, ((one, on, "", "", "") for one in chosen), unique=("decision",))


def review(sample: Sample, *, agrees: bool, words: str, actor: Actor, at: datetime) -> Sample:
    """A person who may decide such cases tells whether they would have decided alike; once. Raises Refused, NotNow.

    Where they disagree they say why, and the decision is taken up by a person (Administrative Procedure Act 50 §).
    """
    with transaction.atomic():
        row = Sample.objects.select_for_update(of=("self",)).select_related("decision__case").get(pk=sample.pk)
        case = row.decision.case
        action = case_type(case.service, case.kind).decide_action
        require(actor, action, case)
        if row.reviewed_at is not None:
            raise NotNow(reasons.REVIEWED_ALREADY, case)
        said = words.strip() if agrees and not words.strip() else words_of(words, case)
        row.agrees, row.words, row.reviewed_at = agrees, said, at
        row.reviewed_by, row.reviewed_by_name = actor.subject, actor.name
        row.save()
        audit.write(actor, "cases.review-automatic", f"case:{case.pk}", at, {"agrees": agrees}, RETENTION)
    return row


@dataclass(frozen=True, slots=True)
class Quality:
    """How the machine has decided in a year: decisions, those a person looked at, and those they found wrong."""

    decided: int
    reviewed: int
    wrong: int


def quality(service: str, case_type: str, year: int) -> Quality:
    """The figures of a kind of case in a year; two queries."""
    period = (date(year, 1, 1), date(year, 12, 31))
    rows = Decision.objects.filter(automatic=True, on__range=period, case__service=service, case__kind=case_type)
    looked = Sample.objects.filter(decision__in=rows, reviewed_at__isnull=False)
    found = looked.aggregate(reviewed=Count("pk"), wrong=Count("pk", filter=Q(agrees=False)))
    return Quality(rows.count(), found["reviewed"], found["wrong"])


def pick_job(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Pick automatic decisions for a person to look at."""
    return JobReport({"picked": pick(on)})
