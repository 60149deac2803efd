# SPDX-License-Identifier: EUPL-1.2
"""The staff roles of the hiring benefit."""

from ennakko.kernel.access import StaffRole
from ennakko.values.texts import text

HANDLER = "hiring-benefit.handler"
OFFICIAL = "hiring-benefit.decision-maker"
DIRECTOR = "director"

ROLES = (
    StaffRole(
        HANDLER,
        text(fi="Palkkauslisän käsittelijä", sv="Anställningstilläggets handläggare",
             en="Handler of the hiring benefit"),
    ),
    StaffRole(
        OFFICIAL,
        text(fi="Palkkauslisästä päättävä viranhaltija", sv="Tjänsteinnehavare som beslutar om anställningstillägget",
             en="Official who decides on the hiring benefit"),
    ),
)  # fmt: skip
