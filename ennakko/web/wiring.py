# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's profile, the clock of the demo's bar, the menu, the personas."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from ennakko.kernel import clock
from ennakko.kernel.ui import context, profile
from ennakko.values.texts import Text


def wire() -> None:
    """Called once, when every app is ready."""
    profile.use_profile(municipality(settings.MUNICIPALITY))
    context.show_day(clock.today)


def municipality(name: str) -> profile.Profile:
    """What the pages say of a municipality, from `municipalities/<name>/profile.toml`."""
    path = Path(settings.ROOT) / "ennakko" / "municipalities" / name / "profile.toml"
    with path.open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)
    one = told["municipality"]
    return profile.Profile(
        name=_text(one["name"]),
        genitive=_text(one["genitive"]),
        controller=_text(one["city"]),
        contact=_contact(told["contact"]),
        data_protection=_contact(told["data_protection"]),
        logo=str(told.get("theme", {}).get("logo", "")),
    )


def _text(words: Mapping[str, str]) -> Text:
    more = {language: word for language, word in words.items() if language not in ("fi", "sv", "en")}
    return Text(words["fi"], words["sv"], words["en"], more)


def _contact(told: Mapping[str, Any]) -> profile.Contact:
    return profile.Contact(
        name=_text(told["name"]), phone=told["phone"], email=told["email"], hours=_text(told["hours"])
    )
