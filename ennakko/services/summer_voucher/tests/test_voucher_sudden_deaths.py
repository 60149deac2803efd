# SPDX-License-Identifier: EUPL-1.2
"""A run killed at any point and started again leaves exactly one of everything."""

import signal
from pathlib import Path

import pytest
from django.conf import settings

from ennakko.kernel.registers.tests.small_city import write_snapshot
from ennakko.kernel.tests.own_database import APPS, OwnDatabase, own_database
from ennakko.services.summer_voucher.tests import town as t

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PEOPLE = 60
OTHER_APPS = tuple(app for app in settings.INSTALLED_APPS if app not in APPS)
RUN = """
import signal
from datetime import date
from ennakko.kernel import bulk
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.offers import making
from ennakko.kernel.registers import snapshots
from ennakko.services.summer_voucher import offer
from ennakko.services.summer_voucher.actions import vouchers
if FIRST:
    snapshots.take_into_use(SNAPSHOT, AT)
making.PORTION = vouchers.PORTION = 20
calls = 0
writes = bulk.insert_rows
def deadly(*args, **kwargs):
    global calls
    calls += 1
    if calls == DEATH:
        os.kill(os.getpid(), signal.SIGKILL)
    return writes(*args, **kwargs)
making.insert_rows = vouchers.insert_rows = deadly
def run():
    return offer.anticipate(on=date(2026, 4, 15), at=AT, actor=SYSTEM("anticipate")).offers_made
run()
again = run()
"""
COUNT = """
from ennakko.kernel.offers.models import Offer, OfferEvent, Recipient, Run
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher.models import Voucher
tell(
    offers=Offer.objects.count(), recipients=Recipient.objects.count(), events=OfferEvent.objects.count(),
    people=Person.objects.count(), vouchers=Voucher.objects.count(),
    numbers=Voucher.objects.values("number").distinct().count(),
    again=again,
    open_runs=Run.objects.filter(complete_at=None, offers__isnull=False).count(),
)
"""


def killed_at(database: OwnDatabase, death: int, *, first: bool, snapshot: Path) -> bool:
    process = database.start(RUN, DEATH=death, FIRST=first, SNAPSHOT=str(snapshot))
    process.communicate(timeout=600)
    return process.returncode == -signal.SIGKILL


def test_a_run_killed_again_and_again_leaves_exactly_one_of_everything(tmp_path: Path):
    snapshot = write_snapshot(tmp_path / "town", (t.youth(person) for person in range(1, PEOPLE + 1)))
    # Between offers and recipients, in a later portion, and twice while vouchers are issued.
    deaths = (2, 5, 4, 2)
    with own_database(tmp_path, and_apps=OTHER_APPS) as database:
        killed = [killed_at(database, death, first=n == 0, snapshot=snapshot) for n, death in enumerate(deaths)]
        assert killed == [True] * len(deaths)
        (counts,) = database.run(RUN + COUNT, DEATH=0, FIRST=False, SNAPSHOT=str(snapshot))
    one_each = dict.fromkeys(("offers", "recipients", "events", "people", "vouchers", "numbers"), PEOPLE)
    assert counts == one_each | {"again": 0, "open_runs": 0}
