# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification of the voucher's decisions: of applicants and of employers alike, prepared by handlers.

Who files: of an application the applicant, of a claim anybody with a mandate for the employer's matters; never the
youth whose voucher it was, who is no party to the employer's claim. Who registers one that came on paper: whoever may
prepare it, a handler or an official, the one who decided too (registering is not preparing). Where the youth is under
non-disclosure, the named clerk alone.
"""

from typing import Any

from django.db.models import Q

from ennakko.kernel.access import all_of, owner_at, role, strong
from ennakko.kernel.access.grants import Holds
from ennakko.kernel.cases.rectification import Rectification, rectification_of
from ennakko.kernel.records import RecordsPlan
from ennakko.services.summer_voucher.access import Opener, not_protected
from ennakko.services.summer_voucher.access_claims import CLERK, EMPLOYER
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.reasons import CLERKS
from ennakko.services.summer_voucher.roles import HANDLER, OFFICIAL
from ennakko.values.texts import text


def _protected(case: Any) -> bool:
    """Whether a case, or the one whose decision it contests, is about the voucher of a youth under non-disclosure."""
    contested = getattr(case, "contested", None)
    for one in (case, contested.case if contested is not None else None):
        row = getattr(one, "summer_voucher_claim_row", None)
        voucher = getattr(row, "voucher", None)
        if getattr(getattr(voucher, "person", None), "non_disclosure", False):
            return True
    return False


_YOUTH = "contested__case__summer_voucher_claim_row__voucher__person"
OPEN_YOUTH = Holds(
    lambda case: not _protected(case),
    Q(**{f"{_YOUTH}__isnull": True}) | Q(**{f"{_YOUTH}__non_disclosure": False}),
    CLERKS,
)
"""Requests that concern no youth under non-disclosure: those others one named clerk prepares."""
PLAN = RecordsPlan(
    "rectification", "14",
    text(fi="Oikaisuvaatimus kesäsetelipäätökseen", sv="Begäran om omprövning av ett sommarsedelsbeslut",
         en="Request for rectification of a decision on the summer job voucher"),
    "partly-secret",
    # Our reading, as of the cases themselves: the youth is a client of the employment services (25), and their income
    # (23) or circumstances (32) may be told of.
    text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 23, 25 ja 32 kohta",
         sv="Offentlighetslagen 621/1999, 24 § 1 mom. 23, 25 och 32 punkten",
         en="Openness Act 621/1999, section 24, subsection 1, points 23, 25 and 32"),
    5 * 365, secrecy_years=100,
)  # fmt: skip


def rectification() -> Rectification:
    """Built when the municipality's appeals are known."""
    return rectification_of(
        SERVICE,
        handlers=(*(all_of(role(one), not_protected("subject"), OPEN_YOUTH) for one in (HANDLER, OFFICIAL)), CLERK),
        owners=(all_of(owner_at("subject"), strong), Opener(), EMPLOYER),
    )
