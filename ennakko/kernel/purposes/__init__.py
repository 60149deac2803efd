# SPDX-License-Identifier: EUPL-1.2
"""Why data may be used: legal bases, objections, consents and secrecy waivers, which are four different things."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.purposes.actions import give_consent as give_consent
    from ennakko.kernel.purposes.actions import object_to as object_to
    from ennakko.kernel.purposes.actions import waive_secrecy as waive_secrecy
    from ennakko.kernel.purposes.actions import withdraw_consent as withdraw_consent
    from ennakko.kernel.purposes.actions import withdraw_objection as withdraw_objection
    from ennakko.kernel.purposes.actions import withdraw_waiver as withdraw_waiver
    from ennakko.kernel.purposes.queries import objectors as objectors
    from ennakko.kernel.purposes.queries import objects as objects
    from ennakko.kernel.purposes.queries import of_person as of_person
    from ennakko.kernel.purposes.registry import Purpose as Purpose
    from ennakko.kernel.purposes.registry import register_purposes as register_purposes
else:
    __getattr__ = exported_from(
        __name__,
        actions=(
            "give_consent", "object_to", "waive_secrecy", "withdraw_consent", "withdraw_objection", "withdraw_waiver",
        ),
        queries=("objectors", "objects", "of_person"),
        registry=("Purpose", "register_purposes"),
    )  # fmt: skip
