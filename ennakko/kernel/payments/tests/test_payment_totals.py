# SPDX-License-Identifier: EUPL-1.2
"""Whatever happens in whatever order: every sum is somewhere, nobody is paid twice, and nothing is lost."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ennakko.kernel.payments import (
    NotPayable,
    cancel_line,
    dissolve,
    end_recovery,
    make_batch,
    pay_again,
    ports,
    queries,
    recover,
    release,
    send,
    totals,
)
from ennakko.kernel.payments.models import Batch, Line, Received, Recovery
from ennakko.kernel.payments.settling import choices_for, settle
from ennakko.kernel.payments.states import BATCHES, LINES, BatchState, LineState, RecoveryState
from ennakko.kernel.payments.tests import paying as p

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EVENTS = (
    "plan", "plan", "plan", "cancel", "make", "release", "ahead", "ahead", "fail", "fail", "dissolve", "dissolve",
    "paid", "paid", "paid", "returned", "returned", "again", "nonsense", "settle", "settle", "recover", "end",
)  # fmt: skip


class World:
    """The payments and the other side, moved by drawn numbers; what may not be done now is refused."""

    def __init__(self, there: p.OtherSide) -> None:
        self.there, self.step = there, 0

    def happen(self, event: str, number: int) -> None:
        self.step += 1
        with suppress(NotPayable):
            getattr(self, event)(number)

    def some(self, rows, number: int):
        found = list(rows.order_by("pk"))
        if not found:
            raise NotPayable(p.FORMAT.title)
        return found[number % len(found)]

    def plan(self, number: int) -> None:
        p.line(number % 7, amount_cents=100 + number % 7)

    def cancel(self, number: int) -> None:
        cancel_line(self.some(Line.objects, number), reason="x", actor=p.finance(), at=p.AT, on=p.ON)

    def make(self, number: int) -> None:
        make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)

    def release(self, number: int) -> None:
        release(self.some(Batch.objects, number), actor=p.finance(), at=p.AT)

    def ready(self) -> None:
        """Whatever can be made and released is, as the jobs and a person of finance would do it on a good day."""
        with suppress(NotPayable):
            self.make(0)
        for batch in Batch.objects.filter(state="ready"):
            release(batch, actor=p.finance(), at=p.AT)

    def ahead(self, number: int) -> None:
        self.ready()
        self.there.before_taking = self.there.after_taking = None
        send(self.some(Batch.objects.exclude(state="dissolved"), number), actor=p.finance(), at=p.AT, wall=p.AT)

    def fail(self, number: int) -> None:
        self.ready()
        batch = self.some(Batch.objects.filter(state="released"), number // 3)
        if batch.reference in self.there.taken and number % 3 == 2:
            return  # it rejects only what it has not taken
        self.there.before_taking = (None, ports.Unavailable("down"), ports.Rejected("no"))[number % 3]
        self.there.after_taking = None if number % 3 else ports.Unavailable("no answer")
        send(batch, actor=p.finance(), at=p.AT, wall=p.AT)

    def dissolve(self, number: int) -> None:
        batch = self.some(Batch.objects.filter(sent_at=None).exclude(state="dissolved"), number)
        dissolve(batch, reason="x", actor=p.finance(), at=p.AT)

    def paid(self, number: int) -> None:
        sum_told = None if number % 5 else 101
        p.hear(p.says(self.said_of(number), number % 4, amount_cents=sum_told))

    def returned(self, number: int) -> None:
        p.hear(p.says(self.said_of(number), number % 4, "returned"))

    def said_of(self, number: int) -> Batch:
        """Mostly of what it has, sometimes of what it cannot have."""
        return self.some(Batch.objects.filter(handed_over_at__isnull=False) if number % 7 else Batch.objects, number)

    def nonsense(self, number: int) -> None:
        p.hear(p.says(f"x-{number}", number % 3, ("paid", "returned", "?")[number % 3]))

    def again(self, number: int) -> None:
        pay_again(
            self.some(Line.objects.filter(state__in=["returned", "paid", "cancelled"]), number),
            key=f"a{self.step}",
            due=p.ON,
            at=p.AT,
            actor=p.finance(),
        )

    def settle(self, number: int) -> None:
        odd = self.some(queries.odd_confirmations(), number)
        choices = choices_for(odd)
        settle(odd, choices[number % len(choices)], why="x", actor=p.finance(), at=p.AT)

    def recover(self, number: int) -> None:
        line = self.some(Line.objects.filter(state__in=["paid", "sent"]), number)
        with transaction.atomic():
            recover(line, number % 120, key=f"r{self.step}", decision="d", reason="x", actor=p.finance(), at=p.AT)

    def end(self, number: int) -> None:
        outcome = (RecoveryState.RECOVERED, RecoveryState.WAIVED)[number % 2]
        end_recovery(
            self.some(Recovery.objects, number), outcome=outcome, reason="x", actor=p.finance(), at=p.AT, on=p.ON
        )


def check(there: p.OtherSide) -> None:
    rows = list(Line.objects.all())
    sums = totals()
    assert sums.all == queries.Sums(len(rows), sum(row.amount_cents for row in rows))
    assert sum(queries.totals_by_service().values(), queries.NOTHING) == sums
    for row in rows:
        assert 0 <= row.recovering_cents + row.recovered_cents <= (row.amount_cents if row.state == "paid" else 0)
        assert (row.state in ("planned", "cancelled")) == (row.batch_id is None)
    for recovering, state in ((sums.recovering.cents, "claimed"), (sums.recovered.cents, "recovered")):
        assert recovering == sum(one.amount_cents for one in Recovery.objects.filter(state=state))
    for view in queries.with_confirmations(Batch.objects.exclude(state="dissolved")):
        assert (view.waiting + view.paid + view.returned).cents == view.batch.amount_cents
        assert (view.batch.state == "settled") <= (view.waiting.lines == 0)
    # The other side has a line in one file only: whatever it pays of that file, it pays the line once.
    keys = Counter(line.split(b'";"')[1] for content in there.taken.values() for line in content.splitlines()[1:])
    assert set(keys.values()) <= {1}
    # A line in place of a returned one exists at most once, not counting those called off.
    live = Counter(row.replaces_id for row in rows if row.replaces_id and row.state != "cancelled")
    assert set(live.values()) <= {1}
    # Nothing waits to be paid in place of what was paid after all.
    assert not Line.objects.filter(state="planned", replaces__state="paid").exists()
    assert not Received.objects.filter(outcome="received").exists()


def standing() -> dict[str, str]:
    """Where every line and batch is."""
    lines = {f"line {key}": state for key, state in Line.objects.values_list("key", "state")}
    return lines | dict(Batch.objects.values_list("reference", "state"))


def moved(before: dict[str, str], after: dict[str, str]) -> set[tuple[str, str]]:
    assert before.keys() <= after.keys()
    return {(before[name], after[name]) for name in before if before[name] != after[name]}


def closure(table: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Every pair of states of which the table leads from one to the other, by one move or more."""
    found = {(str(start), str(to)) for (start, _), to in table.items()}
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return found


ALLOWED = closure(LINES) | closure(BATCHES)


def test_the_tables_of_states_lead_everywhere_and_nothing_that_ended_is_paid():
    lines, batches = closure(LINES), closure(BATCHES)
    assert {to for start, to in lines if start == "planned"} == set(LineState)
    assert {to for start, to in batches if start == "made"} == set(BatchState) - {"made"}
    assert not [pair for pair in lines if pair[0] == "cancelled"]
    assert not [pair for pair in batches if pair[0] in ("settled", "dissolved")]
    assert not {("paid", "planned"), ("returned", "planned"), ("sent", "planned"), ("sent", "cancelled")} & lines


class TestWhateverHappens(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 29)), min_size=20, max_size=70))
    def test_totals_balance_and_no_file_holds_a_line_that_another_holds(self, events):
        with p.let_go(), p.other_side() as there:
            world = World(there)
            for event, number in events:
                before = standing()
                world.happen(event, number)
                assert moved(before, standing()) <= ALLOWED
            check(there)


def test_the_totals_by_service_and_year_are_one_query(django_assert_num_queries):
    p.lines(2)
    p.line(3, service="other", year=2025)
    with django_assert_num_queries(1):
        found = queries.totals_by_service()
    assert {key: value.planned.lines for key, value in found.items()} == {("sample", 2026): 2, ("other", 2025): 1}
    assert totals(year=2025).all.cents == totals(service="other").all.cents == 35_000
