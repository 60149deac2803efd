# SPDX-License-Identifier: Apache-2.0
"""Who has custody of a child, and who has a guardian (Acts 361/1983 and 442/1999)."""

from ennakko.rules.facts_api import Relation, fact
from ennakko.values.texts import text

_SOURCE = "guardianship"
_CUSTODY = text(fi="on huoltaja", sv="är vårdnadshavare", en="has custody")

under_guardianship = fact(
    "under_guardianship", "bool", sensitivity="special", source=_SOURCE,
    label=text(fi="on edunvalvonnassa", sv="har en intressebevakare", en="has a guardian appointed"),
)  # fmt: skip

guardians = Relation(
    "guardians",
    label=text(fi="huoltajat ja vanhemmat", sv="vårdnadshavare och föräldrar", en="guardians and parents"),
    source=_SOURCE,
)
"""A child's guardians, wherever they live; `custody` tells those who have custody."""
guardian = guardians.fact(
    "guardian", "int",
    label=text(fi="huoltajan tunniste", sv="vårdnadshavarens beteckning", en="the guardian's key"),
)  # fmt: skip
custody = guardians.fact("custody", "bool", label=_CUSTODY)

children = Relation(
    "children",
    label=text(fi="huollettavat lapset", sv="barn i vårdnad", en="children and wards"),
    source=_SOURCE,
)
"""The children whose guardian the person is, wherever they live."""
child = children.fact("child", "int", label=text(fi="lapsen tunniste", sv="barnets beteckning", en="the child's key"))
custody_of_child = children.fact("custody", "bool", label=_CUSTODY)
