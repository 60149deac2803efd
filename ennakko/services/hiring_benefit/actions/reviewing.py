# SPDX-License-Identifier: EUPL-1.2
"""The ten things looked at before a proposal: by the machine where it can, by a person where it cannot or is doubted.

Raises Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import change, insert
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION, append
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit import review
from ennakko.services.hiring_benefit.actions.calculating import in_force
from ennakko.services.hiring_benefit.actions.in_hand import application_of, in_hand
from ennakko.services.hiring_benefit.judging import Judged
from ennakko.services.hiring_benefit.law.handling_2026 import NOT_WAIVED
from ennakko.services.hiring_benefit.models import Application, ReviewKind, ReviewMark
from ennakko.services.hiring_benefit.weighing import weigh


def look(application: Application, *, at: datetime, on: date, actor: Actor) -> Judged:
    """The machine looks at all ten, in the caller's transaction; a person's mark stands unless the finding changed."""
    judged = weigh(application, in_force(application), actor=actor, at=at, on=on)
    standing = _marks.all(application=application.pk)
    now = {mark.kind: mark for mark in standing if mark.machine}
    marked = {mark.kind for mark in standing}
    for found in review.findings(application, judged):
        before = now.get(found.kind)
        said = {"lines": found.lines}
        if before is not None and before.holds == found.holds:
            if before.said != said:
                before.said, before.at = said, at
                change(ReviewMark, {"pk": before.pk}, {"said": said, "at": at})
            continue
        # What a person said was said of another finding: both are looked at again.
        if found.kind in marked:
            _standing(application).filter(kind=found.kind).update(replaced_at=at)
        insert(
            ReviewMark(
                application=application,
                kind=found.kind,
                holds=found.holds,
                machine=True,
                said=said,
                by=actor.subject,
                by_name=actor.name,
                at=at,
            )
        )
    application.eligibility, application.checked_at = judged.outcome, at
    change(Application, {"pk": application.pk}, {"eligibility": judged.outcome, "checked_at": at})
    return judged


def look_again(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """A handler has the machine look again (something was corrected, a paper came)."""
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        look(application_of(row), at=at, on=on, actor=actor)
        append(row, "look", by=actor, at=at)
    return row


def mark(case: Case, kind: str, holds: bool, *, actor: Actor, at: datetime, words: str = "") -> ReviewMark:
    """A person's mark; words are needed where the machine sees it otherwise, and the ceiling of aid stands."""
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        application = application_of(row)
        standing = [one for one in _marks.all(application=application.pk) if one.kind == ReviewKind(kind)]
        machine = next((one for one in standing if one.machine), None)
        against = machine is not None and machine.holds is False and holds
        if against and kind in NOT_WAIVED:
            raise NotNow(reasons.NOT_WAIVED, row)
        if against and not words.strip():
            raise NotNow(reasons.MARK_NEEDS_WORDS, row)
        if any(not one.machine for one in standing):
            _standing(application).filter(kind=kind, machine=False).update(replaced_at=at)
        made = ReviewMark(
            application=application, kind=kind, holds=holds, machine=False, words=words.strip(), by=actor.subject,
            by_name=actor.name, at=at,
        )  # fmt: skip
        insert(made)
        append(row, "mark", by=actor, at=at, details={"mark": kind, "holds": holds})
        audit.write(actor, "hiring-benefit.mark", f"case:{row.pk}", at, {"mark": kind, "holds": holds}, RETENTION)
    return made


_marks: Ready[ReviewMark] = Ready(
    lambda: ReviewMark.objects.filter(application=Given("application"), replaced_at=None).order_by("pk")
)


def _standing(application: Application):  # type: ignore[no-untyped-def]
    return ReviewMark.objects.filter(application=application, replaced_at=None)
