# SPDX-License-Identifier: EUPL-1.2
"""A season's payments, 5,500 lines: batch made, file exported, every line confirmed; ours beside row by row.

`python -m bench.payments` prints one JSON line. Row by row is the same tables written with an object and a statement a
line, in one transaction a step (which is kind to it: each callback on its own would be slower); the file is written by
the same writer, and what stands afterwards is compared. Needs a PostgreSQL server for that half (BENCH_POSTGRES).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import psycopg

from bench import city

LINES = 5_500
WITHIN = 5.0
COLUMNS = 30
AT, ON = datetime(2026, 8, 20, 6, 0, tzinfo=UTC), date(2026, 8, 20)
APPS = ("clock", "access", "audit", "purposes", "registers", "people", "organisations", "messages", "jobs", "payments")
STEPS = ("planned", "made", "exported", "confirmed")


def main() -> None:
    """Both databases, each in a process of its own; or, with a name given, that one in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", choices=("sqlite", "postgresql"))
    given = parser.parse_args().database
    if given:
        print(json.dumps({"figures": figures(given)}))
        return
    found: list[dict[str, Any]] = []
    for name in ("sqlite", "postgresql"):
        try:
            there = city.empty(f"payments-{name}", postgres=name == "postgresql")
        except psycopg.OperationalError as error:
            print(f"PostgreSQL left out: {error}", file=sys.stderr)
            continue
        command = [sys.executable, "-m", "bench.payments", name]
        done = subprocess.run(
            command, env=there.environment, cwd=city.ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-600:])
        found += json.loads(done.stdout.strip().splitlines()[-1])["figures"]
    print(json.dumps({"figures": found}))


def figures(name: str) -> list[dict[str, Any]]:
    """The steps of one database, ours and row by row, and their sum without the planning."""
    from bench.worker import Foreign, wait_for_quiet

    _start()
    from bench import payments_naive

    wait_for_quiet(20)
    foreign = Foreign()
    ours = timed(*_ours())
    theirs = timed(*payments_naive.steps(written, new_lines("naive"), at=AT, on=ON))
    noisy = foreign.share() > 0.10
    if ours.pop("digest") != theirs.pop("digest"):
        raise RuntimeError(f"{name}: the two ways do not come to the same.")
    note = f"{LINES:,} lines made, exported and confirmed; processor time {ours['processor']:.2f} s of our own process"
    whole, other = (sum(each[step] for step in STEPS[1:]) for each in (ours, theirs))
    against = "row by row"
    found = [
        {
            "name": f"payments.{name}", "value": whole, "unit": "s", "against": against, "other": other,
            "target": WITHIN, "of": "value", "noisy": noisy, "note": note,
        }
    ]  # fmt: skip
    found += [
        {
            "name": f"payments.{name}.{step}",
            "value": ours[step],
            "unit": "s",
            "against": against,
            "other": theirs[step],
            "noisy": noisy,
        }
        for step in STEPS
    ]
    return found


def timed(steps: Sequence[Callable[[], object]], digest: Callable[[], str]) -> dict[str, Any]:
    """Seconds of each step, processor seconds of all but the planning, and the digest of what stands afterwards."""
    taken: dict[str, Any] = {}
    processor = 0.0
    for name, step in zip(STEPS, steps, strict=True):
        before, used = time.perf_counter(), time.process_time()
        step()
        taken[name] = time.perf_counter() - before
        processor += (time.process_time() - used) * (name != "planned")
    return {**taken, "digest": digest(), "processor": processor}


def _start() -> None:
    """The payments and what they stand on, in an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.INSTALLED_APPS = [f"ennakko.kernel.{app}" for app in APPS]
    django.setup()
    call_command("migrate", verbosity=0)
    import xlsxwriter  # noqa: F401 — the first import, which compiles it where nothing is cached, is neither way's


def new_lines(service: str) -> list[Any]:
    """The season's payments: a payee to every third voucher, and the columns that the city's robot reads."""
    from ennakko.kernel.payments import NewLine, Payee

    return [
        NewLine(
            key=f"{service}:{number}", service=service, about=f"case:{number}", amount_cents=35_000, due=ON,
            payee=Payee(f"Kesätyö {number // 3} Oy", "0112038-9", "FI2112345600000785", street="Katu 1"),
            text=f"Kesäseteli KS-2026-{number:06}", concerns=(number,),
            data={f"column {column}": f"tieto {column} {number}" for column in range(COLUMNS - 5)},
        )
        for number in range(LINES)
    ]  # fmt: skip


def written(batch: Any, lines: Sequence[Any]) -> bytes:
    """A file as wide as the city's payment list."""
    from ennakko.kernel.payments.writing import xlsx

    header = [f"sarake {column}" for column in range(COLUMNS)]
    rows = (
        [line.number, line.payee.name, line.business_id, line.iban, line.amount_cents // 100, *line.data.values()]
        for line in lines
    )
    return xlsx("Setelit", header, rows, created=batch.made_at)


def _ours() -> tuple[list[Callable[[], object]], Callable[[], str]]:
    from django.db import transaction

    from ennakko.kernel.access import SYSTEM
    from ennakko.kernel.payments import PaymentFormat, batching, plan_lines, policy, ports, send
    from ennakko.kernel.payments import confirming as c
    from ennakko.kernel.payments.formats import register_payment_formats
    from ennakko.kernel.payments.models import Batch
    from ennakko.values.texts import text

    lines, actor = new_lines("ours"), SYSTEM("bench")
    register_payment_formats(
        PaymentFormat(
            id="ours.xlsx", service="ours", title=text(fi="x", sv="x", en="x"), write=written,
            file_name=lambda batch: f"{batch.reference}.xlsx", content_type="application/octet-stream",
        )
    )  # fmt: skip
    policy.use_policy(policy.Policy("automatic"))
    ports.use(Bank())

    def plan() -> None:
        with transaction.atomic():
            plan_lines(lines, at=AT)

    def make() -> None:
        batching.choose("ours", on=ON, at=AT, actor=actor)

    def export() -> None:
        batch = batching.write_file(Batch.objects.get(service="ours"), at=AT)
        send(batch, actor=actor, at=AT, wall=AT)

    def confirm() -> None:
        done = c.fetch(at=AT, progress=lambda count: None)
        if done.paid != LINES:
            raise RuntimeError(f"{done}")

    return [plan, make, export, confirm], lambda: digest("ours")


class Bank:
    """Takes files and confirms their lines, at no cost."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        self.taken.append((reference, lines))

    def confirmations(self) -> Any:
        return (said(reference, number) for reference, lines in self.taken for number in range(1, lines + 1))

    def acknowledge(self, confirmations: Sequence[Any]) -> None:
        """Remembers nothing."""


def said(reference: str, number: int) -> Any:
    """That one line was paid."""
    from ennakko.kernel.payments.ports import Confirmation

    return Confirmation(f"{reference}/{number}", reference, number, "paid", ON, "", 35_000)


def digest(service: str) -> str:
    """Of what stands after the last step: each line's place, state and day, and the file's size in rows."""
    from ennakko.kernel.payments.models import Line, Received

    rows = Line.objects.filter(service=service, batch__state="settled", batch__file__size__gt=0).order_by("number")
    found = list(rows.values_list("number", "state", "paid_on", "amount_cents", "about"))
    heard = Received.objects.filter(line__service=service, outcome="applied").count()
    return sha256(repr([found, heard]).encode()).hexdigest()


if __name__ == "__main__":
    main()
