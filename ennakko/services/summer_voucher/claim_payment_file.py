# SPDX-License-Identifier: EUPL-1.2
"""The payment list of the city's finance: one row a voucher, columns in the order that a robot reads (law/exports)."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from ennakko.kernel.payments import PaymentFormat
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.writing import Cell, xlsx
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher.actions.claim_accounts import on_paid, on_returned
from ennakko.services.summer_voucher.claim_gathering import CONTRACT, PAYSLIP
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import exports
from ennakko.services.summer_voucher.law.fields import TARGET_GROUPS
from ennakko.values.texts import text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINKS = 5


def formats(book: ParameterBook) -> tuple[PaymentFormat, ...]:
    """The list as it was and as it is now; the one that the city has chosen comes last and is used for new batches."""
    short = _format("summer-voucher.talpa", exports.PAYMENT_COLUMNS)
    long = _format("summer-voucher.talpa-2026", exports.PAYMENT_COLUMNS_2026)
    chosen = bool(book.get(f"{SERVICE}.payment_file_tells_foreign_accounts").rows[-1].value)
    return (short, long) if chosen else (long, short)


def _format(id: str, columns: tuple[str, ...]) -> PaymentFormat:
    def write(batch: Batch, lines: Sequence[Line]) -> bytes:
        rows = [row_of(order, line)[: len(columns)] for order, line in enumerate(lines, 1)]
        return xlsx(exports.SHEET, columns, rows, created=batch.made_at)

    return PaymentFormat(
        id=id,
        service=SERVICE,
        title=text(fi="Kesäsetelien maksulista", sv="Sommarsedlarnas betalningslista", en="Payment list of vouchers"),
        write=write,
        file_name=file_name,
        content_type=XLSX,
        on_paid=on_paid,
        on_returned=on_returned,
    )


def file_name(batch: Batch) -> str:
    """The list's name, by the moment its batch was made."""
    return exports.file_name(f"{timezone.localtime(batch.made_at):%Y-%m-%d_%H-%M-%S}")


def row_of(order: int, line: Line) -> list[Cell]:
    """One row of the list, all 37 columns; from the payment line alone, so that it never changes afterwards."""
    data, payee = line.data, line.payee
    group, calculation = exports.group_and_calculation(
        declared=data.get("declared_group", ""),
        age=data["voucher_year"] - data["birth_year"] if data.get("birth_year") else None,
        gave_age_as_reason=bool(data.get("explained_by_age")),
        groups=dict(TARGET_GROUPS),
    )
    received = data.get("received")
    attachments = data.get("attachments", {})
    return [
        order,
        exports.written_day(date.fromisoformat(received), "Saatu pvm") if received else "",
        data.get("language", ""),
        data.get("voucher_number", ""),
        group,
        "",
        data.get("youth", ""),
        "",
        data.get("employer", payee.name),
        payee.business_id,
        data.get("street_address", ""),
        data.get("postal_code", ""),
        data.get("post_office", ""),
        "",
        *_links(attachments.get(CONTRACT, ())),
        *_links(attachments.get(PAYSLIP, ())),
        payee.iban,
        line.amount_cents // 100,
        *("", "", "", ""),
        "Kyllä" if data.get("non_disclosure") else "Ei",
        payee.name if payee.bic else "",
        payee.address,
        payee.bic,
        payee.bank_name,
        payee.bank_address,
        calculation,
    ]


def _links(found: Sequence[str]) -> list[Cell]:
    """Five cells of addresses, empty where there are fewer."""
    return [*found[:LINKS], *[""] * (LINKS - len(found[:LINKS]))]
