# SPDX-License-Identifier: EUPL-1.2
"""Documents: files that were sent in or made, judged by their bytes, scanned, sealed at rest, handed out with a log."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.documents.actions import NotReady as NotReady
    from ennakko.kernel.documents.actions import NotTaken as NotTaken
    from ennakko.kernel.documents.actions import destroy as destroy
    from ennakko.kernel.documents.actions import destroy_these as destroy_these
    from ennakko.kernel.documents.actions import move as move
    from ennakko.kernel.documents.actions import read as read
    from ennakko.kernel.documents.actions import remove as remove
    from ennakko.kernel.documents.actions import store as store
    from ennakko.kernel.documents.content import Limits as Limits
    from ennakko.kernel.documents.queries import document as document
    from ennakko.kernel.documents.queries import infected as infected
    from ennakko.kernel.documents.queries import of as of
    from ennakko.kernel.documents.queries import of_many as of_many
    from ennakko.kernel.documents.scanning import on_infected as on_infected
else:
    __getattr__ = exported_from(
        __name__,
        actions=("NotReady", "NotTaken", "destroy", "destroy_these", "move", "read", "remove", "store"),
        content=("Limits",),
        queries=("document", "infected", "of", "of_many"),
        scanning=("on_infected",),
    )
