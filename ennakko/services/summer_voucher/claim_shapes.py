# SPDX-License-Identifier: EUPL-1.2
"""What the employer's side answers: a voucher found, what need not be typed, what would become of a claim, what did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.claim_gathering import Asked
from ennakko.services.summer_voucher.claim_values import ToCorrect
from ennakko.services.summer_voucher.law.claim import Judged
from ennakko.services.summer_voucher.models import Claim, ClaimRow
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A voucher that the employer may claim: `number` as it is written, the youth's name, the sum of its year.

    `note` is told beside it and stops nothing (a colleague's draft is open, the voucher is already used…); `usable`
    whether sending can succeed.
    """

    number: str
    name: str
    year: int
    value_cents: int
    usable: bool
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """No voucher of that number and surname: which of the two is wrong is not told. Or too many tries: then wait."""

    reason: Text
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value that need not be typed, as a person would write it (days in ISO form), and where it comes from."""

    value: str | bool
    source: str
    source_title: Text
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is known beforehand: fields of the claim, and of each row by its position (from 0).

    `to_type` are the row fields that nobody knows; `documents_needed` by row: contract and payslip must be attached,
    because the incomes register may not be asked or does not tell the pay. `asked`: what it said, for `estimate`.
    """

    fields: Mapping[str, Prefilled]
    rows: tuple[Mapping[str, Prefilled], ...]
    to_type: tuple[tuple[str, ...], ...]
    documents_needed: tuple[bool, ...]
    silent: tuple[Text, ...] = ()
    asked: Asked = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowJudged:
    """What the machine says of one row: `judged.outcome` is ready, correct, ask, manual or reject.

    `judged` is None for a claim sent before: its case tells what became of it.
    `waits_for`: titles of the registers that did not answer; they are asked again by themselves.
    """

    position: int
    youth: str
    judged: Judged | None
    waits_for: tuple[Text, ...] = ()
    case: Case | None = None
    row: ClaimRow | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What would become of a claim now; nothing is stored."""

    rows: tuple[RowJudged, ...] = ()
    refusals: tuple[ToCorrect, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a sending: `claim` and its rows with their cases; or `refusals`/`reason`, and nothing is stored.

    `again`: this very claim had been sent before; what is told is what became of it then. `lacking`: it was to be sent
    only with its papers, and some are not there.
    """

    claim: Claim | None = None
    rows: tuple[RowJudged, ...] = ()
    refusals: tuple[ToCorrect, ...] = ()
    reason: Text | None = None
    again: bool = False
    lacking: bool = False

    @property
    def taken(self) -> bool:
        """Whether the claim was taken in."""
        return self.claim is not None
