# SPDX-License-Identifier: EUPL-1.2
"""`ennakko new_service NAME` (make new-service): the skeleton of a service, with a first rule and its tests."""

import re
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SKELETON = Path(__file__).parents[2] / "skeleton"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Command(BaseCommand):
    help = "Write the skeleton of a service: law, manifest, access, tests. Nothing that exists is overwritten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="small letters and underscores, such as library_cards")
        parser.add_argument("--into", type=Path, default=Path(settings.ROOT) / "ennakko" / "services", metavar="FOLDER")

    def handle(self, *, name: str, into: Path, **_: Any) -> None:
        if not NAME.fullmatch(name):
            raise CommandError(
                f"{name!r} cannot name a service: write small letters and underscores, as library_cards."
            )
        folder = into / name
        if folder.exists():
            raise CommandError(f"{folder} exists already: choose another name.")
        words = name.split("_")
        values = {
            "name": name,
            "id": "-".join(words),
            "camel": "".join(word.capitalize() for word in words),
            "title": " ".join(words).capitalize(),
        }
        for source in sorted(SKELETON.rglob("*.txt")):
            place = folder / source.relative_to(SKELETON).with_suffix("")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(Template(source.read_text("utf-8")).substitute(values), "utf-8")
        self.stdout.write(
            f"Written: {folder}\n"
            f'Next: add "{values["id"]}" to the enabled services '
            f"of the municipality's profile.toml with parameters/{values['id']}.toml beside it; and the data permits "
            f"of the purpose {values['id']} to permits.toml. Then write the law."
        )
