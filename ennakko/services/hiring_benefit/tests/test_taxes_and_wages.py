# SPDX-License-Identifier: EUPL-1.2
"""Outside registers: the employer's taxes at sending and before each payment, the pay of the second instalment."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from ennakko.kernel.access import SYSTEM, Refused
from ennakko.kernel.audit.models import Read
from ennakko.kernel.cases import NotNow
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import TaxStanding, Unavailable, WagePayment
from ennakko.kernel.registers import permits as table
from ennakko.municipalities.profile import FOLDER
from ennakko.services.hiring_benefit import review, taxes
from ennakko.services.hiring_benefit.actions import deciding, handling, instalments, payslips, tax_checking, wages_known
from ennakko.services.hiring_benefit.models import Application, Instalment, TaxCheck
from ennakko.services.hiring_benefit.queries.money import wages_of
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.values.periods import Period

pytestmark = pytest.mark.django_db
HELSINKI = FOLDER / "helsinki"
CITY = table.PermitTable.load(HELSINKI / "permits.toml")
DEMO = table.PermitTable.load(HELSINKI / "demo" / "permits.toml")
JULY = p.START + timedelta(days=155)


class Registers:
    """Taxes and wages as a test wants them told; `silent` registers do not answer."""

    def __init__(self) -> None:
        self.debt = self.plan = self.silent = False
        self.told: tuple[WagePayment, ...] = ()
        self.asked = 0

    def standing(self, business_id: str) -> TaxStanding:
        self.asked += 1
        if self.silent:
            raise Unavailable("tax debts: no answer")
        return TaxStanding(self.debt, self.plan, t.ON)

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        self.asked += 1
        if self.silent:
            raise Unavailable("incomes register: no answer")
        return self.told


@pytest.fixture
def registers(tmp_path: Any, settings: Any) -> Iterator[Registers]:
    settings.VAR = tmp_path
    cache.clear()
    made = Registers()
    ports.use(tax_debts=made, wages=made)
    yield made
    ports.use()
    cache.clear()


def later(minutes: int = 60) -> Any:
    cache.clear()
    return t.AT + timedelta(minutes=minutes)


def ask_again(minutes: int = 60) -> dict[str, int]:
    return tax_checking.ask_waiting(actor=SYSTEM("test"), at=later(minutes), on=t.ON)


def company_mark(application: Application) -> Any:
    return next(one for one in review.marks_of(application) if one.kind == "company")


# --- taxes at sending


def test_the_register_is_asked_once_at_sending_and_the_answer_is_the_machines_mark(registers: Registers) -> None:
    registers.debt = True
    (row,) = t.send().applications
    check = TaxCheck.objects.get()
    assert (check.application_id, check.moment, check.debt, check.tries) == (row.pk, "sending", True, 1)
    assert registers.asked == 1
    assert [holds for holds, _ in taxes.lines(row)] == [False]


@pytest.mark.parametrize(("debt", "plan", "holds"), [(False, False, True), (True, False, False), (True, True, None)])
def test_a_debt_with_a_plan_is_a_persons_to_judge(
    registers: Registers, debt: bool, plan: bool, holds: bool | None
) -> None:
    registers.debt, registers.plan = debt, plan
    (row,) = t.send().applications
    assert next(taxes.lines(row))[0] is holds


def test_a_silent_register_loses_no_sending_and_is_asked_again(registers: Registers) -> None:
    registers.silent = True
    sent = t.send()
    assert len(sent.applications) == 1
    assert next(taxes.lines(sent.applications[0])) == (None, taxes.SILENT)
    assert ask_again(10) == {"answered": 0, "silent": 0}, "not at once"
    assert ask_again() == {"answered": 0, "silent": 1}
    registers.silent = False
    assert ask_again(120) == {"answered": 1, "silent": 0}
    assert next(taxes.lines(sent.applications[0]))[0] is True
    assert ask_again(240) == {"answered": 0, "silent": 0}


def test_the_late_answer_renews_the_marks_of_what_is_in_handling(registers: Registers) -> None:
    sent = d.taken()
    TaxCheck.objects.create(application=sent.application, moment="sending", asked_at=t.AT)
    registers.debt = True
    assert ask_again()["answered"] == 1
    assert company_mark(sent.application).machine_holds is False


def test_where_the_register_is_not_in_use_nothing_is_asked_or_kept(tmp_path: Any, settings: Any) -> None:
    settings.VAR = tmp_path
    t.send()
    assert not TaxCheck.objects.exists()
    assert instalments.accept(p.answered(p.granted(key="g")), actor=t.handler(), at=t.AT, on=t.ON).accepted_by


# --- before payments


def test_an_employer_in_order_is_paid_and_the_check_is_kept(registers: Registers) -> None:
    row = p.answered(p.granted())
    instalments.accept(row, actor=t.handler(), at=t.AT, on=t.ON)
    assert TaxCheck.objects.get(moment="payment", part=2).debt is False


@pytest.mark.parametrize("trouble", ["debt", "silent"])
def test_a_debt_or_silence_needs_the_handlers_words_which_stay_in_the_history(
    registers: Registers, trouble: str
) -> None:
    row = p.answered(p.granted())
    setattr(registers, trouble, True)
    with pytest.raises(NotNow) as told:
        instalments.accept(row, actor=t.handler(), at=t.AT, on=t.ON)
    assert "Pidätä erä" in told.value.reason.fi
    assert p.instalment(row.application, 2).state == "responded"
    paid = instalments.accept(row, actor=t.handler(), at=t.AT, on=t.ON, why="Velka on maksettu tänään.")
    assert paid.state == "accepted"
    assert row.application.case.events.order_by("-pk")[0].details["why"] == "Velka on maksettu tänään."


def test_nobody_without_the_right_asks_the_register(registers: Registers) -> None:
    row = p.answered(p.granted())
    before = registers.asked
    with pytest.raises(Refused):
        instalments.accept(row, actor=t.employer(), at=t.AT, on=t.ON)
    assert registers.asked == before


def test_a_debt_found_after_the_proposal_sends_the_decision_back(registers: Registers) -> None:
    case = d.proposed()
    registers.debt = True
    with pytest.raises(NotNow) as told:
        d.decided(case)
    assert "palauta" in told.value.reason.fi


def test_one_that_the_handler_weighed_is_decided(registers: Registers) -> None:
    registers.debt = True
    sent = d.arrived()
    TaxCheck.objects.create(application=sent.application, moment="sending", asked_at=t.AT, debt=True,
                            payment_plan=False, checked_on=t.ON)  # fmt: skip
    case = handling.take(sent.case, actor=t.handler(), **d.WHEN)
    d.looked_at(case)
    case = deciding.propose(case, "accepted", actor=t.handler(), **d.WHEN)
    assert d.decided(case).outcome == "accepted"


def test_a_silent_register_stops_no_decision(registers: Registers) -> None:
    case = d.proposed()
    registers.silent = True
    assert d.decided(case).outcome == "accepted"
    assert TaxCheck.objects.get(moment="payment").debt is None


# --- wages


@pytest.fixture
def permit() -> Iterator[None]:
    """The permits of the demonstration, which supposes one for the incomes register."""
    before = table.permits()
    table.set_permits(CITY.supposing(DEMO))
    yield
    table.set_permits(before)


def pay(cents: int = 260_000, month: int = 5) -> WagePayment:
    period = Period(date(2026, month, 1), date(2026, month, 28))
    return WagePayment(date(2026, month + 1, 15), cents, None, period)


def gathered(row: Instalment) -> int:
    return wages_known.gather_due(actor=SYSTEM("test"), at=p.at_of(JULY), on=JULY)


def test_without_a_permit_the_register_is_not_asked(registers: Registers) -> None:
    registers.told = (pay(),)
    row = p.asked(p.granted())
    before = registers.asked
    assert gathered(row) == 0
    assert registers.asked == before
    assert p.instalment(row.application, 2).wages is None


@pytest.mark.usefixtures("permit")
def test_the_pay_is_prefilled_with_its_source_and_no_payslip_is_needed(registers: Registers) -> None:
    registers.told = (pay(), pay(month=4))
    row = p.asked(p.granted(of=t.person(1)))
    assert gathered(row) == 1
    row = p.instalment(row.application, 2)
    assert [(one.cents, one.paid_on.month) for one in wages_of(row)] == [(260_000, 5), (260_000, 6)]
    assert Read.objects.filter(purpose="hiring-benefit").exists()
    done = payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(JULY))
    assert done.state == "responded"


@pytest.mark.usefixtures("permit")
def test_a_payslip_beside_the_registers_pay_replaces_nothing(registers: Registers) -> None:
    registers.told = (pay(100_000),)
    row = p.asked(p.granted())
    gathered(row)
    row = p.instalment(row.application, 2)
    p.slip(row, JULY)
    payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(JULY))
    assert [one.cents for one in wages_of(p.instalment(row.application, 2))] == [100_000]
    assert len(payslips.payslips_of(row.application.case, row.asked_at)) == 1


@pytest.mark.usefixtures("permit")
def test_a_silent_register_is_asked_in_the_next_run_and_an_empty_answer_needs_a_payslip(registers: Registers) -> None:
    row = p.asked(p.granted())
    registers.silent = True
    assert gathered(row) == 0
    assert p.instalment(row.application, 2).wages_at is None
    registers.silent = False
    assert gathered(row) == 0
    row = p.instalment(row.application, 2)
    assert row.wages == []
    with pytest.raises(NotNow):
        payslips.answer(row, assured=True, actor=t.employer(), at=p.at_of(JULY))


@pytest.mark.usefixtures("permit")
def test_what_the_employer_answered_meanwhile_stays(registers: Registers) -> None:
    registers.told = (pay(),)
    row = p.answered(p.granted())
    assert gathered(row) == 0
    assert p.instalment(row.application, 2).wages is None


def test_the_citys_own_permit_is_absent_and_the_demos_is_marked() -> None:
    own, supposed = (
        next(one for one in rows.permits if (one.source, one.purpose) == ("incomes-register", "hiring-benefit"))
        for rows in (CITY, CITY.supposing(DEMO))
    )
    assert own.absent
    assert own.ask is not None
    assert supposed.trial
    assert "Vain esittelyssä" in supposed.act.fi
