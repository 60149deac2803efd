# SPDX-License-Identifier: EUPL-1.2
"""What is kept of claims, how long, and in which order it goes; employers reminded of unsent claims."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel import audit, documents, payments
from ennakko.kernel.cases import retention as case_retention
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers import ending
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher.actions import claim_handling, claim_reminders, claim_retention, claims, retention
from ennakko.services.summer_voucher.models import Claim, ClaimDraftHold, ClaimRow, ClaimStatistic, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
LATER = date(2032, 3, 1)


@pytest.fixture(autouse=True)
def _a_town_with_a_cafe(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    m.registers()
    m.organisation()


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 9, tzinfo=UTC)


def destroy(on: date) -> dict[str, int]:
    when = {"on": on, "at": at(on), "wall": at(on), "actor": m.MACHINE}
    return {**claim_retention.destroy_old(**when), **retention.destroy_old(**when)}


def paid_claim() -> Case:
    ending.expire(date(2026, 9, 1), at=m.CLAIM_AT, actor=m.MACHINE)  # silence keeps the voucher
    m.documents_for()
    case = m.send(m.row(m.voucher())).rows[0].case
    claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    m.pay()
    return Case.objects.get(pk=case.pk)


def test_nothing_goes_before_its_time():
    paid_claim()
    assert destroy(date(2031, 8, 20))["claims"] == 0
    assert Claim.objects.count() == 1


def test_claim_voucher_and_youth_go_in_turn_and_the_payment_and_the_counts_stay():
    case = paid_claim()
    assert destroy(LATER) == {
        "claims": 1, "vouchers": 2, "offers": 2, "draft_notes": 0, "expired": 0, "unconfirmed": 0, "emptied": 0,
    }  # fmt: skip
    assert not Claim.objects.exists()
    assert not ClaimRow.objects.exists()
    assert not Voucher.objects.exists()
    (line,) = payments.lines_of(f"case:{case.pk}")
    assert (line.amount_cents, line.payee.business_id, line.data) == (35000, m.CAFE, {})
    kept = {(one.dimension, one.value): (one.rows, one.cents) for one in ClaimStatistic.objects.filter(year=2026)}
    assert kept["all", ""] == (1, 35000)
    assert kept["hired_without", "no"] == (1, 35000)
    assert not Person.objects.filter(key__in=[1, 2]).exists()
    assert not Message.objects.filter(about=f"case:{case.pk}").exists()
    assert destroy(LATER)["claims"] == 0
    assert audit.verify().ok


def test_the_case_can_then_be_destroyed_whole():
    case = paid_claim()
    destroy(LATER)
    case_retention.destroy_closed(LATER, at=at(LATER), actor=m.MACHINE)
    assert not Case.objects.filter(pk=case.pk).exists()
    assert documents.of(f"case:{case.pk}") == []


def test_an_open_claim_holds_the_whole_sending():
    m.documents_for()
    m.send(m.row(m.voucher()))
    assert destroy(LATER)["claims"] == 0
    assert Voucher.objects.filter(person=1).exists()
    assert not Voucher.objects.filter(person=2).exists()


def test_notes_of_drafts_go_the_next_day():
    claims.save_draft(m.claim(m.row(m.voucher())), key="d", actor=m.employer(), at=m.CLAIM_AT, wall=t.WALL)
    claim_retention.destroy_old(
        on=m.CLAIM_DAY, at=m.CLAIM_AT, wall=t.WALL + timedelta(days=2), actor=m.MACHINE
    )  # fmt: skip
    assert not ClaimDraftHold.objects.exists()


def test_an_employer_with_an_unsent_claim_is_told_once_for_each_day_before_the_deadline():
    claims.save_draft(m.claim(m.row(m.voucher())), key="d", actor=m.employer(), at=m.CLAIM_AT, wall=t.WALL)
    counted = [claim_reminders.remind(at=at(day), on=day) for day in (
        date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 28), date(2026, 11, 29),
        date(2026, 12, 1),
    )]  # fmt: skip
    assert counted == [0, 1, 0, 1, 0, 0]
    assert {one.organisation for one in Message.objects.filter(template="summer-voucher.claim_deadline")} == {m.CAFE}
    assert claim_reminders.remind(at=at(date(2027, 11, 29)), on=date(2027, 11, 29)) == 0
