# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from ennakko.kernel import audit
from ennakko.kernel.access import Refused
from ennakko.kernel.payments import (
    NotPayable,
    batching,
    by_hand,
    dissolve,
    make_batch,
    ports,
    reading,
    release,
    send,
    sending,
)
from ennakko.kernel.payments import reasons as r
from ennakko.kernel.payments.models import Batch, BatchFile, Received
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def released(count: int = 2) -> Batch:
    p.lines(count)
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    assert batch is not None
    return release(batch, actor=p.finance(), at=p.AT)


def test_a_released_batch_is_handed_over_once_and_its_lines_are_sent():
    batch = released()
    with p.other_side() as there:
        assert [one.state for one in sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT)] == ["sent"]
        assert sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT) == ()
    assert there.sendings == [batch.reference]
    assert p.states() == ["sent", "sent"]


def test_what_is_not_released_is_not_sent():
    p.line()
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    with p.other_side() as there:
        sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT)
        with pytest.raises(NotPayable) as refused:
            send(batch, actor=p.finance(), at=p.AT, wall=p.AT)
    assert refused.value.reason == r.NOT_RELEASED
    assert there.sendings == []


def test_a_finance_system_that_is_down_gets_the_same_bytes_later():
    batch = released()
    with p.other_side() as there:
        there.before_taking = ports.Unavailable("finance: 503", retry_after=600)
        waiting = send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT)
        assert (waiting.state, waiting.error, waiting.next_try_at) == (
            "released", "finance: 503", p.AT + timedelta(minutes=10),
        )  # fmt: skip
        assert p.states() == ["batched", "batched"]
        assert sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT + timedelta(minutes=9)) == ()
        there.before_taking = None
        (done,) = sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT + timedelta(minutes=11))
    assert (done.state, done.error, done.attempts) == ("sent", "", 2)


def test_a_file_taken_without_an_answer_is_sent_again_and_taken_once():
    batch = released()
    with p.other_side() as there:
        there.after_taking = ports.Unavailable("finance: timed out")
        assert send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT).state == "released"
        with pytest.raises(NotPayable) as refused:
            dissolve(batch, reason="no answer", actor=p.finance(), at=p.AT)
        assert refused.value.reason == r.HANDED_OVER
        there.after_taking = None
        assert send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT).state == "sent"
    assert len(there.taken) == 1
    assert len(there.sendings) == 2


def test_the_waits_grow_and_stay_at_the_longest():
    batch = released()
    with p.other_side() as there:
        there.before_taking = ports.Unavailable("finance: refused the connection")
        waits = [send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT).next_try_at - p.AT for _ in range(7)]
    assert waits == [*sending.RETRY_AFTER, *sending.RETRY_AFTER[-1:] * 2]


def test_a_rejected_file_waits_for_a_person_and_can_be_dissolved():
    batch = released()
    with p.other_side() as there:
        there.before_taking = ports.Rejected("finance: unknown cost centre")
        rejected = send(batch, actor=p.MACHINE, at=p.AT, wall=p.AT)
        assert (rejected.rejected, rejected.error) == (True, "finance: unknown cost centre")
        assert sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT + timedelta(days=1)) == ()
        assert dissolve(batch, reason="wrong centre", actor=p.finance(), at=p.AT).state == "dissolved"
    assert p.states() == ["planned", "planned"]


def test_a_person_sends_again_what_was_sent_and_nothing_is_paid_twice():
    with p.other_side() as there:
        batch = p.sent_batch(2)
        p.hear(p.says(batch, 1))
        again = send(batch, actor=p.finance(), at=p.AT, wall=p.AT)
        assert (again.state, p.states()) == ("sent", ["paid", "sent"])
        there.before_taking = ports.Rejected("finance: had it already")
        assert not send(batch, actor=p.finance(), at=p.AT, wall=p.AT).rejected
    assert len(there.taken) == 1


def test_a_file_that_cannot_be_opened_holds_up_no_other():
    broken = released(1)
    BatchFile.objects.update(sealed=b"\x00\x00too short to be anything")
    p.line(2)
    other = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    release(other, actor=p.finance(), at=p.AT)
    with p.other_side() as there:
        sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT)
    assert there.sendings == [other.reference]
    broken.refresh_from_db()
    assert (broken.error, broken.handed_over_at) == (r.FILE_CHANGED.en, None)


def test_without_a_transfer_a_person_delivers_the_file():
    batch = released()
    assert sending.send_due(actor=p.MACHINE, at=p.AT, wall=p.AT) == ()
    with pytest.raises(NotPayable) as refused:
        send(batch, actor=p.finance(), at=p.AT, wall=p.AT)
    assert refused.value.reason == r.NO_TRANSFER
    done = by_hand.sent_by_hand(batch, actor=p.finance(), at=p.AT, wall=p.AT)
    assert (done.state, done.sent_by, p.states()) == ("sent", "staff:aino", ["sent", "sent"])
    with p.other_side(), pytest.raises(NotPayable) as refused:
        by_hand.sent_by_hand(batch, actor=p.finance(), at=p.AT, wall=p.AT)
    assert refused.value.reason == r.HAS_TRANSFER


def by_hand_confirmed(batch: Batch, **other):
    given = {"paid": True, "numbers": None, "paid_on": p.ON, "why": "Tiliote", "actor": p.finance(), "at": p.AT}
    return by_hand.confirm_by_hand(batch, **given | {"on": p.ON} | other)


def test_a_person_writes_down_what_became_of_lines_and_who_did_stands_with_it():
    batch = p.sent_batch(3)
    assert by_hand_confirmed(batch, paid=False, numbers=[2], why="Tili suljettu").returned == 1
    assert by_hand_confirmed(batch).paid == 2
    assert p.states() == ["paid", "returned", "paid"]
    assert set(Received.objects.values_list("given_by", flat=True)) == {"staff:aino"}
    with pytest.raises(NotPayable) as refused:
        by_hand_confirmed(batch)
    assert refused.value.reason == r.NOTHING_WAITS


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"paid_on": p.ON + timedelta(1)}, r.PAID_LATER),
        ({"paid_on": None}, r.PAID_LATER),
        ({"why": ""}, r.NEEDS_A_REASON),
        ({"numbers": [9]}, r.NOTHING_WAITS),
    ],
)
def test_what_a_person_writes_down_has_a_day_a_reason_and_a_line(other, reason):
    batch = p.sent_batch(1)
    with pytest.raises(NotPayable) as refused:
        by_hand_confirmed(batch, **other)
    assert refused.value.reason == reason
    assert p.states() == ["sent"]


def test_reading_a_file_is_logged_for_everybody_it_tells_of():
    p.line(1, concerns=(17,))
    p.line(2, concerns=(18, 17))
    batch = make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    file, content = reading.read_file(batch, actor=p.finance("eeva", "auditor"), at=p.AT)
    assert (file.name, content) == ("sample-00001.csv", batching.content_of(batch))
    assert [one.screened for one in audit.reads_of(17)] == [2]
    assert [one.screened for one in audit.reads_of(18)] == [2]
    assert len(audit.entries_about("batch:sample-00001")) == 3
    with pytest.raises(Refused):
        reading.read_file(batch, actor=p.finance("ville", "director"), at=p.AT)
