# SPDX-License-Identifier: EUPL-1.2
"""A day of payments in a process that dies at a given step; run by test_payment_sudden_deaths.

The steps are all that there are: each statement given to the database, each word to and from the other side. That is a
folder here: it pays each line of a reference once, returns the second one of each first file, and says everything again
until it is acknowledged.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from ennakko.kernel.payments import jobs, pay_again, ports, release
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.tests import paying as p

LINES = 4
DIED = 77


class Folder:
    """The other side, whose memory is a folder: it outlives every death on ours."""

    def __init__(self, folder: Path, step: Callable[[], None]) -> None:
        self.folder, self.step = folder, step

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        self.step()
        place = self.folder / reference
        if place.exists():
            assert place.read_bytes() == content, "the same reference came with other bytes"
        else:
            new = place.with_suffix(f".{os.getpid()}")
            new.write_bytes(content)
            os.replace(new, place)
        self.step()

    def confirmations(self) -> Iterable[ports.Confirmation]:
        self.step()
        for place in sorted(self.folder.glob("sample-?????")):
            for number, key in enumerate(keys_in(place), 1):
                state = "returned" if number == 2 and not key.endswith("again") else "paid"
                one = p.says(place.name, number, state)
                if not (self.folder / f"known {one.id.replace('/', ' ')}").exists():
                    yield one

    def acknowledge(self, confirmations: Sequence[ports.Confirmation]) -> None:
        self.step()
        for one in confirmations:
            (self.folder / f"known {one.id.replace('/', ' ')}").touch()
        self.step()


def keys_in(place: Path) -> list[str]:
    return [line.split(b'";"')[1].decode() for line in place.read_bytes().splitlines()[1:]]


def day(folder: Path, *, dies_at: int) -> int:
    """One day's work in the order of the jobs; how many steps it had. At the given one the process is gone."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            os._exit(DIED)

    def each(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        step()
        return execute(sql, params, many, context)

    ports.use(Folder(folder, step))
    nothing = lambda done, of=None, /: None  # noqa: E731
    with connection.execute_wrapper(each) if dies_at >= 0 else nullcontext():
        jobs.make(at=p.AT, on=p.ON, progress=nothing)
        for batch in Batch.objects.filter(state="ready"):
            release(batch, actor=p.finance(), at=p.AT)
        Batch.objects.update(next_try_at=None)
        jobs.send(at=p.AT, on=p.ON, progress=nothing)
        jobs.confirm(at=p.AT, on=p.ON, progress=nothing)
        for line in Line.objects.filter(state="returned", replaced_by=None):
            pay_again(line, key=f"{line.key}:again", due=p.ON, at=p.AT, actor=p.finance())
    return steps


def in_child(work: Callable[[], int]) -> int:
    """Do the work in a process of its own; its exit status (DIED where it died on the way)."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            work()
            status = 0
        finally:
            connections.close_all()
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def all_deaths(folder: Path, *, twice: bool) -> dict[str, Any]:
    """Days, each dying a step later than the one before, until one lives to its end; what stands afterwards.

    `twice`: each third step only, and the day that goes on after it dies too.
    """
    deaths = days = dying = 0
    while True:
        days, dying = days + 1, dying + (3 if twice else 1)
        with transaction.atomic():
            for number in range(LINES):
                p.line(key=f"day-{days}-{number}")
        status = in_child(partial(day, folder, dies_at=dying))
        if status not in (0, DIED):
            raise AssertionError(f"day {days} ended with {status}")
        deaths += status == DIED
        if status == DIED and twice:
            again = in_child(partial(day, folder, dies_at=1 + dying * 7 % 23))
            deaths += again == DIED
        # Quiet days: what was returned is planned again on the first and paid on the second.
        for _ in range(2):
            assert in_child(partial(day, folder, dies_at=-1)) == 0
        if status == 0:
            break
    paid = Counter(
        key for place in folder.glob("sample-?????") for number, key in enumerate(keys_in(place), 1)
        if number != 2 or key.endswith("again")
    )  # fmt: skip
    return {
        "days": days, "steps": dying, "deaths": deaths, "planned": days * LINES, "most_paid": max(paid.values()),
        "paid_for": len({key.removesuffix(":again") for key in paid}),
        "states": dict(Counter(Line.objects.values_list("state", flat=True))),
        "unpaid": Line.objects.exclude(state__in=["paid", "returned"]).count(),
        "returned_and_not_paid_again": Line.objects.filter(state="returned", replaced_by=None).count(),
        "unsettled": Batch.objects.exclude(state="settled").count(),
        "odd": Received.objects.filter(outcome="odd").count(),
        "waiting": Received.objects.filter(outcome="received").count(),
    }  # fmt: skip
