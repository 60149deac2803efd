# SPDX-License-Identifier: EUPL-1.2
"""The staff roles of the summer voucher."""

from ennakko.kernel.access import StaffRole
from ennakko.values.texts import text

HANDLER = "summer-voucher.handler"
OFFICIAL = "summer-voucher.decision-maker"
DIRECTOR = "director"

ROLES = (
    StaffRole(
        HANDLER, text(fi="Kesäsetelin käsittelijä", sv="Sommarsedelns handläggare", en="Handler of the summer voucher")
    ),
    StaffRole(
        OFFICIAL,
        text(fi="Kesäsetelistä päättävä viranhaltija", sv="Tjänsteinnehavare som beslutar om sommarsedeln",
             en="Official who decides on the summer voucher"),
    ),
)  # fmt: skip
