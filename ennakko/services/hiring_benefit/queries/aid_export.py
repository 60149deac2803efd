# SPDX-License-Identifier: EUPL-1.2
"""What the register of de minimis aid has not taken yet, in its seven columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from ennakko.kernel.payments.writing import Cell, csv
from ennakko.services.hiring_benefit.models import AidReport, Instalment
from ennakko.values.dates import format_date

COLUMNS = (
    "Hakemusnumero", "Työnantajan nimi", "Työnantajan Y-tunnus", "Toimiala (TOL)", "Päätöspäivä", "1. maksuerä",
    "2. maksuerä",
)  # fmt: skip
MOST = 1000


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant as the register takes it; instalments in cents, as they were granted."""

    number: str
    name: str
    business_id: str
    industry: str
    granted_on: str
    instalments: tuple[int, ...]


def untold(most: int = MOST) -> list[Grant]:
    """The grants that the register has not taken, the oldest first; three queries however many."""
    rows = AidReport.objects.filter(state__in=[AidReport.State.WAITING, AidReport.State.FAILED])
    rows = rows.select_related("application__case").prefetch_related(
        Prefetch("application__instalments", Instalment.objects.order_by("number"))
    )
    return [
        Grant(
            row.application.case.number, row.application.employer_name, row.application.organisation, row.industry,
            row.granted_on.isoformat(), tuple(part.amount_cents for part in row.application.instalments.all()),
        )
        for row in rows.order_by("pk")[:most]
    ]  # fmt: skip


def as_csv(grants: Sequence[Grant]) -> bytes:
    """The grants as the register's robot reads them."""
    return csv(COLUMNS, [_row(one) for one in grants])


def _row(one: Grant) -> list[Cell]:

    euros = [Decimal(cents).scaleb(-2) for cents in one.instalments[:2]]
    sums: list[Cell] = [*euros, *[None] * (2 - len(euros))]
    return [
        one.number, one.name, one.business_id, one.industry, format_date(date.fromisoformat(one.granted_on), "fi"),
        *sums,
    ]  # fmt: skip
