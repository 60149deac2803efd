# SPDX-License-Identifier: EUPL-1.2
"""Several workers at once, and workers that die: a message leaves at most once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ennakko.kernel.tests.own_database import OwnDatabase, own_database, told_by

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
COUNT = 60

OUTSIDE = """
from ennakko.kernel import messages, people
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.ports import Receipt, register_channels
from ennakko.kernel.messages.tests.outside import DATA, offer_templates
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
(FOLDER / str(os.getpid())).mkdir()
offer_templates(FOLDER / str(os.getpid()))

class FilePost:
    # The outside world: a file to which every message that arrives is added.
    id, secure, knows_references = "email", False, KNOWS
    def send(self, address, *, subject, body, reference):
        post = FOLDER / "post"
        known = post.read_text().split() if post.exists() else []
        if not (KNOWS and reference in known):
            with open(post, "a") as file:
                file.write(reference + "\\n")
        if reference == STOP_AT:
            tell(stopped=reference)
            time.sleep(600)
        return Receipt(reference)

register_channels(FilePost())
"""
PLAN = (
    OUTSIDE
    + """
people.ensure([people.Known(key=n, email=f"r{n}@example.org") for n in range(1, COUNT + 1)], at=AT)
for n in range(1, COUNT + 1):
    messages.plan(n, template="test.offer", data=DATA, at=AT, key=f"k{n}")
"""
)
DELIVER = (
    OUTSIDE
    + """
done = messages.deliver_due(WALL + timedelta(minutes=MINUTES))
tell(sent=done.sent, uncertain=done.uncertain, retried=done.retried)
"""
)
STATES = OUTSIDE + "tell(**{key: state for key, state in Message.objects.values_list('key', 'state')})"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[OwnDatabase]:
    with own_database(tmp_path) as database:
        database.run(PLAN, COUNT=COUNT, KNOWS=False, STOP_AT="")
        yield database


def arrived(database: OwnDatabase) -> Counter[str]:
    return Counter((database.folder / "post").read_text().split())


def killed_at(database: OwnDatabase, key: str, *, knows: bool) -> None:
    worker = database.start(DELIVER, KNOWS=knows, STOP_AT=key, MINUTES=0)
    assert worker.stdout is not None
    assert key in worker.stdout.readline()
    worker.kill()
    worker.wait()


def test_four_workers_send_each_message_once(database: OwnDatabase):
    workers = [database.start(DELIVER, KNOWS=False, STOP_AT="", MINUTES=0) for _ in range(4)]
    assert sum(int(str(told_by(worker)[0]["sent"])) for worker in workers) == COUNT
    assert set(arrived(database).values()) == {1}
    assert len(arrived(database)) == COUNT


def test_a_worker_killed_while_sending_by_a_channel_that_cannot_tell_leaves_one_message_to_a_clerk(
    database: OwnDatabase,
):
    killed_at(database, "k7", knows=False)
    (second,) = database.run(DELIVER, KNOWS=False, STOP_AT="", MINUTES=1)
    assert second["sent"] == 0  # the dead worker's lease still runs
    (third,) = database.run(DELIVER, KNOWS=False, STOP_AT="", MINUTES=11)
    assert (third["sent"], third["uncertain"]) == (COUNT - 7, 1)
    assert set(arrived(database).values()) == {1}
    (states,) = database.run(STATES, KNOWS=False, STOP_AT="")
    assert {key for key, state in states.items() if state != "sent"} == {"k7"}


def test_a_worker_killed_while_sending_by_a_channel_that_knows_references_costs_nothing(database: OwnDatabase):
    killed_at(database, "k7", knows=True)
    assert len(arrived(database)) == 7
    (early,) = database.run(DELIVER, KNOWS=True, STOP_AT="", MINUTES=1)
    assert early["sent"] == 0  # the dead worker's lease still runs
    (last,) = database.run(DELIVER, KNOWS=True, STOP_AT="", MINUTES=11)
    assert last["sent"] == COUNT
    assert len(arrived(database)) == COUNT
    assert set(arrived(database).values()) == {1}
    (states,) = database.run(STATES, KNOWS=True, STOP_AT="")
    assert set(states.values()) == {"sent"}
