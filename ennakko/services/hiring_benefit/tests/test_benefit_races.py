# SPDX-License-Identifier: EUPL-1.2
"""Colleagues who send or save the same application in the same moment: it is sent once, and nobody's words are lost."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from ennakko.kernel.registers.tests.small_city import write_snapshot
from ennakko.kernel.tests.own_database import APPS, OwnDatabase, own_database, told_by
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OTHER_APPS = tuple(app for app in settings.INSTALLED_APPS if app not in APPS)
PROCESSES, ROUNDS = 3, 4
START = """
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.step_keeping import keep, seen_of
from ennakko.services.hiring_benefit.tests import town as t
def together(part):
    (FOLDER / f"ready-{part}-{ME}").write_text("")
    while len(list(FOLDER.glob(f"ready-{part}-*"))) < PROCESSES:
        time.sleep(0.002)
"""
PREPARE = """
from ennakko.kernel.registers import snapshots
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.tests import town as t
snapshots.take_into_use(FOLDER / "town", AT)
t.organisation()
for number in range(ROUNDS):
    for key in (f"same{number}", f"other{number}"):
        t.papers_for(key)
        drafting.save(t.raw_application(), key=key, actor=t.employer(), at=t.AT)
    drafting.save({"employees": [{"first_name": "Noora"}]}, key=f"shared{number}", actor=t.employer(), at=t.AT)
"""
SAME = (
    START
    + """
for number in range(ROUNDS):
    together(f"same{number}")
    sent = t.send(key=f"same{number}", actor=t.employer(name=f"Kollega {ME}"), contract=False)
    tell(numbers=[one.case.number for one in sent.applications], again=sent.again, lacking=len(sent.lacking))
"""
)
OTHERWISE = (
    START
    + """
for number in range(ROUNDS):
    together(f"other{number}")
    sent = t.send(t.raw_employee(job_title=f"Kokki {ME}"), key=f"other{number}", actor=t.employer(), contract=False)
    tell(sent=len(sent.applications), reason=sent.reason.fi if sent.reason else "", lacking=len(sent.lacking))
"""
)
SAVED = (
    START
    + """
for number in range(ROUNDS):
    key, who = f"shared{number}", t.employer(name=f"Kollega {ME}")
    read = lambda: drafting.draft_of(key, actor=who)
    own = lambda draft: {"iban": draft.get("iban")}
    seen = seen_of(own(read().data))
    together(key)
    found = keep(read, own, lambda draft: {**draft, "iban": f"FI{ME}"}, seen=seen, key=key, actor=who, at=t.AT)
    tell(kept=found is None, stands=found.stands["iban"] if found else "", by=found.by_name if found else "")
"""
)
APART = (
    START
    + """
for number in range(ROUNDS):
    key, who = f"shared{number}", t.employer(name=f"Kollega {ME}")
    read = lambda: drafting.draft_of(key, actor=who)
    own = lambda draft: {f"part{ME}": draft.get(f"part{ME}")}
    seen = seen_of(own(read().data))
    together(f"apart{number}")
    found = keep(read, own, lambda draft: {**draft, f"part{ME}": "told"}, seen=seen, key=key, actor=who, at=t.AT)
    tell(kept=found is None)
"""
)
COUNT = """
from ennakko.kernel import audit
from ennakko.kernel.cases.models import Case, Draft
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.models import Application
rows = Application.objects.filter(key__in=[f"{KEY}{number}" for number in range(ROUNDS)])
abouts = [f"case:{row.case_id}" for row in rows]
tell(
    applications=rows.count(), cases=Case.objects.filter(pk__in=rows.values("case")).count(),
    drafts=Draft.objects.filter(key__startswith=KEY).count(), log=audit.verify().ok,
    told=Message.objects.filter(about__in=abouts, template="hiring-benefit.received").count(),
)
"""
PARTS = """
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.tests import town as t
for number in range(ROUNDS):
    data = drafting.draft_of(f"shared{number}", actor=t.employer()).data
    tell(parts=sorted(name for name in data if name.startswith("part")), iban=data["iban"])
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDatabase]:
    folder = tmp_path_factory.mktemp("races")
    write_snapshot(folder / "town", [t.Resident(1, t.BORN)])
    with own_database(folder, and_apps=OTHER_APPS) as made:
        made.run(PREPARE, ROUNDS=ROUNDS)
        yield made


def all_at_once(database: OwnDatabase, code: str) -> list[list[dict]]:
    """What each process told, all of them started together."""
    running = [database.start(code, ME=number, PROCESSES=PROCESSES, ROUNDS=ROUNDS) for number in range(PROCESSES)]
    return [told_by(one) for one in running]


def counted(database: OwnDatabase, key: str) -> dict:
    (found,) = database.run(COUNT, KEY=key, ROUNDS=ROUNDS)
    return found


def test_colleagues_who_send_the_same_draft_at_once_send_it_once_and_all_see_its_number(database):
    told = all_at_once(database, SAME)
    for number in range(ROUNDS):
        answers = [one[number] for one in told]
        assert len({tuple(one["numbers"]) for one in answers}) == 1
        assert sum(not one["again"] for one in answers) == 1
        assert not any(one["lacking"] for one in answers)
    found = counted(database, "same")
    assert (found["applications"], found["cases"], found["drafts"], found["log"]) == (ROUNDS, ROUNDS, 0, True)
    assert found["told"] == ROUNDS


def test_of_colleagues_who_send_it_differently_one_wins_and_the_others_are_told(database):
    told = all_at_once(database, OTHERWISE)
    for number in range(ROUNDS):
        answers = [one[number] for one in told]
        assert sum(one["sent"] for one in answers) == 1
        assert all("jo lähetetty" in one["reason"] for one in answers if not one["sent"])
    assert counted(database, "other")["applications"] == ROUNDS


def test_of_colleagues_who_save_the_same_step_one_is_kept_and_the_others_see_whose(database):
    told = all_at_once(database, SAVED)
    for number in range(ROUNDS):
        answers = [one[number] for one in told]
        assert sum(one["kept"] for one in answers) == 1
        winner = next(part for part, one in enumerate(answers) if one["kept"])
        lost = [one for one in answers if not one["kept"]]
        assert {(one["stands"], one["by"]) for one in lost} == {(f"FI{winner}", f"Kollega {winner}")}


def test_colleagues_who_save_different_steps_at_once_lose_nothing(database):
    told = all_at_once(database, APART)
    assert all(one["kept"] for process in told for one in process)
    for found in database.run(PARTS, ROUNDS=ROUNDS):
        assert found["parts"] == [f"part{number}" for number in range(PROCESSES)]
