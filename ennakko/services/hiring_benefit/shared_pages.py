# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit's parts of the pages that belong to nobody alone: my page, the organisation's, the menu."""

from ennakko.kernel.ui import contributions, profile
from ennakko.services.hiring_benefit import shared_apply, shared_handler, shared_look, shared_money
from ennakko.services.hiring_benefit.conditions import SERVICE


def put_to_use() -> None:
    """Put them there; the room that wires everything imports this when the service is registered."""
    contributions.contribute(
        SERVICE, waiting=shared_apply.waiting, ongoing=shared_apply.ongoing, done=shared_apply.done,
        organisation_waiting=shared_apply.organisation_waiting, organisation_ongoing=shared_apply.organisation_ongoing,
        organisation_done=shared_apply.organisation_done, works=shared_handler.works,
    )  # fmt: skip
    profile.add_to_menu(*shared_apply.MENU, *shared_handler.MENU)
    shared_look.contribute()
    shared_money.contribute()


put_to_use()
