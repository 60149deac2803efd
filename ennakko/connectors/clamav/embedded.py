# SPDX-License-Identifier: EUPL-1.2
"""A scanner with no outside world: it finds EICAR's test file, which every scanner finds and which harms nobody."""

from dataclasses import dataclass

# In two parts, so that no scanner takes this file for it (eicar.org, anti-malware test file).
TEST_FILE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True, slots=True)
class EmbeddedScanner:
    """Everything is clean but what holds the test file."""

    def scan(self, content: bytes) -> bool:
        """Whether the content is clean."""
        return TEST_FILE not in content
