# SPDX-License-Identifier: EUPL-1.2
"""What the queue of applications says: what is asked of the reader, and the machine's view in one phrase."""

from collections.abc import Mapping
from typing import Final

from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.values.texts import Text, text

ASKED: Final[Mapping[str, Text]] = {
    BenefitState.RECEIVED: text(fi="Ota käsittelyyn", sv="Ta till handläggning", en="Take into handling"),
    BenefitState.HANDLING: text(fi="Tarkista ja esitä", sv="Kontrollera och föreslå", en="Check and propose"),
    BenefitState.ADDITIONAL_INFORMATION_NEEDED: text(
        fi="Odota työnantajaa", sv="Vänta på arbetsgivaren", en="Wait for the employer"
    ),
    BenefitState.ACCEPTED: text(fi="Päätä: myönnetään", sv="Besluta: bevilja", en="Decide: grant"),
    BenefitState.REJECTED: text(fi="Päätä: hylätään", sv="Besluta: avslå", en="Decide: refuse"),
    BenefitState.GRANTED: text(fi="Päätetty", sv="Avgjord", en="Decided"),
    BenefitState.REFUSED: text(fi="Päätetty", sv="Avgjord", en="Decided"),
    BenefitState.CANCELLED: text(fi="Peruttu", sv="Återtagen", en="Cancelled"),
}
FITS: Final = text(fi="Ehdot täyttyvät", sv="Villkoren uppfylls", en="The conditions are met")
FAILS: Final = text(fi="Jokin ehto ei täyty", sv="Något villkor uppfylls inte", en="A condition is not met")
OPEN: Final = text(fi="Jokin on selvitettävä", sv="Något måste utredas", en="Something is to be found out")
BY_ELIGIBILITY: Final[Mapping[str, Text]] = {"yes": FITS, "no": FAILS, "unknown": OPEN}
ALL_IN_ORDER: Final = text(fi="Kaikki kohdat kunnossa", sv="Alla punkter i ordning", en="Everything is in order")
TO_LOOK_AT: Final = text(fi="Tarkista: {title}", sv="Kontrollera: {title}", en="Look at: {title}")
TO_LOOK_AT_MANY: Final = text(
    fi="Tarkista: {title} (+{more})", sv="Kontrollera: {title} (+{more})", en="Look at: {title} (+{more})"
)
NOT_ANSWERED: Final = text(fi="Työntekijä ei ole vastannut", sv="Den anställda har inte svarat",
                           en="The employee has not answered")  # fmt: skip
