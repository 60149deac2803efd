# SPDX-License-Identifier: EUPL-1.2
"""How batches are let go here: what the municipality's profile says, given once at start-up."""

from dataclasses import dataclass
from typing import Literal

from ennakko.kernel.payments.models import Batch


@dataclass(frozen=True, slots=True)
class Policy:
    """`release`: by a named official, or automatic; above a sum two officials are needed, whichever it is."""

    release: Literal["official", "automatic"] = "official"
    second_approval_above_cents: int | None = None

    def needs_two(self, batch: Batch) -> bool:
        """Whether two officials are needed for a batch."""
        return self.second_approval_above_cents is not None and batch.amount_cents > self.second_approval_above_cents

    def by_itself(self, batch: Batch) -> bool:
        """Whether a batch goes without an official."""
        return self.release == "automatic" and not self.needs_two(batch)


_policy = [Policy()]


def use_policy(policy: Policy) -> None:
    """From now on batches are let go so."""
    _policy[:] = [policy]


def policy() -> Policy:
    """How batches are let go."""
    return _policy[0]
