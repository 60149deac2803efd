# SPDX-License-Identifier: EUPL-1.2
"""Instalments: planned with the decision, paid once, held, moved, cancelled, paid again when the bank returned them."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import organisations
from ennakko.kernel.access import Refused
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import CaseEvent
from ennakko.kernel.messages.models import Message
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.tests import paying
from ennakko.services.hiring_benefit import payment_file
from ennakko.services.hiring_benefit.actions import instalments
from ennakko.services.hiring_benefit.models import Instalment
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 20)


def accept(row: Instalment, on: date = LATER) -> Instalment:
    return instalments.accept(row, actor=t.handler(), at=p.at_of(on), on=on)


def test_a_large_benefit_is_paid_in_two_the_first_at_once():
    application = p.granted()
    first, second = Instalment.objects.filter(application=application).order_by("number")
    assert (first.amount_cents, first.state, first.due) == (900_000, "accepted", p.ON)
    assert (second.amount_cents, second.state, second.due) == (900_000, "waiting", date(2026, 8, 1))
    assert (first.start, first.end, second.start, second.end) == (p.START, date(2026, 7, 31), date(2026, 8, 1), p.END)
    assert p.lines(application) == [(1, 900_000, "planned")]


def test_a_small_benefit_is_paid_at_once():
    application = p.granted(960_000)
    assert p.states(application) == ["accepted"]
    assert p.lines(application) == [(1, 960_000, "planned")]


def test_a_benefit_of_rules_without_a_split_is_paid_at_once():
    application = p.granted(960_100, start=date(2025, 9, 1), end=date(2026, 8, 31))
    assert p.states(application) == ["accepted"]


def test_a_refusal_has_no_instalments():
    sent = t.an_application(state=BenefitState.REFUSED)
    assert not Instalment.objects.filter(application=sent.application).exists()


def test_planning_again_changes_nothing():
    application = p.granted()
    row = p.instalment(application, 1)
    instalments.plan(application.case, row.decision, p.at_of(LATER), LATER)
    assert (p.states(application), len(p.lines(application))) == (["accepted", "waiting"], 1)


def test_the_bank_s_word_makes_it_paid_and_the_history_says_so():
    application = p.granted()
    p.bank()
    row = p.instalment(application, 1)
    assert (row.state, row.paid_on) == ("paid", p.ON)
    assert "instalment_paid" in CaseEvent.objects.filter(case=application.case).values_list("verb", flat=True)


def test_a_payment_that_came_back_waits_for_a_handler_and_the_employer_is_told():
    application = p.granted()
    p.bank(state="returned")
    row = p.instalment(application, 1)
    assert (row.state, row.why) == ("payment_failed", "Tili suljettu")
    assert Message.objects.filter(template="hiring-benefit.payment_failed").count() == 1


def test_a_returned_payment_is_paid_again_to_the_account_that_the_employer_has_now():
    application = p.granted()
    p.bank(state="returned")
    company = t.organisation()
    organisations.use_account(company, t.OTHER_IBAN, actor=t.employer(), at=p.at_of(LATER), on=LATER)
    accept(p.instalment(application, 1))
    returned, again = Line.objects.filter(about=f"case:{application.case_id}").order_by("pk")
    assert (again.replaces_id, again.iban, again.state, again.amount_cents) == (
        returned.pk, t.OTHER_IBAN, "planned", 900_000,
    )  # fmt: skip
    p.bank(LATER)
    assert p.states(application) == ["paid", "waiting"]


def test_the_second_instalment_is_accepted_for_its_own_day():
    application = p.granted()
    accept(p.answered(application))
    line = Line.objects.get(about=f"case:{application.case_id}", instalment=2)
    assert (line.due, line.amount_cents, line.decided_by) == (date(2026, 8, 1), 900_000, t.handler().subject)
    p.bank(LATER)
    assert p.states(application) == ["paid", "accepted"]
    p.bank(date(2026, 8, 1))
    assert p.states(application) == ["paid", "paid"]
    assert [sums for _, sums, _ in p.lines(application)] == [900_000, 900_000]


def test_accepting_twice_pays_once():
    application = p.granted()
    row = p.answered(application)
    accept(row)
    with pytest.raises(NotNow, match="Accepted for payment"):
        accept(row)
    assert len(p.lines(application)) == 2


@pytest.mark.parametrize(("to", "moved"), [(LATER, True), (date(2026, 7, 31), True), (date(2026, 8, 1), False),
                                           (date(2026, 8, 2), False), (LATER - timedelta(days=1), False)])  # fmt: skip
def test_a_day_is_moved_only_earlier_and_not_into_the_past(to, moved):
    row = p.instalment(p.granted(), 2)
    if moved:
        instalments.move_earlier(row, to, actor=t.handler(), at=p.at_of(LATER), on=LATER)
    else:
        with pytest.raises(NotNow, match="only be moved earlier"):
            instalments.move_earlier(row, to, actor=t.handler(), at=p.at_of(LATER), on=LATER)
    row.refresh_from_db()
    assert row.due == (to if moved else date(2026, 8, 1))


def test_an_accepted_instalment_is_not_moved():
    row = p.instalment(p.granted(), 1)
    with pytest.raises(NotNow, match="no longer be moved"):
        instalments.move_earlier(row, p.ON, actor=t.handler(), at=t.AT, on=p.ON)


def test_holding_and_cancelling_need_a_reason_which_is_kept():
    application = p.granted()
    row = p.instalment(application, 2)
    for stop in (instalments.hold, instalments.cancel):
        with pytest.raises(NotNow, match="reason"):
            stop(row, " ", actor=t.handler(), at=t.AT)
    instalments.hold(row, "Selvitetään työaikaa", actor=t.handler(), at=t.AT)
    row.refresh_from_db()
    assert (row.state, row.why) == ("pending", "Selvitetään työaikaa")
    instalments.cancel(row, "Työ ei jatkunut", actor=t.handler(), at=t.AT)
    assert p.states(application) == ["accepted", "cancelled"]


def test_a_held_instalment_can_still_be_accepted():
    application = p.granted()
    row = p.instalment(application, 2)
    instalments.hold(row, "Selvitetään", actor=t.handler(), at=t.AT)
    accept(row)
    assert p.states(application) == ["accepted", "accepted"]


def test_putting_back_takes_the_payment_back_and_accepting_again_pays_once():
    application = p.granted()
    row = p.answered(application)
    accept(row)
    instalments.put_back(row, "Väärä päivä", actor=t.handler(), at=p.at_of(LATER), on=LATER)
    assert p.lines(application) == [(1, 900_000, "planned"), (2, 900_000, "cancelled")]
    accept(row)
    p.bank(date(2026, 8, 1))
    assert p.lines(application) == [(1, 900_000, "paid"), (2, 900_000, "cancelled"), (2, 900_000, "paid")]


def test_a_payment_that_is_on_its_way_cannot_be_put_back():
    application = p.granted()
    p.batch()
    with pytest.raises(NotNow, match="can no longer be cancelled"):
        instalments.put_back(p.instalment(application, 1), "Hups", actor=t.handler(), at=t.AT, on=p.ON)
    assert p.states(application)[0] == "accepted"


VERBS = {
    "accept": lambda row, actor: instalments.accept(row, actor=actor, at=p.at_of(LATER), on=LATER),
    "hold": lambda row, actor: instalments.hold(row, "x", actor=actor, at=t.AT),
    "cancel": lambda row, actor: instalments.cancel(row, "x", actor=actor, at=t.AT),
    "put_back": lambda row, actor: instalments.put_back(row, "x", actor=actor, at=t.AT, on=p.ON),
    "move": lambda row, actor: instalments.move_earlier(row, LATER, actor=actor, at=t.AT, on=p.ON),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "actor", [t.employer(), t.employer(t.CLUB), t.resident(1), t.Actor("staff", "x", roles=frozenset({"director"}))]
)
def test_only_those_who_handle_the_benefit_touch_instalments(verb, actor):
    row = p.instalment(p.granted(), 2)
    with pytest.raises(Refused):
        VERBS[verb](row, actor)


def test_a_protected_employee_s_instalment_is_the_clerk_s_alone():
    row = p.instalment(p.granted(), 2)
    employee = row.application.employee
    employee.person = t.person(7, non_disclosure=True)
    employee.save()
    row = Instalment.objects.get(pk=row.pk)
    with pytest.raises(Refused):
        instalments.hold(row, "x", actor=t.handler(), at=t.AT)
    instalments.hold(row, "x", actor=t.staff("Kerttu", PROTECTED_CLERK), at=t.AT)


def test_the_payment_list_has_the_eighteen_columns_and_the_same_bytes_again():
    application = p.granted()
    made = p.batch()
    rows = list(made.lines.order_by("number"))
    written = payment_file.write(made, rows)
    assert written == payment_file.write(Batch.objects.get(pk=made.pk), list(made.lines.order_by("number")))
    head, row, end = written.decode("utf-8-sig").split("\r\n")
    assert head.count(";") == 17
    assert row.split(";") == [
        f'"{cell}"' for cell in (
            application.case.number, "Yritys", t.IBAN, "Kahvila Aamukaste Oy", t.CAFE, "Vaasankatu 12", "00500",
            "HELSINKI", "9000,00", "Tiimipäällikkö", "Outi", application.case.number, "2.3.2026", "Ritva",
            "Käsittelijä", "", "", "",
        )
    ]  # fmt: skip
    assert end == ""


def test_the_list_never_changes_when_the_employer_s_details_do():
    application = p.granted()
    made = p.batch()
    before = payment_file.write(made, list(made.lines.order_by("number")))
    application.employer_name, application.street_address = "Toinen Oy", "Muualla 1"
    application.save()
    assert payment_file.write(made, list(made.lines.order_by("number"))) == before


def test_an_official_does_not_release_a_batch_of_their_own_decision():
    p.granted()
    with paying.let_go():
        made = paying.make_batch("hiring-benefit", on=p.ON, at=t.AT, actor=paying.MACHINE)
        with pytest.raises(Refused):
            paying.release(made, actor=paying.finance("outi"), at=t.AT)
