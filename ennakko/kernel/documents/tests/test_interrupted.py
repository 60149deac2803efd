# SPDX-License-Identifier: EUPL-1.2
"""Whatever dies in the middle leaves a file without a row at most, never a row without its file; the sweep takes it."""

import os
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ennakko.kernel.access import Actor
from ennakko.kernel.documents import actions, files, ports
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.tests import make
from ennakko.kernel.tests.own_database import OwnDatabase, own_database, told_by

pytestmark = [pytest.mark.slow, pytest.mark.database]

BEGIN = """
from ennakko.kernel.access import Actor
from ennakko.kernel import audit, documents
from ennakko.kernel.documents import actions, files, jobs, ports
from ennakko.kernel.documents.content import Limits
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.tests import make
EMPLOYER = Actor(kind="resident", reference="x", person=17, name="Maija", strong=True)
class Clean:
    def scan(self, content):
        return True
ports.use(Clean())
def add(**more):
    return documents.store(make.pdf(), about="claim:1", kind="payslip", name="a.pdf", actor=EMPLOYER, at=AT, **more)
def die(*args, **kwargs):
    import signal
    os.kill(os.getpid(), signal.SIGKILL)
def stored():
    return [(path.suffix, document) for path, document in files.stored()]
"""
SWEEP = """
report = jobs.sweep(at=AT, on=AT.date(), progress=lambda done, of=None: None)
rows = list(Document.objects.filter(removed_at=None).values_list("pk", flat=True))
left = [document for suffix, document in stored()]
tell(swept=report.figures["swept"], rows=len(rows), whole=rows == left, verified=audit.verify().ok)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[OwnDatabase]:
    with own_database(tmp_path, and_apps=("ennakko.kernel.documents",)) as database:
        yield database


def killed(process: "subprocess.Popen[str]") -> bool:
    process.communicate(timeout=600)
    return process.returncode == -9


def grow_old(folder: Path) -> None:
    day_before_yesterday = time.time() - 2 * 86_400
    for path in folder.glob("documents/*/*"):
        os.utime(path, (day_before_yesterday, day_before_yesterday))


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("os.fsync = die", 0),
        ("actions.Document.objects.create = die", 0),
        ("actions.audit.write = die", 0),
        ("", 1),
    ],
    ids=["before the file is whole", "before the row", "before the row is committed", "after all"],
)
def test_a_process_killed_while_it_takes_a_file_never_leaves_a_row_without_its_file(database, tmp_path, where, rows):
    assert killed(database.start(f"{BEGIN}\n{where}\nadd()\ndie()"))
    (young,) = database.run(BEGIN + SWEEP)
    assert (young["swept"], young["rows"]) == (0, rows)  # the row of a young file may still be on its way
    grow_old(tmp_path)
    (old,) = database.run(BEGIN + SWEEP)
    assert old == {"swept": 1 - rows, "rows": rows, "whole": True, "verified": True}


def test_a_process_killed_while_it_removes_leaves_bytes_that_the_sweep_takes(database, tmp_path):
    assert killed(
        database.start(BEGIN + "one = add()\nfiles.destroy = die\ndocuments.remove(one, actor=EMPLOYER, at=AT)")
    )
    grow_old(tmp_path)
    (found,) = database.run(BEGIN + SWEEP)
    assert found == {"swept": 1, "rows": 0, "whole": True, "verified": True}


def test_several_who_send_the_last_one_at_once_do_not_all_get_it_in(database):
    code = """
    (FOLDER / f"ready-{os.getpid()}").touch()
    while len(list(FOLDER.glob("ready-*"))) < 4:
        time.sleep(0.005)
    try:
        add(limits=Limits(most_of_kind=1))
        tell(outcome="taken")
    except documents.NotTaken:
        tell(outcome="refused")
    """
    senders = [database.start(BEGIN + "\n".join(line[4:] for line in code.splitlines())) for _ in range(4)]
    outcomes = sorted(str(told["outcome"]) for sender in senders for told in told_by(sender))
    assert outcomes == ["refused"] * 3 + ["taken"]
    (found,) = database.run(BEGIN + SWEEP)
    assert (found["rows"], found["whole"]) == (1, True)


@pytest.mark.filterwarnings("ignore:DateTimeField")
@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_written_takes_its_file_with_it(settings, tmp_path):
    class Clean:
        def scan(self, content: bytes) -> bool:
            return True

    settings.DOCUMENTS = tmp_path
    ports.use(Clean())
    employer = Actor(kind="resident", reference="x", person=17, name="Maija", strong=True)
    at = datetime(2026, 7, 1, 9, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):  # the log refuses a time that could be any
        actions.store(make.pdf(), about="claim:1", kind="payslip", name="a.pdf", actor=employer, at=at)
    ports.use(None)
    assert not list(files.stored())
    assert not Document.objects.exists()
