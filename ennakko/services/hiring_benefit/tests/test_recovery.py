# SPDX-License-Identifier: EUPL-1.2
"""Recovery: reckoned from the rows that were granted, decided by another official, taken off or claimed back."""

from datetime import date

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.payments.models import Line, Recovery
from ennakko.services.hiring_benefit.actions import changes, instalments, recovering
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
PARTS = [
    {"start": "2026-02-01", "end": "2026-07-31", "subtotal": "9000.00"},
    {"start": "2026-08-01", "end": "2027-01-31", "subtotal": "4800.00"},
]


def decide(row: Alteration) -> Decision:
    return recovering.decide(row, actor=t.official(), at=t.AT, on=p.ON, title="Tiimipäällikkö")


def test_the_days_after_the_last_day_are_recovered_by_the_very_rows_that_were_granted():
    row = p.told(p.granted(1_380_000, parts=PARTS), last_day=date(2026, 8, 31))
    assert recovering.default_days(row) == (date(2026, 9, 1), p.END)
    found = recovering.reckon(row, *recovering.default_days(row))
    assert (found.cents, found.taken) == (400_000, True)


def test_a_recovery_reduces_the_second_instalment_before_it_is_paid():
    application = p.granted()
    p.bank()
    row = p.recovered(p.told(application, last_day=date(2026, 10, 31)))
    assert (row.case.state, row.deducted_cents, row.invoiced_cents) == ("handled", 450_000, 0)
    second = p.instalment(application, 2)
    assert (second.state, second.payable_cents, second.amount_cents) == ("waiting", 450_000, 900_000)
    instalments.accept(second, actor=t.handler(), at=t.AT, on=date(2026, 8, 1))
    assert p.lines(application) == [(1, 900_000, "paid"), (2, 450_000, "planned")]


def test_what_the_second_instalment_does_not_cover_is_claimed_back_of_what_was_paid():
    application = p.granted()
    p.bank()
    row = p.recovered(p.told(application, last_day=date(2026, 4, 30)))
    assert (row.deducted_cents, row.invoiced_cents) == (900_000, 450_000)
    assert p.states(application) == ["paid", "cancelled"]
    (claim,) = Recovery.objects.all()
    assert (claim.amount_cents, claim.decision, claim.line.instalment) == (450_000, row.case.number, 1)


def test_an_accepted_payment_that_has_not_left_is_planned_again_with_less():
    application = p.granted()
    p.recovered(p.told(application, last_day=date(2026, 4, 30)))
    assert p.states(application) == ["accepted", "cancelled"]
    assert p.lines(application) == [(1, 900_000, "cancelled"), (1, 450_000, "planned")]
    p.bank()
    assert p.states(application) == ["paid", "cancelled"]


def test_while_the_payment_is_on_its_way_nothing_is_decided():
    application = p.granted(900_000, end=date(2026, 7, 31))
    row = p.proposed(p.told(application, last_day=date(2026, 4, 30)))
    p.batch()
    with pytest.raises(NotNow, match="can no longer be cancelled"):
        decide(row)
    row.refresh_from_db()
    assert (row.case.state, row.deducted_cents, Decision.objects.filter(case=row.case).count()) == ("proposed", 0, 0)


def test_a_benefit_paid_at_once_is_claimed_back_from_its_payment():
    application = p.granted(900_000, end=date(2026, 7, 31))
    p.bank()
    row = p.recovered(p.told(application, last_day=date(2026, 4, 30)))
    assert (row.deducted_cents, row.invoiced_cents) == (0, 450_000)
    assert Line.objects.get(about=f"case:{application.case_id}").recovering_cents == 450_000


def test_the_decision_tells_the_sum_the_rows_and_how_to_appeal():
    application = p.granted()
    row = p.recovered(p.told(application, last_day=date(2026, 10, 31)))
    decision = Decision.objects.get(case=row.case)
    assert (decision.outcome, decision.amount_cents, decision.decided_by_name) == ("recovered", 450_000, "Outi")
    assert [one["step"] for one in decision.reasons] == ["recovery_part", "recovery_amount"]
    assert decision.appeal["days"] == 14
    (message,) = Message.objects.filter(template="hiring-benefit.recovery_decided")
    assert (message.data["value"], message.data["deducted"], message.data["invoiced"]) == (450_000, 450_000, 0)


def test_whoever_handled_a_notice_does_not_decide_it():
    row = p.proposed(p.told(p.granted()))
    both = t.staff("Ritva", "hiring-benefit.handler", "hiring-benefit.decision-maker")
    with pytest.raises(Refused):
        recovering.decide(row, actor=both, at=t.AT, on=p.ON)


def test_not_to_recover_needs_its_reason_and_moves_no_money():
    application = p.granted()
    row = p.told(application)
    with pytest.raises(NotNow, match="why the benefit is not recovered"):
        p.proposed(row, recoverable=False)
    start, end = recovering.default_days(row)
    row = recovering.propose(
        row, recoverable=False, start=start, end=end, justification="Työntekijä sairastui", actor=t.handler(),
        at=t.AT, on=p.ON,
    )  # fmt: skip
    assert decide(row).outcome == "not_recovered"
    assert p.instalment(application, 2).payable_cents == 900_000
    assert Message.objects.filter(template="hiring-benefit.recovery_left").count() == 1


def test_a_sum_by_hand_is_whole_euros_and_at_most_what_is_left():
    row = p.told(p.granted())
    changes.open_change(row, actor=t.handler(), at=t.AT)
    start, end = recovering.default_days(row)
    for euros, told in (("12,50", "whole euros"), ("-3", "whole euros"), ("x", "whole euros"), ("18001", "No more")):
        with pytest.raises(NotNow, match=told):
            recovering.propose(
                row, recoverable=True, start=start, end=end, euros=euros, actor=t.handler(), at=t.AT, on=p.ON
            )
    row = recovering.propose(
        row, recoverable=True, start=start, end=end, euros="1 500 €", actor=t.handler(), at=t.AT, on=p.ON
    )
    assert (row.proposed_cents, row.by_hand) == (150_000, True)


@pytest.mark.parametrize(("euros", "taken"), [("20", False), ("21", True)])
def test_only_what_is_above_the_limit_is_recovered(euros, taken):
    row = p.told(p.granted())
    if taken:
        assert p.proposed(row, euros=euros).proposed_cents == 2_100
    else:
        with pytest.raises(NotNow, match="at most €20"):
            p.proposed(row, euros=euros)


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 1, 31), p.END), (date(2026, 9, 1), date(2027, 2, 1)), (date(2026, 9, 2), date(2026, 9, 1)),
     (date(2026, 9, 1), None), (None, p.END)],
)  # fmt: skip
def test_days_outside_the_benefit_are_refused(start, end):
    row = p.told(p.granted())
    with pytest.raises(NotNow, match="within the benefit's period"):
        p.proposed(row, start=start, end=end)


def test_days_of_another_notice_are_refused():
    application = p.granted()
    p.told(application, kind="suspension", last_day=date(2026, 3, 31), back=date(2026, 4, 30))
    row = p.told(application)
    with pytest.raises(NotNow, match="overlap with another notice"):
        p.proposed(row, start=date(2026, 4, 30), end=p.END)


def test_a_change_on_the_last_day_leaves_nothing_to_recover():
    row = p.told(p.granted(), last_day=p.END)
    assert recovering.default_days(row) == (None, None)
    with pytest.raises(NotNow, match="leaves no days"):
        p.proposed(row)


def test_two_recoveries_never_take_more_than_was_granted():
    application = p.granted()
    first = p.told(application, kind="suspension", last_day=date(2026, 3, 31), back=date(2026, 5, 1))
    p.recovered(first, euros="12000")
    second = p.told(application, last_day=date(2026, 10, 31))
    with pytest.raises(NotNow, match="No more can be recovered"):
        p.proposed(second, euros="6001")
    start, end = recovering.default_days(second)
    row = recovering.propose(
        second, recoverable=True, start=start, end=end, euros="6000", actor=t.handler(), at=t.AT, on=p.ON
    )
    decide(row)
    assert sum(one.payable_cents for one in application.instalments.all()) == 0


def test_the_official_sends_a_proposal_back_with_a_reason():
    row = p.proposed(p.told(p.granted()))
    with pytest.raises(NotNow, match="reason"):
        recovering.send_back(row, "", actor=t.official(), at=t.AT)
    assert recovering.send_back(row, "Tarkista päivät", actor=t.official(), at=t.AT).state == "opened"


def test_an_annulled_recovery_gives_back_what_it_took():
    application = p.granted()
    p.bank()
    row = p.recovered(p.told(application, last_day=date(2026, 4, 30)))
    for _ in range(2):
        recovering.annul(row, "Oikaisuvaatimus hyväksyttiin", actor=t.official(), at=t.AT, on=p.ON)
    second = p.instalment(application, 2)
    assert (second.state, second.payable_cents) == ("waiting", 900_000)
    assert Recovery.objects.get().state == "waived"
    assert Line.objects.get(about=f"case:{application.case_id}").recovering_cents == 0
    assert recovering.left_of(application) == p.TOTAL


def test_a_recovery_is_not_annulled_once_the_reduced_instalment_is_accepted():
    application = p.granted()
    row = p.recovered(p.told(application, last_day=date(2026, 10, 31)))
    instalments.accept(p.instalment(application, 2), actor=t.handler(), at=t.AT, on=p.ON)
    with pytest.raises(NotNow, match="Put it back first"):
        recovering.annul(row, "Oikaisu", actor=t.official(), at=t.AT, on=p.ON)
    row.refresh_from_db()
    assert row.annulled_at is None


@pytest.mark.parametrize("actor", [t.employer(), t.resident(1), t.Actor("staff", "x", name="X")])
def test_others_neither_propose_nor_decide(actor):
    row = p.told(p.granted())
    with pytest.raises(Refused):
        recovering.propose(row, recoverable=True, start=None, end=None, actor=actor, at=t.AT, on=p.ON)
    proposed = p.proposed(row)
    for attempt in (
        lambda: recovering.decide(proposed, actor=actor, at=t.AT, on=p.ON),
        lambda: recovering.send_back(proposed, "x", actor=actor, at=t.AT),
        lambda: recovering.annul(proposed, "x", actor=actor, at=t.AT, on=p.ON),
    ):
        with pytest.raises(Refused):
            attempt()
