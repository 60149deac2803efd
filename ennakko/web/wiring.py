# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's profile, the clock of the demo's bar, the menu, the personas."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from ennakko.kernel import clock
from ennakko.kernel.access import StaffRole, register_roles
from ennakko.kernel.ui import context, profile
from ennakko.values.texts import Text, text
from ennakko.web import pages_audit, services

EVERY_STAFF = frozenset({"worker", "leader", "auditor", "administrator"})
MENU = (
    profile.MenuItem(
        label=text(fi="Oma sivu", sv="Min sida", en="My page"), route="home", roles=frozenset({"resident"}), order=10
    ),
    profile.MenuItem(
        label=text(fi="Viestit", sv="Meddelanden", en="Messages"), route="messages", roles=frozenset({"resident"}),
        order=70,
    ),
    profile.MenuItem(
        label=text(fi="Omat tiedot", sv="Mina uppgifter", en="My data"), route="looked-up",
        roles=frozenset({"resident"}), order=80,
    ),
    profile.MenuItem(
        label=text(fi="Valinnat", sv="Mina val", en="Switches"), route="switches", roles=frozenset({"resident"}),
        order=81,
    ),
    profile.MenuItem(label=text(fi="Työt", sv="Arbete", en="Work"), route="home", roles=EVERY_STAFF, order=10),
    profile.MenuItem(
        label=text(fi="Loki", sv="Logg", en="The log"), route="audit", roles=EVERY_STAFF, order=80,
        staff_roles=frozenset({"data-protection-officer", "auditor"}),
    ),
    profile.MenuItem(
        label=text(fi="Työntekijät ja roolit", sv="Personal och roller", en="Staff and roles"), route="staff",
        roles=EVERY_STAFF, order=90, staff_roles=frozenset({"administrator"}),
    ),
)  # fmt: skip
SHARED_ROLES = (
    StaffRole("director", text(fi="Johtaja", sv="Direktör", en="Director")),
    StaffRole("unit-supervisor", text(fi="Lähiesihenkilö", sv="Närmaste chef", en="Unit supervisor")),
    StaffRole("auditor", text(fi="Tarkastaja", sv="Revisor", en="Auditor")),
)


def wire() -> None:
    """Called once, when every app is ready."""
    services.wire()
    profile.use_profile(municipality(settings.MUNICIPALITY))
    context.show_day(clock.today)
    profile.add_to_menu(*MENU)
    register_roles(*SHARED_ROLES)
    pages_audit.register()
    if settings.DEMO:
        from ennakko.web import demo, demo_people
        from ennakko.web.personas_idp import roster

        roster.use(demo_people.identities)
        demo.follow_days()


def municipality(name: str) -> profile.Profile:
    """What the pages say of a municipality, from `municipalities/<name>/profile.toml`."""
    told: dict[str, Any] = tomllib.loads((_folder(name) / "profile.toml").read_text("utf-8"))
    one = told["municipality"]
    return profile.Profile(
        name=_text(one["name"]),
        genitive=_text(one["genitive"]),
        controller=_text(one["city"]),
        contact=_contact(told["contact"]),
        data_protection=_contact(told["data_protection"]),
        logo=str(told.get("theme", {}).get("logo", "")),
    )


def _folder(name: str) -> Path:
    return Path(settings.ROOT) / "ennakko" / "municipalities" / name


def _text(words: Mapping[str, str]) -> Text:
    more = {language: word for language, word in words.items() if language not in ("fi", "sv", "en")}
    return Text(words["fi"], words["sv"], words["en"], more)


def _contact(told: Mapping[str, Any]) -> profile.Contact:
    return profile.Contact(
        name=_text(told["name"]), phone=told["phone"], email=told["email"], hours=_text(told["hours"])
    )
