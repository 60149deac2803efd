# SPDX-License-Identifier: EUPL-1.2
"""How long pages take when 20 users at once each ask for the next page as soon as they have one, no time to think.

`python -m bench.pages` starts the product on a free port, signs in as a persona and prints one JSON line.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from bench import city

USERS = 20
EACH = 15
WITHIN_MS = 100.0
WHAT_IF_WITHIN_MS = 1000.0
PERSONA = "aino"
# What is asked for, by whom: the front page by anybody, the rest by a signed-in youth.
PAGES = {
    "front": ("/", False),
    "my-page": ("/my/", True),
    "voucher": ("/summer-voucher/", True),
    "looked-up": ("/my/looked-up/", True),
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(base: str, server: subprocess.Popen[bytes]) -> None:
    """Until the health page answers, at most four minutes: the first start builds the city."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("The demo ended before it served a page: run `ennakko demo` to see why.")
        try:
            if requests.get(f"{base}/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise RuntimeError("The server did not answer within four minutes.")


def _fields(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and 'type="hidden"' in tag:
            found[name[1]] = value[1]
    return found


def signed_in(base: str, persona: str) -> str:
    """The cookie header of a persona who has signed in through the demo's identity provider."""
    session = requests.Session()
    page = session.get(f"{base}/sign-in/", timeout=30)
    action = re.search(r'action="([^"]*residents[^"]*)"', page.text)
    if action is None:
        raise RuntimeError("The sign-in page has no door for residents.")
    page = session.post(base + action[1], data=_fields(page.text), headers={"Referer": base}, timeout=30)
    page = session.post(
        page.url, data={**_fields(page.text), "persona": persona}, headers={"Referer": base}, timeout=30
    )
    sent = {**_fields(page.text), "persona": persona, "confirmed": "yes"}
    page = session.post(page.url, data=sent, headers={"Referer": base}, timeout=30)
    page.raise_for_status()
    return "; ".join(f"{each.name}={each.value}" for each in session.cookies)


def load(port: int, path: str, cookie: str) -> list[float]:
    """Milliseconds of every answer, 20 users with a connection each."""

    def user(_: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = []
        for _ in range(EACH):
            before = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - before) * 1000)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
        connection.close()
        return times

    with ThreadPoolExecutor(USERS) as users:
        return sorted(each for times in users.map(user, range(USERS)) for each in times)


def main() -> None:
    """Start as `make run` does, load, stop."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    server = city.empty("pages").start("demo", "--port", str(port))
    try:
        wait_until_ready(base, server)
        cookie = signed_in(base, PERSONA)
        found: list[dict[str, Any]] = []
        for name, (path, inside) in PAGES.items():
            load(port, path, cookie if inside else "")
            times = load(port, path, cookie if inside else "")
            p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
            found.append(
                {
                    "name": f"page.{name}.p95", "value": p95, "unit": "ms", "target": WITHIN_MS, "of": "value",
                    "note": f"{USERS} at once, {len(times)} answers, median {p50:.0f} ms",
                }
            )  # fmt: skip
    finally:
        city.stop(server)
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    main()
