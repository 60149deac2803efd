# SPDX-License-Identifier: EUPL-1.2
"""What handlers do with an application: take it, hand it over, ask, write, cancel, take it back.

All raise Refused (who may) and NotNow (`.reason` says what can be done instead). Notes and timelines are the kernel's
(`cases.note`, `cases.timeline`); proposals and decisions stand in `deciding`.
"""

from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.access.queries import staff_in
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases import reasons as case_reasons
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case, Letter
from ennakko.kernel.cases.moving import locked
from ennakko.services.hiring_benefit import conditions, telling_handler
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.actions import calculating, reviewing
from ennakko.services.hiring_benefit.actions.in_hand import application_of, held, in_hand
from ennakko.services.hiring_benefit.law.handling_2026 import answer_by
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.services.hiring_benefit.states import HANDLE, BenefitState, BenefitVerb

MACHINE = SYSTEM(conditions.SERVICE)


def take(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """Take an application in hand; one that has just arrived is handled from now on, calculated and looked at."""
    with transaction.atomic():
        now = locked(case)
        require(actor, HANDLE, now)
        if now.closed_at is not None:
            raise NotNow(case_reasons.NOT_OPEN, now)
        row = cases.take(now, actor=actor, at=at)
        if row.state == BenefitState.RECEIVED:
            row = cases.move(row, BenefitVerb.TAKE, actor=actor, at=at)
            application = application_of(row)
            calculating.first(application, actor=MACHINE, at=at, on=on)
            reviewing.look(application, at=at, on=on, actor=MACHINE)
    return row


def give_back(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Put it back for anybody; only by the one who has it."""
    with transaction.atomic():
        held(locked(case), actor)
        return cases.give_back(case, actor=actor, at=at)


def hand_over(case: Case, to: StaffMember | int, *, actor: Actor, at: datetime, on: date) -> Case:
    """Give it to a colleague who handles such applications."""
    number = to.pk if isinstance(to, StaffMember) else to
    colleague = colleagues(on).get(number)
    if colleague is None:
        raise NotNow(reasons.NO_SUCH_COLLEAGUE, case)
    return cases.assign(case, colleague, actor=actor, at=at)


def colleagues(on: date) -> dict[int, StaffMember]:
    """Those to whom an application can be handed, by their key."""
    return {one.pk: one for role in (HANDLER, OFFICIAL) for one in staff_in(role, on=on)}


def ask_more(
    case: Case, question: str, *, actor: Actor, at: datetime, on: date, due: date | None = None
) -> Case:  # fmt: skip
    """Ask the employer for more; without a day, the municipality's own time to answer, to the end of its last day."""
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        by = due or answer_by(on, int(conditions.value("answer_days", on)))
        request = cases.ask_for_information(row, question, actor=actor, at=at, due=by)
        moved = cases.move(row, BenefitVerb.REQUEST, actor=actor, at=at)
        telling_handler.asked(moved, request.pk, by, at=at)
    return moved


def lapse(*, at: datetime, on: date, actor: Actor = MACHINE) -> int:
    """Take back into handling what nobody answered in time; how many. Safe to run again."""
    late = Case.objects.filter(
        service=conditions.SERVICE, kind="benefit", state=BenefitState.ADDITIONAL_INFORMATION_NEEDED,
        information_requests__answered_at=None, information_requests__due__lt=on,
    ).distinct()  # fmt: skip
    counted = 0
    for case in late.order_by("id"):
        cases.move(case, BenefitVerb.LAPSE, actor=actor, at=at)
        counted += 1
    return counted


def write(case: Case, words: str, *, actor: Actor, at: datetime) -> Letter:
    """Write to the employer in the case's thread; the contact person gets a message that there is something to read."""
    with transaction.atomic():
        letter = cases.write_letter(case, words, actor=actor, at=at)
        telling_handler.written(case, letter.pk, at=at)
    return letter


def cancel(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """Cancel an application, at the employer's wish or because it came by mistake; the reason is told to them."""
    with transaction.atomic():
        row = locked(case)
        require(actor, HANDLE, row)
        held(row, actor)
        words = words_of(why, row)
        cases.note(row, words, actor=actor, at=at, kind="external")
        moved = cases.move(row, BenefitVerb.CANCEL, actor=actor, at=at)
        telling_handler.cancelled(moved, at=at)
    return moved


def back(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """The handler takes a proposal back into handling, with a note that says why."""
    with transaction.atomic():
        row = locked(case)
        require(actor, HANDLE, row)
        held(row, actor)
        cases.note(row, why, actor=actor, at=at)
        return _reopened(cases.move(row, BenefitVerb.BACK, actor=actor, at=at))


def return_to_handling(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """The official sends a proposal back to its handler, with a note that says why."""
    with transaction.atomic():
        cases.note(case, why, actor=actor, at=at, important=True)
        return _reopened(cases.move(case, BenefitVerb.RETURN, actor=actor, at=at))


def _reopened(row: Case) -> Case:
    """What was proposed no longer stands; the text stays to be gone on with."""
    row.draft = None
    row.save(update_fields=["draft"])
    return row
