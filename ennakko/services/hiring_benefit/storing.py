# SPDX-License-Identifier: EUPL-1.2
"""An application's values as the columns of its row; nothing is stored here."""

from typing import Any

from ennakko.kernel.organisations.models import Organisation
from ennakko.services.hiring_benefit.form_values import BenefitValues, EmployeeValues
from ennakko.services.hiring_benefit.law.application_2026 import NOT_GRANTED
from ennakko.services.hiring_benefit.law.names import SALARY

OF_EMPLOYER = (
    "iban", "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "language", "department",
    "other_street_address", "other_postal_code", "other_post_office", "business_activity", "manager_available",
    "employees_count", "business_brief", "purchased_service", "de_minimis_aid", "negotiations",
    "negotiations_description",
)  # fmt: skip
OF_WORK = (
    "apprenticeship", "pay_subsidy_percent", "additional_pay_subsidy_percent", "other_support", "other_subsidised",
    "other_subsidised_count", "start", "end", "job_title", "collective_agreement", "role_description",
    "weekly_hours", "pay_cents", "vacation_cents", "other_cents", "letter_code",
)  # fmt: skip


def columns_of(values: BenefitValues, one: EmployeeValues, organisation: Organisation) -> dict[str, Any]:
    """The columns that the employer told, and those of the registers on the day."""
    return {
        "organisation": organisation.business_id,
        "employer_name": organisation.name,
        "employer_kind": organisation.kind,
        "legal_form": organisation.form,
        "industry": organisation.industry,
        "street_address": organisation.street_address,
        "postal_code": organisation.postal_code,
        "post_office": organisation.post_office,
        **{name: getattr(values, name) for name in OF_EMPLOYER},
        "benefit_type": SALARY,
        **work_of(one),
    }


def work_of(one: EmployeeValues) -> dict[str, Any]:
    """The columns of the employee's work."""
    return {**{name: getattr(one, name) for name in OF_WORK}, "pay_subsidy": one.pay_subsidy or NOT_GRANTED}
