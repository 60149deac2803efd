# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ennakko.kernel import audit, messages, organisations, people
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs import tick
from ennakko.kernel.messages import ports, register_channels
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.tests.outside import DATA, PostOffice, offer_templates
from ennakko.kernel.organisations.tests.outside import CAFE, Register, answering, registered
from ennakko.kernel.tests.own_database import own_database, told_by

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)


def test_one_tick_delivers_messages_and_seals_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    monkeypatch.setattr(ports, "_channels", {})
    offer_templates(tmp_path)
    register_channels(PostOffice())
    people.ensure([people.Known(key=1, email="r@example.org")], at=AT)
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k")
    audit.read(SYSTEM("t"), "p", 1, [], "s", AT, "r")
    ran = {one.name: one.report.figures for one in tick(AT, date(2026, 4, 15), only=["deliver-messages", "seal-reads"])}
    assert (ran["deliver-messages"]["sent"], ran["seal-reads"]["sealed"]) == (1, 1)
    assert Message.objects.get().sent_at.date() == date(
        2026, 4, 15
    )  # business time, though delivery waits by the wall's
    assert audit.verify().ok


def test_a_tick_asks_the_registers_again_about_whom_they_were_silent():
    with answering(Register(silent=True), Register(silent=True)):
        organisations.ensure(CAFE, at=AT, name="Kahvila")
    with answering(Register({CAFE: registered()}), Register()):
        ran = tick(AT, date(2026, 4, 15), only=["organisations.refresh"])
    assert [one.report.figures for one in ran] == [{"asked": 1, "told": 1}]


TICK = """
from ennakko.kernel.jobs import Job, JobReport, register_jobs, tick
from ennakko.values.texts import text
def slow(*, at, on, progress):
    with open(FOLDER / "ran", "a") as file:
        file.write("x")
    # It runs until the others have looked, however late they came; were they let in too, all would wait in vain.
    until = time.monotonic() + 120
    while len(list(FOLDER.glob("looked-*"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
register_jobs(Job("slow", text(fi="x", sv="x", en="x"), slow))
ran = tick(AT, AT.date(), only=["slow"])
(FOLDER / f"looked-{os.getpid()}").touch()
tell(ran=len(ran))
"""


def test_two_processes_never_run_one_job_at_once(tmp_path: Path):
    with own_database(tmp_path) as database:
        workers = [database.start(TICK) for _ in range(3)]
        assert sorted(told_by(worker)[0]["ran"] for worker in workers) == [0, 0, 1]
    assert (tmp_path / "ran").read_text() == "x"
