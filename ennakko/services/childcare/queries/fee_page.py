# SPDX-License-Identifier: EUPL-1.2
"""What the offer's page says of the fee: the most it can be, what is not decided, and where the matter stands."""

from dataclasses import dataclass

from ennakko.kernel.registers import household_of
from ennakko.services.childcare import fees
from ennakko.services.childcare.queries.offered import OfferView
from ennakko.services.childcare.states_cases import FEE_NAMES
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class FeePart:
    """The fee's part of the page; sums in cents a month. `may_tell`: the income can be told now."""

    free: bool
    highest_cents: int
    limits_open: bool
    may_tell: bool
    state: Text | None
    number: str
    decided_cents: int | None


def of_view(view: OfferView) -> FeePart:
    """The fee of the place on the page."""
    case = view.fee
    open_limits = fees.last_decided(view.starts) is not None
    return FeePart(
        free=not view.costs,
        highest_cents=fees.highest(view.starts),
        limits_open=open_limits,
        may_tell=view.costs and view.taken and view.fee_decision is None,
        state=FEE_NAMES[case.state] if case is not None else None,
        number=case.number if case is not None else "",
        decided_cents=view.fee_decision.amount_cents if view.fee_decision is not None else None,
    )


def family_of(view: OfferView) -> int | None:
    """How many live in the child's household, as a start for the form; None where it is not known."""
    members = household_of(view.offer.subject_id) if view.offer.subject_id is not None else ()
    return len(members) if 2 <= len(members) <= 20 else None
