# SPDX-License-Identifier: EUPL-1.2
"""What an application must hold when it is sent, which papers it needs, which days it may be for (act 6 §, 17 §)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from ennakko.services.hiring_benefit.law import application_texts_2026 as words
from ennakko.services.hiring_benefit.law.calendar_2021 import longest_end, shortest_end
from ennakko.services.hiring_benefit.law.names import COMMISSION, EMPLOYMENT, SALARY, SUBSIDISED
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.values.dates import add_months
from ennakko.values.texts import Text

NOT_GRANTED: Final = "not_granted"
ANSWERS: Final = frozenset({*SUBSIDISED, NOT_GRANTED})
Application = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Needed:
    """A field of the form that must have an answer when the application is sent, and of whom."""

    field: str
    label: Text
    when: Callable[[Application], bool]


def _always(_: Application) -> bool:
    return True


def is_association(application: Application) -> bool:
    """Whether the applicant is an association: told by the application itself or its legal form."""
    return bool(application.get("is_association"))


def _company(application: Application) -> bool:
    return not is_association(application)


def _subsidised(application: Application) -> bool:
    return application.get("pay_subsidy_granted") in SUBSIDISED


NEEDED: Final = (
    Needed("company_bank_account_number", words.ACCOUNT, _always),
    Needed("company_contact_person_first_name", words.FIRST_NAME, _always),
    Needed("company_contact_person_last_name", words.LAST_NAME, _always),
    Needed("company_contact_person_phone_number", words.PHONE, _always),
    Needed("company_contact_person_email", words.EMAIL, _always),
    Needed("co_operation_negotiations", words.NEGOTIATIONS, _always),
    Needed("pay_subsidy_granted", words.PAY_SUBSIDY, _always),
    Needed("benefit_type", words.BENEFIT_TYPE, _always),
    Needed("start_date", words.START, _always),
    Needed("end_date", words.END, _always),
    Needed("association_has_business_activities", words.BUSINESS, is_association),
    Needed("association_immediate_manager_check", words.MANAGER, is_association),
    Needed("de_minimis_aid", words.DE_MINIMIS, _company),
    Needed("apprenticeship_program", words.APPRENTICESHIP, _subsidised),
)
"""The form when it is sent; a draft may lack any of these."""

ATTACHMENTS: Final[Mapping[str, Callable[[Application], bool]]] = MappingProxyType(
    {
        "employment_contract": _always,
        "education_contract": lambda given: bool(given.get("apprenticeship_program")),
        "pay_subsidy_decision": lambda given: given.get("pay_subsidy_percent") is not None,
        "commission_contract": lambda given: given.get("benefit_type") == COMMISSION,
        "employee_consent": lambda given: not given.get("entered_by_handler"),
        "full_application": lambda given: bool(given.get("entered_by_handler")),
    }
)
"""The papers that an application needs, and when."""

OPTIONAL_ATTACHMENTS: Final = frozenset(
    {"helsinki_benefit_voucher", "business_brief", "other_attachment", "payslip"}
)  # fmt: skip
AFTER_SENDING: Final = frozenset({"payslip", "other_attachment"})
"""What may be added or removed whatever the state."""


def lacking(application: Application) -> list[Refusal]:
    """What a sent application still lacks, field by field."""
    return [
        Refusal("required", words.REQUIRED.format(label=one.label), one.field, "act 17 §")
        for one in NEEDED
        if one.when(application) and application.get(one.field) in (None, "")
    ]


def attachments_needed(application: Application) -> tuple[str, ...]:
    """The kinds of papers that the application needs."""
    return tuple(kind for kind, when in ATTACHMENTS.items() if when(application))


def period_problems(
    start: date, end: date, *, today: date | None, least_months: int, most_months: int | None, back_months: int
) -> list[Refusal]:
    """Why a period cannot be applied for; `today` only when the application is sent, `most_months` None: no limit.

    `back_months` is how far before the sending it may begin.
    """
    found = []
    if end < shortest_end(start, least_months):
        told = words.TOO_SHORT.format(months=least_months)
        found.append(Refusal("too_short", told, "end_date", "act 6 §"))
    if most_months is not None and end > longest_end(start, most_months):
        told = words.TOO_LONG.format(months=most_months)
        found.append(Refusal("too_long", told, "end_date", "act 6 §"))
    if today is not None and start < add_months(today, -back_months):
        told = words.TOO_OLD.format(months=back_months)
        found.append(Refusal("too_old", told, "start_date", "act 6 §"))
    return found


def subsidy_problems(granted: str | None, percents: Sequence[int | None], known: Collection[int]) -> list[Refusal]:
    """Why the answers about pay subsidy do not go together: its first percentage and, if there is one, its second.

    `known`: the percentages that the rules in force have.
    """
    first, second = (*percents, None, None)[:2]
    field, found = "pay_subsidy_percent", []
    if granted is not None and granted not in ANSWERS:
        found.append(Refusal("unknown_answer", words.UNKNOWN_ANSWER, "pay_subsidy_granted", "act 17 §"))
    if granted not in SUBSIDISED and (first is not None or second is not None):
        found.append(Refusal("percent_without_subsidy", words.PERCENT_WITHOUT_SUBSIDY, field, "act 17 §"))
    if second is not None and first is None:
        found.append(Refusal("second_without_first", words.SECOND_WITHOUT_FIRST, field, "act 17 §"))
    if any(one is not None and one not in known for one in (first, second)):
        told = words.UNKNOWN_PERCENT.format(known=", ".join(map(str, known)))
        found.append(Refusal("unknown_percent", told, field, "act 17 §"))
    return found


def forms_available(*, association: bool, business_activity: bool | None, apprenticeship: bool) -> tuple[str, ...]:
    """The forms of benefit of the 2021 conditions that an applicant may choose (act 12 §)."""
    if association and not business_activity:
        return (SALARY,)
    return (EMPLOYMENT, SALARY) if apprenticeship else (EMPLOYMENT, SALARY, COMMISSION)
