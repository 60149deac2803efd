# SPDX-License-Identifier: Apache-2.0
"""What the pupil register knows of a child: grade and school. Pupils' data are secret (Act 628/1998, 40 §)."""

from ennakko.rules.facts_api import fact
from ennakko.values.texts import text

_SOURCE = "school-register"

school_grade = fact(
    "school_grade", "int", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="luokka-aste", sv="årskurs", en="school grade"),
    ask=text(fi="Millä luokalla olet?", sv="I vilken årskurs går du?", en="Which grade are you in?"),
)  # fmt: skip
"""0 is pre-school, 1–9 basic education."""
school = fact(
    "school", "code", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="koulu", sv="skola", en="school"),
    ask=text(fi="Mitä koulua käyt?", sv="Vilken skola går du i?", en="Which school do you go to?"),
)  # fmt: skip
