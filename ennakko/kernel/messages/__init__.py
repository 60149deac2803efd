# SPDX-License-Identifier: EUPL-1.2
"""The outbox: every message written with the change it tells of, delivered later, once."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.messages.actions import Addressee as Addressee
    from ennakko.kernel.messages.actions import Planned as Planned
    from ennakko.kernel.messages.actions import cancel as cancel
    from ennakko.kernel.messages.actions import destroy as destroy
    from ennakko.kernel.messages.actions import plan as plan
    from ennakko.kernel.messages.actions import plan_many as plan_many
    from ennakko.kernel.messages.delivery import deliver_due as deliver_due
    from ennakko.kernel.messages.ports import register_channels as register_channels
    from ennakko.kernel.messages.queries import messages_about as messages_about
    from ennakko.kernel.messages.queries import messages_of as messages_of
    from ennakko.kernel.messages.queries import messages_of_organisation as messages_of_organisation
    from ennakko.kernel.messages.routes import protection_also_from as protection_also_from
    from ennakko.kernel.messages.templates import register_templates as register_templates
else:
    __getattr__ = exported_from(
        __name__,
        actions=("Addressee", "Planned", "cancel", "destroy", "plan", "plan_many"),
        delivery=("deliver_due",),
        ports=("register_channels",),
        queries=("messages_about", "messages_of", "messages_of_organisation"),
        routes=("protection_also_from",),
        templates=("register_templates",),
    )
