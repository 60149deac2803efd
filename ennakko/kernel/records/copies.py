# SPDX-License-Identifier: EUPL-1.2
"""What a request is answered with: a matter whole, a copy without its secret parts, or nothing, with the ground."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Literal

from django.db import transaction

from ennakko.kernel import audit, documents
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.documents.actions import add_made
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records import reasons
from ennakko.kernel.records.access import HANDLE, REFUSE
from ennakko.kernel.records.archiving import RETENTION
from ennakko.kernel.records.asking import NotAsked, about, still_open
from ennakko.kernel.records.completing import complete
from ennakko.kernel.records.guarding import require_readable
from ennakko.kernel.records.models import InformationRequest, Matter, MatterDocument, RequestedMatter
from ennakko.kernel.records.pdf import make_pdf
from ennakko.kernel.records.redaction import CLASSES, PassageNotFound, redact
from ennakko.values.texts import text

PURPOSE = "information-request"
WHOLE, PARTLY, REFUSED = "whole", "partly", "refused"
Given = Literal["whole", "partly", "refused"]

TITLE = text(
    fi="Kopio asiasta {number}: salassa pidettävät tiedot poistettu",
    sv="Kopia av ärende {number}: sekretessbelagda uppgifter borttagna",
    en="Copy of the matter {number} without its secret parts",
)
LEFT_OUT = text(
    fi="Kopiosta on poistettu: {classes}. Peruste: {ground}.",
    sv="Ur kopian har tagits bort: {classes}. Grund: {ground}.",
    en="Left out of the copy: {classes}. Ground: {ground}.",
)
SINGLE_PASSAGES = text(fi="yksittäisiä kohtia", sv="enskilda ställen", en="single passages")
ATTACHMENTS_LEFT_OUT = text(
    fi="Asiaan lähetetyt liitteet ({count} kpl) on jätetty kopiosta pois.",
    sv="De bilagor som sänts in i ärendet ({count} st.) har utelämnats ur kopian.",
    en="The attachments sent in to the matter ({count}) are left out of the copy.",
)


def concern(request: InformationRequest, matter: Matter, *, actor: Actor, at: datetime) -> RequestedMatter:
    """The request concerns this matter, whose documents are made if some are not yet; safe to repeat."""
    with transaction.atomic():
        row = still_open(request, actor)
        found, new = RequestedMatter.objects.get_or_create(request=row, matter=matter)
        if new:
            said: dict[str, object] = {"matter": matter.number}
            audit.write(actor, "records.request-concerns", about(row), at, said, RETENTION)
    complete(matter, at=at)
    return found


def leave_out(request: InformationRequest, matter: Matter, *, actor: Actor, at: datetime) -> None:
    """The request does not concern this matter after all; a copy made of it goes."""
    with transaction.atomic():
        row = still_open(request, actor)
        found = RequestedMatter.objects.select_for_update().filter(request=row, matter=matter).first()
        if found is None:
            return
        _drop_copy(found)
        found.delete()
        audit.write(actor, "records.request-leaves-out", about(row), at, {"matter": matter.number}, RETENTION)


def give(
    requested: RequestedMatter, given: Given, *, actor: Actor, at: datetime, ground: str = "",
    withhold: Sequence[str] = (), passages: Sequence[str] = (),
) -> RequestedMatter:  # fmt: skip
    """Prepare what is given of a matter; binds nobody before the decision. Raises NotAsked with what is missing.

    Whole: what is public, or secret too to somebody who has a right to it (`ground` says which; an official's choice).
    Partly: a copy without the classes and passages named. Refused: nothing, on a ground.
    """
    require(actor, HANDLE)
    matter, request = requested.matter, requested.request
    if given != WHOLE and not ground.strip():
        raise NotAsked(reasons.NEEDS_GROUND, "ground")
    if given != REFUSED:
        require_readable(actor, matter)
    if given == WHOLE and matter.publicity != "public":
        if not (request.secret_too and ground.strip()):
            raise NotAsked(reasons.NOT_WHOLE.format(number=matter.number), "given")
        require(actor, REFUSE)
    made: tuple[str, bytes] | None = None
    if given == PARTLY:
        if not (withhold or passages):
            raise NotAsked(reasons.CHOOSE_CLASSES, "withhold")
        html = copy_html(requested, ground, withhold, passages, actor=actor, at=at)
        title = TITLE.in_(request.language).format(number=matter.number)
        made = (html, make_pdf(html, language=request.language, title=title))
    with transaction.atomic():
        open_row = still_open(request, actor)
        row = RequestedMatter.objects.select_for_update().get(pk=requested.pk)
        _drop_copy(row)
        row.given, row.ground, row.withheld, row.passages = given, ground.strip(), list(withhold), list(passages)
        if made is not None:
            row.page, row.copy = _keep(open_row, matter, *made, actor=actor, at=at)
        row.save()
        said = {"matter": matter.number, "given": given, "withheld": list(withhold), "passages": len(passages)}
        audit.write(actor, "records.prepare-answer", about(open_row), at, said, RETENTION)
    return row


def copy_html(
    requested: RequestedMatter, ground: str, withhold: Sequence[str], passages: Sequence[str], *, actor: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """The copy's page: what was left out and on what ground, then every document kept of the matter, redacted."""
    matter, language = requested.matter, requested.request.language
    whole = matter_html(matter, actor=actor, at=at)
    if not whole:
        raise NotAsked(reasons.NO_PAGES.format(number=matter.number), "given")
    try:
        redacted = redact(whole, withhold=withhold, passages=passages, language=language)
    except PassageNotFound as error:
        raise NotAsked(error.reason, "passages") from error
    title = TITLE.in_(language).format(number=matter.number)
    classes = [CLASSES[name].label.in_(language) for name in withhold]
    if any(passage.strip() for passage in passages):
        classes.append(SINGLE_PASSAGES.in_(language))
    left_out = LEFT_OUT.in_(language).format(classes=", ".join(classes), ground=ground.strip().rstrip("."))
    head = f"<h1>{escape(title)}</h1><p>{escape(left_out)}</p>"
    sent = len(documents.of(matter.about))
    if sent:
        head += f"<p>{escape(ATTACHMENTS_LEFT_OUT.in_(language).format(count=sent))}</p>"
    return head + redacted.html


def matter_html(matter: Matter, *, actor: Actor, at: datetime) -> str:
    """Every document that the city made of a matter, one after the other; each reading is logged. Raises Refused."""
    require_readable(actor, matter)
    parts = []
    for row in MatterDocument.objects.filter(matter=matter).select_related("page"):
        if row.page is not None:
            page = documents.read(row.page, actor=actor, purpose=PURPOSE, at=at).decode()
            parts.append(f'<section lang="{escape(row.language)}">{page}</section>')
    return "".join(parts)


def given_documents(requested: RequestedMatter) -> list[Document]:
    """What the requester gets of a matter: its documents, or the copy made for them."""
    if requested.given == PARTLY:
        return [requested.copy] if requested.copy is not None else []
    if requested.given != WHOLE:
        return []
    made = [row.document for row in MatterDocument.objects.filter(matter=requested.matter).select_related("document")]
    return made + documents.of(requested.matter.about)


def _keep(
    request: InformationRequest, matter: Matter, html: str, pdf: bytes, *, actor: Actor, at: datetime
) -> tuple[Document, Document]:
    place, name = about(request), f"{matter.number}"
    page = add_made(
        html.encode(), about=place, kind="copy-page", name=f"{name}.html", content_type="text/html", actor=actor, at=at
    )
    copy = add_made(
        pdf, about=place, kind="copy", name=f"{name}.pdf", content_type="application/pdf", actor=actor, at=at
    )
    return page, copy


def _drop_copy(row: RequestedMatter) -> None:
    old = [document for document in (row.page, row.copy) if document is not None]
    row.page = row.copy = None
    row.save(update_fields=["page", "copy"])
    documents.destroy_these(old)
