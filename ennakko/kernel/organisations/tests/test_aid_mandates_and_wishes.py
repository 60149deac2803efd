# SPDX-License-Identifier: EUPL-1.2
"""The ledger of aid over three years, who acted and may sign, and what an organisation does not want to be sent."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import audit, organisations
from ennakko.kernel.access import SYSTEM, Refused
from ennakko.kernel.access.mandates import GRANTS, SIGNATORY
from ennakko.kernel.organisations import mandates
from ennakko.kernel.organisations.aid import AidConflict
from ennakko.kernel.organisations.models import Aid, MandateUse, Organisation
from ennakko.kernel.organisations.tests.outside import AT, CAFE, CLUB, ON, Register, acting, answering

pytestmark = pytest.mark.django_db
CITY = SYSTEM("payments")


@pytest.fixture(autouse=True)
def _own_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mandates, "_sources", [])


@pytest.fixture
def cafe() -> Organisation:
    with answering(Register()):
        return organisations.ensure(CAFE, at=AT, name="Kahvila")


def granted(cafe: Organisation, reference: str, on: date, cents: int = 35_000, source: str = "own") -> Aid:
    return organisations.record_aid(
        cafe, reference=reference, granter="Kaupunki", granted_on=on, amount_cents=cents, actor=CITY, at=AT,
        service="test", source=source,
    )  # fmt: skip


def test_aid_counts_for_three_years_to_the_day(cafe):
    granted(cafe, "a", date(2023, 6, 1))
    granted(cafe, "b", date(2023, 6, 2), 10_000)
    granted(cafe, "c", ON, 1)
    granted(cafe, "d", ON + timedelta(days=1), 100_000)
    assert organisations.aid_of(cafe, ON) == 10_001
    assert organisations.aid_of(cafe, date(2026, 5, 31)) == 45_000
    assert organisations.aid_of(cafe, date(2024, 2, 29), years=1) == 45_000


def test_declared_aid_counts_too_and_aid_of_others_does_not(cafe):
    granted(cafe, "a", ON, source="declared")
    with answering(Register()):
        other = organisations.ensure(CLUB, at=AT, name="Seura")
    granted(other, "b", ON)
    assert organisations.aid_of(cafe, ON) == 35_000


def test_the_same_aid_is_recorded_once_and_another_sum_by_its_reference_is_refused(cafe):
    first = granted(cafe, "a", ON)
    assert granted(cafe, "a", ON) == first
    with pytest.raises(AidConflict):
        granted(cafe, "a", ON, 40_000)
    assert organisations.aid_of(cafe, ON) == 35_000


def test_withdrawn_aid_stands_in_the_ledger_and_counts_no_more(cafe):
    granted(cafe, "a", ON)
    assert organisations.withdraw_aid("a", actor=CITY, at=AT)
    assert not organisations.withdraw_aid("a", actor=CITY, at=AT)
    assert organisations.aid_of(cafe, ON) == 0
    assert [one.reference for one in organisations.aid_rows(cafe)] == ["a"]


def test_who_acted_is_remembered_from_and_until(cafe):
    use = organisations.acting_began(cafe, actor=acting(), at=AT, wall=AT)
    assert organisations.acting_ended(use.pk, actor=acting(), at=AT, wall=AT + timedelta(minutes=20))
    assert not organisations.acting_ended(use.pk, actor=acting(), at=AT, wall=AT + timedelta(hours=1))
    found = organisations.uses_of(cafe)
    assert [(one.name, one.mandates) for one in found] == [("Petri Laakso", ["employment", "grants", "signatory"])]
    assert found[0].ended_at == AT + timedelta(minutes=20)
    assert [one.action for one in audit.entries_for(CAFE)] == ["organisations.act-no-more", "organisations.act"]


def test_an_end_before_the_beginning_by_a_clock_put_right_ends_at_the_beginning(cafe):
    use = organisations.acting_began(cafe, actor=acting(), at=AT, wall=AT)
    organisations.acting_ended(use.pk, actor=acting(), at=AT, wall=AT - timedelta(minutes=5))
    assert MandateUse.objects.get().ended_at == AT


def test_signatories_are_unknown_until_something_is_known(cafe):
    assert organisations.signatories(CAFE) is None
    organisations.acting_began(cafe, actor=acting(CAFE, GRANTS, person=5), at=AT, wall=AT)
    assert organisations.signatories(CAFE) is None
    organisations.acting_began(cafe, actor=acting(CAFE, SIGNATORY, person=17), at=AT, wall=AT)
    organisations.acting_began(cafe, actor=acting(CAFE, SIGNATORY, person=None), at=AT, wall=AT)
    assert organisations.signatories(CAFE) == {17}


def test_a_register_of_signatories_adds_its_own_and_may_know_that_nobody_does(cafe):
    organisations.signatories_from(lambda business_id: frozenset({3}) if business_id == CAFE else frozenset())
    organisations.acting_began(cafe, actor=acting(CAFE, SIGNATORY, person=17), at=AT, wall=AT)
    assert organisations.signatories(CAFE) == {3, 17}
    assert organisations.signatories(CLUB) == frozenset()


def test_an_organisation_says_no_to_offers_of_a_service_and_yes_again(cafe):
    assert organisations.do_not_send(cafe, "summer-voucher", actor=acting(), at=AT)
    assert not organisations.do_not_send(cafe, "summer-voucher", actor=acting(), at=AT)
    assert organisations.unwilling("summer-voucher") == {CAFE}
    assert organisations.unwilling("hiring-benefit") == frozenset()
    assert organisations.send_again(cafe, "summer-voucher", actor=acting(), at=AT)
    assert not organisations.send_again(cafe, "summer-voucher", actor=acting(), at=AT)
    assert organisations.unwilling("summer-voucher") == frozenset()
    assert organisations.do_not_send(cafe, "summer-voucher", actor=acting(), at=AT)


def test_nobody_says_it_for_another_organisation(cafe):
    with pytest.raises(Refused):
        organisations.do_not_send(cafe, "summer-voucher", actor=acting(CLUB), at=AT)
