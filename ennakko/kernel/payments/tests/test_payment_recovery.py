# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ennakko.kernel.payments import KeyTaken, NotPayable, end_recovery, recover, totals
from ennakko.kernel.payments import reasons as r
from ennakko.kernel.payments.models import Line, Recovery
from ennakko.kernel.payments.states import RecoveryState
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def paid_line() -> Line:
    p.hear(p.says(p.sent_batch(1), 1))
    return Line.objects.get()


def claim(line: Line, cents: int, **other: Any) -> Recovery:
    given = {
        "key": "r1",
        "decision": "HEL 2026-000123 § 4",
        "reason": "Työ päättyi kesken",
        "actor": p.finance(),
        "at": p.AT,
    }
    with transaction.atomic():
        return recover(line, cents, **given | other)


def end(recovery: Recovery, outcome: str = "recovered", **other: Any) -> Recovery:
    return end_recovery(recovery, outcome=RecoveryState(outcome), actor=p.finance(), at=p.AT, on=p.ON, **other)


def test_a_paid_sum_is_claimed_back_in_parts_by_decisions_and_never_beyond_what_was_paid():
    line = paid_line()
    first = claim(line, 20_000)
    assert Line.objects.get().standing == "recovering"
    with pytest.raises(NotPayable) as refused:
        claim(line, 15_001, key="r2")
    assert refused.value.reason == r.MORE_THAN_PAID
    end(first)
    assert Line.objects.get().standing == "paid"
    end(claim(line, 15_000, key="r2"))
    assert Line.objects.get().standing == "recovered"
    with pytest.raises(NotPayable):
        claim(line, 1, key="r3")
    sums = totals(service="sample")
    assert (sums.paid.cents, sums.recovered.cents, sums.recovering.cents) == (35_000, 35_000, 0)


def test_the_same_claim_twice_is_one_claim():
    line = paid_line()
    assert claim(line, 100) == claim(line, 100)
    assert Line.objects.get().recovering_cents == 100
    with pytest.raises(KeyTaken):
        claim(line, 200)


def test_a_claim_that_is_given_up_frees_its_sum_and_says_why():
    line = paid_line()
    first = claim(line, 35_000)
    with pytest.raises(NotPayable, match="Write the reason"):
        end(first, "waived")
    done = end(first, "waived", reason="Oikaisuvaatimus hyväksyttiin")
    assert (done.state, end(first, "waived", reason="x").ended_reason) == ("waived", "Oikaisuvaatimus hyväksyttiin")
    with pytest.raises(NotPayable) as refused:
        end(first)
    assert refused.value.reason == r.RECOVERY_ENDED
    assert claim(line, 35_000, key="r2").state == "claimed"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"decision": " "}, r.NEEDS_A_DECISION),
        ({"reason": ""}, r.NEEDS_A_REASON),
        ({"cents": 0}, r.NO_SUM),
        ({"cents": -1}, r.NO_SUM),
    ],
)
def test_a_claim_needs_a_decision_a_reason_and_a_sum(other, reason):
    line = paid_line()
    with pytest.raises(NotPayable) as refused:
        claim(line, other.pop("cents", 100), **other)
    assert refused.value.reason == reason


def test_what_was_not_paid_is_not_claimed_back():
    p.sent_batch(1)
    with pytest.raises(NotPayable) as refused:
        claim(Line.objects.get(), 100)
    assert refused.value.reason == r.NOT_PAID


def test_the_database_itself_refuses_to_recover_more_than_was_paid():
    line = paid_line()
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(recovering_cents=20_000, recovered_cents=15_001)


@pytest.mark.django_db(transaction=True)
def test_money_is_claimed_back_only_with_its_decision():
    line = paid_line()
    with pytest.raises(RuntimeError, match="transaction of the decision"):
        recover(line, 1, key="r", decision="d", reason="x", actor=p.finance(), at=p.AT)
