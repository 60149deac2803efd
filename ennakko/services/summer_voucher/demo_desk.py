# SPDX-License-Identifier: EUPL-1.2
"""What the demo's officials, finance and bank do in a season, week by week: handle, decide, pay, pay again, recover."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import clock, payments
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.ports import Confirmation
from ennakko.services.summer_voucher.actions import claim_checking, claim_handling
from ennakko.services.summer_voucher.claim_states import FOR_HANDLER, ClaimState
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.demo_employers import unit
from ennakko.services.summer_voucher.demo_sending import Event, Planner, Senders
from ennakko.services.summer_voucher.models import ClaimRow

MACHINE = SYSTEM(SERVICE)
QUESTION = "Onko verovelasta tehty maksujärjestely tai onko tiedoissa muuta, mitä meidän pitäisi tietää?"
ACCEPTED = "Työnantaja selvitti asian, ja setelin ehdot täyttyvät."
REJECTED = "Työnantaja ei selvittänyt asiaa määräajassa (kesäsetelin ehdot, 16 § ja 19 §)."
RETURNED = 90
"""Every so many payments the bank sends one back."""
OTHER_ACCOUNT = 0.7
"""The share of employers who then soon give another account."""
CLOSED = "Tili on suljettu / Kontot är stängt / The account is closed"
OVERPAID = "Nuori ei ollut työssä: työnantaja ilmoitti, että työsuhde purettiin ennen ensimmäistä työpäivää."


class Desk:
    """The people at work with a season's claims."""

    def __init__(self, persona: Callable[[str], Actor]) -> None:
        self.handler, self.official, self.finance = persona("ritva"), persona("outi"), persona("tuula")
        self._asked: set[int] = set()

    def plan_weeks(self, plan: Planner, *, first: date, last: date, employers: Senders) -> None:
        """Mondays handling, deciding and a batch; Thursdays what the bank says of it."""
        monday = first - timedelta(days=first.weekday())
        while monday <= last:
            plan(monday, self._handling(plan, employers))
            plan(monday, self._deciding)
            plan(monday, self._paying)
            plan(monday + timedelta(days=3), self._confirming(plan, employers))
            monday += timedelta(weeks=1)
        plan(last, self._recover)

    def _handling(self, plan: Planner, employers: Senders) -> Event:
        def handle(at: datetime, on: date) -> None:
            claim_checking.check_again(at=at, on=on, actor=MACHINE)
            waiting = Case.objects.filter(service=SERVICE, kind="claim", state__in=FOR_HANDLER)
            for case in waiting.select_related("summer_voucher_claim_row").order_by("pk"):
                self._handle(case, at, on)
                if case.pk in self._asked and case.state == ClaimState.INFORMATION_REQUESTED:
                    employers.answers_later(case, on, plan)

        return handle

    def _handle(self, case: Case, at: datetime, on: date) -> None:
        claim_handling.take(case, actor=self.handler, at=at)
        case.refresh_from_db()
        row = case.summer_voucher_claim_row  # type: ignore[attr-defined]
        if row.outcome == "reject":
            claim_handling.propose_rejection(case, REJECTED if not case.draft else "", actor=self.handler, at=at, on=on)
        elif case.pk not in self._asked and case.state == ClaimState.AWAITING_HANDLING:
            self._asked.add(case.pk)
            claim_handling.ask_more(case, QUESTION, actor=self.handler, at=at, due=on + timedelta(days=14))
            case.refresh_from_db()
        elif self._answered(case):
            claim_handling.propose_acceptance(case, actor=self.handler, at=at, on=on, justification=ACCEPTED)
        else:
            claim_handling.propose_rejection(case, REJECTED, actor=self.handler, at=at, on=on)

    def _answered(self, case: Case) -> bool:
        return case.events.filter(verb="provide_information").exists()

    def _deciding(self, at: datetime, on: date) -> None:
        of_claims = Case.objects.filter(service=SERVICE, kind="claim").order_by("pk")
        for case in of_claims.filter(state=ClaimState.AWAITING_DECISION):
            claim_handling.decide(case, (case.draft or {})["outcome"], actor=self.official, at=at, on=on)
        claim_handling.release(of_claims.filter(state=ClaimState.READY), actor=self.official, at=at, on=on)

    def _paying(self, at: datetime, on: date) -> None:
        while (batch := payments.make_batch(SERVICE, on=on, at=at, actor=self.finance)) is not None:
            if batch.state == "ready":
                batch = payments.release(batch, actor=self.finance, at=at)
            payments.send(batch, actor=self.finance, at=at, wall=clock.wall())

    def _confirming(self, plan: Planner, employers: Senders) -> Event:
        def confirm(at: datetime, on: date) -> None:
            said = [
                self._said(line, batch, on)
                for batch in Batch.objects.filter(service=SERVICE, state="sent").order_by("pk")
                for line in batch.lines.filter(state="sent").order_by("number")
            ]
            payments.confirm(said, actor=self.finance, at=at)
            for row in ClaimRow.objects.filter(account_asked_at=at, case__isnull=False).select_related("case"):
                assert row.case is not None
                if unit(row.case.pk, "other account") < OTHER_ACCOUNT:
                    plan(on + timedelta(weeks=1), employers.other_account(row.case))

        return confirm

    def _said(self, line: Line, batch: Batch, on: date) -> Confirmation:
        back = line.replaces_id is None and line.pk % RETURNED == RETURNED // 2
        return Confirmation(
            id=f"demo-{batch.reference}-{line.number}", reference=batch.reference, line=line.number or 0,
            state="returned" if back else "paid", paid_on=on, reason=CLOSED if back else "",
            amount_cents=line.amount_cents,
        )  # fmt: skip

    def _recover(self, at: datetime, on: date) -> None:
        """One sum is claimed back by a decision of the official."""
        line = Line.objects.filter(service=SERVICE, state="paid").order_by("-pk").first()
        if line is None:
            return
        case = Case.objects.get(pk=int(line.about.removeprefix("case:")))
        with transaction.atomic():
            payments.recover(
                line, line.amount_cents, key=f"{SERVICE}:recovery:{line.pk}", reason=OVERPAID, at=at,
                decision=f"{case.number}, takaisinperintä", actor=self.official,
            )  # fmt: skip
