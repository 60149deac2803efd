# SPDX-License-Identifier: EUPL-1.2
"""What follows a decision on an application, in the decision's own transaction: money, ledger, word to the employer."""

from collections.abc import Callable
from datetime import date, datetime

from ennakko.kernel import cases
from ennakko.kernel.cases.models import Case, Decision
from ennakko.services.hiring_benefit import telling_handler
from ennakko.services.hiring_benefit.actions import aid, instalments
from ennakko.services.hiring_benefit.models import Application

Step = Callable[[Case, Decision, datetime, date], None]
STEPS: tuple[Step, ...] = (instalments.plan, aid.record)
"""What is done for either outcome, in this order: each does what concerns it."""


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """Note when the application was decided, do what follows, and tell the employer."""
    Application.objects.filter(case=case).update(decided_at=at)
    for step in STEPS:
        step(case, decision, at, on)
    cases.serve_by_message(decision, telling_handler.decided(case, decision, at=at))
