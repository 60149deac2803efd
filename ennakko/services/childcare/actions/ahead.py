# SPDX-License-Identifier: EUPL-1.2
"""A guardian tells the city not to look ahead for a child's place, or to do so again; from the next look on."""

from datetime import date, datetime

from ennakko.kernel import purposes
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access.reasons import GUARDIAN
from ennakko.kernel.purposes.actions import SAY
from ennakko.services.childcare.queries.ahead import switches
from ennakko.services.childcare.queries.needs import PURPOSE


def look_ahead(child: int, wanted: bool, *, actor: Actor, at: datetime, on: date) -> bool:
    """Whether anything changed. Raises Refused for a child who is not the actor's own to speak for."""
    if child not in {one.child for one in switches(actor, at=at, on=on)}:
        raise Refused(GUARDIAN, SAY)
    if wanted:
        return purposes.withdraw_objection(child, PURPOSE, actor, at)
    return purposes.object_to(child, PURPOSE, actor, at)
