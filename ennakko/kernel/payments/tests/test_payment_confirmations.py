# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.payments import confirm, confirming, make_batch, ports, release, sending
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def odd() -> list[tuple[int, str]]:
    return list(Received.objects.filter(outcome="odd").order_by("pk").values_list("number", "oddity"))


def test_each_line_is_paid_or_returned_by_its_own_confirmation():
    batch = p.sent_batch(3)
    done = p.hear(p.says(batch, 1), p.says(batch, 2, "returned", reason="Tili suljettu"))
    assert (done.paid, done.returned, done.odd, p.states()) == (1, 1, 0, ["paid", "returned", "sent"])
    paid, returned, _ = Line.objects.order_by("pk")
    assert (paid.paid_on, paid.closed_on, returned.reason) == (p.ON, p.ON, "Tili suljettu")
    assert p.told == [("paid", ("sample:1",)), ("returned", ("sample:2",))]
    assert Batch.objects.get().state == "sent"
    p.hear(p.says(batch, 3))
    assert Batch.objects.get().state == "settled"


def test_the_same_confirmation_again_changes_nothing():
    batch = p.sent_batch(1)
    for _ in range(3):
        p.hear(p.says(batch, 1), p.says(batch, 1))
    assert (p.states(), p.told, Received.objects.count()) == (["paid"], [("paid", ("sample:1",))], 1)


def test_the_same_said_under_another_number_is_a_repetition():
    batch = p.sent_batch(2)
    p.hear(p.says(batch, 1), p.says(batch, 1, id="other"), p.says(batch, 2, "returned"))
    p.hear(p.says(batch, 2, "returned", id="later", reason="Saaja tuntematon"))
    outcomes = list(Received.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["applied", "repeated", "applied", "repeated"]
    assert p.states() == ["paid", "returned"]


@pytest.mark.parametrize(
    ("confirmation", "oddity"),
    [
        (lambda batch: p.says("elsewhere-00007", 1), "unknown-batch"),
        (lambda batch: p.says(batch, 9), "unknown-line"),
        (lambda batch: p.says(batch, 0), "unknown-line"),
        (lambda batch: p.says(batch, 10**12), "unknown-line"),
        (lambda batch: p.says(batch, 1, "burned"), "unknown-state"),
        (lambda batch: p.says(batch, 1, amount_cents=34_999), "another-sum"),
        (lambda batch: p.says(batch, 1, amount_cents=10**30), "another-sum"),
        (lambda batch: p.says(batch, 1, paid_on=None), "no-day"),
    ],
)
def test_what_does_not_fit_goes_to_a_person_and_changes_no_line(confirmation, oddity):
    batch = p.sent_batch(2)
    p.hear(confirmation(batch))
    assert [kind for _, kind in odd()] == [oddity]
    assert p.states() == ["sent", "sent"]
    assert p.told == []


def test_a_contradiction_goes_to_a_person_whichever_way_round():
    batch = p.sent_batch(3)
    p.hear(p.says(batch, 1), p.says(batch, 2, "returned"), p.says(batch, 3))
    p.hear(p.says(batch, 1, "returned"), p.says(batch, 2), p.says(batch, 3, paid_on=p.ON + timedelta(1)))
    assert odd() == [(1, "returned-after-payment"), (2, "paid-after-return"), (3, "paid-twice")]
    assert p.states() == ["paid", "returned", "paid"]


def test_contradictions_within_one_portion_are_seen_too():
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1, "returned"), p.says(batch, 1))
    assert (p.states(), odd()) == (["returned"], [(1, "paid-after-return")])


def test_a_batch_that_never_left_is_not_confirmed():
    p.line()
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    p.hear(p.says(batch, 1))
    assert (p.states(), odd()) == (["batched"], [(1, "not-sent")])


def test_a_confirmation_may_overtake_the_answer_to_the_sending():
    p.lines(2)
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    release(batch, actor=p.finance(), at=p.AT)
    with p.other_side() as there:
        there.after_taking = ports.Unavailable("finance: timed out")
        sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT)
        p.hear(p.says(batch, 2))
        batch.refresh_from_db()
        assert (batch.state, batch.sent_by, p.states()) == ("sent", "confirmation", ["sent", "paid"])
        assert sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT + timedelta(days=1)) == ()


def test_confirmations_are_stored_before_they_are_acknowledged():
    batch = p.sent_batch(2)
    with p.other_side() as there:
        there.waiting = [p.says(batch, 1), p.says(batch, 2)]
        acknowledge, stored = there.acknowledge, []
        there.acknowledge = lambda some: (stored.append(Received.objects.count()), acknowledge(some))
        done = confirming.fetch(at=p.AT, progress=lambda count: None)
        assert (stored, done.stored, done.paid, there.waiting) == ([2], 2, 2, [])
        assert not Received.objects.filter(acknowledged_at=None).exists()


def test_an_acknowledgement_that_fails_loses_nothing_and_doubles_nothing():
    batch = p.sent_batch(2)
    with p.other_side() as there:
        there.waiting = [p.says(batch, 1), p.says(batch, 2)]
        working = there.acknowledge

        def down(some):
            raise ports.Unavailable("finance: 502")

        there.acknowledge = down
        with pytest.raises(ports.Unavailable):
            confirming.fetch(at=p.AT, progress=lambda count: None)
        assert p.states() == ["paid", "paid"]
        there.acknowledge = working
        again = confirming.fetch(at=p.AT, progress=lambda count: None)
    assert (again.stored, again.paid, len(there.acknowledged)) == (0, 0, 2)
    assert p.told == [("paid", ("sample:1", "sample:2"))]


def test_a_service_that_cannot_take_one_confirmation_holds_up_no_other():
    batch = p.sent_batch(3)
    p.failing.add("sample:2")
    done = p.hear(p.says(batch, 1), p.says(batch, 2), p.says(batch, 3))
    assert (done.paid, done.odd, p.states()) == (2, 1, ["paid", "sent", "paid"])
    assert odd() == [(2, "service-failed")]
    assert p.told == [("paid", ("sample:1",)), ("paid", ("sample:3",))]


def test_many_confirmations_are_applied_portion_by_portion(monkeypatch):
    monkeypatch.setattr(confirming, "PORTION", 4)
    batch = p.sent_batch(10)
    done = p.hear(*(p.says(batch, number) for number in range(1, 11)))
    assert (done.paid, Batch.objects.get().state) == (10, "settled")


def test_hostile_words_in_a_confirmation_are_kept_short_and_break_nothing():
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1, "returned", id="x" * 5000, reason="<script>\n\x00\ud800" * 500))
    assert len(Line.objects.get().reason) <= 500
    assert "\n" not in Line.objects.get().reason


def test_nobody_confirms_payments_but_finance_and_the_machine():
    with pytest.raises(Refused):
        confirm([], actor=p.finance("eeva", "auditor"), at=p.AT)
