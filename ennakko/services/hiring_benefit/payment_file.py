# SPDX-License-Identifier: EUPL-1.2
"""The payment list of the city's finance: one row an instalment, the 18 columns that its robot reads, in their order.

Columns and their names are those of the City's own open code (yjdh, benefit). A column for which nobody has decided a
person (finance's own inspectors) is empty, and finance's page says so and whom to ask.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append
from ennakko.kernel.manifest import service
from ennakko.kernel.payments import PaymentFormat
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.writing import Cell, csv
from ennakko.services.hiring_benefit import finance_columns, telling_money
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Instalment
from ennakko.services.hiring_benefit.states_money import STEPS, InstalmentVerb, instalment_moves
from ennakko.values.dates import format_date
from ennakko.values.texts import Text, text

BEFORE_AMOUNT = (
    "Hakemusnumero", "Työnantajan tyyppi", "Työnantajan tilinumero", "Työnantajan nimi", "Työnantajan Y-tunnus",
    "Työnantajan katuosoite", "Työnantajan postinumero", "Työnantajan postitoimipaikka",
)  # fmt: skip
AFTER_AMOUNT = (
    "Päättäjän nimike", "Päättäjän nimi", "Päätöspykälä", "Päätöspäivä",
    "Asiantarkastajan nimi Ahjo", "Asiantarkastajan titteli Ahjo", "Tarkastajan nimi, P2P",
    "Tarkastajan sähköposti, P2P", "Hyväksyjän nimi P2P",
)  # fmt: skip
KINDS = {"company": "Yritys", "association": "Yhdistys"}
INSPECTOR = "Käsittelijä"


def columns() -> tuple[str, ...]:
    """The list's 18 columns in finance's order; the amount's column bears the benefit's name in the municipality."""
    return *BEFORE_AMOUNT, f"{service(SERVICE).names.fi}n määrä lopullinen", *AFTER_AMOUNT


def row_of(line: Line) -> list[Cell]:
    """One row of the list; from the payment line alone, so that it never changes afterwards."""
    data, payee = line.data, line.payee
    inspector = data.get("inspector", "")
    return [
        data.get("case", ""),
        KINDS.get(data.get("employer_kind", ""), ""),
        payee.iban,
        payee.name,
        payee.business_id,
        data.get("street_address", payee.street),
        data.get("postal_code", payee.postal_code),
        data.get("post_office", payee.post_office),
        Decimal(line.amount_cents).scaleb(-2),
        data.get("decision_maker_title", ""),
        data.get("decision_maker", ""),
        data.get("section", ""),
        format_date(date.fromisoformat(data["decided_on"]), "fi") if data.get("decided_on") else "",
        inspector,
        INSPECTOR if inspector else "",
        data.get("p2p_inspector", ""),
        data.get("p2p_inspector_email", ""),
        data.get("p2p_approver", ""),
    ]


def write(batch: Batch, lines: Sequence[Line]) -> bytes:
    """The list as bytes."""
    return csv(columns(), [row_of(line) for line in lines])


def lacks(on: date) -> tuple[tuple[Text, Text], ...]:
    """Columns that are empty because nobody has decided, each with who decides."""
    return tuple((one.column, one.ask) for one in finance_columns.lacking(finance_columns.PAYMENT_LIST, on))


def file_name(batch: Batch) -> str:
    """The list's name, by the moment its batch was made."""
    return f"palkkauslisa_{timezone.localtime(batch.made_at):%Y%m%d_%H%M%S}_{batch.reference}.csv"


def on_paid(lines: tuple[Line, ...], at: datetime) -> None:
    """The bank paid: the instalments are paid, in the confirmation's transaction."""
    for row, line, case in _of(lines):
        row.paid_on = line.paid_on
        _follow(row, line, case, InstalmentVerb.PAID, at)


def on_returned(lines: tuple[Line, ...], at: datetime) -> None:
    """The payment failed: a handler sees why and pays again; the employer is asked for another account."""
    for row, line, case in _of(lines):
        row.why, row.paid_on = line.reason, None
        if _follow(row, line, case, InstalmentVerb.FAIL, at):
            telling_money.failed(row, case, line.pk, at=at)


def _follow(row: Instalment, line: Line, case: Case, verb: InstalmentVerb, at: datetime) -> bool:
    if instalment_moves(row.state, verb) is None:
        return False
    row.state, row.state_at = STEPS[verb].to, at
    row.save(update_fields=["state", "state_at", "paid_on", "why"])
    details = {"instalment": row.number, "cents": line.amount_cents, "line": line.pk}
    append(case, verb, by=telling_money.BANK, at=at, details=details)
    return True


def _of(lines: tuple[Line, ...]) -> list[tuple[Instalment, Line, Case]]:
    """The instalments that payment lines pay, their cases locked first; what retention has emptied has none."""
    by_key = {line.key: line for line in lines}
    found = Instalment.objects.filter(line_key__in=list(by_key)).select_related("application__case", "decision")
    rows = {row.pk: row for row in found}
    cases = {row.application.case_id for row in rows.values()}
    locked = {
        case.pk: case for case in Case.objects.select_for_update(of=("self",)).filter(pk__in=cases).order_by("pk")
    }
    current = Instalment.objects.select_for_update(of=("self",)).select_related("application").filter(pk__in=list(rows))
    return [
        (row, by_key[row.line_key], locked[row.application.case_id])
        for row in current.order_by("application__case_id", "pk")
        if row.application.case_id in locked
    ]


FORMAT = PaymentFormat(
    id="hiring-benefit.talpa",
    service=SERVICE,
    title=text(fi="Palkkauslisien maksulista", sv="Betalningslista för anställningstillägg",
               en="Payment list of the hiring benefit"),
    write=write,
    file_name=file_name,
    content_type="text/csv; charset=utf-8",
    lacks=lacks,
    on_paid=on_paid,
    on_returned=on_returned,
)  # fmt: skip
