# SPDX-License-Identifier: EUPL-1.2
"""`ennakko write_docs` (make docs): write the generated pages of docs/ again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.web.generated_docs import pages


class Command(BaseCommand):
    help = "Write the generated pages of docs/: rules as a lawyer reads them, tables of actions, states and jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if a page is stale")

    def handle(self, *, check: bool, **_: Any) -> None:
        docs = Path(settings.ROOT) / "docs"
        made = {docs / path: text for path, text in pages()}
        stale = [place for place, text in made.items() if not place.exists() or place.read_text("utf-8") != text]
        left = [place for place in (docs / "law").rglob("*.md") if place not in made]
        if check:
            if stale or left:
                names = ", ".join(str(place.relative_to(docs)) for place in stale + left)
                raise CommandError(f"Run make docs: {names}")
            return
        for place in stale:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(made[place], "utf-8")
        for place in left:
            place.unlink()
        self.stdout.write(f"{len(stale) + len(left)} pages changed.")
