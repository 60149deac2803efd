# SPDX-License-Identifier: EUPL-1.2
"""Matters in the city's decision and archive system: opened, added to, deleted; what it answers, kept in order.

The decision is made and signed here: the archive gets it as a record that is decided already, and is never asked to
decide. States are added to and never changed; the newest tells where a matter stands. What was sent and not answered
in an hour is sent again: the archive knows a matter by its reference and a file by its digest.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ennakko.kernel import tokens
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records import decision_archive as port
from ennakko.kernel.records.models import Matter
from ennakko.kernel.records.pdf import PdfUnavailable
from ennakko.services.hiring_benefit import archive_records as records
from ennakko.services.hiring_benefit import archive_twins
from ennakko.services.hiring_benefit.law.states_2026 import ANSWERED, KEEPS_MATTER, NOTIFIED, REQUESTED
from ennakko.services.hiring_benefit.models import Application, ArchivedMatter, ArchiveEvent
from ennakko.services.hiring_benefit.states import BenefitState

log = logging.getLogger(__name__)
S = BenefitState
OPEN, DECIDED, ADD, UPDATE, DELETE, DETAILS = (
    "open_case", "send_decision", "add_records", "update_application", "delete_application", "get_decision_details",
)  # fmt: skip
AT_ONCE = 50
NO_PDF = "our own document could not be made"
AGAIN_AFTER = timedelta(hours=1)
UNSENT, SCHEDULED = "submitted_but_not_sent", "scheduled_for_deletion"
IN_HANDLING = (S.HANDLING, S.ADDITIONAL_INFORMATION_NEEDED, S.ACCEPTED, S.REJECTED, S.GRANTED, S.REFUSED)
SIGNED = (S.GRANTED, S.REFUSED)
LATEST = Subquery(
    ArchiveEvent.objects.filter(application=OuterRef("pk")).order_by("-pk").values("state")[:1]
)  # fmt: skip
LATEST_AT = Subquery(ArchiveEvent.objects.filter(application=OuterRef("pk")).order_by("-pk").values("at")[:1])


@dataclass(slots=True)
class Sent:
    """What a run came to: requests sent, those that failed, answers heard."""

    sent: int = 0
    failed: int = 0
    heard: int = 0


def run(*, at: datetime, wall: datetime) -> Sent:
    """Send what is due, at most so many of each kind, then hear what waits; safe to repeat and to kill."""
    done = Sent()
    archive = port.archive()
    if archive is None:
        return done
    schedule_deletions(wall=wall)
    for kind, send in SENDS.items():
        for application in due(kind, wall=wall)[:AT_ONCE]:
            if not _sent(archive, application, kind, send, at=at, wall=wall, done=done):
                return done
        _hear_waiting(archive, done, wall=wall)
    for application in due(DETAILS, wall=wall)[:AT_ONCE]:
        if not _details(archive, application, wall=wall, done=done):
            return done
    return done


def due(kind: str, *, wall: datetime) -> "QuerySet[Application]":
    """The applications of which a request of a kind is due; one whose answer is out for an hour is sent again."""
    found = Application.objects.annotate(stands=LATEST, stands_at=LATEST_AT).select_related(
        "case__handler", "archived_matter", "employee"
    )
    found = found.filter(case__emptied_at=None)
    old = found.filter(stands=REQUESTED[kind], stands_at__lte=wall - AGAIN_AFTER)
    if kind == OPEN:
        fresh = found.filter(stands=None, case__state__in=IN_HANDLING)
    elif kind == DECIDED:
        fresh = found.filter(case__state__in=SIGNED, stands__in=["case_opened", "new_record_received"])
        fresh = fresh.exclude(archived_matter__case_id="")
        # The letter is the record's file: it stands in our register once the notice has left.
        letters = Decision.objects.filter(archived_at__isnull=False, case=OuterRef("case"))
        fresh = fresh.filter(Exists(letters))
    elif kind == ADD:
        fresh = found.filter(stands__in=["case_opened", "new_record_received"], case__state__in=IN_HANDLING)
        fresh = fresh.exclude(case__state__in=SIGNED)
        return Application.objects.none() if not fresh.exists() else _with_new_files(fresh, old)
    elif kind == DELETE:
        fresh = found.filter(stands=SCHEDULED).exclude(archived_matter__case_id="")
    else:
        fresh = found.filter(case__state__in=SIGNED, stands="signed").exclude(archived_matter__case_id="")
    return (fresh | old).order_by("pk")


def _with_new_files(fresh: "QuerySet[Application]", old: "QuerySet[Application]") -> "QuerySet[Application]":
    """Those of opened matters that have a file the archive has not."""
    lacking = [row.pk for row in fresh if records.new_files(row)]
    return (fresh.filter(pk__in=lacking) | old).order_by("pk")


def schedule_deletions(*, wall: datetime) -> int:
    """Matters of cancelled applications are to be deleted, unless a decision has gone there; how many were marked."""
    found = Application.objects.annotate(stands=LATEST).filter(case__state=S.CANCELLED, case__emptied_at=None)
    settled = [*KEEPS_MATTER, SCHEDULED, REQUESTED[DELETE], ANSWERED[DELETE], NOTIFIED["Removed"]]
    rows = list(found.exclude(stands=None).exclude(stands__in=settled).order_by("pk")[:AT_ONCE])
    with transaction.atomic():
        for application in rows:
            ArchiveEvent.objects.create(application=application, state=SCHEDULED, at=wall)
    return len(rows)


def state_of(application: Application) -> str:
    """Where a matter stands in the archive; "" where it is not known there."""
    newest = ArchiveEvent.objects.filter(application=application).order_by("-pk").values_list("state", flat=True)
    return newest.first() or ""


def hear(kind: str, number: str, answer: port.Answer, *, wall: datetime) -> str | None:
    """Keep the outcome of a request; the matter's state after it, None for an unknown application or request.

    An answer may come twice, and before our own note that the request was sent: it counts once.
    """
    if kind not in ANSWERED:
        return None
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).filter(number=number, kind="benefit").first()
        application = Application.objects.filter(case=case).first() if case is not None else None
        if application is None:
            return None
        matter, _ = ArchivedMatter.objects.get_or_create(application=application)
        stands = state_of(application)
        if answer.outcome == "failure":
            known = ArchiveEvent.objects.filter(application=application, request=kind).order_by("-pk").first()
            if known is not None and known.failures == list(answer.failures) and known.request_id == answer.request:
                return stands
            # The state stays as it was, so that the request is sent again; the reason is seen and kept.
            ArchiveEvent.objects.create(
                application=application, state=stands or REQUESTED[kind], request=kind, request_id=answer.request,
                failures=list(answer.failures)[:20] or ["?"], at=wall,
            )  # fmt: skip
            return stands
        _keep_ids(matter, answer)
        if _heard_before(application, kind, answer):
            return stands
        ArchiveEvent.objects.create(
            application=application, state=ANSWERED[kind], request=kind, request_id=answer.request, at=wall,
            files=[one.sha256 for one in answer.filed],
        )  # fmt: skip
        return ANSWERED[kind]


def notice(told: port.Notice, *, wall: datetime) -> str | None:
    """Keep what the archive tells of a decision; the matter's state after it, None for an unknown matter."""
    with transaction.atomic():
        matter = ArchivedMatter.objects.select_for_update(of=("self",)).filter(case_id=told.case_id).first()
        if matter is None or not told.case_id:
            return None
        stands = state_of(matter.application)
        state = NOTIFIED[told.update]
        beyond = {REQUESTED[DETAILS], ANSWERED[DETAILS]} if told.update == "Added" else set[str]()
        if stands != state and stands not in beyond:
            ArchiveEvent.objects.create(application=matter.application, state=state, at=wall)
            return state
        return stands


def again(application: Application, kind: str, *, at: datetime, wall: datetime) -> Sent:
    """Send one request of a matter now, and hear what waits; it need not be due."""
    done, archive = Sent(), port.archive()
    if archive is None:
        return done
    rows = Application.objects.select_related("case__handler", "archived_matter", "employee")
    row = rows.get(pk=application.pk)
    if kind == DETAILS:
        _details(archive, row, wall=wall, done=done)
    elif kind in SENDS:
        _sent(archive, row, kind, SENDS[kind], at=at, wall=wall, done=done)
        _hear_waiting(archive, done, wall=wall)
    return done


def case_numbers(numbers: Iterable[str]) -> dict[str, int]:
    """Cases by the numbers that other systems know them by."""
    return dict(Case.objects.filter(number__in=list(numbers), kind="benefit").values_list("number", "pk"))


def was_told_of(document: Document) -> bool:
    """Whether the archive was told of a file, and may therefore fetch it."""
    case = _case_of(document)
    events = ArchiveEvent.objects.filter(application__case=case).values_list("files", flat=True)
    return case is not None and any(document.sha256 in files for files in events)


def _case_of(document: Document) -> int | None:
    """The case that a file is of: sent in for it, or kept of its matter in our register."""
    kind, _, number = document.about.partition(":")
    if kind == "case" and number.isdigit():
        return int(number)
    if kind == "matter" and number.isdigit():
        return Matter.objects.filter(pk=int(number)).values_list("case", flat=True).first()
    return None


def persons_of(document: Document) -> tuple[int, ...]:
    """The employee whom a file tells of."""
    found = Application.objects.filter(case=_case_of(document)).select_related("employee").first()
    person = found.employee.person_id if found is not None else None
    return () if person is None else (person,)


# --- sending


def _sent(
    archive: port.DecisionArchive, application: Application, kind: str,
    send: Callable[[port.DecisionArchive, Application], str], *, at: datetime, wall: datetime, done: Sent,
) -> bool:  # fmt: skip
    """Send one request; False when the archive does not answer, so that nothing more is tried now."""
    try:
        _prepared(application, kind, at)
    except PdfUnavailable as missing:
        log.error("The archive waits: %s", missing)
        done.failed += 1
        with transaction.atomic():
            ArchiveEvent.objects.create(
                application=application, state=REQUESTED[kind], request=kind, failures=[NO_PDF], at=wall
            )
        return False
    files = records.digests(application, kind)
    # Written before it leaves: an answer that is quicker than we are finds the request.
    with transaction.atomic():
        ArchiveEvent.objects.create(application=application, state=REQUESTED[kind], request=kind, files=files, at=wall)
    try:
        send(archive, application)
    except (port.Unavailable, port.Rejected) as error:
        done.failed += 1
        with transaction.atomic():
            ArchiveEvent.objects.create(
                application=application, state=REQUESTED[kind], request=kind, failures=[error.what], at=wall
            )
        return isinstance(error, port.Rejected)
    done.sent += 1
    return True


def _prepared(application: Application, kind: str, at: datetime) -> None:
    """Make the documents of ours that a request takes along; slow, and outside transactions. Raises PdfUnavailable."""
    if kind == OPEN:
        records.write_down(application, at)
    elif kind == DECIDED:
        made = Decision.objects.filter(case=application.case).order_by("-pk").first()
        if made is not None:
            archive_twins.write_down(application, made, at)


def _callback(kind: str, application: Application) -> str:
    return f"{tokens.site()}/api/hiring-benefit/archive/callback/{kind}/{application.case.number}"


def _open(archive: port.DecisionArchive, application: Application) -> str:
    return archive.open_case(records.matter(application), callback=_callback(OPEN, application))


def _decided(archive: port.DecisionArchive, application: Application) -> str:
    decision = Decision.objects.filter(case=application.case).order_by("-pk").first()
    rows = records.decision(application, decision) if decision is not None else []
    case = application.archived_matter.case_id
    return archive.add_records(case, rows, callback=_callback(DECIDED, application))


def _add(archive: port.DecisionArchive, application: Application) -> str:
    rows: Sequence[port.Record] = records.late(application)
    return archive.add_records(application.archived_matter.case_id, rows, callback=_callback(ADD, application))


def _delete(archive: port.DecisionArchive, application: Application) -> str:
    handler = application.case.handler
    return archive.delete_case(
        application.archived_matter.case_id, draftsman=handler.subject if handler is not None else "",
        reason=records.CANCELLED, language="fi", callback=_callback(DELETE, application),
    )  # fmt: skip


SENDS: dict[str, Callable[[port.DecisionArchive, Application], str]] = {
    OPEN: _open, DECIDED: _decided, ADD: _add, DELETE: _delete,
}  # fmt: skip
"""Requests that are sent, in the order of a run."""


def _details(archive: port.DecisionArchive, application: Application, *, wall: datetime, done: Sent) -> bool:
    """Ask for the decision's details, which come in the answer itself."""
    try:
        found = archive.decision(application.archived_matter.case_id)
    except (port.Unavailable, port.Rejected) as error:
        done.failed += 1
        with transaction.atomic():
            ArchiveEvent.objects.create(
                application=application, state="signed", request=DETAILS, failures=[error.what], at=wall
            )
        return isinstance(error, port.Rejected)
    with transaction.atomic():
        ArchivedMatter.objects.filter(application=application).update(
            decision_maker=found.decision_maker[:200], section=found.section[:40], decided_on=found.on
        )
        ArchiveEvent.objects.create(application=application, state=ANSWERED[DETAILS], request=DETAILS, at=wall)
    done.sent += 1
    return True


def _hear_waiting(archive: port.DecisionArchive, done: Sent, *, wall: datetime) -> None:
    """Answers of an archive that does not call back by itself."""
    for callback, told in archive.answers():
        if isinstance(told, port.Notice):
            notice(told, wall=wall)
        else:
            kind, number = callback.rstrip("/").split("/")[-2:]
            hear(kind, number, told, wall=wall)
        done.heard += 1


def _keep_ids(matter: ArchivedMatter, answer: port.Answer) -> None:
    matter.case_id = answer.case_id or matter.case_id
    matter.guid = answer.case_guid or matter.guid
    matter.series = {**matter.series, **{one.sha256: one.series for one in answer.filed}}
    matter.save(update_fields=["case_id", "guid", "series"])


def _heard_before(application: Application, kind: str, answer: port.Answer) -> bool:
    """Whether this very success has been kept: the same request, or any opening or deletion that succeeded already."""
    found = ArchiveEvent.objects.filter(application=application, request=kind, state=ANSWERED[kind])
    if kind in (OPEN, DELETE, DECIDED):
        return found.exists()
    return bool(answer.request) and found.filter(request_id=answer.request).exists()
