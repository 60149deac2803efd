# SPDX-License-Identifier: EUPL-1.2
"""The generated pages of docs/ say what the code says."""

import subprocess
import sys


def test_the_generated_pages_are_as_the_code_makes_them():
    # In a process of its own: other tests bring rules and jobs of theirs into the tables.
    ran = subprocess.run(
        [sys.executable, "-m", "ennakko.web.cli", "write_docs", "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
