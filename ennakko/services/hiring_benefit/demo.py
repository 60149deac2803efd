# SPDX-License-Identifier: EUPL-1.2
"""The demo's year of the benefit, in every state, made through the service's own actions on the days they happened."""

import heapq
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count

from pypdf import PdfWriter

from ennakko.kernel import clock, payments
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.ports import Confirmation
from ennakko.kernel.payments.states import BatchState
from ennakko.kernel.records.decision_archive import Answer
from ennakko.services.hiring_benefit import papers, review, sheets, terms
from ennakko.services.hiring_benefit.actions import (
    archiving,
    calculating,
    changes,
    consenting,
    deciding,
    handling,
    instalments,
    letters,
    outcomes,
    payslips,
    recovering,
    reviewing,
    sending,
    writing,
)
from ennakko.services.hiring_benefit.actions.in_hand import application_of
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.demo_people import DAYS, MOST_LETTERS, Plan, acting_for, plans, seekers, unit
from ennakko.services.hiring_benefit.form_values import documents_about
from ennakko.services.hiring_benefit.letter_words import FIELDS_OF_WORK
from ennakko.services.hiring_benefit.models import Alteration, Application, EmploymentCheck, Instalment
from ennakko.services.hiring_benefit.states import InstalmentState

Persona = Callable[[str], Actor]
Event = Callable[[datetime, date], None]
HANDLER, OFFICIAL, FINANCE = "samuli", "outi", "tuula"
OFFICE_DAYS = (1, 3)
"""Weekdays on which things happen: the office takes, proposes and decides on Tuesdays and Thursdays."""
PAYING_DAYS = 21
"""Every so manieth day what is due is paid."""
RECENT = timedelta(days=5)
CLOSED = "Tili on suljettu."
NO_SECOND = "Työnantaja ilmoitti, ettei toista erää haeta."
HELD, MISTAKE = "Palkkalaskelma on toiselta ajalta.", "Ilmoitus tehtiin vahingossa."
NO_ANSWER = "Arkisto ei ota vastaan: tiedosto on viallinen"
MACHINE, PAYER = SYSTEM("demo"), SYSTEM("payments")
SHARE = 100
"""Per cent of the hiring costs that aids may cover together, as the handler chose it under the older conditions."""
LOOKED, QUESTION = "Tarkistettu papereista.", "Lähettäkää työsopimus, josta näkyvät työaika ja palkka."
NO_BENEFIT, REFUSED = "Palkkauslisää ei myönnetä.", "Työsuhde oli alkanut ennen kuin lisää voi hakea (ehdot 6 §)."
CANCELLED = "Työnantaja perui hakemuksen puhelimitse."


LIVED_BESIDE = True
"""It needs no offers of the others: it may be made at the same time as theirs."""


@dataclass(slots=True)
class _Year:
    """What is to happen, in the order of the days, until today; `made` counts what was."""

    today: date
    handler: Actor
    official: Actor
    finance: Actor
    queue: list[tuple[datetime, int, Event]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    made: dict[str, int] = field(default_factory=dict)

    def later(self, on: date, event: Event) -> None:
        """Something on an office day at nine or after; what would be after today does not happen."""
        while on.weekday() not in OFFICE_DAYS:
            on += timedelta(days=1)
        if on <= self.today:
            number = next(self.order)
            at = datetime.combine(on, time(7 + number % 6, number % 60), UTC)
            heapq.heappush(self.queue, (at, number, event))

    def live(self) -> None:
        """Let everything happen."""
        while self.queue:
            at, _, event = heapq.heappop(self.queue)
            event(at, at.date())

    def count(self, what: str) -> None:
        self.made[what] = self.made.get(what, 0) + 1


def make_history(*, at: datetime, on: date, persona: Persona) -> dict[str, int] | None:
    """The year behind and the letters of today; None where they stand already."""
    if Application.objects.exists():
        return None
    year = _Year(on, persona(HANDLER), persona(OFFICIAL), persona(FINANCE))
    for plan in plans(on):
        _Course(year, plan).begin()
    for days in range(PAYING_DAYS, DAYS, PAYING_DAYS):
        year.later(on - timedelta(days=DAYS - days), _Paying(year).pay)
    year.live()
    payslips.complete_ended(actor=MACHINE, at=at, on=on)
    outcomes.ask_due(at=at, on=on)
    _answer_outcomes(at)
    year.made["letters"] = _letters(at, on)
    return year.made


class _Paying:
    """What is due is paid: put in a batch, let go by an official, confirmed by the bank."""

    def __init__(self, year: _Year) -> None:
        self.year = year

    def pay(self, at: datetime, on: date) -> None:
        batch = payments.make_batch(SERVICE, on=on, at=at, actor=PAYER)
        if batch is None:
            return
        if batch.state == BatchState.READY:
            batch = payments.release(batch, actor=self.year.finance, at=at)
        if batch.state != BatchState.RELEASED:
            return
        batch = payments.send(batch, actor=PAYER, at=at, wall=at)
        if batch.state == BatchState.SENT:
            told = [self._confirmed(batch, line, on) for line in batch.lines.order_by("number")]
            payments.confirm(told, actor=PAYER, at=at)
            self.year.count("batches")

    def _confirmed(self, batch: Batch, line: Line, on: date) -> Confirmation:
        """One line in every thirty comes back: its account has been closed."""
        back = unit(line.key, "bank") < 1 / 30
        return Confirmation(
            id=f"demo-{batch.reference}-{line.number}", reference=batch.reference, line=line.number or 0,
            state="returned" if back else "paid", paid_on=on, reason=CLOSED if back else "",
            amount_cents=line.amount_cents,
        )  # fmt: skip


class _Course:
    """The way of one application, from its sending to what follows its decision."""

    def __init__(self, year: _Year, plan: Plan) -> None:
        self.year, self.plan = year, plan
        self.case: Case | None = None

    def begin(self) -> None:
        self.year.later(self.plan.sent, self.send)

    def _after(self, on: date, days: int, event: Event) -> None:
        self.year.later(on + timedelta(days=days), event)

    def _application(self) -> Application:
        assert self.case is not None
        return application_of(self.case)

    def send(self, at: datetime, on: date) -> None:
        plan, key = self.plan, self.plan.key
        about = documents_about(plan.employer.organisation or "", key, 1)
        for kind in plan.papers:
            papers.store(_paper(), about=about, kind=kind, name=f"{kind}.pdf", actor=plan.employer, at=at)
        sent = sending.send(
            plan.raw(), actor=plan.employer, at=at, on=on, wall=at, key=key, assured=terms.in_force(on).codes
        )
        if not sent.taken:
            self.year.count("not taken")
            return
        self.case = sent.applications[0].case
        self.year.count("sent")
        self._after(on, 2, self.consent)
        if plan.way == "cancelled":
            self._after(on, 5, self.cancel)
        elif plan.way != "received":
            # What is asked for of late is still waited for.
            asked = plan.way == "asked"
            self.year.later(self.year.today - RECENT if asked else on + timedelta(days=plan.days_to_take), self.take)

    def consent(self, at: datetime, on: date) -> None:
        employee = self._application().employee
        if employee.person_id is None or self._fresh().closed_at is not None:
            return  # what was decided or cancelled meanwhile needs no confirmation
        actor = Actor("resident", f"demo-{employee.person_id}", person=employee.person_id, strong=True)
        consenting.confirm(employee, actor=actor, at=at)

    def _fresh(self) -> Case:
        assert self.case is not None
        return Case.objects.get(pk=self.case.pk)

    def cancel(self, at: datetime, on: date) -> None:
        handling.cancel(handling.take(self._fresh(), actor=self.year.handler, at=at, on=on), CANCELLED,
                        actor=self.year.handler, at=at)  # fmt: skip

    def take(self, at: datetime, on: date) -> None:
        case = handling.take(self._fresh(), actor=self.year.handler, at=at, on=on)
        if self.plan.way == "asked":
            handling.ask_more(case, QUESTION, actor=self.year.handler, at=at, on=on)
        elif self.plan.way == "taken" and not self.year.made.get("archive failures"):
            failure = Answer(outcome="failure", request="demo", failures=(NO_ANSWER,))
            archiving.hear(archiving.OPEN, case.number, failure, wall=at)
            self.year.count("archive failures")
        elif self.plan.way in ("granted", "refused", "proposed", "proposed_refusal"):
            self._after(on, self.plan.days_to_propose, self.propose)

    def calculate(self, case: Case, row: Application, at: datetime, on: date) -> None:
        """The handler's sheet of the older conditions: the share is chosen, the pay subsidy stands with its days."""
        subsidy = sheets.SubsidyRow(row.start, row.end, percent=50)
        sheet = replace(sheets.of_application(row), share=SHARE, subsidies=(subsidy,))
        calculating.calculate(case, sheet, actor=self.year.handler, at=at, on=on)

    def propose(self, at: datetime, on: date) -> None:
        case, row = self._fresh(), self._application()
        outcome = "accepted" if self.plan.way in ("granted", "proposed") else "rejected"
        if outcome == "accepted":
            if self.plan.subsidised:
                self.calculate(case, row, at, on)
            if row.employee.consent not in ("given", "on_paper"):
                consenting.on_paper(row.employee, actor=self.year.handler, at=at)
                row = self._application()
            for one in review.open_marks(row):
                reviewing.mark(case, one.kind, True, actor=self.year.handler, at=at, words=LOOKED)
        else:
            writing.save(
                case, outcome=outcome, decision=NO_BENEFIT, justification=REFUSED, de_minimis=None,
                actor=self.year.handler, at=at,
            )  # fmt: skip
        deciding.propose(self._fresh(), outcome, actor=self.year.handler, at=at, on=on)
        if self.plan.way in ("granted", "refused"):
            self._after(on, self.plan.days_to_decide, self.decide)

    def decide(self, at: datetime, on: date) -> None:
        deciding.decide(self._fresh(), actor=self.year.official, at=at, on=on)
        self.year.count(self.plan.way)
        if self.plan.way != "granted":
            return
        row = self._application()
        if self.plan.ends is not None:
            self.year.later(max(self.plan.ends, on), self.change)
        second = Instalment.objects.filter(application=row, number=2).first()
        if second is not None:
            self._after(on, 10, self.look_at_second)
            self.year.later(max(row.start + timedelta(days=152), on), self.payslip)

    def look_at_second(self, at: datetime, on: date) -> None:
        """A few second instalments are held, cancelled or paid earlier; nobody has yet been asked for a payslip."""
        second = Instalment.objects.get(application=self._application(), number=2)
        drawn = unit(self.plan.key, "second")
        if drawn < 0.15:
            instalments.hold(second, HELD, actor=self.year.handler, at=at)
        elif drawn < 0.3:
            instalments.cancel(second, NO_SECOND, actor=self.year.handler, at=at)
        elif drawn < 0.45:
            instalments.move_earlier(second, on + timedelta(days=60), actor=self.year.handler, at=at, on=on)
            instalments.accept(second, actor=self.year.handler, at=at, on=on)

    def payslip(self, at: datetime, on: date) -> None:
        """The employer is asked for the payslip, sends it, and the handler accepts the second instalment."""
        payslips.ask_due(actor=MACHINE, at=at, on=on)
        second = Instalment.objects.get(application=self._application(), number=2)
        drawn = unit(self.plan.key, "payslip")
        if second.state != InstalmentState.REQUESTED or drawn < 0.15:
            return
        payslips.add_payslip(second, _paper(), name="payslip.pdf", actor=self.plan.employer, at=at)
        payslips.answer(second, assured=True, actor=self.plan.employer, at=at)
        second.refresh_from_db()
        if drawn > 0.5:
            try:
                instalments.accept(second, actor=self.year.handler, at=at, on=on)
            except NotNow as taxes:
                instalments.hold(second, taxes.reason.fi, actor=self.year.handler, at=at)
        elif drawn > 0.35:
            instalments.hold(second, HELD, actor=self.year.handler, at=at)

    def change(self, at: datetime, on: date) -> None:
        """The work ends early: told, opened, proposed, decided; the latest ones are still on their way."""
        row = self._application()
        if self.plan.ends is None or not row.start <= self.plan.ends <= row.end:
            return
        told = changes.Told(
            kind="termination", last_day=self.plan.ends, contact=self.plan.employer.name, reason="Työ loppui."
        )
        changes.tell(row, told, actor=self.plan.employer, at=at, on=on)
        self.year.count("changes")
        if self.plan.change != "told":
            self._after(on, 4, self.recover)

    def recover(self, at: datetime, on: date) -> None:
        alteration = Alteration.objects.get(application=self._application())
        if self.plan.change == "cancelled":
            changes.cancel(alteration, MISTAKE, actor=self.year.handler, at=at)
            return
        changes.open_change(alteration, actor=self.year.handler, at=at)
        if self.plan.change == "opened":
            return
        alteration.refresh_from_db()
        start, end = recovering.default_days(alteration)
        recovering.propose(alteration, recoverable=True, start=start, end=end, actor=self.year.handler, at=at, on=on)
        if self.plan.change == "proposed":
            return
        recovering.decide(alteration, actor=self.year.official, at=at, on=on)
        self.year.count("recovered")


def _answer_outcomes(at: datetime) -> None:
    """Most employers have told whether the work goes on."""
    for check in EmploymentCheck.objects.select_related("application").order_by("pk"):
        drawn = unit(check.pk, "outcome")
        if drawn < 0.75:
            row = check.application
            employer = acting_for(row.organisation, row.sent_by_name)
            outcomes.answer(check, still_employed=drawn < 0.55, actor=employer, at=at)


def _letters(at: datetime, on: date) -> int:
    """Letters that job-seekers have ordered, each with her own consent."""
    made = 0
    groups = list(FIELDS_OF_WORK)
    for person in seekers(on)[:MOST_LETTERS]:
        actor = Actor("resident", f"demo-{person}", person=person, strong=True)
        done = letters.order(
            person, consents=True, waives=True, language="fi", actor=actor, at=at, on=on, wall=clock.wall(),
            field=groups[int(unit(person, "field") ** 2 * len(groups))],
        )  # fmt: skip
        made += done.letter is not None
    return made


@cache
def _paper() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
