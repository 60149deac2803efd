# SPDX-License-Identifier: Apache-2.0
"""What the early education's own register knows of a child (Act 540/2018), and when parental leave ends.

A child without a row, or with an empty one, has no place; rules say so with `or_else`.
"""

from ennakko.rules.facts_api import fact
from ennakko.values.texts import text

_SOURCE = "early-education"

place_unit = fact(
    "place_unit", "code", unknown=True, source=_SOURCE,
    label=text(fi="nykyinen päiväkoti", sv="nuvarande daghem", en="present unit"),
    ask=text(fi="Missä päiväkodissa lapsi on?", sv="På vilket daghem är barnet?", en="In which unit is the child?"),
)  # fmt: skip
"""The unit's key in the register of units; unknown where the child has no place of the municipality's."""
place_until = fact(
    "place_until", "date", unknown=True, source=_SOURCE,
    label=text(fi="paikan viimeinen päivä", sv="platsens sista dag", en="last day of the place"),
)  # fmt: skip
private_care = fact(
    "private_care", "bool", unknown=True, source=_SOURCE,
    label=text(fi="yksityisessä hoidossa", sv="i privat vård", en="in private care"),
)  # fmt: skip
"""Care that the family arranges with private care allowance; purchased and voucher places are the municipality's."""
support_need = fact(
    "support_need", "bool", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="päätös tuesta", sv="beslut om stöd", en="decision on support"),
)  # fmt: skip
"""A decision on support that needs a special group."""
shift_care = fact(
    "shift_care", "bool", unknown=True, source=_SOURCE,
    label=text(fi="vuorohoidon tarve", sv="behov av skiftvård", en="need of shift care"),
    ask=text(fi="Tarvitseeko lapsi vuorohoitoa?", sv="Behöver barnet skiftvård?", en="Is shift care needed?"),
)  # fmt: skip
foster_care = fact(
    "foster_care", "bool", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="sijoitettu lapsi", sv="placerat barn", en="child in foster care"),
)  # fmt: skip
parental_leave_until = fact(
    "parental_leave_until", "date", unknown=True, source="family-benefits",
    label=text(fi="vanhempainrahan viimeinen päivä", sv="föräldrapenningens sista dag",
               en="last day of parental allowance"),
    ask=text(fi="Milloin vanhempainvapaa päättyy?", sv="När slutar föräldraledigheten?",
             en="When does the parental leave end?"),
)  # fmt: skip
