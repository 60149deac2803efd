# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification of the benefit's decisions: the employer files, handlers prepare, another body decides."""

from typing import Any

from django.db.models import Q

from ennakko.kernel.access import all_of, role
from ennakko.kernel.access.grants import Holds
from ennakko.kernel.cases.rectification import Rectification, rectification_of
from ennakko.kernel.records import RecordsPlan
from ennakko.services.hiring_benefit.access import CLERK, EMPLOYER
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.reasons import CLERKS
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.values.texts import text

_EMPLOYEE = "contested__case__hiring_benefit_application__employee__person"


def _protected(case: Any) -> bool:
    """Whether a request contests a decision about an employee under non-disclosure."""
    contested = getattr(case, "contested", None)
    for one in (case, contested.case if contested is not None else None):
        application = getattr(one, "hiring_benefit_application", None)
        employee = getattr(application, "employee", None)
        if getattr(getattr(employee, "person", None), "non_disclosure", False):
            return True
    return False


OPEN_EMPLOYEE = Holds(
    lambda case: not _protected(case),
    Q(**{f"{_EMPLOYEE}__isnull": True}) | Q(**{f"{_EMPLOYEE}__non_disclosure": False}),
    CLERKS,
)
"""Requests that concern no employee under non-disclosure: those others one named clerk prepares."""
PLAN = RecordsPlan(
    "rectification", "14",
    text(fi="Oikaisuvaatimus palkkauslisän päätökseen", sv="Begäran om omprövning av ett beslut om anställningstillägg",
         en="Request for rectification of a decision on the hiring benefit"),
    "partly-secret",
    # Our reading, as of the applications themselves: the employee is a client of the employment services (25), the pay
    # tells of her income (23), the employer's contracts may be business secrets (20).
    text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 20, 23 ja 25 kohta",
         sv="Offentlighetslagen 621/1999, 24 § 1 mom. 20, 23 och 25 punkten",
         en="Openness Act 621/1999, section 24, subsection 1, points 20, 23 and 25"),
    3651, secrecy_years=100,
)  # fmt: skip


def rectification() -> Rectification:
    """Built when the municipality's appeals are known."""
    return rectification_of(
        SERVICE,
        handlers=(*(all_of(role(one), OPEN_EMPLOYEE) for one in (HANDLER, OFFICIAL)), CLERK),
        owners=(EMPLOYER,),
    )
