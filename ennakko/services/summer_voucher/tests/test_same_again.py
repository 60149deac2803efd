# SPDX-License-Identifier: EUPL-1.2
"""Before the season, last year's employers are asked whether they hire the young again."""

from datetime import UTC, date, datetime

import pytest

from ennakko.kernel import offers, organisations
from ennakko.kernel.access import Refused
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers.models import Offer, Run
from ennakko.services.summer_voucher import offer, same_again
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.jobs import look_ahead, propose_again
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 2)
AT = datetime(2026, 4, 2, 6, tzinfo=UTC)
WHEN = {"on": DAY, "at": AT}


@pytest.fixture(autouse=True)
def _two_employers_of_last_year(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", *(t.youth(person) for person in range(1, 5)))
    t.released()
    m.registers()
    with m.gate(is_open=False):
        for person, business_id in ((1, m.CAFE), (2, m.CAFE), (3, m.GARDEN)):
            m.organisation(business_id, f"Työnantaja {business_id}")
            key = f"k{person}"
            m.documents_for(key, business_id=business_id)
            account = m.IBAN if business_id == m.CAFE else m.OTHER_IBAN
            case = m.send(m.row(m.voucher(person)), actor=m.employer(business_id), key=key, iban=account).rows[0].case
            claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    ClaimRow.objects.update(year=2025)
    Voucher.objects.update(year=2025)


def propose() -> same_again.Proposed:
    return same_again.propose(actor=m.MACHINE, **WHEN)


def run(job) -> dict:
    return job(progress=lambda *_: None, **WHEN).figures


def test_each_employer_of_last_year_gets_one_proposal_with_what_it_did(settings):
    made = propose()
    assert (made.employers, made.offers_made) == (2, 2)
    assert propose().offers_made == 0
    told = {one.organisation: one.content for one in Offer.objects.exclude(organisation="")}
    assert (told[m.CAFE]["youths"], told[m.GARDEN]["youths"], told[m.CAFE]["value_cents"]) == (2, 1, 35000)
    offer.release(Run.objects.get(pk=made.run), actor=t.official(), at=AT, on=DAY)
    sent = Message.objects.filter(template="summer-voucher.same_again")
    assert {one.organisation for one in sent} == {m.CAFE, m.GARDEN}


def test_whoever_wants_none_or_may_not_use_the_voucher_any_more_gets_none():
    organisations.do_not_send(organisations.known(m.CAFE), "summer-voucher", actor=m.employer(), at=AT)
    organisations.known(m.GARDEN).__class__.objects.filter(pk=m.GARDEN).update(kind="municipality")
    assert propose().offers_made == 0


def test_the_answer_is_a_wish_that_staff_see_and_only_the_employers_people_give_it():
    made = propose()
    offer.release(Run.objects.get(pk=made.run), actor=t.official(), at=AT, on=DAY)
    cafe, garden = (Offer.objects.get(organisation=one) for one in (m.CAFE, m.GARDEN))
    for other in (m.employer(m.GARDEN), t.resident(1), t.handler()):
        with pytest.raises(Refused):
            offers.answer(cafe, "accepted", actor=other, **WHEN)
    offers.answer(cafe, "accepted", actor=m.employer(), **WHEN)
    offers.answer(garden, "call_me", actor=m.employer(m.GARDEN), **WHEN)
    wished = {one.business_id: (one.answer, one.youths_last_year) for one in same_again.wishes(t.handler(), on=DAY)}
    assert wished == {m.CAFE: ("accepted", 2), m.GARDEN: ("call_me", 1)}
    with pytest.raises(Refused):
        same_again.wishes(t.director(), on=DAY)


def test_the_job_proposes_once_between_its_day_and_the_season():
    early = propose_again(at=AT, on=date(2026, 3, 31), progress=lambda *_: None)
    assert early.figures == {"offers_made": 0}
    assert run(propose_again) == {"offers_made": 2}
    assert run(propose_again) == {"offers_made": 0}
    late = propose_again(at=AT, on=date(2026, 6, 1), progress=lambda *_: None)
    assert late.figures == {"offers_made": 0}


def test_proposals_to_employers_let_no_offers_to_the_young_out():
    made = propose()
    offer.release(Run.objects.get(pk=made.run), actor=t.official(), at=AT, on=DAY)
    Run.objects.filter(audience="people").update(round="2025")
    assert run(look_ahead) == {"offers_made": 0}


def test_in_a_year_that_is_not_decided_nobody_is_asked():
    asked = same_again.propose(on=date(2027, 4, 2), at=AT, actor=m.MACHINE)
    assert asked.ask is not None
    assert asked.offers_made == 0
