# SPDX-License-Identifier: EUPL-1.2
import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.payments import NotPayable, make_batch, pay_again, queries, recover, release
from ennakko.kernel.payments import reasons as r
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.settling import AGAIN, ASIDE, BELIEVE, choices_for, settle
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def the_odd() -> Received:
    return queries.odd_confirmations().get()


def decide(choice: str, why: str = "Soitettu pankkiin"):
    return settle(the_odd(), choice, why=why, actor=p.finance(), at=p.AT)


def contradicted(first: str, then: str) -> Line:
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1, first), p.says(batch, 1, then))
    return Line.objects.get()


def test_a_person_settles_with_a_reason_once():
    contradicted("paid", "returned")
    odd = the_odd()
    with pytest.raises(NotPayable, match="Write the reason"):
        settle(odd, ASIDE, why="  ", actor=p.finance(), at=p.AT)
    done = settle(odd, ASIDE, why="Pankin virhe", actor=p.finance(), at=p.AT)
    assert (done.choice, done.why, done.settled_by, p.states()) == (ASIDE, "Pankin virhe", "staff:aino", ["paid"])
    with pytest.raises(NotPayable) as refused:
        settle(odd, BELIEVE, why="Toinen", actor=p.finance(), at=p.AT)
    assert refused.value.reason == r.SETTLED_ALREADY
    assert not queries.odd_confirmations().exists()


def test_auditors_settle_nothing_and_unknown_choices_are_refused():
    contradicted("paid", "returned")
    with pytest.raises(Refused):
        settle(the_odd(), ASIDE, why="x", actor=p.finance("eeva", "auditor"), at=p.AT)
    with pytest.raises(NotPayable):
        decide("burn")


def test_believed_money_that_came_back_makes_the_line_returned_and_the_service_hears_of_it():
    contradicted("paid", "returned")
    decide(BELIEVE)
    line = Line.objects.get()
    assert (line.state, line.paid_on) == ("returned", None)
    assert p.told[-1] == ("returned", ("sample:1",))


def test_believed_payment_after_a_return_calls_off_what_was_planned_in_its_place():
    line = contradicted("returned", "paid")
    new = pay_again(line, key="again", due=p.ON, at=p.AT, actor=p.finance())
    decide(BELIEVE)
    new.refresh_from_db()
    assert p.states() == ["paid", "cancelled"]
    assert new.reason_words == r.MACHINE[r.PAID_AFTER_ALL]
    assert make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE) is None


def test_a_payment_after_a_return_waits_while_its_replacement_lies_in_a_batch_that_can_be_dissolved():
    line = contradicted("returned", "paid")
    pay_again(line, key="again", due=p.ON, at=p.AT, actor=p.finance())
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    with pytest.raises(NotPayable) as refused:
        decide(BELIEVE)
    assert refused.value.reason == r.DISSOLVE_FIRST
    assert p.states() == ["returned", "batched"]


@pytest.mark.django_db(transaction=True)
def test_what_was_paid_twice_stands_on_the_page_until_it_is_claimed_back():
    line = contradicted("returned", "paid")
    new = pay_again(line, key="again", due=p.ON, at=p.AT, actor=p.finance())
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    release(batch, actor=p.finance(), at=p.AT)
    with p.other_side():
        from ennakko.kernel.payments import send

        send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT)
    p.hear(p.says(batch, 1))
    decide(BELIEVE)
    assert p.states() == ["paid", "paid"]
    assert list(queries.paid_twice()) == [new]
    from django.db import transaction

    with transaction.atomic():
        recover(new, 35_000, key="r", decision="HEL 2026-1", reason="Maksettu kahdesti", actor=p.finance(), at=p.AT)
    assert not queries.paid_twice().exists()


def test_another_sum_believed_settles_the_line_and_the_difference_stays_to_be_seen():
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1, amount_cents=30_000))
    assert choices_for(the_odd()) == (AGAIN, BELIEVE, ASIDE)
    decide(BELIEVE)
    assert p.states() == ["paid"]
    assert Received.objects.get().amount_cents == 30_000
    assert Batch.objects.get().state == "settled"


def test_what_failed_in_a_service_is_tried_again_when_the_service_is_mended():
    batch = p.sent_batch(1)
    p.failing.add("sample:1")
    p.hear(p.says(batch, 1))
    with pytest.raises(NotPayable) as refused:
        decide(AGAIN)
    assert refused.value.reason == r.SERVICE_FAILS
    assert p.states() == ["sent"]
    p.failing.clear()
    assert decide(AGAIN).outcome == "applied"
    assert (p.states(), p.told) == (["paid"], [("paid", ("sample:1",))])


def test_what_is_still_odd_says_why():
    p.sent_batch(1)
    p.hear(p.says("elsewhere-1", 1))
    assert choices_for(the_odd()) == (AGAIN, ASIDE)
    with pytest.raises(NotPayable, match="the batch is not known"):
        decide(AGAIN)
    with pytest.raises(NotPayable):
        decide(BELIEVE)
    decide(ASIDE)


@pytest.mark.django_db(transaction=True)
def test_what_is_being_claimed_back_did_not_come_back_by_itself():
    line = contradicted("paid", "returned")
    from django.db import transaction

    with transaction.atomic():
        recover(line, 1, key="r", decision="HEL 2026-1", reason="osa", actor=p.finance(), at=p.AT)
    with pytest.raises(NotPayable) as refused:
        decide(BELIEVE)
    assert refused.value.reason == r.BEING_RECOVERED
