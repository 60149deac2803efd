# SPDX-License-Identifier: EUPL-1.2
"""Runs the whole suite: never skips the browser silently."""

import os
import shutil
import subprocess
import sys
import tempfile

PYTEST = [sys.executable, "-m", "pytest", "--dist", "loadfile", "--no-loadscope-reorder"]
"""A file at a time, in the order that conftest.py gives them: the long ones first."""
TWO, THREE = ("-n", "2"), ("-n", "3")
"""So many at once, on two cores: a journey waits for its browser and its pages by turns, so that three fill them."""
ON_POSTGRES = os.environ.get("ENNAKKO_DATABASE", "").startswith("postgres")


def main() -> int:
    """Parallel tests first, then the browser journeys.

    On PostgreSQL: the tests that use a database, as conftest.py finds them, and beside them one journey.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    wanted = sys.argv[1:]
    if wanted:
        return subprocess.run([sys.executable, "-m", "pytest", *wanted], check=False).returncode
    with_browser = {**os.environ, "ENNAKKO_CHROMIUM": chromium or ""}
    if ON_POSTGRES:
        codes = _beside(
            [*PYTEST, *TWO, "-m", "database and not worded and not browser and not spark"],
            [sys.executable, "-m", "pytest", "-m", "browser and smoke", "tests/journeys"] if chromium else [],
            environment=with_browser,
        )
    else:
        codes = [subprocess.run([*PYTEST, *TWO, "-m", "not browser and not spark"], check=False).returncode]
        if chromium and not any(codes):
            journeys = [*PYTEST, *THREE, "-m", "browser", "tests/journeys"]
            codes += [subprocess.run(journeys, env=with_browser, check=False).returncode]
    if not chromium:
        print("\n" + "!" * 78)
        print("! The browser journeys did NOT run: Chromium is not here.")
        print("! On Debian: apt-get install chromium. Then: make test")
        print("!" * 78)
    return next((code for code in codes if code), 0)


def _beside(first: list[str], other: list[str], *, environment: dict[str, str]) -> list[int]:
    """Run both at once; what the other printed comes after what the first did."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        running = subprocess.Popen(other, env=environment, stdout=said, stderr=said) if other else None
        codes = [subprocess.run(first, check=False).returncode]
        if running:
            codes.append(running.wait())
            said.seek(0)
            print(said.read())
    return codes


if __name__ == "__main__":
    sys.exit(main())
