# SPDX-License-Identifier: EUPL-1.2
"""Segregation of duties: whoever has had a hand in preparing a case does not decide it.

Had it assigned to them at any time, opened or completed it in counter mode, asked, wrote, proposed: each is enough, and
giving the case to a colleague afterwards does not undo it.
"""

from collections.abc import Iterable

from django.db.models import Q

from ennakko.kernel.access import Actor
from ennakko.kernel.cases.kinds import CaseType, case_type
from ennakko.kernel.cases.models import Assignment, Case, CaseEvent

_BY_ANYBODY = frozenset({"assign", "give_back", "late"})
"""Who gives a case to a colleague has not prepared it by that; what they handled themselves tells its assignment."""


def prepares(of: CaseType, verb: str) -> bool:
    """Whether an event of this verb is a part of preparing the case: everything but what its decision maker does."""
    return verb not in _BY_ANYBODY | {one.verb for one in of.states.moves if one.action == of.decide_action}


def barred(actor: Actor, cases: Iterable[Case]) -> set[int]:
    """The ids of those cases that the actor may not decide for having prepared them; two queries however many."""
    kinds = {case.pk: case_type(case.service, case.kind) for case in cases}
    segregated = [number for number, of in kinds.items() if of.segregated]
    if not segregated:
        return set()
    found = set(
        Assignment.objects.filter(case__in=segregated, staff=actor.staff).values_list("case", flat=True)
        if actor.staff is not None
        else ()
    )
    own = CaseEvent.objects.filter(Q(by=actor.subject), case__in=segregated).values_list("case", "verb")
    return found | {number for number, verb in own if prepares(kinds[number], verb)}
