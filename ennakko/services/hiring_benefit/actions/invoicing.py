# SPDX-License-Identifier: EUPL-1.2
"""The invoice list of recoveries: fourteen columns, each recovery in one list only, the list kept as it was written."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from ennakko.kernel import audit, documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.cases.moving import RETENTION
from ennakko.kernel.documents.actions import add_made
from ennakko.kernel.documents.models import Document
from ennakko.kernel.payments.writing import Cell, csv
from ennakko.services.hiring_benefit import finance_columns, payment_row, reasons_money
from ennakko.services.hiring_benefit.access_money import INVOICES
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.states_money import ChangeState
from ennakko.values.dates import format_date

ABOUT, KIND = f"{SERVICE}:invoices", "invoice-list"
COLUMNS = (
    "Viitetiedot", "Aikajakso, jolta tukea peritään takaisin", "Summatieto", "Laskutettavan virallinen nimi",
    "Laskutusosoite", "Y-tunnus", "Laskutettavan yhteyshenkilö", "Verkkolaskuosoite/OVT-tunnus",
    "Operaattori-/välittäjätunnus", "Tilitunniste", "Lisätietoja antaa", "Otsikko", "Laskuttava yksikkö", "Selite",
)  # fmt: skip
TITLE = "Palkkauslisän takaisinperintä"
MOST = 1000


def waiting() -> int:
    """How many decided recoveries are in no list yet."""
    return _unlisted().count()


def lists() -> list[Document]:
    """The lists that have been made, the latest first."""
    return list(reversed(documents.of(ABOUT, kind=KIND)))


def make_list(*, actor: Actor, at: datetime, on: date) -> Document:
    """Write every recovery that is in no list yet into a new one. Raises Refused, NotNow where there is none."""
    require(actor, INVOICES)
    with transaction.atomic():
        rows = list(_unlisted().select_for_update(of=("self",)).order_by("pk")[:MOST])
        if not rows:
            raise NotNow(reasons_money.NOTHING_TO_INVOICE)
        decided = {one.case_id: one for one in Decision.objects.filter(case__in=[row.case_id for row in rows])}
        own = finance_columns.given(finance_columns.INVOICE_LIST, on)
        content = csv(COLUMNS, [row_of(row, decided[row.case_id], own) for row in rows])
        name = f"palkkauslisa_takaisinperinta_{at:%Y%m%d_%H%M%S}.csv"
        made = add_made(content, about=ABOUT, kind=KIND, name=name, content_type="text/csv", actor=actor, at=at)
        Alteration.objects.filter(pk__in=[row.pk for row in rows]).update(invoice_list=made.pk)
        said = {"rows": len(rows), "cents": sum(row.invoiced_cents for row in rows)}
        audit.write(actor, INVOICES, f"document:{made.pk}", at, said, RETENTION)
    return made


def row_of(row: Alteration, decision: Decision, own: Mapping[str, str]) -> list[Cell]:
    """One recovery as the invoicing reads it; `own` are the columns that the municipality decides, "" if it has not."""
    application = row.application
    street, postal_code, post_office = payment_row.address_of(application)
    days = (
        f"{format_date(row.recovery_start, 'fi')} - {format_date(row.recovery_end, 'fi')}"
        if row.recovery_start and row.recovery_end
        else ""
    )
    contact = f"{row.contact} {application.contact_email} {application.contact_phone}".strip()
    explained = f"{row.case.number}: {decision.justification}" if decision.justification else row.case.number
    return [
        application.case.number, days, Decimal(row.invoiced_cents).scaleb(-2), application.employer_name,
        f"{street}, {postal_code} {post_office}", application.organisation, contact, row.invoice_address,
        row.operator_id, own["invoice_account"], decision.decided_by_name, TITLE, own["invoice_department"], explained,
    ]  # fmt: skip


def _unlisted() -> QuerySet[Alteration]:
    found = Alteration.objects.filter(
        case__state=ChangeState.HANDLED, invoiced_cents__gt=0, invoice_list=None, annulled_at=None
    )
    return found.select_related("case", "application__case")
