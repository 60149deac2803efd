# SPDX-License-Identifier: EUPL-1.2
"""What the machine would say of a claim if its days, hours or pay were other: nothing is stored, no register asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.claim_reading import read_row
from ennakko.services.summer_voucher.claim_states import CLAIM_HANDLE
from ennakko.services.summer_voucher.claim_values import ToCorrect
from ennakko.services.summer_voucher.law.claim import Judged, judge

CHANGEABLE: Final = ("work_start", "work_end", "hours", "pay_cents")
_DAYS: Final = ("work_start", "work_end", "birth_date", "claimed_on")


def what_if(
    actor: Actor, case: Case, raw: Mapping[str, Any], *, on: date
) -> tuple[Judged | None, tuple[ToCorrect, ...]]:
    """The claim judged with other figures (text as people write it), or what cannot be read in them. Raises Refused.

    Everything else is as it was last gathered; the incomes register's wages are held against the other pay.
    """
    require(actor, CLAIM_HANDLE, case)
    values, wrong = read_row({**case.data, **raw, "hired_without": "no"})
    refused = tuple(one for one in wrong if one.field in ("work_start", "work_end", "hours", "pay"))
    if refused:
        return None, refused
    stored = case.facts.get("facts") or {}
    facts = {name: _read(name, value) for name, value in stored.items()}
    facts |= {name: getattr(values, name) for name in CHANGEABLE}
    wages = case.facts.get("wages")
    if wages is not None and values.pay_cents is not None:
        facts["wages_confirmed"] = wages["cents"] >= values.pay_cents
    return judge(facts, on), ()


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value
