# SPDX-License-Identifier: EUPL-1.2
"""Mandates: what lets somebody act for an organisation, in the kernel's own words.

Connectors translate an outside system's roles and mandates into these codes.
"""

from collections.abc import Iterable

from ennakko.values.texts import LANGUAGES, Text, text

SIGNATORY = "signatory"
GRANTS = "grants"
EMPLOYMENT = "employment"

TITLES: dict[str, Text] = {
    SIGNATORY: text(fi="nimenkirjoitusoikeus", sv="namnteckningsrätt", en="right to sign for the organisation"),
    GRANTS: text(
        fi="valtuus avustusten ja tukien hakemiseen",
        sv="fullmakt att ansöka om understöd och bidrag",
        en="mandate to apply for grants and subsidies",
    ),
    EMPLOYMENT: text(
        fi="valtuus työsuhdeasioihin",
        sv="fullmakt i anställningsärenden",
        en="mandate for employment matters",
    ),
}


def known_mandates(mandates: Iterable[str]) -> frozenset[str]:
    """The codes as given; raises ValueError naming the codes there are when one is not among them."""
    given = frozenset(mandates)
    if unknown := given - TITLES.keys():
        raise ValueError(f"No such mandate: {', '.join(sorted(unknown))}. There are: {', '.join(TITLES)}.")
    return given


def mandate_titles(mandates: Iterable[str]) -> Text:
    """The mandates in words, in the order of the table; a code that is not known stands as it is."""
    held = frozenset(mandates)
    known = [TITLES[code] for code in TITLES if code in held]
    other = sorted(held - TITLES.keys())
    words = {language: ", ".join([*(one.in_(language) for one in known), *other]) for language in LANGUAGES}
    return text(fi=words["fi"], sv=words["sv"], en=words["en"])
