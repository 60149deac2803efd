# SPDX-License-Identifier: EUPL-1.2
"""Runs the whole suite: never skips the browser silently."""

import os
import shutil
import subprocess
import sys

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""Two files at a time, in the order that conftest.py gives them: the long ones first."""
ON_POSTGRES = os.environ.get("ENNAKKO_DATABASE", "").startswith("postgres")


def main() -> int:
    """Parallel tests first, then the browser journeys.

    On PostgreSQL: the tests that use a database, as conftest.py finds them, and one journey.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    wanted = sys.argv[1:]
    if wanted:
        return subprocess.run([sys.executable, "-m", "pytest", *wanted], check=False).returncode
    which = "not browser and not spark" + (" and database" if ON_POSTGRES else "")
    ours = [*PYTEST, "-m", which]
    code = subprocess.run(ours, check=False).returncode
    if code:
        return code
    if not chromium:
        print("\n" + "!" * 78)
        print("! The browser journeys did NOT run: Chromium is not here.")
        print("! On Debian: apt-get install chromium. Then: make test")
        print("!" * 78)
        return 0
    journeys = [*PYTEST, "-m", "browser"]
    if ON_POSTGRES:
        journeys = [sys.executable, "-m", "pytest", "-m", "browser and smoke"]
    return subprocess.run(journeys, env={**os.environ, "ENNAKKO_CHROMIUM": chromium}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
