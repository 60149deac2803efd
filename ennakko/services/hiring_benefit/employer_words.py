# SPDX-License-Identifier: EUPL-1.2
"""The kinds of employer in words: for the estimate's question, and for letters, in which no code stands."""

from collections.abc import Mapping
from typing import Final

from ennakko.facts.organisation_kinds import KIND_NAMES
from ennakko.values.texts import Text, text

ASKED_KINDS: Final[Mapping[str, Text]] = {
    "company": text(fi="Yritys", sv="Företag", en="Company"),
    "association": text(fi="Yhdistys", sv="Förening", en="Association"),
    "foundation": text(fi="Säätiö", sv="Stiftelse", en="Foundation"),
    "sole_trader": text(fi="Toiminimi", sv="Firma (enskild näringsidkare)", en="Sole trader"),
    "municipality": text(
        fi="Kunta, valtio tai seurakunta", sv="Kommun, stat eller församling", en="Municipality, state or parish"
    ),
    "private": text(fi="Kotitalous", sv="Hushåll", en="Household"),
}
"""What the estimate asks: public bodies are one answer, as the benefit is paid to none of them."""
KINDS: Final[Mapping[str, Text]] = {
    **KIND_NAMES,
    "sole_trader": text(fi="toiminimi", sv="enskild näringsidkare", en="sole trader"),
    "private": text(fi="kotitalous", sv="hushåll", en="household"),
}
"""Every kind that the rules know, two of them by the words that the estimate asks with."""
