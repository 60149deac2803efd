# SPDX-License-Identifier: EUPL-1.2
"""Earlier benefits of the same employer for the same person: those that this service granted, and the old register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ennakko.kernel import keys
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit.law.previous_2021 import Earlier
from ennakko.services.hiring_benefit.law.previous_answers import previous_benefits
from ennakko.services.hiring_benefit.models import Application, Calculation, PreviousBenefit
from ennakko.services.hiring_benefit.states import BenefitState


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """One earlier benefit as the desk shows it: days inclusive, cents; `case` its number, or `row` in the register."""

    start: date
    end: date
    total_cents: int | None
    monthly_cents: int | None = None
    case: str = ""
    row: PreviousBenefit | None = None

    @property
    def days(self) -> Earlier:
        """Its days, as the law counts them."""
        return Earlier(self.start, self.end)


def _of_granted() -> "QuerySet[Calculation]":
    return (
        Calculation.objects.filter(
            in_force=True, application__organisation=Given("organisation"),
            application__employee__identity_code_index=Given("key"), application__case__state=BenefitState.GRANTED,
        )
        .select_related("application__case")
        .only("start", "end", "total_cents", "application", "application__case__number")
    )  # fmt: skip


_granted: Ready[Calculation] = Ready(_of_granted)
_registered: Ready[PreviousBenefit] = Ready(
    lambda: PreviousBenefit.objects.filter(
        organisation=Given("organisation"), identity_code_index=Given("key"), removed_at=None
    )
)


def rows_of(organisation: str, indexes: Iterable[str], *, apart_from: int | None = None) -> list[EarlierRow]:
    """Every earlier benefit of an employer for the person with one of these hashes, the latest first.

    Two queries a hash; there is one, two while a rotation of the keys is under way.
    """
    wanted = dict.fromkeys(one for one in indexes if one)
    granted = {one.pk: one for key in wanted for one in _granted.all(organisation=organisation, key=key)}
    found = [
        EarlierRow(one.start, one.end, one.total_cents, case=one.application.case.number)
        for one in granted.values()
        if one.application_id != apart_from
    ]
    register = {one.pk: one for key in wanted for one in _registered.all(organisation=organisation, key=key)}
    found += [EarlierRow(one.start, one.end, one.total_cents, one.monthly_cents, row=one) for one in register.values()]
    return sorted(found, key=lambda one: (one.end, one.start), reverse=True)


def earlier(
    organisation: str, index: str, *, before_end: date | None = None, apart_from: int | None = None
) -> tuple[Earlier, ...]:
    """The days of an employer's earlier benefits for a person by the keyed hash of the identity code."""
    return tuple(
        one.days
        for one in rows_of(organisation, [index], apart_from=apart_from)
        if before_end is None or one.start <= before_end
    )


def indexes_of(application: Application) -> tuple[str, ...]:
    """The hashes under which an application's employee may stand, while a rotation of the keys is under way too."""
    employee = getattr(application, "employee", None)
    stored = employee.identity_code_index if employee is not None else ""
    person = employee.person if employee is not None else None
    return tuple(dict.fromkeys(one for one in (stored, person.identity_code_index if person else "") if one))


def counted(application: Application, start: date, end: date, *, on: date) -> dict[str, Any]:
    """What earlier benefits leave for a period of an application: the answer of `hiring-benefit.previous-benefits`."""
    rows = rows_of(application.organisation, indexes_of(application), apart_from=application.pk)
    return count(rows, start, end, on=on, apprenticeship=bool(application.apprenticeship))


def count(rows: Iterable[EarlierRow], start: date, end: date, *, on: date, apprenticeship: bool) -> dict[str, Any]:
    """The same of rows that are at hand."""
    case: Mapping[str, Any] = {
        "new_start": start, "new_end": end, "apprenticeship_program": apprenticeship,
        "previous_benefits": [{"start": one.start, "end": one.end} for one in rows],
    }  # fmt: skip
    return dict(previous_benefits.evaluate(case, on).values)


def register_of(organisation: str = "", code: str = "") -> "list[PreviousBenefit]":
    """The old register by employer or by a whole identity code, exact; at most two hundred rows, the latest first."""
    wanted = Q()
    if organisation:
        wanted &= Q(organisation=organisation)
    if code:
        wanted &= Q(identity_code_index__in=keys.indexes_of(code))
    if not wanted:
        return []
    return list(PreviousBenefit.objects.filter(wanted, removed_at=None).order_by("-end", "-pk")[:200])
