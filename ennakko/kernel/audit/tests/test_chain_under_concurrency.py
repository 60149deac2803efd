# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest

from ennakko.kernel.tests.own_database import own_database, told_by

pytestmark = pytest.mark.slow

WRITER = """
from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM
for number in range(COUNT):
    with transaction.atomic():
        audit.write(SYSTEM(NAME), "offers.make", f"offer:{NAME}-{number}", AT, {"n": number}, "offers")
    audit.read(SYSTEM(NAME), "p", number, ["birth_date"], "s", AT, "r")
    if number % 5 == 0:
        audit.seal(AT)
tell(name=NAME)
"""
VERIFY = """
from ennakko.kernel import audit
audit.seal(AT)
found = audit.verify()
tell(ok=found.ok, entries=found.entries, reads=found.reads, flaws=[str(flaw) for flaw in found.flaws])
"""


@pytest.mark.django_db
def test_four_processes_write_one_unbroken_chain(tmp_path: Path):
    with own_database(tmp_path) as database:
        writers = [database.start(WRITER, NAME=f"w{number}", COUNT=20) for number in range(4)]
        assert [told_by(writer)[0]["name"] for writer in writers] == ["w0", "w1", "w2", "w3"]
        (found,) = database.run(VERIFY)
    assert found["flaws"] == []
    assert found["reads"] == 80
    assert found["entries"] >= 81  # 80 writes and at least one seal


KILLED = """
from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM
with transaction.atomic():
    audit.write(SYSTEM("w"), "offers.make", "offer:1", AT, {}, "offers")
with transaction.atomic():
    audit.write(SYSTEM("w"), "offers.make", "offer:2", AT, {}, "offers")
    tell(ready=True)
    time.sleep(600)
"""


@pytest.mark.django_db
def test_a_writer_killed_in_its_transaction_leaves_the_chain_whole(tmp_path: Path):
    with own_database(tmp_path) as database:
        writer = database.start(KILLED)
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.kill()
        writer.wait()
        database.run(WRITER, NAME="next", COUNT=1)
        (found,) = database.run(VERIFY)
    assert (found["ok"], found["entries"]) == (True, 3)  # the first, the next one's, and its seal
