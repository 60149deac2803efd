# SPDX-License-Identifier: EUPL-1.2
"""Lists of claims for handlers: for reports and for the year's accounts, each with its purpose in the log (act 23 §).

What finance pays is another list, made of payment lines (claim_payment_file): this one marks nothing as paid. Personal
identity codes are left out: no report needs them (General Data Protection Regulation, article 5.1 c). Whoever is under
non-disclosure stands in the list as a number and a sum.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.utils import timezone

from ennakko.kernel import audit, documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments.writing import Cell, xlsx
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_payment import links_in
from ennakko.services.summer_voucher.claim_states import ClaimState
from ennakko.services.summer_voucher.claim_wording import HIRED_WITHOUT_NAMES
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import exports
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.law.fields import TARGET_GROUPS
from ennakko.services.summer_voucher.models import Application, ClaimRow
from ennakko.values.texts import text

EXPORT = "summer-voucher.export-claims"
READ: Final = ("name", "birth_date", "work", "pay")
Kind = Literal["unhandled", "annual", "annual-previous"]
Columns = Literal["reporting", "talpa"]
LINKS = 5
NOTHING = text(
    fi="Tässä luettelossa ei ole yhtään hakemusta.",
    sv="Det finns inga ansökningar i den här förteckningen.",
    en="There are no claims in this list.",
)
UNKNOWN = text(
    fi="Valitse luettelo ja sarakkeet vaihtoehdoista.",
    sv="Välj förteckning och kolumner bland alternativen.",
    en="Choose the list and its columns from the options.",
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A list as a file: its name, bytes, and how many vouchers stand in it."""

    name: str
    content: bytes
    rows: int


def export(kind: str, columns: str, *, purpose: str, actor: Actor, at: datetime, on: date) -> Exported:
    """A list of claims: not decided yet, of this year, or of the year before; in the columns of `law/exports`.

    `purpose` is what the list is for, in words: it goes to the log with the persons who stand in it. Raises Refused,
    and NotNow for no purpose, an unknown list, or an empty one.
    """
    require(actor, EXPORT)
    words = words_of(purpose, Case())
    if kind not in exports.KINDS or columns not in exports.COLUMN_SETS:
        raise NotNow(UNKNOWN)
    rows = list(_rows(kind, on))
    if not rows:
        raise NotNow(NOTHING)
    header = exports.COLUMN_SETS[columns]
    made = _reporting(rows) if columns == "reporting" else _talpa(rows)
    content = xlsx(exports.SHEET, header, made, created=at)
    persons = {row.voucher.person_id for row in rows if row.voucher is not None and row.voucher.person_id is not None}
    audit.read(actor, SERVICE, sorted(persons), READ, "", at, f"list of claims ({kind}, {columns}): {words}")
    moment = f"{timezone.localtime(at):%Y-%m-%d_%H-%M-%S}"
    return Exported(exports.file_name(moment).replace("talpa-", f"{columns}-"), content, len(rows))


def _rows(kind: str, on: date) -> "Iterator[ClaimRow]":
    rows = ClaimRow.objects.filter(emptied_at=None).select_related(
        "claim", "case", "voucher__person", "voucher__case__summer_voucher_application"
    )
    if kind == exports.UNHANDLED:
        rows = rows.exclude(case__state__in=(ClaimState.ACCEPTED, ClaimState.REJECTED, ClaimState.WITHDRAWN))
    else:
        rows = rows.filter(year=on.year if kind == exports.ANNUAL else on.year - 1)
    yield from rows.order_by("claim__sent_at", "claim", "position")


def _application(row: ClaimRow) -> Application | None:
    case = row.voucher.case if row.voucher is not None else None
    return getattr(case, "summer_voucher_application", None)


def _group(row: ClaimRow) -> tuple[str, str]:
    application = _application(row)
    born = gathering.birth_date_of(row.voucher) if row.voucher is not None else None
    return exports.group_and_calculation(
        declared=application.target_group if application is not None else "",
        age=row.year - born.year if born is not None else None,
        gave_age_as_reason=application is not None and "underage_or_overage" in application.reasons,
        groups=dict(TARGET_GROUPS),
    )


def _beginning(order: int, row: ClaimRow) -> list[Cell]:
    """What both lists begin with."""
    received = timezone.localtime(row.claim.sent_at).date()
    hidden = row.voucher is not None and gathering.protected(row.voucher)
    youth = "" if hidden or row.case is None else str(row.case.data.get("youth", ""))
    return [
        order, exports.written_day(received, "Saatu pvm"), row.claim.language,
        number.encode(row.voucher.number) if row.voucher is not None else "", _group(row)[0], "", youth,
    ]  # fmt: skip


def _talpa(rows: list[ClaimRow]) -> Iterator[list[Cell]]:
    given = documents.of_many(f"case:{row.case_id}" for row in rows)
    for order, row in enumerate(rows, 1):
        claim, found = row.claim, given[f"case:{row.case_id}"]
        links = [link for kind in gathering.KINDS for link in [*links_in(found, kind), *[""] * LINKS][:LINKS]]
        yield [
            *_beginning(order, row), "", claim.employer_name, claim.organisation, claim.street_address,
            claim.postal_code, claim.post_office, "", *links, claim.iban, row.value_cents // 100, "", "", "", "",
        ]  # fmt: skip


def _reporting(rows: list[ClaimRow]) -> Iterator[list[Cell]]:
    for order, row in enumerate(rows, 1):
        claim, application = row.claim, _application(row)
        hidden = row.voucher is not None and gathering.protected(row.voucher)
        told = application is not None and not hidden
        yield [
            *_beginning(order, row),
            "",
            application.school if told and application is not None else "",
            application.postcode if told and application is not None else "",
            application.phone if told and application is not None else "",
            application.home_municipality if told and application is not None else "",
            "Kyllä" if hidden else "Ei",
            "",
            claim.employer_kind,
            claim.employer_name,
            claim.street_address,
            claim.postal_code,
            claim.post_office,
            claim.contact_email,
            claim.contact_phone,
            claim.invoicer_email,
            claim.invoicer_phone,
            claim.industry,
            "",
            row.work_postal_code,
            _day(row.work_start),
            _day(row.work_end),
            _plain(row.hours),
            _plain(row.pay_cents),
            "",
            row.description,
            HIRED_WITHOUT_NAMES[row.hired_without].fi if row.hired_without else "",
            "",
            "",
            claim.payee_name,
            claim.payee_address,
            claim.bic,
            claim.bank_name,
            claim.bank_address,
            _group(row)[1],
        ]


def _day(day: date | None) -> str:
    return "" if day is None else exports.written_day(day, "Työsuhteen aloituspäivämäärä")


def _plain(hundredths: int | None) -> str:
    """Hours or euros with a decimal comma: 6050 → "60,50"."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02}"
