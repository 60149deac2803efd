# SPDX-License-Identifier: EUPL-1.2
"""Killed at every single statement and done again: every instalment is planned, paid and reduced exactly once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from ennakko.kernel.payments import confirm
from ennakko.kernel.payments.tests import paying
from ennakko.services.hiring_benefit.actions import instalments, recovering
from ennakko.services.hiring_benefit.models import Alteration, Instalment
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)


class Killed(BaseException):
    """The process dies: nothing of ours catches it."""


def died_at(statement: int, deed: Callable[[], Any]) -> bool:
    """Whether the deed died at its so-manieth statement; what was not committed by then is gone."""
    count = 0

    def step(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == statement:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with transaction.atomic(), connection.execute_wrapper(step):
            deed()
    except Killed:
        return True
    return False


def deaths(deed: Callable[[], Any]) -> int:
    """How often the deed died until it went through: once at each of its statements."""
    number = 1
    while died_at(number, deed):
        number += 1
    return number - 1


def test_an_instalment_that_is_accepted_over_and_over_is_paid_once():
    application = p.granted()
    row = p.answered(application)
    done = deaths(lambda: instalments.accept(row, actor=t.handler(), at=t.AT, on=AUGUST))
    assert done > 10
    assert p.lines(application) == [(1, 900_000, "planned"), (2, 900_000, "planned")]
    assert Instalment.objects.get(pk=row.pk).attempts == 1


def test_a_confirmation_that_is_heard_over_and_over_pays_once():
    application = p.granted()
    made = p.batch()
    says = [paying.says(made, 1)]
    assert deaths(lambda: confirm(says, actor=paying.MACHINE, at=t.AT)) > 10
    confirm(says, actor=paying.MACHINE, at=t.AT)
    assert p.states(application) == ["paid", "waiting"]
    told = application.case.events.filter(verb="instalment_paid").count()
    assert told == 1


def test_a_recovery_that_is_decided_over_and_over_takes_its_sum_once():
    application = p.granted()
    p.bank()
    row = p.proposed(p.told(application, last_day=date(2026, 4, 30)))
    assert deaths(lambda: recovering.decide(row, actor=t.official(), at=t.AT, on=p.ON)) > 20
    row = Alteration.objects.get(pk=row.pk)
    assert (row.deducted_cents, row.invoiced_cents) == (900_000, 450_000)
    assert p.instalment(application, 2).payable_cents == 0
    assert p.lines(application) == [(1, 900_000, "paid")]


def test_a_returned_payment_that_is_paid_again_over_and_over_is_paid_once():
    application = p.granted()
    p.bank(state="returned")
    row = p.instalment(application, 1)
    assert deaths(lambda: instalments.accept(row, actor=t.handler(), at=t.AT, on=p.ON)) > 10
    assert p.lines(application) == [(1, 900_000, "returned"), (1, 900_000, "planned")]
