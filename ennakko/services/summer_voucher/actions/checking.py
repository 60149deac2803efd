# SPDX-License-Identifier: EUPL-1.2
"""The machine's check of an application: what the register says, which conditions hold, what must be warned of.

Where everything holds, a decision is drafted for a named official; whatever is open goes to a handler. The machine
rejects nobody. While the register does not answer, the application waits and nothing of it is lost.
"""

import logging
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import Drafted
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import locked
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing
from ennakko.services.summer_voucher import conditions, telling
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.registered import Found, look_up
from ennakko.services.summer_voucher.states import LIVE, RECHECKED, CaseState, Verb
from ennakko.services.summer_voucher.wording import ASK_TO_EXPLAIN

log = logging.getLogger(__name__)
UNANSWERED = (NoSnapshot, BrokenSnapshot, PermitMissing, OSError)
"""What it means that the register does not answer now."""
DAYS_TO_ANSWER = 14
KIND = "application"


def check_new(*, at: datetime, on: date, actor: Actor) -> dict[str, int]:
    """Check every case that waits for it; how many were checked and how many wait for the register."""
    return _check_all(Case.objects.filter(state=CaseState.AWAITING_CHECK), at=at, on=on, actor=actor)


def check_again(*, at: datetime, on: date, actor: Actor) -> dict[str, int]:
    """Look again at what is open: what was missing may be in the register now, and deadlines pass."""
    lapsed = 0
    due = Case.objects.filter(
        service=conditions.SERVICE, kind=KIND, state=CaseState.INFORMATION_REQUESTED,
        information_requests__answered_at=None, information_requests__due__lt=on,
    ).distinct()  # fmt: skip
    for case in due:
        cases.move(case, Verb.LAPSE, actor=actor, at=at)
        lapsed += 1
    return {**_check_all(Case.objects.filter(state__in=RECHECKED), at=at, on=on, actor=actor), "lapsed": lapsed}


def _check_all(waiting: Any, *, at: datetime, on: date, actor: Actor) -> dict[str, int]:
    counted = {"checked": 0, "waiting": 0}
    for case in waiting.filter(service=conditions.SERVICE, kind=KIND).order_by("id"):
        done = check_case(case, at=at, on=on, actor=actor)
        counted["checked" if done else "waiting"] += 1
    return counted


def check_case(case: Case, *, at: datetime, on: date, actor: Actor) -> bool:
    """Check one case and move it on by what was found; False while the register does not answer."""
    application = Application.objects.get(case=case)
    try:
        found = look_up(application, at=at, on=on, actor=actor)
    except UNANSWERED as error:
        log.warning("The register did not answer for case %s: %s", case.pk, error)
        return False
    with transaction.atomic():
        row = locked(case)
        if row.state not in RECHECKED:
            return True
        _remember(row, application, found, at=at)
        _move_on(row, application, found, at=at, on=on, actor=actor)
    return True


def _remember(row: Case, application: Application, found: Found, *, at: datetime) -> None:
    from ennakko.services.summer_voucher.actions.applications import ensure_person

    if found.person is not None and row.subject_id != found.person:
        ensure_person(found.person, at=at)
        row.subject_id = application.person = found.person
        application.save(update_fields=["person"])
    row.facts, row.snapshot = found.as_json(), found.snapshot
    row.save(update_fields=["subject", "facts", "snapshot"])


def _move_on(row: Case, application: Application, found: Found, *, at: datetime, on: date, actor: Actor) -> None:
    if found.person is not None and has_voucher(found.person, application.year):
        cases.move(row, Verb.JOIN, actor=actor, at=at)
        telling.joined(application, at=at)
    elif not found.questions and not found.doubts:
        store_draft(row, acceptance_draft(row, application), at=at, on=on)
        cases.move(row, Verb.CLEAR, actor=actor, at=at)
    elif row.state != CaseState.AWAITING_CHECK:
        return
    elif application.proven and found.questions and not application.description:
        ask_to_explain(row, application, at=at, on=on, actor=actor)
    else:
        cases.move(row, Verb.REFER, actor=actor, at=at)


def has_voucher(person: int, year: int) -> bool:
    """Whether a person holds a voucher of a year, declined ones too: those can be taken back."""
    return Voucher.objects.filter(person=person, year=year, state__in=LIVE).exists()


def ask_to_explain(row: Case, application: Application, *, at: datetime, on: date, actor: Actor) -> None:
    """Ask somebody who has proven who they are why the registers do not know their turn."""
    due = on + timedelta(days=DAYS_TO_ANSWER)
    question = ASK_TO_EXPLAIN.in_(application.language)
    request = cases.ask_for_information(row, question, actor=actor, at=at, due=due)
    cases.move(row, Verb.REQUEST, actor=actor, at=at)
    telling.tell_more(application, request.pk, due, at=at)


def acceptance_draft(row: Case, application: Application, justification: str = "") -> Drafted:
    """The proposal to accept: the sum of the voucher's year, how each condition came out, the facts they stand on."""
    return Drafted(
        outcome="accepted",
        amount_cents=conditions.value("voucher_value", conditions.last_of_year(application.year)),
        content={"year": application.year, "justification": justification},
        reasons=tuple(row.facts.get("conditions", ())),
        facts=row.facts,
        snapshot=row.snapshot,
    )


def store_draft(row: Case, drafted: Drafted, *, at: datetime, on: date) -> None:
    """Keep a proposal with its case, until an official decides."""
    row.draft = {**asdict(drafted), "at": at.isoformat(), "on": on.isoformat()}
    row.save(update_fields=["draft"])
