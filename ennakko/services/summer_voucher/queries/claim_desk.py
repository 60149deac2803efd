# SPDX-License-Identifier: EUPL-1.2
"""One claim's page for staff: what was told beside what registers say, R1–R14, documents, payments, the proposal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.facts import sources
from ennakko.kernel import audit, documents, payments
from ennakko.kernel.access import Actor, buttons, require
from ennakko.kernel.access.tables import Button
from ennakko.kernel.cases.models import Case, Decision, InformationRequest
from ennakko.kernel.cases.queries import latest_decision
from ennakko.kernel.documents.models import Document
from ennakko.kernel.payments.models import Line
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_states import CLAIM_DECIDE, CLAIM_HANDLE, CLAIM_NAMES
from ennakko.services.summer_voucher.claim_wording import LABELS
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Claim, ClaimRow
from ennakko.services.summer_voucher.queries.letters import conditions_of
from ennakko.services.summer_voucher.wording import NO, YES, Shown
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

READ = ("name", "birth_date")


@dataclass(frozen=True, slots=True)
class Told:
    """One fact on the desk: what the employer told, what a register says, from where, whether they agree."""

    label: Text
    told: Text | str
    registered: Text | str
    source: Text | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class ClaimDesk:
    """Everything on one claim's page for staff.

    `checks` are R1–R14 with their reasons; `silent` names registers that did not answer; `siblings` the other rows of
    the same sending; `payments` the lines of kernel.payments about the case; `documents` those of kernel.documents.
    """

    case: Case
    row: ClaimRow
    claim: Claim
    youth: str
    number: str
    state: Text
    facts: tuple[Told, ...]
    checks: tuple[Shown, ...]
    silent: tuple[Text, ...]
    draft: dict[str, Any] | None
    decision: Decision | None
    requests: tuple[InformationRequest, ...]
    documents: tuple[Document, ...]
    payments: tuple[Line, ...]
    siblings: tuple[Case, ...]
    claims_this_year: int
    buttons: tuple[Button, ...]


def desk(actor: Actor, case: Case, *, at: datetime, on: date) -> ClaimDesk:
    """A claim's page for staff; the look at the youth's facts is logged. Raises Refused."""
    require(actor, CLAIM_HANDLE, case)
    row = ClaimRow.objects.select_related("claim", "voucher__person").get(case=case)
    voucher = row.voucher
    if voucher is not None and voucher.person_id is not None:
        audit.read(actor, SERVICE, voucher.person_id, READ, "", at, f"claim {case.number} handled")
    siblings = ClaimRow.objects.filter(claim=row.claim).exclude(pk=row.pk).select_related("case").order_by("position")
    others = ClaimRow.objects.filter(claim__organisation=row.claim.organisation, year=row.year, holds=True)
    return ClaimDesk(
        case=case,
        row=row,
        claim=row.claim,
        youth=str(case.data.get("youth", "")),
        number=number.encode(voucher.number) if voucher is not None else "",
        state=CLAIM_NAMES[case.state],
        facts=tuple(_facts(row, case)),
        checks=conditions_of((case.draft or {}).get("reasons") or case.facts.get("checks", ())),
        silent=tuple(gathering.title_of(one) for one in row.waits_for),
        draft=case.draft,
        decision=latest_decision(case),
        requests=tuple(case.information_requests.order_by("asked_at")),
        documents=tuple(documents.of(f"case:{case.pk}")),
        payments=tuple(payments.lines_of(f"case:{case.pk}")),
        siblings=tuple(one.case for one in siblings if one.case is not None),
        claims_this_year=others.exclude(pk=row.pk).count(),
        buttons=buttons(actor, case, (CLAIM_HANDLE, CLAIM_DECIDE)),
    )


def _facts(row: ClaimRow, case: Case) -> Iterator[Told]:
    wages = case.facts.get("wages")
    source = sources.INCOMES.title if wages else None

    def beside(key: str, told: Text | str, known: Text | str = "", agrees: bool | None = None) -> Told:
        return Told(LABELS[key], told, known, source if known else None, agrees)

    start = date.fromisoformat(wages["start"]) if wages else None
    end = date.fromisoformat(wages["end"]) if wages else None
    yield beside("work_start", _day(row.work_start), _day(start), _same(row.work_start, start))
    yield beside("work_end", _day(row.work_end), _day(end), _same(row.work_end, end))
    hours = wages["hours"] if wages else None
    yield beside("hours", _hours(row.hours), _hours(hours), _same(row.hours, hours))
    cents = wages["cents"] if wages else None
    enough = None if cents is None or row.pay_cents is None else cents >= row.pay_cents
    yield beside("pay", _money(row.pay_cents), _money(cents), enough)
    yield beside("work_postal_code", row.work_postal_code)
    yield beside("description", row.description)
    debt = case.facts.get("facts", {}).get("tax_debt")
    registered: Text | str = "" if debt is None else YES if debt else NO
    yield Told(LABELS["tax_debt"], "", registered, sources.TAX_DEBTS.title if debt is not None else None, None)
    yield beside("account", f"{row.claim.iban[:4]} … {row.claim.iban[-4:]}" if row.claim.iban else "")
    if shared := case.facts.get("shared_with"):
        yield Told(LABELS["shared_with"], "", ", ".join(shared), None, False)


def _same(told: object, known: object) -> bool | None:
    return None if told is None or known is None else told == known


def _day(day: date | None) -> Text | str:
    return "" if day is None else text(**{language: format_date(day, language) for language in LANGUAGES})


def _hours(hundredths: int | None) -> Text | str:
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    plain = f"{whole}" + (f",{rest:02}".rstrip("0") if rest else "")
    return text(fi=plain, sv=plain, en=plain.replace(",", "."))


def _money(cents: int | None) -> Text | str:
    return "" if cents is None else text(**{language: format_money(cents, language) for language in LANGUAGES})
