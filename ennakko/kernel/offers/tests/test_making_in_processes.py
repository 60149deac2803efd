# SPDX-License-Identifier: EUPL-1.2
"""A run that is killed, or made by two processes at once, on a database of the test's own."""

import json
from datetime import date

import pytest

from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.kernel.tests.own_database import OwnDatabase, own_database, told_by

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
APPS = ("ennakko.kernel.offers",)
YOUTHS = 400
PREPARE = """
from ennakko.kernel.registers import snapshots
snapshots.take_into_use(FOLDER / "city", AT)
"""
MAKE = """
from ennakko.kernel import messages, offers
from ennakko.kernel.offers import making, releasing
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
from ennakko.kernel.offers.tests.offering import KIND
from ennakko.kernel.registers import screening, set_permits
from ennakko.kernel.registers.tests import youth_rule as youth
for language in ("fi", "sv", "en"):
    (FOLDER / f"offer.{language}.txt").write_text("Offer\\nAnswer by {answer_by:date}: {link}\\n")
messages.register_templates(service="test-youth", folder=FOLDER, fields={"offer": ("answer_by", "link")})
offers.register_offer_kind(KIND)
set_permits(youth.PERMITS)
making.PORTION = releasing.PORTION = 50
found = screening.screen(
    "test-youth.entitled", purpose=youth.PURPOSE, on=youth.ON, actor=youth.MACHINE, at=AT, reason="test"
)
def progress(done, of):
    tell(done=done)
    if done >= STOP_AT:
        time.sleep(600)  # until it is killed
made = offers.make_offers(
    "test-youth", screening=found, round="2026", values={"amount": 35000}, actor=youth.MACHINE, at=AT, on=youth.ON,
    progress=progress,
)
"""
COUNT = """
from ennakko.kernel.messages.models import Message
from ennakko.kernel import audit
tell(
    made=made.made, already=made.already_had, complete=made.run.complete_at is not None, runs=Run.objects.count(),
    offers=Offer.objects.count(), people=Offer.objects.values("subject").distinct().count(),
    recipients=Recipient.objects.count(), events=OfferEvent.objects.filter(verb="make").count(),
    messages=Message.objects.count(), log=audit.verify().ok,
)
"""
RELEASE = "offers.release(made.run, actor=youth.MACHINE, at=AT, on=youth.ON)\n"
LOOK = """
from ennakko.kernel.offers import queries
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
tell(
    offers=Offer.objects.count(), recipients=Recipient.objects.count(), events=OfferEvent.objects.count(),
    complete=Run.objects.get().complete_at is not None, shown=queries.shown().count(),
)
"""


def prepared(database: OwnDatabase) -> None:
    youths = [Resident(person, date(2010, 1, 1 + person // 100)) for person in range(1, YOUTHS + 1)]
    write_snapshot(database.folder / "city", youths)
    database.run(PREPARE)


def test_a_run_killed_halfway_leaves_whole_portions_shows_nothing_and_is_finished_by_running_again(tmp_path):
    with own_database(tmp_path, and_apps=APPS) as database:
        prepared(database)
        killed = database.start(MAKE, STOP_AT=150)
        assert killed.stdout is not None
        for line in killed.stdout:
            if json.loads(line)["done"] >= 150:
                break
        killed.kill()
        killed.wait()
        (left,) = database.run(LOOK)
        assert left["offers"] == 150
        assert left["offers"] == left["recipients"] == left["events"]
        assert (left["complete"], left["shown"]) == (False, 0)
        *_, after = database.run(MAKE + RELEASE + COUNT, STOP_AT=YOUTHS + 1)
        assert (after["made"], after["already"]) == (YOUTHS - left["offers"], left["offers"])
        assert after["offers"] == after["people"] == after["recipients"] == after["events"] == YOUTHS
        assert (after["messages"], after["runs"], after["complete"], after["log"]) == (YOUTHS, 1, True, True)


def test_two_processes_making_the_same_run_at_once_make_each_offer_once(tmp_path):
    with own_database(tmp_path, and_apps=APPS) as database:
        prepared(database)
        both = [database.start(MAKE + RELEASE + COUNT, STOP_AT=YOUTHS + 1) for _ in range(2)]
        ended = [told_by(process)[-1] for process in both]
        assert sum(one["made"] for one in ended) == YOUTHS
        *_, after = database.run(MAKE + COUNT, STOP_AT=YOUTHS + 1)
        assert (after["made"], after["already"], after["runs"]) == (0, YOUTHS, 1)
        assert (
            after["offers"] == after["people"] == after["recipients"] == after["events"] == after["messages"] == YOUTHS
        )
