# SPDX-License-Identifier: EUPL-1.2
"""The rules of early education places, registered by being imported; and the paragraphs that no rule computes."""

from __future__ import annotations

from typing import Final

from ennakko.services.childcare.law import fee_answers, place_answers, turns
from ennakko.values.texts import Text, text

NOT_COMPUTED: Final[dict[str, Text]] = {
    "1 §": text(
        fi="Toteava: kertoo, mihin paikka perustuu.",
        sv="Konstaterande: berättar vad platsen grundar sig på.",
        en="Declaratory: tells what a place rests on.",
    ),
    "16 §": text(
        fi="Paikat jakaa kierros, ei yksittäisen lapsen sääntö; arvonta kirjataan siemenlukuna.",
        sv="Platserna fördelas i en omgång, inte av en regel för ett barn; lottningen antecknas som ett frötal.",
        en="Places are given by a round, not by a rule on one child; the draw is recorded as its seed.",
    ),
}
"""Paragraphs of the act that no rule computes, each with the reason."""

__all__ = ["NOT_COMPUTED", "fee_answers", "place_answers", "turns"]
