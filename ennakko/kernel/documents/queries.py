# SPDX-License-Identifier: EUPL-1.2
"""Looking documents up: what there is about something. Their bytes are read only through `actions.read`."""

from collections.abc import Iterable
from uuid import UUID

from ennakko.kernel.documents.models import Document
from ennakko.kernel.ready import Given, Ready

PORTION = 500
_about: Ready[Document] = Ready(lambda: Document.objects.filter(about=Given("about"), removed_at=None))


def of(about: str, *, kind: str = "") -> list[Document]:
    """The documents about something that are not removed, in the order they came; of one kind, where it is named."""
    found = Document.objects.filter(about=about, removed_at=None)
    return list(found.filter(kind=kind) if kind else found)


def of_many(abouts: Iterable[str]) -> dict[str, list[Document]]:
    """The documents about each of many things; a thing without any has an empty list."""
    wanted = list(dict.fromkeys(abouts))
    if len(wanted) == 1:
        return {wanted[0]: _about.all(about=wanted[0])}
    found: dict[str, list[Document]] = {about: [] for about in wanted}
    for start in range(0, len(wanted), PORTION):
        for row in Document.objects.filter(about__in=wanted[start : start + PORTION], removed_at=None):
            found[row.about].append(row)
    return found


def infected(about: str) -> list[Document]:
    """What was about something and removed because it held malware: the sender is asked for it again."""
    return list(Document.objects.filter(about=about, state=Document.State.INFECTED))


def document(key: str | UUID, *, about: str | Iterable[str] = ()) -> Document | None:
    """A document by its id, unless it is removed or about something else than `about`; None also for a malformed id."""
    try:
        number = key if isinstance(key, UUID) else UUID(str(key))
    except ValueError:
        return None
    row = Document.objects.filter(pk=number, removed_at=None).first()
    wanted = {about} if isinstance(about, str) else set(about)
    return row if row is not None and (not wanted or row.about in wanted) else None
