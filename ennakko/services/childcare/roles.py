# SPDX-License-Identifier: EUPL-1.2
"""The staff roles of early education."""

from ennakko.kernel.access import StaffRole
from ennakko.values.texts import text

SERVICE_WORKER = "childcare.service-worker"
SUPERVISOR = "childcare.supervisor"
OFFICIAL = "childcare.decision-maker"
FEE_OFFICIAL = "childcare.fee-official"
DIRECTOR = "director"

ROLES = (
    StaffRole(
        SERVICE_WORKER,
        text(fi="Varhaiskasvatuksen palveluohjaaja", sv="Servicehandledare inom småbarnspedagogiken",
             en="Service adviser of early education"),
    ),
    StaffRole(
        SUPERVISOR,
        text(fi="Päiväkodin johtaja", sv="Daghemsföreståndare", en="Head of a day-care centre"),
    ),
    StaffRole(
        OFFICIAL,
        text(fi="Varhaiskasvatuspaikoista päättävä viranhaltija",
             sv="Tjänsteinnehavare som beslutar om platser i småbarnspedagogiken",
             en="Official who decides on places in early education"),
    ),
    StaffRole(
        FEE_OFFICIAL,
        text(fi="Varhaiskasvatusmaksuista päättävä viranhaltija",
             sv="Tjänsteinnehavare som beslutar om avgifter för småbarnspedagogiken",
             en="Official who decides on fees of early education"),
    ),
)  # fmt: skip
