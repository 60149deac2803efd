# SPDX-License-Identifier: EUPL-1.2
"""Handlers and officials: the queue, proposals, decisions, payment lines, payments that come back."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from ennakko.kernel import payments
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.history import timeline
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations import account_of
from ennakko.services.summer_voucher.actions import claim_handling, claims, vouchers
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.queries import applications
from ennakko.services.summer_voucher.queries import claims as queries
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = {"at": m.CLAIM_AT, "on": m.CLAIM_DAY}


@pytest.fixture(autouse=True)
def _a_town_with_a_cafe(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(
        tmp_path / "a", t.youth(1), t.youth(2, names=("Åke", "Öhman")), t.youth(3, non_disclosure=True), t.youth(4)
    )  # fmt: skip
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


@pytest.fixture
def open_gate_of_claims():
    with m.gate(is_open=True):
        yield


def clean(person: int = 1, key: str = "k1", **told) -> Case:
    m.documents_for(key)
    return m.send(m.row(m.voucher(person), **told), key=key).rows[0].case


def manual(person: int = 1) -> Case:
    m.registers(debt=True)
    return clean(person)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"summer-voucher.{template}"))


def lines(case: Case):
    return payments.lines_of(f"case:{case.pk}")


def test_an_official_releases_ready_claims_in_bulk_and_each_gets_a_payment_line():
    first, second = clean(1), clean(2, "k2")
    ready = list(queries.ready(t.official()))
    assert ready == [first, second]
    results = claim_handling.release(ready, actor=t.official(), **WHEN)
    assert all(one.decision is not None for one in results)
    (line,) = lines(first)
    assert (line.amount_cents, line.payee.iban, line.payee.business_id, line.year) == (35000, m.IBAN, m.CAFE, 2026)
    assert line.data["youth"] == "Aino Virtanen1"
    assert line.state == "planned"
    assert {one.data["case"] for one in told("claim_accepted")} == {first.number, second.number}
    decision = Decision.objects.get(case=first)
    assert (decision.outcome, decision.automatic, decision.decided_by_name) == ("accepted", False, "Outi")
    assert {one["step"] for one in decision.reasons} >= {"r1_voucher", "r14_apart"}
    assert decision.rule_version is not None
    assert decision.notice_key == told("claim_accepted")[0].key


def test_deciding_again_is_refused_in_words_and_pays_once():
    case = clean()
    claim_handling.release([case], actor=t.official(), **WHEN)
    (again,) = claim_handling.release([case], actor=t.official(), **WHEN)
    assert again.refused is not None
    assert len(lines(case)) == 1
    with pytest.raises(NotNow):
        claim_handling.decide(case, "accepted", actor=t.official(), **WHEN)


def test_where_the_gate_is_open_a_clean_claim_is_decided_at_once(open_gate_of_claims):
    case = clean()
    decision = Decision.objects.get(case=case)
    assert (fresh(case).state, decision.automatic) == ("accepted", True)
    assert ClaimRow.objects.get().automatic
    assert len(lines(case)) == 1


def test_the_machine_never_rejects_even_where_the_gate_is_open(open_gate_of_claims):
    m.documents_for()
    case = m.send(m.row(m.voucher()), on=m.CLAIM_DAY + timedelta(days=150)).rows[0].case
    assert (fresh(case).state, case.draft["outcome"]) == ("awaiting_handling", "rejected")
    assert not Decision.objects.exists()


def test_a_handler_proposes_and_another_decides():
    case = manual()
    ritva = t.handler()
    claim_handling.take(case, actor=ritva, at=m.CLAIM_AT)
    claim_handling.propose_acceptance(case, actor=ritva, justification="Velka on maksettu.", **WHEN)
    (line,) = queries.lines_of(queries.queue(t.official(), on=m.CLAIM_DAY), on=m.CLAIM_DAY)
    assert (line.proposed, line.state.fi) == ("accepted", "Odottaa päätöstä")
    with pytest.raises(Refused):
        claim_handling.decide(fresh(case), "accepted", actor=ritva, **WHEN)
    both = t.staff("Ritva", "summer-voucher.handler", "summer-voucher.decision-maker")
    with pytest.raises(Refused):
        claim_handling.decide(fresh(case), "accepted", actor=both, **WHEN)
    decision = claim_handling.decide(fresh(case), "accepted", actor=t.official(), **WHEN)
    assert (decision.amount_cents, decision.justification) == (35000, "Velka on maksettu.")


def test_a_rejection_has_reasons_and_appeal_and_frees_the_voucher():
    m.documents_for()
    case = m.send(m.row(m.voucher()), on=m.CLAIM_DAY + timedelta(days=150)).rows[0].case
    claim_handling.propose_rejection(case, "", actor=t.handler(), **WHEN)
    decision = claim_handling.decide(fresh(case), "rejected", actor=t.official(), **WHEN)
    assert "hakuaika päättyi 30.11.2026" in decision.justification
    (message,) = told("claim_rejected")
    assert "14 päivän kuluessa" in message.data["appeal"]
    assert Voucher.objects.get(person=1).state == "issued"
    assert lines(case) == []


def test_a_rejection_without_words_is_refused():
    case = manual()
    with pytest.raises(NotNow):
        claim_handling.propose_rejection(case, "  ", actor=t.handler(), **WHEN)


def test_the_official_returns_a_claim_with_a_note_and_the_machines_findings_stay():
    case = clean()
    claim_handling.return_to_handling(case, "Tarkista työsopimus.", actor=t.official(), at=m.CLAIM_AT)
    now = fresh(case)
    assert (now.state, now.draft) == ("awaiting_handling", None)
    desk = queries.desk(t.handler(), now, **WHEN)
    assert len(desk.checks) == 15
    claim_handling.propose_acceptance(now, actor=t.handler(), **WHEN)
    assert claim_handling.decide(fresh(case), "accepted", actor=t.official(), **WHEN).rule_version is not None


def test_a_handler_asks_and_the_answer_goes_to_the_machine_again():
    case = manual()
    claim_handling.ask_more(
        case, "Onko maksujärjestely?", actor=t.handler(), at=m.CLAIM_AT, due=m.CLAIM_DAY + timedelta(days=14)
    )
    (own,) = queries.own_claims(m.employer())
    assert (own.rows[0].question, own.waits_for_employer) == ("Onko maksujärjestely?", True)
    claims.amend(fresh(case), m.row(m.voucher()), actor=m.employer(), wall=t.WALL, **WHEN)
    assert fresh(case).state == "awaiting_handling"
    m.registers(debt=True, plan=True)
    assert claim_handling.check_now(fresh(case), actor=t.handler(), **WHEN).state == "ready_for_decision"


def test_a_used_voucher_is_neither_voided_nor_reissued_nor_taken_with_its_offer():
    clean()
    held = m.voucher()
    for change in (
        lambda: vouchers.void(held, reason="x", actor=t.handler(), at=m.CLAIM_AT, on=m.CLAIM_DAY),
        lambda: vouchers.reissue(held, actor=t.handler(), at=m.CLAIM_AT),
    ):
        with pytest.raises(vouchers.VoucherClosed) as refused:
            change()
        assert "Käytetty" in refused.value.reason.fi
    vouchers.void_with_offer(held.offer, m.CLAIM_AT)
    assert Voucher.objects.get(person=1).state == "used"


def test_a_youth_who_has_used_the_voucher_cannot_decline_it_any_more():
    from ennakko.kernel import offers
    from ennakko.services.summer_voucher.queries import own

    held = m.voucher()
    case = m.send(m.row(held), on=t.ON + timedelta(days=70)).rows[0].case
    assert case is not None
    with pytest.raises((vouchers.VoucherClosed, offers.OfferClosed)):
        offers.answer(own.offer_of(t.resident(1), on=t.ON), "declined", actor=t.resident(1), at=t.AT, on=t.ON)


def test_the_queue_has_constant_queries_and_is_searched_by_number_name_and_business_id(django_assert_num_queries):
    first = manual()
    m.registers()
    cache.clear()  # the tax-debt register's answer is remembered for an hour
    second = clean(2, "k2", surname="Öhman")
    ritva = t.handler()
    with django_assert_num_queries(1):
        rows = queries.lines_of(queries.queue(ritva, on=m.CLAIM_DAY), on=m.CLAIM_DAY)
    assert [one.case for one in rows] == [first, second]
    assert (rows[0].view.fi, rows[0].flags, rows[0].youth) == ("Verovelka", 1, "Aino Virtanen1")
    for words, found in (
        ("ÖHMAN", {second}), ("aamukaste", {first, second}), (m.CAFE, {first, second}), (first.number.lower(), {first}),
        (encode(m.voucher(2).number).upper(), {second}), ("ei ketään", set()),
    ):  # fmt: skip
        assert set(queries.search(ritva, words, on=m.CLAIM_DAY)) == found, words
        assert set(queries.queue(ritva, on=m.CLAIM_DAY, words=words)) == found, words
    with django_assert_num_queries(2):
        counted = queries.counts(ritva, on=m.CLAIM_DAY)
    assert (counted["all"], counted["awaiting_handling"], counted["ready_for_decision"]) == (2, 1, 1)
    for state, mine in (("", False), ("", True), ("late", False), ("returned", False), ("awaiting_handling", False)):
        name = queries.counted_as(state, mine=mine)
        asked = queries.queue(ritva, on=m.CLAIM_DAY, states=[state] if state else [], mine=mine)
        assert name is not None
        assert counted[name] == asked.count(), name
    assert queries.counted_as("accepted", mine=False) is None
    assert queries.counted_as("late", mine=True) is None
    assert queries.queue(ritva, on=m.CLAIM_DAY + timedelta(days=60), states=["late"]).count() == 2
    assert not applications.queue(ritva, on=m.CLAIM_DAY).exists()
    with pytest.raises(Refused):
        queries.queue(t.director(), on=m.CLAIM_DAY)


def test_by_employer_the_queue_holds_the_same_claims_in_the_order_of_names():
    m.organisation(m.GARDEN, "Ahkera Puutarha Oy")
    cafe, closed = clean(), clean(2, "k2", surname="Öhman")
    claim_handling.decide(closed, "accepted", actor=t.official(), **WHEN)
    garden = m.send(m.row(m.voucher(4)), actor=m.employer(m.GARDEN), iban=m.OTHER_IBAN, key="k4").rows[0].case
    m.send(m.row(m.voucher(3)), key="k3")  # of a youth under non-disclosure
    ritva = t.handler()

    def keys(sort: str, **how: bool) -> list[int]:
        rows = queries.queue(ritva, on=m.CLAIM_DAY, sort=sort, **how)
        assert list(queries.keys_of(rows, sort, **how)) == [one.pk for one in rows]
        return list(queries.keys_of(rows, sort, **how))

    assert keys("employer") == [garden.pk, cafe.pk]
    assert keys("employer", descending=True) == [cafe.pk, garden.pk]
    assert sorted(keys("due")) == sorted([cafe.pk, garden.pk])
    assert list(
        queries.keys_of(queries.queue(ritva, on=m.CLAIM_DAY, states=["closed"], sort="employer"), "employer")
    ) == [closed.pk]


def test_a_page_of_the_queue_is_read_in_one_query_and_needs_no_other(django_assert_num_queries):
    case = manual()
    with django_assert_num_queries(1):
        (line,) = queries.lines_of(queries.in_order([case.pk]), on=m.CLAIM_DAY)
    assert (line.number, line.youth, line.employer) == (case.number, "Aino Virtanen1", "Kahvila Aamukaste Oy")
    assert (line.view.fi, line.flags, line.proposed) == ("Verovelka", 1, "")


def test_a_protected_youths_claim_stands_only_on_the_named_clerks_desk():
    m.documents_for()
    case = m.send(m.row(m.voucher(3), surname="virtanen3")).rows[0].case
    assert not queries.queue(t.handler(), on=m.CLAIM_DAY).exists()
    assert not queries.search(t.handler(), case.number, on=m.CLAIM_DAY).exists()
    assert not queries.ready(t.official()).exists()
    with pytest.raises(Refused):
        queries.desk(t.handler(), case, **WHEN)
    with pytest.raises(Refused):
        queries.protected(t.handler())
    assert list(queries.protected(t.clerk())) == [case]
    assert not queries.queue(t.clerk(), on=m.CLAIM_DAY).exists()
    with pytest.raises(Refused):
        claim_handling.decide(case, "accepted", actor=t.official(), **WHEN)
    assert claim_handling.decide(case, "accepted", actor=t.clerk(), **WHEN).outcome == "accepted"
    assert "irtanen" not in ClaimRow.objects.get().search


def test_the_desk_shows_what_the_machine_found_and_logs_the_look():
    from ennakko.kernel import audit

    case = manual()
    looks = len(audit.reads_of(1))
    desk = queries.desk(t.handler(), case, **WHEN)
    assert len(audit.reads_of(1)) == looks + 1
    assert [one.code for one in desk.checks if one.holds is False] == ["r10_taxes"]
    debt = next(one for one in desk.facts if one.label.fi == "Verovelkaa")
    assert (debt.registered.fi, debt.source.fi) == ("kyllä", "Verovelkarekisteri")
    assert len(desk.documents) == 2
    assert desk.claims_this_year == 0


def test_a_payment_that_came_back_asks_for_another_account_and_is_paid_again():
    case = clean()
    claim_handling.release([case], actor=t.official(), **WHEN)
    m.pay("returned", reason="tili suljettu")
    (line,) = lines(case)
    assert line.state == "returned"
    (message,) = told("claim_returned")
    assert message.organisation == m.CAFE
    (own,) = queries.own_claims(m.employer())
    assert own.rows[0].needs_account
    assert own.waits_for_employer
    assert queries.counts(t.handler(), on=m.CLAIM_DAY)["returned"] == 1
    assert list(queries.queue(t.handler(), on=m.CLAIM_DAY, states=["returned"])) == [case]
    wrong = claims.give_account(case, {"iban": "FI00"}, actor=m.employer(), **WHEN)
    assert [one.field for one in wrong] == ["iban"]
    assert claims.give_account(case, {"iban": m.OTHER_IBAN}, actor=m.employer(), **WHEN) == ()
    assert account_of(m.CAFE, m.CLAIM_DAY).iban == m.OTHER_IBAN
    again = [one for one in lines(case) if one.pk != line.pk]
    assert [(one.state, one.payee.iban, one.amount_cents) for one in again] == [("planned", m.OTHER_IBAN, 35000)]
    with pytest.raises(NotNow):
        claims.give_account(case, {"iban": m.IBAN}, actor=m.employer(), **WHEN)


def test_a_paid_claim_says_so_in_its_history():
    case = clean()
    claim_handling.release([case], actor=t.official(), **WHEN)
    m.pay()
    assert [one.state for one in lines(case)] == ["paid"]
    assert "Maksettiin" in [one.title.fi for one in timeline(fresh(case))]
    (own,) = queries.own_claims(m.employer())
    assert own.rows[0].payment.fi == "Maksettu"


@pytest.mark.parametrize(
    ("language", "begins"),
    [("fi", "Hakuaika päättyi 30.11.2026."), ("sv", "Ansökningstiden gick ut 30.11.2026."),
     ("en", "Claims closed on 30 November 2026.")],
)  # fmt: skip
def test_the_machines_reasons_for_a_refusal_are_in_the_employers_language(language, begins):
    m.documents_for("k1")
    late = date(2026, 12, 1)
    case = m.send(m.row(m.voucher()), language=language, on=late).rows[0].case
    assert case.language == language
    at = m.CLAIM_AT.replace(month=12, day=1)
    proposed = claim_handling.propose_rejection(case, "", actor=t.handler(), at=at, on=late)
    assert proposed.draft["content"]["justification"].startswith(begins)
    decision = claim_handling.decide(proposed, "rejected", actor=t.official(), at=at, on=late)
    assert decision.justification.startswith(begins)
