# SPDX-License-Identifier: EUPL-1.2
"""The documents of a claim on pages: which kinds there are, what came with a form, what is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Actor
from ennakko.kernel.documents.models import Document
from ennakko.kernel.ui.uploads import NotTakenFile, take_uploads
from ennakko.values.texts import Text, text

Refused = Mapping[str, tuple[NotTakenFile, ...]]
KINDS: dict[str, Text] = {
    "employment_contract": text(fi="Työsopimus", sv="Arbetsavtal", en="Employment contract"),
    "payslip": text(fi="Palkkalaskelma", sv="Lönespecifikation", en="Payslip"),
}


@dataclass(slots=True)
class Uploads:
    """The files of one kind: the form's field, its title, what is there, what was infected, what was not taken.

    `missing`: the claim was not sent for want of it.
    """

    field: str
    title: Text
    documents: list[Document]
    infected: list[Document]
    refused: tuple[NotTakenFile, ...] = ()
    missing: bool = False


def uploads_of(about: str, *, prefix: str = "", refused: Mapping[str, tuple[NotTakenFile, ...]]) -> list[Uploads]:
    """The kinds of documents of a claim's row, with what is there."""
    files, infected = documents.of(about), documents.infected(about)
    return [
        Uploads(
            f"{prefix}{kind}", title, [one for one in files if one.kind == kind],
            [one for one in infected if one.kind == kind], refused.get(f"{prefix}{kind}", ()),
        )
        for kind, title in KINDS.items()
    ]  # fmt: skip


def store_files(
    request: HttpRequest, about: str, *, prefix: str = "", actor: Actor, at: datetime
) -> dict[str, tuple[NotTakenFile, ...]]:
    """Keep the files that came with a row's form; what could not be taken, by field."""
    refused = {}
    for kind in KINDS:
        field = f"{prefix}{kind}"
        taken = take_uploads(request, field, about=about, kind=kind, actor=actor, at=at)
        if taken.refused:
            refused[field] = taken.refused
    return refused


def remove_file(request: HttpRequest, places: list[str], actor: Actor) -> bool:
    """Remove the file whose button was pressed; whether there was one."""
    number = request.POST.get("remove-document", "")
    found = documents.document(number, about=places) if number else None
    if found is not None:
        documents.remove(found, actor=actor, at=clock.now())
    return bool(number)


def titled(files: Iterable[Document]) -> list[tuple[Text, Document]]:
    """Documents with the name of their kind."""
    return [(KINDS[one.kind], one) for one in files if one.kind in KINDS]
