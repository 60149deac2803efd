# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: one table of actions, used for the check, for filtering lists and for showing buttons."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.access.actions import add_staff as add_staff
    from ennakko.kernel.access.actions import deactivate as deactivate
    from ennakko.kernel.access.actions import end_role as end_role
    from ennakko.kernel.access.actions import grant_role as grant_role
    from ennakko.kernel.access.actors import ANONYMOUS as ANONYMOUS
    from ennakko.kernel.access.actors import SYSTEM as SYSTEM
    from ennakko.kernel.access.actors import Actor as Actor
    from ennakko.kernel.access.grants import acts_for as acts_for
    from ennakko.kernel.access.grants import all_of as all_of
    from ennakko.kernel.access.grants import anyone as anyone
    from ennakko.kernel.access.grants import for_organisation as for_organisation
    from ennakko.kernel.access.grants import guardian as guardian
    from ennakko.kernel.access.grants import guardian_at as guardian_at
    from ennakko.kernel.access.grants import guardianships_from as guardianships_from
    from ennakko.kernel.access.grants import owner as owner
    from ennakko.kernel.access.grants import owner_at as owner_at
    from ennakko.kernel.access.grants import resident as resident
    from ennakko.kernel.access.grants import role as role
    from ennakko.kernel.access.grants import signed_in as signed_in
    from ennakko.kernel.access.grants import staff as staff
    from ennakko.kernel.access.grants import strong as strong
    from ennakko.kernel.access.grants import system as system
    from ennakko.kernel.access.queries import roles_of as roles_of
    from ennakko.kernel.access.queries import staff_actor as staff_actor
    from ennakko.kernel.access.roles import StaffRole as StaffRole
    from ennakko.kernel.access.roles import register_roles as register_roles
    from ennakko.kernel.access.tables import Action as Action
    from ennakko.kernel.access.tables import Refused as Refused
    from ennakko.kernel.access.tables import Verdict as Verdict
    from ennakko.kernel.access.tables import buttons as buttons
    from ennakko.kernel.access.tables import grant_also as grant_also
    from ennakko.kernel.access.tables import register_actions as register_actions
    from ennakko.kernel.access.tables import require as require
    from ennakko.kernel.access.tables import verdict as verdict
    from ennakko.kernel.access.tables import visible as visible
else:
    __getattr__ = exported_from(
        __name__,
        actions=("add_staff", "deactivate", "end_role", "grant_role"),
        actors=("ANONYMOUS", "SYSTEM", "Actor"),
        grants=(
            "acts_for", "all_of", "anyone", "for_organisation", "guardian", "guardian_at", "guardianships_from",
            "owner", "owner_at", "resident", "role", "signed_in", "staff", "strong", "system",
        ),
        queries=("roles_of", "staff_actor"),
        roles=("StaffRole", "register_roles"),
        tries=("tries",),
        tables=(
            "Action", "Refused", "Verdict", "buttons", "grant_also", "register_actions", "require", "verdict",
            "visible",
        ),
    )  # fmt: skip
