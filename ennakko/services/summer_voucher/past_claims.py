# SPDX-License-Identifier: EUPL-1.2
"""The employers' claims of all years as a reform of their conditions is counted on them: the facts as they were judged.

"What if the least pay were 600 €": each claim is judged again, by the rule in force and by the reform, on the day it
was sent. What a person decided otherwise than the rule is not in the count.
"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from ennakko.kernel.organisations.industries import section_of
from ennakko.kernel.registers import snapshots, tables
from ennakko.kernel.registers.permits import require_permit
from ennakko.services.summer_voucher.claim_states import ClaimState
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import ClaimRow

RULE: Final = f"{SERVICE}.claim-conditions"
GROUPS: Final = ("district", "industry", "employer_kind", "year")


def past_claims() -> list[Mapping[str, Any]]:
    """Every claim that was not taken back, by the names of the rule's facts; nobody under non-disclosure.

    Beside them `on`, the day it was sent, `person`, the youth's key, and the groups: `district` is the youth's, as the
    register knows it now. Raises NoSnapshot and PermitMissing.
    """
    rows = (
        ClaimRow.objects.filter(emptied_at=None, case__isnull=False)
        .exclude(case__state=ClaimState.WITHDRAWN)
        .exclude(voucher__person__non_disclosure=True)
        .order_by("pk")
        .values_list("case__facts", "claim__industry", "claim__employer_kind", "year", "voucher__person")
    )
    found = [(facts["facts"], *rest) for facts, *rest in rows if facts.get("facts")]
    if not found:
        return []
    district = _districts([person for *_, person in found if person is not None])
    return [
        {
            **facts, "on": facts["claimed_on"], "person": person, "district": district.get(person),
            "industry": section_of(industry) or None, "employer_kind": kind, "year": year,
        }
        for facts, industry, kind, year, person in found
    ]  # fmt: skip


def _districts(persons: list[int]) -> dict[int | None, str]:
    snapshot = snapshots.current()
    require_permit(SERVICE, ["district"], snapshot.on)
    wanted = pl.Series("person", persons, dtype=pl.Int64).to_frame().lazy().unique()
    known = tables.persons(["district"], snapshot, snapshot.on).join(wanted, on="person", how="semi")
    return dict(known.select("person", pl.col("district").cast(pl.String)).collect().iter_rows())
