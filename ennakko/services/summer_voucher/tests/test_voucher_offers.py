# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ennakko.kernel import offers, purposes
from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers.models import Offer, Recipient, Run
from ennakko.rules.parameters import default_book, set_default_book
from ennakko.services.summer_voucher import jobs, offer
from ennakko.services.summer_voucher.actions import vouchers
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import CallRequest, Voucher
from ennakko.services.summer_voucher.queries import own
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
MACHINE = SYSTEM("test")


def anticipate(on: date = t.ON) -> offer.AnticipateReport:
    return offer.anticipate(on=on, at=t.AT, actor=MACHINE)


def quiet(done: int, of: int | None = None, /) -> None:
    """Progress that nobody follows."""


def test_whoever_turns_16_or_17_here_gets_a_voucher_without_asking(tmp_path):
    t.town(
        tmp_path / "a", t.youth(1), t.youth(2, t.SEVENTEEN), t.youth(3, t.FIFTEEN), t.youth(4, municipality="049"),
        t.youth(5, alive=False),
    )  # fmt: skip
    report = anticipate()
    assert (report.entitled, report.offers_made, report.already_had, report.unknown) == (2, 2, 0, 0)
    held = Voucher.objects.order_by("person")
    assert [(one.person_id, one.year, one.value_cents, one.state) for one in held] == [
        (1, 2026, 35000, "issued"), (2, 2026, 35000, "issued"),
    ]  # fmt: skip
    assert all(number.FIRST_RANDOM <= one.number <= number.LAST_RANDOM for one in held)


def test_looking_ahead_twice_makes_nothing_new(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    anticipate()
    again = anticipate()
    assert (again.offers_made, again.already_had, again.entitled) == (0, 2, 2)
    assert (Voucher.objects.count(), Offer.objects.count(), Recipient.objects.count()) == (2, 2, 2)


def test_a_run_that_died_before_its_vouchers_is_finished_by_the_next_day(tmp_path, monkeypatch):
    t.town(tmp_path / "a", t.youth(1))

    def dies(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(vouchers, "issue_to_offers", dies)
    with pytest.raises(SystemExit):
        anticipate()
    Run.objects.update(complete_at=None)
    monkeypatch.undo()
    anticipate(t.ON + timedelta(days=1))
    assert (Offer.objects.count(), Voucher.objects.count()) == (1, 1)
    assert not Run.objects.filter(offers__isnull=False, complete_at=None).exists()


def test_nobody_is_looked_at_in_a_year_that_is_not_decided(tmp_path):
    from ennakko.kernel.audit.models import Read

    t.town(tmp_path / "a", t.youth(1))
    before = Read.objects.count()
    report = anticipate(date(2027, 3, 1))
    assert (report.entitled, report.offers_made, report.run) == (0, 0, None)
    assert report.ask is not None
    assert "työllisyyspalvelut" in report.ask.fi
    assert Read.objects.count() == before


def test_one_who_objects_gets_no_offer_and_one_who_objects_later_loses_it(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    purposes.object_to(1, offer.SERVICE, t.resident(1), t.AT)
    assert (anticipate().objecting, Offer.objects.count()) == (1, 1)
    purposes.object_to(2, offer.SERVICE, t.resident(2), t.AT)
    released = offer.release(Run.objects.get(), actor=t.official(), at=t.AT, on=t.ON)
    assert (released.released, released.withdrawn) == (0, 1)
    assert Voucher.objects.get().state == "voided"
    assert not Message.objects.exists()


def test_nothing_is_sent_or_shown_before_the_official_has_released_the_run(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    anticipate()
    assert own.offer_of(t.resident(1), on=t.ON) is None
    assert own.voucher_of(t.resident(1), on=t.ON) is None
    for actor in (t.handler(), t.director(), MACHINE, t.resident(1)):
        with pytest.raises(Refused):
            offer.release(Run.objects.get(), actor=actor, at=t.AT, on=t.ON)
    assert offer.release(Run.objects.get(), actor=t.official(), at=t.AT, on=t.ON).released == 1
    assert Message.objects.get().template == "summer-voucher.offer"


def test_the_message_tells_no_number_sum_or_name(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    message = Message.objects.get()
    assert set(message.data) == {"year", "answer_by", "link"}


def test_a_no_puts_the_voucher_aside_and_can_be_taken_back(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    given = own.offer_of(t.resident(1), on=t.ON)
    offers.answer(given, "declined", actor=t.resident(1), at=t.AT, on=t.ON)
    page = own.page_of(t.resident(1), own.offer_of(t.resident(1), on=t.ON), on=t.ON)
    assert (page.undoable, page.answerable, page.number, Voucher.objects.get().state) == (True, False, "", "declined")
    offers.undo_decline(page.offer, actor=t.resident(1), at=t.AT, on=t.ON)
    page = own.page_of(t.resident(1), own.offer_of(t.resident(1), on=t.ON), on=t.ON)
    assert page.number == number.encode(Voucher.objects.get(state="issued").number)


def test_silence_keeps_the_voucher(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    day = Offer.objects.get().answer_by + timedelta(days=1)
    assert offers.expire(day, at=t.AT, actor=MACHINE) == 1
    assert (Offer.objects.get().state, Voucher.objects.get().state) == ("accepted", "issued")


def test_reminders_go_on_the_citys_days_and_stop_with_an_answer(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    first = own.offer_of(t.resident(1), on=t.ON)
    offers.answer(first, "accepted", actor=t.resident(1), at=t.AT, on=t.ON)

    def reminded(day: date) -> int:
        return offers.remind(day, at=t.AT + (day - t.ON), actor=MACHINE)

    assert [reminded(date(2026, 5, 14)), reminded(date(2026, 5, 15)), reminded(date(2026, 5, 16))] == [0, 1, 0]
    assert [reminded(date(2026, 6, 14)), reminded(date(2026, 6, 15))] == [0, 1]


def test_one_may_ask_to_be_called(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    given = own.offer_of(t.resident(1), on=t.ON)
    for _ in range(2):
        offers.answer(given, "call_me", actor=ANONYMOUS, at=t.AT, on=t.ON)
    assert CallRequest.objects.get().done_at is None
    assert own.page_of(t.resident(1), given, on=t.ON).call_asked


def test_whoever_moves_in_later_gets_theirs_by_itself_and_who_moves_out_loses_it(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    day = t.ON + timedelta(days=7)
    t.town(tmp_path / "b", t.youth(1, municipality="092", moved_out=t.ON), t.youth(2), on=day)
    report = jobs.look_ahead(at=t.AT, on=day, progress=quiet)
    assert report.figures["released"] == 1
    assert own.offer_of(t.resident(2), on=day).state == "released"
    for run in Run.objects.all():
        offers.withdraw_changed(run, actor=MACHINE, at=t.AT, on=day)
    assert Offer.objects.get(subject=1).state == "withdrawn"
    assert Voucher.objects.get(person=1).state == "voided"


def test_nobody_is_looked_at_by_the_job_before_an_official_has_released_the_years_first_run(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    assert jobs.look_ahead(at=t.AT, on=t.ON, progress=quiet).figures == {"offers_made": 0}
    assert not Run.objects.exists()


def test_guardians_get_a_copy_only_of_those_under_fifteen(tmp_path, monkeypatch):
    book = default_book()
    younger = book.changed(
        {"summer-voucher.ages": {date(2026, 1, 1): [14, 16]}}, source=text(fi="testi", sv="test", en="test")
    )
    set_default_book(younger)
    try:
        child = t.youth(1, date(2012, 6, 1), guardians=(3,))
        t.town(tmp_path / "a", child, t.youth(2, guardians=(3,)), t.youth(3, date(1980, 1, 1)))
        t.released()
    finally:
        set_default_book(book)
    assert {(one.offer.subject_id, one.role) for one in Recipient.objects.all()} == {
        (1, "subject"), (1, "guardian"), (2, "subject"),
    }  # fmt: skip
    (copy,) = own.children_offers(t.resident(3), on=t.ON)
    page = own.page_of(t.resident(3), copy, on=t.ON)
    assert (page.number, page.voucher, page.answerable) == ("", None, False)


def test_the_kind_of_offer_takes_its_figures_from_the_book():
    kind = offers.kind_of(offer.SERVICE)
    assert (kind.guardians_copied_below, kind.default_on_expiry, kind.answer_by(t.ON)) == (
        15, "accepted", date(2026, 8, 15),
    )  # fmt: skip
    assert kind.answer_by(date(2026, 8, 10)) == date(2026, 8, 24)


def test_a_voucher_is_replaced_by_one_with_another_number(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    old = Voucher.objects.get()
    new = vouchers.reissue(old, actor=t.handler(), at=t.AT)
    old.refresh_from_db()
    assert (old.state, new.state, new.value_cents, new.sequence) == ("reissued", "issued", 35000, 2)
    assert old.number != new.number
    assert Message.objects.filter(template="summer-voucher.reissued", person=1).count() == 1
    with pytest.raises(vouchers.VoucherClosed):
        vouchers.reissue(old, actor=t.handler(), at=t.AT)


def test_voiding_needs_a_reason_and_tells_how_to_appeal(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    held = Voucher.objects.get()
    with pytest.raises(vouchers.VoucherClosed):
        vouchers.void(held, reason="  ", actor=t.handler(), at=t.AT, on=t.ON)
    with pytest.raises(Refused):
        vouchers.void(held, reason="x", actor=t.resident(1), at=t.AT, on=t.ON)
    vouchers.void(held, reason="Annettu erehdyksessä", actor=t.handler(), at=t.AT, on=t.ON)
    told = Message.objects.get(template="summer-voucher.voided").data
    assert told["reason"] == "Annettu erehdyksessä"
    assert "14" in told["appeal"]


def test_numbers_taken_are_drawn_again_and_ten_times_at_most(tmp_path, monkeypatch):
    t.town(tmp_path / "a", t.youth(1))
    anticipate()
    taken = Voucher.objects.get().number
    monkeypatch.setattr(vouchers.secrets, "randbelow", lambda below: taken - number.FIRST_RANDOM)
    with pytest.raises(number.NumbersExhausted):
        vouchers.draw_numbers(1)


def test_the_value_is_that_of_the_vouchers_own_year(tmp_path):
    t.town(tmp_path / "a", t.youth(1, date(2007, 5, 1)))
    anticipate(date(2023, 5, 2))
    assert Voucher.objects.get().value_cents == 32500


def test_a_kind_can_keep_its_runs_for_officials_alone(tmp_path, monkeypatch):
    from ennakko.kernel.offers import kinds

    t.town(tmp_path / "a", t.youth(1))
    t.released()
    unlike = replace(offers.kind_of(offer.SERVICE), later_runs_follow=False)
    monkeypatch.setitem(kinds._kinds, (offer.SERVICE, "people"), unlike)
    day = t.ON + timedelta(days=7)
    t.town(tmp_path / "b", t.youth(1), t.youth(2), on=day)
    with pytest.raises(Refused):
        jobs.look_ahead(at=t.AT, on=day, progress=quiet)
