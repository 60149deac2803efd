# SPDX-License-Identifier: EUPL-1.2
"""What is said in a case: requests for information and their answers, and letters both ways."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.models import Case, InformationRequest, Letter
from ennakko.kernel.cases.moving import RETENTION, NotNow, append, locked

MOST_CHARACTERS = 4096


def words_of(written: str, case: Case) -> str:
    """What was written, without blanks around it; raises NotNow for nothing at all and for too much."""
    said = written.strip()
    if not said:
        raise NotNow(reasons.EMPTY, case)
    if len(said) > MOST_CHARACTERS:
        raise NotNow(reasons.TOO_LONG.format(most=MOST_CHARACTERS), case)
    return said


def ask_for_information(
    case: Case, question: str, *, actor: Actor, at: datetime, due: date, facts: Sequence[str] = ()
) -> InformationRequest:
    """Ask the party to add something by a day (Administrative Procedure Act 22 §)."""
    of = case_type(case.service, case.kind)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.handle_action, row)
        _still_open(row)
        request = InformationRequest.objects.create(
            case=row, question=words_of(question, row), facts=list(facts), asked_by=actor.subject, asked_at=at, due=due
        )
        append(row, "ask", by=actor, at=at, details={"request": request.pk, "due": due.isoformat()})
        audit.write(actor, "cases.ask", f"case:{row.pk}", at, {"facts": list(facts)}, RETENTION)
    return request


def answer_information(
    request: InformationRequest,
    answer: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on_behalf_of: int | str | None = None,
) -> InformationRequest:
    """The party's answer, or staff's for whoever is beside them; raises NotNow when one is there already."""
    of = case_type(request.case.service, request.case.kind)
    with transaction.atomic():
        row = locked(request.case)
        require(actor, of.own_action, row)
        open_request = InformationRequest.objects.select_for_update().get(pk=request.pk)
        if open_request.answered_at is not None:
            raise NotNow(reasons.ALREADY_ANSWERED, row)
        _still_open(row)
        open_request.answered_at, open_request.answer = at, dict(answer)
        open_request.save(update_fields=["answered_at", "answer"])
        append(row, "answer", by=actor, at=at, on_behalf_of=on_behalf_of, details={"request": open_request.pk})
        audit.write(actor, "cases.answer", f"case:{row.pk}", at, {"request": open_request.pk}, RETENTION)
    return open_request


def write_letter(
    case: Case, words: str, *, actor: Actor, at: datetime, on_behalf_of: int | str | None = None
) -> Letter:
    """A message in the case's thread: from the city when staff write in their own name, else from the party.

    The party is a resident, or an organisation for which any of its people writes. `on_behalf_of` is the person's key,
    or the business id of the organisation, for which staff write down what they are told.
    """
    of = case_type(case.service, case.kind)
    inward = actor.kind != "staff" or on_behalf_of is not None
    with transaction.atomic():
        row = locked(case)
        require(actor, of.own_action if inward else of.handle_action, row)
        letter = Letter.objects.create(
            case=row, inward=inward, by=actor.subject, by_name=actor.name, at=at, text=words_of(words, row)
        )
        append(row, "write", by=actor, at=at, on_behalf_of=on_behalf_of, details={"letter": letter.pk})
        audit.write(actor, "cases.write", f"case:{row.pk}", at, {"letter": letter.pk}, RETENTION)
    return letter


def mark_read(case: Case, *, by_party: bool, at: datetime) -> int:
    """The other side's letters have been read; how many were new. One of an organisation reads for all its people."""
    return Letter.objects.filter(case=case, inward=not by_party, read_at=None).update(read_at=at)


def _still_open(row: Case) -> None:
    if row.closed_at is not None:
        raise NotNow(reasons.NOT_OPEN, row)
