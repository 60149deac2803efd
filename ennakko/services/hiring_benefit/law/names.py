# SPDX-License-Identifier: EUPL-1.2
"""What the City's earlier service calls the days, forms and answers of a case: the words of the worked cases."""

from typing import Final

STARTS: Final = ("granted_start", "start_date", "start", "applied_start")
ENDS: Final = ("granted_end", "end_date", "end", "applied_end")
"""The first and last day of a benefit: what was granted comes before what was applied for."""

SALARY, EMPLOYMENT, COMMISSION = "salary_benefit", "employment_benefit", "commission_benefit"
FORMS: Final = (SALARY, EMPLOYMENT, COMMISSION)
SUBSIDISED: Final = frozenset({"granted", "granted_aged"})
"""Answers that the work has pay subsidy or the employment support of those over 55."""
