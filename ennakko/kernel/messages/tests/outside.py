# SPDX-License-Identifier: EUPL-1.2
"""A post office outside the system: implements the port and remembers what it took."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ennakko.kernel.messages.ports import Receipt
from ennakko.kernel.messages.templates import register_templates

FIELDS = ("name", "until", "value")


@dataclass
class PostOffice:
    """A channel that takes messages, or raises what `fails` gives for a call's number (from 1)."""

    id: str = "email"
    secure: bool = False
    knows_references: bool = False
    fails: Callable[[int], Exception | None] = lambda number: None
    taken: list[tuple[str, str, str, str]] = field(default_factory=list)
    calls: int = 0

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        self.calls += 1
        error = self.fails(self.calls)
        if error is not None:
            raise error
        known = [one[1] for one in self.taken]
        if not (self.knows_references and reference in known):
            self.taken.append((address, reference, subject, body))
        return Receipt(f"no-{reference}")


def offer_templates(folder: Path) -> None:
    """Register the message test.offer with the fields name, until and value."""
    texts = {
        "offer.fi.txt": "Hei {name}\nSeteli {value:money} on voimassa {until:date} asti.\n",
        "offer.sv.txt": "Hej {name}\nSedeln {value:money} gäller till {until:date}.\n",
        "offer.en.txt": "Hello {name}\nThe voucher {value:money} is valid until {until:date}.\n",
        "offer.sms.fi.txt": "Seteli\n{name}: seteli {until:date} asti\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    register_templates(service="test", folder=folder, fields={"offer": FIELDS})


DATA = {"name": "Aino", "until": "2026-09-30", "value": 35_000}
