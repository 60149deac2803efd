# SPDX-License-Identifier: EUPL-1.2
"""Documents that the city made of a matter (decisions, letters) are kept with it, sealed, as PDF and as its page."""

from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction

from ennakko.kernel import audit
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.documents.actions import add_made
from ennakko.kernel.records.models import Matter, MatterDocument

RETENTION = "records"
Step = Literal["initiation", "handling", "decision", "notice"]


def archive_document(
    matter: Matter,
    kind: str,
    pdf: bytes,
    *,
    key: str,
    title: str,
    language: str,
    actor: Actor,
    at: datetime,
    html: str = "",
    step: Step = "decision",
    publicity: str = "",
) -> MatterDocument:
    """Keep a document that the city made; `key` names it (“decision:12:fi”), and asking twice keeps it once.

    `html` is the page that the PDF was made from: redacted copies are made from it. `publicity` empty: the matter's.
    """
    known = MatterDocument.objects.filter(key=key).first()
    if known is not None:
        return known
    about = about_matter(matter)
    try:
        with transaction.atomic():
            stored = add_made(
                pdf, about=about, kind=kind, name=f"{title}.pdf", content_type="application/pdf", actor=actor, at=at
            )
            page = None
            if html:
                page = add_made(
                    html.encode(), about=about, kind=f"{kind}-page", name=f"{title}.html", content_type="text/html",
                    actor=actor, at=at,
                )  # fmt: skip
            row = MatterDocument.objects.create(
                matter=matter, kind=kind, step=step, title=title[:200], language=language,
                publicity=publicity or matter.publicity, document=stored, page=page, author=actor.name, made_at=at,
                key=key,
            )  # fmt: skip
            said: dict[str, object] = {"matter": matter.number, "kind": kind, "sha256": stored.sha256}
            audit.write(actor, "records.archive-document", matter.about, at, said, RETENTION)
    except IntegrityError:
        return MatterDocument.objects.get(key=key)  # another worker kept it meanwhile
    return row


def about_matter(matter: Matter) -> str:
    """What the documents kept of a matter are about."""
    return f"matter:{matter.pk}"
