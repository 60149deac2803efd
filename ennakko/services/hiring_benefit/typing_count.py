# SPDX-License-Identifier: EUPL-1.2
"""What an employer had to write for one employee: whatever was not known before. Choices and papers do not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ennakko.services.hiring_benefit.form_values import BenefitValues, EmployeeValues, raw_employees
from ennakko.services.hiring_benefit.prefilling import Known

FIELDS_OF_THE_CITY: Final = 19
"""What an employer writes for one employee on the common path of the City's earlier form: account number, contact
person's first and last name, phone and e-mail, number of employees, description of the business; the employee's first
and last name and identity code, job title, collective agreement, description of the role, hours a week, monthly pay,
vacation money, side costs, first and last day."""
WRITTEN: Final = (
    "first_name", "last_name", "identity_code", "job_title", "start", "end", "weekly_hours", "monthly_pay",
    "vacation_money", "other_expenses", "collective_agreement", "role_description", "other_subsidised_count",
)  # fmt: skip
WRITTEN_OF_EMPLOYER: Final = (
    "iban", "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "department",
    "other_street_address", "other_postal_code", "other_post_office", "employees_count", "business_brief",
    "negotiations_description",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields that had to be written, by name."""

    names: tuple[str, ...]

    @property
    def fields(self) -> int:
        """How many."""
        return len(self.names)


def count(
    raw: Mapping[str, Any], values: BenefitValues, one: EmployeeValues, beforehand_known: Mapping[str, Known]
) -> Typed:
    """What differs from what was filled in beforehand: `beforehand_known` of the employer, `known` of the employee."""
    known = {name: str(each.value) for name, each in beforehand_known.items()}
    told_of = {name: getattr(values, name) for name in WRITTEN_OF_EMPLOYER}
    names = [name for name, told in told_of.items() if told not in (None, "") and str(told) != known.get(name)]
    rows, position = raw_employees(raw), values.employees.index(one)
    row = rows[position] if position < len(rows) else {}
    known_of_row = row.get("known")
    beforehand = known_of_row if isinstance(known_of_row, Mapping) else {}
    names += [
        name for name in WRITTEN if (told := str(row.get(name) or "").strip()) and told != str(beforehand.get(name, ""))
    ]
    return Typed(tuple(names))
