# SPDX-License-Identifier: EUPL-1.2
"""What the service itself knows of a child's place on a day."""

from ennakko.rules import fact
from ennakko.values.texts import text

preschool_place_held = fact(
    "preschool_place_held", "bool", source="own-services",
    label=text(fi="esiopetuspaikka on jo", sv="har redan plats i förskolan", en="already has a place in pre-school"),
)  # fmt: skip
"""A place in pre-school for the day is held or taken."""
early_education_place_held = fact(
    "early_education_place_held", "bool", source="own-services",
    label=text(fi="varhaiskasvatuspaikka on jo", sv="har redan plats i småbarnspedagogiken",
               en="already has a place in early education"),
)  # fmt: skip
"""A place in the municipality's early education on the day: one that goes on, or one held or taken for it."""
