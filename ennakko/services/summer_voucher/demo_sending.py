# SPDX-License-Identifier: EUPL-1.2
"""What the demo's employers do: claim with what is filled in for them, add papers, correct, answer, take back."""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from pypdf import PdfWriter

from ennakko.kernel import clock, documents
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.actions import claim_accounts, claims
from ennakko.services.summer_voucher.claim_gathering import KINDS
from ennakko.services.summer_voucher.claim_prefill import WORK
from ennakko.services.summer_voucher.claim_states import OPEN_CLAIMS, ClaimState
from ennakko.services.summer_voucher.claim_values import documents_about
from ennakko.services.summer_voucher.demo_employers import (
    KEY,
    SHORT_HOURS,
    TAKES_BACK,
    Employer,
    Plan,
    busy_day,
    iban_of,
    unit,
)
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import shown

Event = Callable[[datetime, date], None]
Planner = Callable[[date, Event], None]
ATTACHES_AT_ONCE, ANSWERS = 0.5, 0.8
"""Shares: of those whose wages no register tells, who attach the papers at once; of those asked, who answer."""
DEADWEIGHT = ((0.22, "yes"), (0.75, "no"), (1.0, "maybe"))
PAY_DAY = 15


class Senders:
    """The employers of a season; `gave_up` counts claims that the service would not take, however corrected."""

    def __init__(self) -> None:
        self.gave_up = 0
        self._sent: dict[int, tuple[Employer, dict[str, Any]]] = {}

    def sending(self, plan: Plan, later: Planner, *, postponed: bool = False) -> Event:
        """The event of an employer's claim; it waits until the wages that it tells of have been paid."""

        def send(at: datetime, on: date) -> None:
            rows, new = self._rows(plan, at, on)
            paid = max((_paid_by(row) for row in rows), default=on)
            if paid > on and not postponed:
                later(busy_day(paid + timedelta(days=plan.number % 9)), self.sending(plan, later, postponed=True))
            else:
                self._send(plan, rows, new, at, on, later)

        return send

    def _rows(self, plan: Plan, at: datetime, on: date) -> tuple[list[dict[str, Any]], bool]:
        """The rows as the employer writes them, and whether the city does not know its account yet."""
        held = Voucher.objects.select_related("person").in_bulk(plan.vouchers)
        named: list[Mapping[str, Any]] = [
            {"number": shown(held[pk]), "surname": person.surname}
            for pk in plan.vouchers
            if (person := held[pk].person) is not None
        ]
        found = claims.prefill(named, actor=plan.employer.actor, at=at, on=on, wall=clock.wall())
        rows = []
        for pk, told, prefilled in zip(plan.vouchers, named, found.rows, strict=True):
            known = {name: prefilled[name].value for name in (*WORK, "work_postal_code") if name in prefilled}
            written = _work(pk, held[pk].year) if "pay" not in known else {}
            rows.append(
                {
                    **told,
                    **written,
                    **known,
                    "job_type": plan.employer.job,
                    "papers": bool(written),
                    "hired_without": _drawn(DEADWEIGHT, unit(pk, "deadweight")),
                }
            )  # fmt: skip
        if plan.way == SHORT_HOURS:
            rows[0] |= {"hours": "42"}
        return rows, "iban" not in found.fields

    def _send(self, plan: Plan, rows: list[dict[str, Any]], new: bool, at: datetime, on: date, later: Planner) -> None:
        employer, key = plan.employer, f"{KEY.format(plan.year)}{plan.number}"
        for position, row in enumerate(rows, 1):
            if row.pop("papers") and unit(plan.number, position, "papers") < ATTACHES_AT_ONCE:
                _attach(documents_about(employer.business_id, key, position), employer, at)
        raw: dict[str, Any] = {"language": employer.language, "rows": rows}
        if new:
            raw |= {**employer.contact_fields, "iban": employer.iban}
        how: dict[str, Any] = {"actor": employer.actor, "at": at, "on": on, "wall": clock.wall(), "key": key}
        sent = claims.send(raw, **how)
        if not sent.taken:
            # Told what does not fit, the employer says that it is right all the same: a person will look at it.
            sent = claims.send({**raw, "rows": [{**row, "confirmed": True} for row in rows]}, **how)
        if not sent.taken:
            self.gave_up += 1
            return
        for row, judged in zip(rows, sent.rows, strict=True):
            assert judged.case is not None
            self._sent[judged.case.pk] = (employer, row)
            if plan.way == TAKES_BACK and judged.case.state in OPEN_CLAIMS:
                claims.withdraw(judged.case, actor=employer.actor, at=at + timedelta(minutes=3))
            elif judged.case.state == ClaimState.INFORMATION_REQUESTED:
                self.answers_later(judged.case, on, later)

    def answers_later(self, case: Case, on: date, later: Planner) -> None:
        """Whoever was asked for more answers some days later, or never does."""
        if unit(case.pk, "answers") < ANSWERS:
            later(busy_day(on + timedelta(days=2 + case.pk % 9)), lambda at, day: self._answer(case, at, day))

    def _answer(self, case: Case, at: datetime, on: date) -> None:
        employer, row = self._sent[case.pk]
        case.refresh_from_db()
        if case.state != ClaimState.INFORMATION_REQUESTED:
            return
        _attach(f"case:{case.pk}", employer, at)
        claims.amend(case, row, actor=employer.actor, at=at, on=on, wall=clock.wall())

    def other_account(self, case: Case) -> Event:
        """The money came back: the event of the employer giving another account."""

        def give(at: datetime, on: date) -> None:
            employer = self._sent[case.pk][0]
            other = {"iban": iban_of(employer.business_id, nth=1)}
            claim_accounts.give_account(case, other, actor=employer.actor, at=at, on=on)

        return give


def _paid_by(row: Mapping[str, Any]) -> date:
    """The day on which the last wages of a row are paid: the 15th of the month after."""
    end = date.fromisoformat(row["work_end"])
    return (end.replace(day=1) + timedelta(days=32)).replace(day=PAY_DAY)


def _work(pk: int, year: int) -> dict[str, Any]:
    """Work that no register tells of, as the employer writes it."""
    monday = date(year, 6, 8) - timedelta(days=date(year, 6, 8).weekday())
    start = monday + timedelta(weeks=int(unit(pk, "weeks") * 6))
    hours = 63 + int(unit(pk, "hours") * 40)
    return {
        "work_start": start.isoformat(), "work_end": (start + timedelta(days=18)).isoformat(), "hours": str(hours),
        "pay": str(hours * 10), "work_postal_code": "00500",
    }  # fmt: skip


def _drawn(shares: tuple[tuple[float, str], ...], drawn: float) -> str:
    return next(name for most, name in shares if drawn < most)


def _attach(about: str, employer: Employer, at: datetime) -> None:
    for kind in KINDS:
        documents.store(_paper(), about=about, kind=kind, name=f"{kind}.pdf", actor=employer.actor, at=at)


@cache
def _paper() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
