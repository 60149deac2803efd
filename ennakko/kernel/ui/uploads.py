# SPDX-License-Identifier: EUPL-1.2
"""Files on pages: what a form sent is taken, what is there is handed out, and a giant body gets its answer in words.

The component itself is `{% upload … %}` of `{% load uploads %}`; docs/ui.md shows it in use.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages as flash
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ennakko.kernel import documents
from ennakko.kernel.access import Actor
from ennakko.kernel.documents.content import CONTENT_TYPES, ENDINGS, Limits, name_to_save
from ennakko.kernel.documents.models import Document
from ennakko.kernel.ui.filters import say
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class NotTakenFile:
    """A file that was not taken: the name it was sent under, and why."""

    name: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files of one field."""

    stored: tuple[Document, ...] = ()
    refused: tuple[NotTakenFile, ...] = ()


def take_uploads(
    request: HttpRequest, field: str, *, about: str, kind: str, actor: Actor, at: datetime, limits: Limits | None = None
) -> Taken:
    """Take every file that a form sent in a field, each on its own: one that is refused holds up no other.

    Call it outside a transaction (the scanner takes its time). Who may add files here is the caller's to check.
    """
    stored: list[Document] = []
    refused: list[NotTakenFile] = []
    for sent in request.FILES.getlist(field):
        name = sent.name or ""
        try:
            stored.append(documents.store(sent, about=about, kind=kind, name=name, actor=actor, at=at, limits=limits))
        except documents.NotTaken as error:
            refused.append(NotTakenFile(name, error.reason))
        finally:
            sent.close()
    return Taken(tuple(stored), tuple(refused))


def documents_response(
    document: Document, *, actor: Actor, purpose: str, at: datetime, persons: Iterable[int] = ()
) -> HttpResponse:
    """A document as a file to save, its reading logged; raises `documents.NotReady` with what to say.

    It is never shown inside our pages: whatever it holds cannot act in our name.
    """
    content = documents.read(document, actor=actor, purpose=purpose, at=at, persons=persons)
    return file_response(content, name=name_to_save(document.name, document.content_type), type=document.content_type)


def handed_out(
    request: HttpRequest, document: Document, *, back: str, actor: Actor, purpose: str, at: datetime,
    persons: Iterable[int] = (),
) -> HttpResponse:  # fmt: skip
    """The same, and where the document still waits for its scan, back to a page with a sentence about it."""
    try:
        return documents_response(document, actor=actor, purpose=purpose, at=at, persons=persons)
    except documents.NotReady as wait:
        flash.info(request, say(wait.reason))
        return HttpResponseRedirect(back)


def file_response(content: bytes, *, name: str, type: str) -> HttpResponse:
    """Bytes as a file to save, under a name of any letters."""
    response = HttpResponse(content, content_type=type)
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def accepted(limits: Limits) -> str:
    """The `accept` of a file input: it only sorts the list of files that the browser shows."""
    return ",".join(
        [*(CONTENT_TYPES[kind] for kind in limits.types), *(e for kind in limits.types for e in ENDINGS[kind])]
    )


class UploadLimitMiddleware:
    """Refuses a body larger than any form of ours can be before a byte of it is read (413, see `handler400`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MOST_UPLOADED:
            raise RequestDataTooBig(f"a body of {length} bytes")
        return self.get_response(request)
