# SPDX-License-Identifier: EUPL-1.2
"""Documents of people under non-disclosure are read by one named clerk; who they are is known above."""

from collections.abc import Callable

from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.access.tables import Refused
from ennakko.kernel.records.access import READ
from ennakko.kernel.records.models import Matter
from ennakko.values.texts import text

CLERKS = text(
    fi="Tämän asian asiakirjat antaa nimetty turvakieltoasioiden hoitaja.",
    sv="Handlingarna i det här ärendet sköts av den utsedda handläggaren för spärrmarkering.",
    en="The documents of this matter are with the named clerk for non-disclosure.",
)
Protected = Callable[[str], bool]
_guards: dict[str, Protected] = {}


def protected_by(prefix: str, protected: Protected) -> None:
    """Name who knows of what is about `prefix:…` whether its person is under non-disclosure."""
    _guards[prefix] = protected


def require_readable(actor: Actor, matter: Matter) -> None:
    """Go on only if the actor may read the matter's documents; raises Refused with the reason."""
    guard = _guards.get(matter.about.partition(":")[0])
    if guard is not None and guard(matter.about) and PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, READ)
