# SPDX-License-Identifier: EUPL-1.2
"""The papers of an application on pages: what came with a form, what is there, what is still needed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Actor
from ennakko.kernel.documents import Limits
from ennakko.kernel.documents.models import Document
from ennakko.kernel.ui.uploads import NotTakenFile
from ennakko.services.hiring_benefit import papers
from ennakko.services.hiring_benefit.law.application_2026 import ATTACHMENTS
from ennakko.values.texts import Text

Refused = Mapping[str, tuple[NotTakenFile, ...]]
OFFERED = ("helsinki_benefit_voucher", "payslip", "other_attachment")
"""What may be added though it is not needed."""


@dataclass(slots=True)
class Uploads:
    """The files of one kind: the form's field, its title, what is there, what was infected, what was not taken."""

    field: str
    title: Text
    needed: bool
    documents: list[Document]
    infected: list[Document]
    refused: tuple[NotTakenFile, ...] = ()
    missing: bool = False
    limits: Limits = papers.LIMITS


def uploads_of(
    about: str, needed: Collection[str], *, refused: Refused, missing: Collection[str] = ()
) -> list[Uploads]:
    """The kinds that are needed, those that are there, and those that may be added."""
    files, infected = documents.of(about), documents.infected(about)
    there = {one.kind for one in (*files, *infected)}
    kinds = [*needed, *(kind for kind in (*ATTACHMENTS, *OFFERED) if kind not in needed and kind in {*there, *OFFERED})]
    return [
        Uploads(
            kind, papers.TITLES[kind], kind in needed, [one for one in files if one.kind == kind],
            [one for one in infected if one.kind == kind], refused.get(kind, ()), kind in missing,
        )
        for kind in kinds
    ]  # fmt: skip


def store_papers(request: HttpRequest, about: str, *, actor: Actor) -> dict[str, tuple[NotTakenFile, ...]]:
    """Keep the files that came with a form; what could not be taken, by kind."""
    refused: dict[str, tuple[NotTakenFile, ...]] = {}
    for kind in papers.KINDS:
        for sent in request.FILES.getlist(kind):
            name = sent.name or ""
            try:
                papers.store(sent, about=about, kind=kind, name=name, actor=actor, at=clock.now())
            except documents.NotTaken as error:
                refused[kind] = (*refused.get(kind, ()), NotTakenFile(name, error.reason))
            finally:
                sent.close()
    return refused


def remove_paper(request: HttpRequest, about: str, *, actor: Actor) -> bool:
    """Remove the paper whose button was pressed; whether one was."""
    number = request.POST.get("remove-document", "")
    found = documents.document(number, about=about) if number else None
    if found is not None:
        documents.remove(found, actor=actor, at=clock.now())
    return bool(number)
