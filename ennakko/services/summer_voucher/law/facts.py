# SPDX-License-Identifier: EUPL-1.2
"""What the summer voucher itself knows of a person."""

from ennakko.rules import fact
from ennakko.values.texts import text

voucher_given = fact(
    "voucher_given",
    "bool",
    source="own-services",
    label=text(
        fi="kesäseteli annettu tänä vuonna", sv="sommarsedel given i år", en="summer job voucher given this year"
    ),
)
"""Whether the person holds a voucher of the calendar year of the day: given, not voided."""
