# SPDX-License-Identifier: EUPL-1.2
"""The demonstration: a database, a synthetic city in use, its staff, its services' history, its days."""

import io
from collections.abc import Callable, Collection
from contextlib import redirect_stdout
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from ennakko.demo_city import advance as living
from ennakko.demo_city.build import FIRST_DAY, build
from ennakko.demo_city.home import home
from ennakko.demo_city.sealing import KeySealer
from ennakko.kernel import clock
from ennakko.kernel.access import staff_actor
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.jobs.actions import tick
from ennakko.kernel.jobs.registry import jobs
from ennakko.kernel.registers import NoSnapshot, Snapshot, snapshots
from ennakko.values.texts import LANGUAGES
from ennakko.web.demo_people import plant_objections, plant_organisations, plant_staff

Tell = Callable[[str, float], None]
REGISTERS = "registers"
STAFF_SINCE = date(2025, 1, 1)
"""Since when the personas of the staff have their roles: they handled last year's season too."""
SLOW = frozenset({"cases.archive-letters", "hiring-benefit.archive"})
"""Jobs that make documents for the archive."""
LAST_SUMMER = date(2025, 8, 1)
"""Since when the city knows the accounts of the personas' organisations."""


class DemoRefused(Exception):
    """The demonstration cannot be made here; the sentence says why and what to do."""


def only_in_the_demo() -> None:
    """Goes on only in the demo profile; raises DemoRefused."""
    if not settings.DEMO:
        raise DemoRefused("This is the production profile: the demonstration starts only with ENNAKKO_PROFILE=demo.")


def prepare_database() -> int:
    """Bring the database's tables up to date; how many migrations ran."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", verbosity=0)
    return len(waiting)


def prepare_city(*, residents: int | None = None, seed: int = 1, tell: Tell) -> Snapshot:
    """The city in use; else the newest one built here; else a new one. Starts the demo's clock and plants the staff.

    `residents`: how many a new one has; the municipality's own number if none is given.
    """
    only_in_the_demo()
    try:
        snapshot = snapshots.current()
        clock.demo.resume(by="demo")
    except NoSnapshot:
        folder = _built() or build(
            residents=residents or home().residents,
            seed=seed,
            on=FIRST_DAY,
            into=_folder(),
            sealer=KeySealer.of_deployment(),
            progress=tell,
        )
        snapshot = snapshots.take_into_use(folder, clock.wall())
        clock.demo.start(snapshot.on, by="demo")
        plant_objections(at=clock.now())
    plant_staff(at=clock.now(), start=STAFF_SINCE)
    plant_organisations(at=clock.now(), since=LAST_SUMMER)
    return snapshot


def _folder() -> Path:
    return Path(settings.VAR) / REGISTERS


def _built() -> Path | None:
    found = sorted(_folder().rglob("manifest.json"), key=lambda path: path.stat().st_mtime)
    return found[-1].parent if found else None


def persona_actor(slug: str) -> Actor:
    """A persona of the staff as the one who acts, in the roles she has today."""
    actor = staff_actor(slug, on=clock.today())
    if actor is None:
        raise DemoRefused(f"No member of the staff is called {slug} in this demonstration.")
    return actor


def services_with(module: str, function: str) -> dict[str, Callable[..., Any]]:
    """By service id, a function that each enabled service may bring in a module of its own."""
    found = {}
    for name in settings.SERVICES:
        place = f"ennakko.services.{name}.{module}"
        if find_spec(place) is not None and hasattr(import_module(place), function):
            found[name.replace("_", "-")] = getattr(import_module(place), function)
    return found


def make_past(tell: Tell) -> dict[str, Any]:
    """Each service's seasons that are over, before anybody looks ahead; a service that has its past makes none."""
    made = {}
    for service, past in services_with("demo", "make_past").items():
        tell(service, 0.0)
        made[service] = past(on=clock.today(), persona=persona_actor)
    return made


def make_history(tell: Tell, *, without: Collection[str] = (), only: str = "") -> dict[str, Any]:
    """Each service's own history, made through its own actions; a service that has its history makes none."""
    made = {}
    for service, history in services_with("demo", "make_history").items():
        if service in without or only not in ("", service):
            continue
        tell(service, 0.0)
        made[service] = history(at=clock.now(), on=clock.today(), persona=persona_actor)
    return made


def lived_beside() -> list[str]:
    """Services whose history needs neither the screening nor another's, and may be made at the same time."""
    return list(services_with("demo", "LIVED_BESIDE"))


def live_until(day: date) -> None:
    """A new business day: the registers of that day are taken into use. A day that stands already is left alone."""
    current = snapshots.current()
    if current.on >= day:
        return
    folder = living.advance(current.path, day, _folder(), KeySealer.of_deployment())
    snapshots.take_into_use(folder, clock.wall())
    snapshots.remove_old(clock.wall())


def run_jobs_of(day: date) -> None:
    """The jobs of a business day that has begun, after the registers have followed."""
    tick(clock.now(), day, wall=clock.wall())


def run_first_jobs(day: date) -> None:
    """The jobs of the first day; making letters for the archive is slow, and the minutes that follow have time."""
    tick(clock.now(), day, wall=clock.wall(), only=[job.name for job in jobs() if job.name not in SLOW])


def follow_days() -> None:
    """The registers follow the demo's clock first, then the jobs."""
    clock.on_new_day(live_until, name="registers")
    clock.on_new_day(run_jobs_of, name="jobs")


def draw_front_page() -> None:
    """Open the front page once in each language, so that its map is drawn before anybody waits for it."""
    for language in LANGUAGES:
        Client(headers={"host": "localhost", "accept-language": language}).get("/")


def quietly(command: str, *arguments: str) -> None:
    """A management command whose own talk is not wanted here."""
    with redirect_stdout(io.StringIO()):
        call_command(command, *arguments, verbosity=0)


def follow_and_tick() -> None:
    """What cron does every minute: the business days that have begun, then the jobs that are due."""
    clock.demo.follow_if_started(by="tick")
    tick(clock.now(), clock.today(), wall=clock.wall())
