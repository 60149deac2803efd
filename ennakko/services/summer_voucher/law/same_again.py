# SPDX-License-Identifier: EUPL-1.2
"""Which employers of last year the city proposes the same to before the season (act 26 §)."""

from __future__ import annotations

from ennakko.facts.business import employer_kind
from ennakko.rules import Rule, all_of, fact, param
from ennakko.values.texts import text

claims_last_year = fact(
    "claims_last_year", "int", source="own-services",
    label=text(
        fi="viime vuonna maksetut kesäsetelit", sv="sommarsedlar som betalades i fjol", en="vouchers paid last year"
    ),
)  # fmt: skip
"""Vouchers of last year whose sum was decided to be paid to the employer."""


class SameAgain(Rule):
    """An employer gets the proposal when the city paid it a voucher last year, and it may use the voucher now."""

    id = "summer-voucher.same-again"
    title = text(
        fi="Ehdotus viime vuoden työnantajille", sv="Förslag till fjolårets arbetsgivare",
        en="Proposal to last year's employers",
    )  # fmt: skip

    hired = (
        (claims_last_year >= 1)
        .says(
            fi="Palkkasitte viime kesänä nuoren kesäsetelillä",
            sv="Ni anställde i fjol somras en ung person med sommarsedel",
            en="You hired a young person with the voucher last summer",
        )
        .by("act 26 §")
    )
    allowed = (
        employer_kind.is_in(param("summer-voucher.allowed_employers"))
        .says(
            fi="Työnantaja voi käyttää seteliä tänä vuonna",
            sv="Arbetsgivaren får använda sedeln i år",
            en="The employer may use the voucher this year",
        )
        .by("act 16 §")
    )
    chosen = all_of(hired, allowed)

    outcome = "chosen"
