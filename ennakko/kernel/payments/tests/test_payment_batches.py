# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from hashlib import sha256

import pytest

from ennakko.kernel.access import Refused, verdict
from ennakko.kernel.payments import NotPayable, access, batching, dissolve, formats, make_batch, release
from ennakko.kernel.payments import reasons as r
from ennakko.kernel.payments.models import Batch, BatchFile, Line
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def made(**other) -> Batch:
    batch = make_batch("sample", **{"on": p.ON, "at": p.AT, "actor": p.MACHINE} | other)
    assert batch is not None
    return batch


def test_a_batch_holds_what_is_due_numbered_in_the_order_planned():
    p.lines(3)
    p.line(4, due=p.ON + timedelta(1))
    batch = made()
    assert (batch.reference, batch.state, batch.lines_count, batch.amount_cents) == (
        "sample-00001",
        "ready",
        3,
        105_000,
    )
    assert list(batch.lines.order_by("number").values_list("number", "key", "state")) == [
        (1, "sample:1", "batched"), (2, "sample:2", "batched"), (3, "sample:3", "batched"),
    ]  # fmt: skip
    assert p.states()[3] == "planned"


def test_where_nothing_is_due_no_batch_is_made_and_no_number_is_used():
    assert make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE) is None
    p.line()
    assert made().reference == "sample-00001"
    assert make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE) is None


def test_a_service_that_pays_nothing_has_no_batches():
    with pytest.raises(formats.UnknownFormat, match="has no payment file"):
        make_batch("nothing", on=p.ON, at=p.AT, actor=p.MACHINE)


def test_more_lines_than_fit_make_another_batch(monkeypatch):
    monkeypatch.setattr(batching, "MOST_LINES", 2)
    p.lines(5)
    assert [made().lines_count for _ in range(3)] == [2, 2, 1]


def test_the_file_is_written_once_sealed_and_with_its_digest():
    p.lines(2)
    batch = made()
    file = BatchFile.objects.get()
    content = batching.content_of(batch)
    assert file.sha256 == sha256(content).hexdigest()
    assert (file.name, file.size, file.content_type) == ("sample-00001.csv", len(content), "text/csv")
    assert b"Nelli Nuori" in content
    assert b"Nelli" not in bytes(file.sealed)
    batching.write_file(batch, at=p.AT + timedelta(1))
    assert BatchFile.objects.get().sealed == file.sealed


def test_the_same_rows_give_the_same_bytes():
    p.lines(3)
    batch = made()
    again = p.written(Batch.objects.get(), batching.lines_in_order(batch))
    assert again == batching.content_of(batch)


def test_a_file_that_was_changed_is_not_given_out():
    p.line()
    batch = made()
    BatchFile.objects.update(sha256="0" * 64)
    with pytest.raises(NotPayable) as refused:
        batching.content_of(batch)
    assert refused.value.reason == r.FILE_CHANGED
    BatchFile.objects.update(sealed=b"\x00\x00nonsense that is long enough")
    with pytest.raises(NotPayable) as refused:
        batching.content_of(batch)
    assert refused.value.reason == r.FILE_CHANGED


def test_a_writer_that_fails_leaves_the_lines_in_their_batch_for_the_next_try(monkeypatch):
    p.lines(2)
    broken = lambda batch, lines: b""  # noqa: E731
    monkeypatch.setitem(formats._formats, "sample.csv", formats.PaymentFormat(
        id="sample.csv", service="sample", title=p.FORMAT.title, write=broken, file_name=p.FORMAT.file_name,
        content_type="text/csv",
    ))  # fmt: skip
    with pytest.raises(TypeError, match="wrote no bytes"):
        made()
    batch = Batch.objects.get()
    assert (batch.state, p.states()) == ("made", ["batched", "batched"])
    monkeypatch.undo()
    assert batching.write_file(batch, at=p.AT).state == "ready"


def test_a_batch_waits_for_a_named_person_of_finance():
    p.line()
    batch = made()
    for actor in (p.MACHINE, p.finance("eeva", "auditor"), p.finance("ville", "summer-voucher.handler")):
        with pytest.raises(Refused):
            release(batch, actor=actor, at=p.AT)
    done = release(batch, actor=p.finance(), at=p.AT)
    assert (done.state, done.released_by, done.released_by_name) == ("released", "staff:aino", "Aino")
    assert release(batch, actor=p.finance(), at=p.AT).state == "released"
    with pytest.raises(NotPayable):
        release(batch, actor=p.finance("olli"), at=p.AT)


def test_whoever_decided_a_payment_does_not_release_it():
    p.line(1, decided_by="staff:aino")
    p.line(2)
    batch = made()
    with pytest.raises(Refused) as refused:
        release(batch, actor=p.finance("aino"), at=p.AT)
    assert refused.value.reason == r.NOT_YOUR_OWN
    assert release(batch, actor=p.finance("olli"), at=p.AT).state == "released"


def test_a_large_batch_needs_two_pairs_of_eyes_where_the_municipality_says_so():
    with p.let_go("official", above=69_999):
        p.lines(2)
        batch = made()
        first = release(batch, actor=p.finance("aino"), at=p.AT)
        assert (first.state, first.approved_by) == ("ready", "staff:aino")
        with pytest.raises(Refused) as refused:
            release(batch, actor=p.finance("aino"), at=p.AT)
        assert refused.value.reason == r.SECOND_PAIR
        assert release(batch, actor=p.finance("olli"), at=p.AT).released_by == "staff:olli"


def test_batches_go_by_themselves_only_where_the_municipality_says_so_and_only_up_to_its_sum():
    with p.let_go("automatic", above=70_000):
        p.lines(2)
        assert (made().state, Batch.objects.get().released_by) == ("released", "policy")
        p.line(3, amount_cents=70_001)
        assert made().state == "ready"


def test_a_batch_that_has_not_left_can_be_dissolved_and_its_lines_are_planned_again():
    p.lines(2)
    batch = release(made(), actor=p.finance(), at=p.AT)
    with pytest.raises(NotPayable, match="Write the reason"):
        dissolve(batch, reason="", actor=p.finance(), at=p.AT)
    gone = dissolve(batch, reason="Väärä tiedosto", actor=p.finance(), at=p.AT)
    assert (gone.state, gone.reason, p.states()) == ("dissolved", "Väärä tiedosto", ["planned", "planned"])
    assert bytes(BatchFile.objects.get().sealed) == b""
    with pytest.raises(NotPayable) as refused:
        batching.content_of(gone)
    assert refused.value.reason == r.FILE_DESTROYED
    assert made().reference == "sample-00002"
    assert Line.objects.filter(batch=gone).count() == 0


def test_a_batch_that_the_other_side_may_have_is_not_dissolved():
    batch = p.sent_batch()
    with pytest.raises(NotPayable) as refused:
        dissolve(batch, reason="too late", actor=p.finance(), at=p.AT)
    assert refused.value.reason == r.HANDED_OVER
    assert p.states() == ["sent"] * 3


@pytest.mark.parametrize(
    "action", [access.MAKE, access.RELEASE, access.SEND, access.DISSOLVE, access.CONFIRM, access.SETTLE]
)
def test_auditors_look_and_change_nothing(action):
    auditor, finance, other = p.finance("eeva", "auditor"), p.finance(), p.finance("ville", "director")
    assert verdict(auditor, access.SEE)
    assert verdict(auditor, access.READ_FILE)
    assert not verdict(auditor, action)
    assert verdict(finance, action)
    assert not verdict(other, action)
    assert not verdict(other, access.SEE)
