# SPDX-License-Identifier: EUPL-1.2
"""`ennakko demo` (make run): everything from an empty folder to pages one can open, telling what it is doing."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.demo_city.home import home
from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.registers import BrokenSnapshot, WrongCity
from ennakko.web import demo
from ennakko.web.server import serve, workers

MINUTE = 60
THIS_COMMAND = [sys.executable, "-c", "from ennakko.web.cli import main; main()"]
WIDTH = 24


class Command(BaseCommand):
    help = "Start the demonstration: a synthetic city, its registers screened, and the pages on the loopback address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--residents", type=int, default=int(os.environ.get("RESIDENTS", home().residents)), metavar="N"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, serve nothing")
        parser.add_argument("--tick-only", action="store_true", help="only do cron's work while the server runs")
        parser.add_argument("--history", metavar="SERVICE", help="only make the history of one service")

    def handle(
        self, *, residents: int, seed: int, port: int, no_serve: bool, tick_only: bool, history: str | None, **_: Any
    ) -> None:
        if tick_only:
            if _answering(port):
                self.stdout.write(f"\n  http://localhost:{port}\n\n  Stop with Ctrl-C.\n")
                self.stdout.flush()
            _tick_every_minute()
            return
        if history:
            demo.only_in_the_demo()
            demo.make_history(self._bar, only=history)
            return
        if not no_serve and not _free(port):
            raise CommandError(f"Port {port} is taken: stop what answers there, or give another one (PORT={port + 1}).")
        started = time.perf_counter()
        try:
            self._prepare(residents, seed)
        except (demo.DemoRefused, BrokenSnapshot, WrongCity) as error:
            raise CommandError(str(error)) from error

        self.stdout.write(f"Ready in {time.perf_counter() - started:.0f} s.")
        if not no_serve:
            self._serve(port)

    def _prepare(self, residents: int, seed: int) -> None:
        demo.only_in_the_demo()
        self._say("Texts and assets")
        demo.quietly("compile_texts")
        demo.quietly("assets")
        demo.quietly("collectstatic", "--no-input")
        self._say("Database")
        demo.prepare_database()
        self._say("City and its registers")
        snapshot = demo.prepare_city(residents=residents, seed=seed, tell=self._bar)
        self.stdout.write(f"  {snapshot.residents:,} residents in the registers of {snapshot.on:%-d.%-m.%Y}")
        if snapshot.residents != residents:
            self.stdout.write("  (another size or seed needs a folder of its own: ENNAKKO_VAR)")
        self._say("Last year's seasons, as the services lived them")
        begun = Offer.objects.exists()
        demo.make_past(self._bar)
        # Two cores live two histories at a time; another start, with little left to make, is quicker without.
        beside = {} if begun else {service: _living(service) for service in demo.lived_beside()}
        self._say("Screening")
        for service, anticipate in demo.services_with("offer", "anticipate").items():
            report = anticipate(
                on=clock.today(), at=clock.now(), actor=SYSTEM("anticipate"), progress=self._count(service)
            )
            self.stdout.write(
                f"  {service}: {report.entitled:,} entitled, {report.offers_made:,} offers made now, "
                f"{report.already_had:,} had theirs, {report.objecting:,} object ({report.seconds:.1f} s)"
            )
        self._say("The services' own history, and what is due")
        demo.make_history(self._bar, without=beside)
        for service, living in beside.items():
            _lived(service, living)
        demo.run_first_jobs(clock.today())
        self._say("The front page's map, in each language")
        demo.draw_front_page()

    def _serve(self, port: int) -> None:
        """Becomes the server, a new program: Polars, which has prepared the city here, does not survive a fork."""
        environment = {**os.environ, "ENNAKKO_PROFILE": "demo"}
        self._say("The pages")
        subprocess.Popen([*THIS_COMMAND, "demo", "--tick-only", "--port", str(port)], env=environment)
        processes = workers(os.environ.get("ENNAKKO_DATABASE", ""))
        os.execve(sys.executable, serve(port, processes=processes), environment)  # noqa: S606 - our own interpreter

    def _say(self, step: str) -> None:
        self.stdout.write(f"— {step}")
        self.stdout.flush()

    def _bar(self, step: str, part: float) -> None:
        if sys.stdout.isatty():
            filled = round(part * WIDTH)
            self.stdout.write(
                f"\r  {'█' * filled}{'░' * (WIDTH - filled)} {step:<40}", ending="\n" if part >= 1 else ""
            )
            self.stdout.flush()

    def _count(self, service: str) -> Any:
        return lambda done, of: self._bar(f"{service} {done:,}/{of:,}", done / of if of else 1.0)


def _living(service: str) -> "subprocess.Popen[str]":
    """The history of a service, being made by a process of its own."""
    return subprocess.Popen(
        [*THIS_COMMAND, "demo", "--history", service], env={**os.environ, "ENNAKKO_PROFILE": "demo"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _lived(service: str, living: "subprocess.Popen[str]") -> None:
    said, _ = living.communicate()
    if living.returncode:
        raise CommandError(f"The history of {service} could not be made:\n{said}")


def _free(port: int) -> bool:
    """Whether nobody answers at a port: asked first, for two servers could share it without a word."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answering(port: int) -> bool:
    """Waits until the server that started this answers; False where it has ended."""
    server = os.getppid()
    with suppress(KeyboardInterrupt):
        while os.getppid() == server:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
            time.sleep(0.1)
    return False


def _tick_every_minute() -> None:
    """Cron's work, in the demonstration: what is due is done until the server that started this is gone."""
    server = os.getppid()
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(MINUTE)
            if os.getppid() != server:
                return
            demo.follow_and_tick()
