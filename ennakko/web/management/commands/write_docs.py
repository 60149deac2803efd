# SPDX-License-Identifier: EUPL-1.2
"""`ennakko write_docs` (make docs): write the generated pages of docs/ again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ennakko.web.generated_docs import pages


class Command(BaseCommand):
    help = "Write the generated pages of docs/: rules as a lawyer reads them, tables of actions, states and jobs."

    def handle(self, **_: Any) -> None:
        docs = Path(settings.ROOT) / "docs"
        written = 0
        for path, text in pages():
            place = docs / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists() or place.read_text("utf-8") != text:
                place.write_text(text, "utf-8")
                written += 1
        self.stdout.write(f"{written} pages changed.")
