# SPDX-License-Identifier: EUPL-1.2
"""Decision letters go to the archive with their matter, once notice of them has left: from then on nothing changes.

Until then a letter is made anew each time it is asked for; afterwards the archived one is what everybody gets. With the
first letter, or when the matter is asked for, goes what was sent in to begin the case.
"""

from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from ennakko.kernel import documents, records
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.cases.kinds import case_type, is_case_type
from ennakko.kernel.cases.letter import html_of, letter_of, party_name, pdf_of
from ennakko.kernel.cases.letter_words import LABELS
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.jobs.registry import JobReport, Progress
from ennakko.kernel.records.models import MatterDocument
from ennakko.kernel.records.pdf import PdfUnavailable
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES

AT_A_TIME = 25
"""Letters in one run of the job: each takes a tenth of a second."""


def archive_letters(*, at: datetime, most: int = AT_A_TIME) -> int:
    """Archive the letters of decisions whose notice has left, the oldest first; how many. Raises PdfUnavailable."""
    waiting = Decision.objects.filter(archived_at=None, sent_on__isnull=False).order_by("id")
    done = 0
    for decision in waiting.select_related("case__subject")[:most]:
        archive_letter(decision, at=at)
        done += 1
    return done


def archive_letter(decision: Decision, *, at: datetime) -> None:
    """Archive one letter in its case's language; a case outside the register of matters has only its decision."""
    language = _language(decision.case)
    matter = records.matter_of(f"case:{decision.case_id}")
    if matter is not None:
        archive_filed(decision.case, at=at)
        letter = letter_of(decision, language=language)
        made = pdf_of(letter)  # slow: never inside the transaction
        title = f"{letter.title} {letter.number}"
        with transaction.atomic():
            records.archive_document(
                matter, "decision", made, key=_key(decision, language), title=title, language=language,
                actor=SYSTEM("cases"), at=at, html=html_of(letter),
            )  # fmt: skip
    Decision.objects.filter(pk=decision.pk, archived_at=None).update(archived_at=at)


def archive_filed(case: Case, *, at: datetime) -> None:
    """Archive what was sent in to begin a case, once, in the case's language. Raises PdfUnavailable."""
    of, key = case_type(case.service, case.kind), f"filed:{case.pk}"
    matter = records.matter_of(f"case:{case.pk}")
    if matter is None or of.filed is None or MatterDocument.objects.filter(key=key).exists():
        return
    language = _language(case)
    lines = [(line.label.in_(language), line.value.in_(language), line.field) for line in of.filed(case)]
    if not lines:
        return
    head = [
        (LABELS["number"].in_(language), case.number, ""),
        (LABELS["party"].in_(language), party_name(case), "person-name" if case.subject_id else ""),
        (LABELS["arrived"].in_(language), format_date(timezone.localtime(case.opened_at).date(), language), ""),
    ]
    title = f"{of.title.in_(language)} {case.number}"
    html = render_to_string("cases/filed.html", {"title": title, "rows": [*head, *lines], "language": language})
    made = records.make_pdf(html, language=language, title=title)  # slow: never inside a transaction
    records.archive_document(
        matter, "application", made, key=key, title=title, language=language, actor=SYSTEM("cases"), at=at, html=html,
        step="initiation",
    )  # fmt: skip


def complete_case(about: str, at: datetime) -> None:
    """Archive of one case what the job has not come to: what was sent in, and letters whose notice has left."""
    case = Case.objects.select_related("subject").filter(pk=int(about.partition(":")[2])).first()
    if case is None or not is_case_type(case.service, case.kind):
        return  # a service that is no longer in use: what is kept already is all there is
    archive_filed(case, at=at)
    waiting = Decision.objects.filter(case=case, archived_at=None, sent_on__isnull=False).order_by("id")
    for decision in waiting.select_related("case__subject"):
        archive_letter(decision, at=at)


def _language(case: Case) -> str:
    return case.language if case.language in LANGUAGES else "fi"


def letter_as_pdf(decision: Decision, *, language: str, actor: Actor, at: datetime) -> bytes:
    """The letter as a file: the archived one in its language, else made now. PdfUnavailable, documents.NotReady."""
    kept = MatterDocument.objects.filter(key=_key(decision, language)).select_related("document").first()
    if kept is None:
        return pdf_of(letter_of(decision, language=language))
    persons = [decision.case.subject_id] if decision.case.subject_id is not None else []
    purpose = case_type(decision.case.service, decision.case.kind).service
    return documents.read(kept.document, actor=actor, purpose=purpose, at=at, persons=persons)


def _key(decision: Decision, language: str) -> str:
    return f"decision:{decision.pk}:{language}"


def archive_job(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Archive the letters that wait for it; where PDFs cannot be made, say what is missing."""
    try:
        return JobReport({"archived": archive_letters(at=at)})
    except PdfUnavailable as error:
        return JobReport({"archived": 0, "missing": str(error)})
