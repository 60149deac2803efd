# SPDX-License-Identifier: EUPL-1.2
"""The jobs of documents: those that wait are scanned, files without a row swept, old keys replaced."""

import time
from datetime import date, datetime, timedelta

from ennakko.kernel import keys
from ennakko.kernel.documents import files
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.scanning import scan_waiting
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.values.texts import text

LEFT_ALONE = timedelta(days=1)
"""A file without a row may belong to a row that is about to come: only older ones are swept (wall time)."""


def scan(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Scan the files that wait for it."""
    return JobReport(scan_waiting(at=at))


def sweep(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy the files that belong to no document: of an upload or a removal that was interrupted."""
    before, swept = time.time() - LEFT_ALONE.total_seconds(), 0
    for number, (path, document) in enumerate(files.stored()):
        if number % 1000 == 0:
            progress(number)
        if path.stat().st_mtime > before:
            continue
        if document is None or not Document.objects.filter(pk=document, removed_at=None).exists():
            path.unlink(missing_ok=True)
            swept += 1
    return JobReport({"swept": swept})


def reseal(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Seal again, under the key in use, the files that were sealed under an older one."""
    resealed = lost = 0
    rows = Document.objects.filter(removed_at=None).values_list("pk", flat=True)
    for number, document in enumerate(rows.iterator(chunk_size=2000)):
        if number % 1000 == 0:
            progress(number)
        if files.sealed_with(document) in (None, keys.current_id()):
            continue
        try:
            content = files.read(document)
        except files.FileLost:
            lost += 1
            continue
        files.write(document, content)
        resealed += 1
    return JobReport({"resealed": resealed, "lost": lost})


JOBS = (
    Job(
        "documents.scan",
        text(fi="Tarkista odottavat liitteet", sv="Kontrollera väntande bilagor", en="Scan the waiting attachments"),
        scan,
        "minute",
    ),
    Job(
        "documents.sweep",
        text(fi="Siivoa orvot tiedostot", sv="Städa bort herrelösa filer", en="Sweep files without a document"),
        sweep,
    ),
    Job(
        "documents.reseal",
        text(fi="Sinetöi liitteet uudella avaimella", sv="Försegla bilagorna med ny nyckel",
             en="Seal the attachments with the new key"),
        reseal,
    ),
)  # fmt: skip
