# SPDX-License-Identifier: EUPL-1.2
"""Claims sent by 32 clients at once to the server as `make run` starts it; then the count: none lost, none doubled.

`python -m bench.claims` prints one JSON line. Every claim is judged with its registers asked, gets its draft decision
and is written in the log. Among them are claims sent twice at once under one key, and vouchers that two employers
claim at once: of each one stands. Then the handlers' queue with 20,000 claims. PostgreSQL too (BENCH_POSTGRES).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench import city
from bench.pages import _free_port, wait_until_ready
from bench.worker import wait_for_quiet
from ennakko.web.server import serve as served
from ennakko.web.server import workers

CLIENTS = 32
CLAIMS, PAGES, WARM = 2_000, 400, 200
QUEUE = 20_000
TWICE, RIVALS = 25, 40
"""Every so manieth claim is sent twice at once, or claimed by another employer at once."""
A_SECOND = {"sqlite": 200.0, "postgresql": 150.0}
P99_MS, QUEUE_P95_MS = 1000.0, 100.0
SEND = "/api/summer-voucher/claims"
QUEUE_PAGES = (
    "/summer-voucher/claims/", "/summer-voucher/claims/?sort=employer", "/summer-voucher/claims/?page=40",
    "/summer-voucher/claims/?state=awaiting_decision",
)  # fmt: skip


@dataclass(slots=True)
class Answers:
    """What came back: statuses, and milliseconds of each answer."""

    seconds: float = 0.0
    own_ms: float = 0.0
    """Processor time of the clients themselves: they share the machine with the server."""
    statuses: dict[int, int] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    odd: str = ""

    def at(self, percent: float) -> float:
        """The time within which so many of a hundred were answered."""
        return sorted(self.times)[min(int(len(self.times) * percent / 100), len(self.times) - 1)]


def request(method: str, path: str, *, session: str, csrf: str = "", body: bytes = b"", kind: str = "") -> bytes:
    """One request as bytes: the clients are to cost as little as possible on the same machine."""
    cookies = f"session={session}" + (f"; csrftoken={csrf}" if csrf else "")
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", f"Content-Length: {len(body)}"]
    if kind:
        lines += [f"Content-Type: {kind}", f"X-CSRFToken: {csrf}", "Referer: http://localhost/"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _client(port: int, waiting: list[bytes], found: Answers) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        sending = waiting.pop()
        before = time.perf_counter()
        status, head, rest = 0, b"", b""
        for _ in range(2):
            try:
                writer.write(sending)
                head = await reader.readuntil(b"\r\n\r\n")
                break
            except (ConnectionError, asyncio.IncompleteReadError):
                # The server has closed a connection that was idle: asked again on a new one.
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line)
        status = int(head.split(b" ", 2)[1])
        rest = await reader.readexactly(int(fields.get(b"content-length", b"0")))
        found.times.append((time.perf_counter() - before) * 1000)
        found.statuses[status] = found.statuses.get(status, 0) + 1
        if status >= 400 and (status != 422 or not found.odd):
            found.odd = f"{status} {rest[:300].decode(errors='replace')}"
    writer.close()


async def _all(port: int, requests: Sequence[bytes], clients: int) -> Answers:
    waiting, found = list(reversed(requests)), Answers()
    before, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_client(port, waiting, found) for _ in range(clients)))
    found.seconds, found.own_ms = time.perf_counter() - before, (time.process_time() - used) * 1000
    return found


def load(port: int, requests: Sequence[bytes], *, clients: int = CLIENTS) -> Answers:
    """Every request sent, by so many clients at once."""
    return asyncio.run(_all(port, requests, clients))


def town(there: city.Installation, *arguments: str, module: str = "bench.claims_town") -> dict[str, Any]:
    """What the module says that makes, grows and counts what is measured."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=there.environment, cwd=city.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-800:])
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def serve(there: city.Installation, port: int, *, gate: str) -> subprocess.Popen[bytes]:
    """The server as `make run` starts it."""
    processes = workers(there.database or "")
    command = served(port, processes=processes, application="bench.claims_server:application")
    log = (there.folder / "server.log").open("wb")
    return subprocess.Popen(
        command, env={**there.environment, "BENCH_GATE": gate}, cwd=city.ROOT, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip


def processor_ms(server: subprocess.Popen[bytes]) -> float:
    """Milliseconds of processor time that the server and its workers have used."""
    ticks = 0
    for found in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = found.read_text().rpartition(")")[2].split()
            if int(fields[2]) == server.pid:
                ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def queue_asked(
    port: int, server: subprocess.Popen[bytes], pages: Sequence[str], session: str
) -> tuple[Answers, float]:
    """Pages of a queue, 25 times each, by two clients; and milliseconds of the server's processor time a page."""
    asked = [request("GET", path, session=session) for path in pages for _ in range(25)]
    load(port, asked[::25] * 2, clients=2)
    before = processor_ms(server)
    answers = load(port, asked, clients=2)
    return answers, (processor_ms(server) - before) / len(answers.times)


def by_network(made: dict[str, Any], claims: list[dict[str, Any]], *, contested: bool) -> list[bytes]:
    """The requests of claims in order; the doubled right behind their first, so that both are on their way at once."""
    sessions, requests = made["sessions"], []

    def one(claim: dict[str, Any]) -> bytes:
        body, session = json.dumps(claim["body"]).encode(), sessions[claim["organisation"]]
        return request("POST", SEND, session=session, csrf=made["csrf"], body=body, kind="application/json")

    for place, claim in enumerate(claims):
        requests.append(one(claim))
        if contested and place % TWICE == 7:
            requests.append(one(claim))
        if contested and place % RIVALS == 11:
            requests.append(one(claim["rival"]))
    return requests


def by_page(made: dict[str, Any]) -> list[bytes]:
    """The last form of the employer's page."""
    return [
        request(
            "POST", f"/organisation/summer-voucher/draft/{one['key']}/", session=made["sessions"][one["organisation"]],
            csrf=made["csrf"], body=urlencode(one["form"]).encode(), kind="application/x-www-form-urlencoded",
        )
        for one in made["pages"]
    ]  # fmt: skip


def figures(name: str, there: city.Installation) -> list[dict[str, Any]]:
    """Claims over the network, by the page and decided at once; then the queue."""
    made = town(there, "make", str(CLAIMS + WARM), str(PAGES))
    port = _free_port()
    server = serve(there, port, gate="closed")
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        warm, measured = made["claims"][:WARM], made["claims"][WARM:]
        load(port, by_network(made, warm, contested=False))
        quiet = wait_for_quiet(20)
        before = processor_ms(server)
        sent = load(port, by_network(made, measured, contested=True))
        used = (processor_ms(server) - before) / len(sent.times)
        paged = load(port, by_page(made))
        stands = town(there, "count")
        wanted = len(made["claims"]) + len(made["pages"])
        odd = {key: value for key, value in stands.items() if key != "decided" and value != wanted}
        if odd or stands["decided"]:
            raise RuntimeError(f"{name}: {wanted} claims were sent, and there stand {stands}; {sent.odd} {paged.odd}")
        town(there, "grow", str(QUEUE))
        queue, queue_used = queue_asked(port, server, QUEUE_PAGES, made["staff"])
    finally:
        city.stop(server)
    if set(queue.statuses) != {200}:
        raise RuntimeError(f"{name}: the queue answered {queue.statuses}")
    rate, refused = sent.statuses.get(201, 0) / sent.seconds, sent.statuses.get(422, 0)
    note = (
        f"{CLIENTS} clients at once, {sent.statuses.get(201, 0):,} claims; {sent.statuses.get(200, 0)} sent twice and "
        f"{refused} rivals refused; none lost, none doubled"
    )
    page_rate = paged.statuses.get(302, 0) / paged.seconds
    return [
        {"name": f"claims.{name}", "value": rate, "unit": "/s", "target": A_SECOND[name], "of": "least",
         "noisy": not quiet, "note": note},
        {"name": f"claims.{name}.p99", "value": sent.at(99), "unit": "ms", "target": P99_MS, "of": "value",
         "noisy": not quiet, "note": f"median {sent.at(50):.0f} ms"},
        {"name": f"claims.{name}.processor", "value": used, "unit": "ms", "noisy": not quiet,
         "note": f"of the server processes for one claim, load {os.getloadavg()[0]:.1f}; a busy machine counts "
                 f"more; the clients' own {sent.own_ms / len(sent.times):.2f} ms beside it"},
        {"name": f"claims.{name}.page", "value": page_rate, "unit": "/s", "noisy": not quiet,
         "note": f"the page's last form, p99 {paged.at(99):.0f} ms, {paged.statuses} {paged.odd}"},
        {"name": f"claims.{name}.queue.p95", "value": queue.at(95), "unit": "ms", "target": QUEUE_P95_MS,
         "of": "value", "noisy": not quiet,
         "note": f"{QUEUE:,} claims, median {queue.at(50):.0f} ms, processor time {queue_used:.0f} ms a page"},
    ]  # fmt: skip


def main() -> None:
    """Both databases, one after the other; one where it is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", choices=("sqlite", "postgresql"))
    given = parser.parse_args().database
    found: list[dict[str, Any]] = []
    for name in (given,) if given else ("sqlite", "postgresql"):
        try:
            there = city.empty(f"claims-{name}", postgres=name == "postgresql")
        except psycopg.OperationalError as error:
            print(f"PostgreSQL left out: {error}", file=sys.stderr)
            continue
        found += figures(name, there)
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    os.environ.setdefault("ENNAKKO_PROFILE", "demo")
    main()
