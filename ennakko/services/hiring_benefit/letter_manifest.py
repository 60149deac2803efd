# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter's rows of the manifest: its purpose, which rests on consent, and what it may then read."""

from ennakko.kernel.manifest import Retention
from ennakko.kernel.purposes import Purpose
from ennakko.services.hiring_benefit.actions.letters import CHECKED, COUNTED, PURPOSE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.values.texts import text

KEPT_DAYS = 30
"""How long a withdrawn letter is kept, emptied, so that she sees that it ended."""
LETTER_FIELDS = {
    "benefit_letter": ("value", "link"),
    "hire_estimate": ("link",),
    "employment_asked": ("case", "months", "link"),
}
"""Message template → the fields of its data."""
LETTER_PURPOSE = Purpose(
    id=PURPOSE,
    title=text(
        fi="Kirje lisästä, jonka asukas tilaa itse",
        sv="Ett brev om tillägget som invånaren själv beställer",
        en="A letter of the benefit that the resident orders",
    ),
    legal_basis=text(
        fi="Tietosuoja-asetus 6 artikla 1 kohta a alakohta (suostumus); julkisuuslaki 621/1999, 26 § 1 mom. 2 kohta",
        sv="Dataskyddsförordningen artikel 6.1 a (samtycke); offentlighetslagen 621/1999, 26 § 1 mom. 2 punkten",
        en="General Data Protection Regulation, Article 6(1)(a) (consent); Openness Act 621/1999, section 26(1)(2)",
    ),
    anticipates=False,
    service=SERVICE,
    consented=True,
    waived=True,
)
LETTER_READS = {PURPOSE: (*CHECKED, COUNTED)}
LETTER_RETENTION = Retention(
    "withdrawn-letters", KEPT_DAYS,
    text(fi="perumisesta", sv="återkallelsen", en="the withdrawal"),
    text(fi="Tietosuoja-asetus 5 artikla 1 kohta e alakohta", sv="Dataskyddsförordningen artikel 5.1 e",
         en="General Data Protection Regulation, Article 5(1)(e)"),
)  # fmt: skip
