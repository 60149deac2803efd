# SPDX-License-Identifier: EUPL-1.2
"""Employers, machines and officials who act on the same voucher in the same moment: one wins, the others are told."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from ennakko.kernel.registers.tests.small_city import write_snapshot
from ennakko.kernel.tests.own_database import APPS, OwnDatabase, own_database, told_by
from ennakko.services.summer_voucher.tests import town as t

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OTHER_APPS = tuple(app for app in settings.INSTALLED_APPS if app not in APPS)
PROCESSES, ROUNDS = 3, 5
START = """
from ennakko.kernel.cases.automation import open_gate
from ennakko.services.summer_voucher.tests import market as m, town as t
m.registers()
open_gate("summer-voucher", "claim", None)
def together(part):
    (FOLDER / f"ready-{part}-{ME}").write_text("")
    while len(list(FOLDER.glob(f"ready-{part}-*"))) < PROCESSES:
        time.sleep(0.002)
"""
SAME_VOUCHER = (
    START
    + """
for person in PERSONS:
    held = m.voucher(person)
    row = m.row(held)
    me = m.employer(m.compose(9_000_200 + ME))
    together(person)
    sent = m.send(row, actor=me, key=f"k{person}", iban=m.IBAN)
    tell(person=person, taken=sent.taken, told=[one.text.fi for one in sent.refusals])
"""
)
SAME_KEY = (
    START
    + """
for person in PERSONS:
    row = m.row(m.voucher(person))
    together(person)
    sent = m.send(row, actor=m.employer(m.compose(9_000_200)), key=f"k{person}")
    tell(person=person, taken=sent.taken, case=sent.rows[0].case.number)
"""
)
DECIDE = (
    START
    + """
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.queries import claims as queries
official = t.staff(f"Virkailija {ME}", "summer-voucher.decision-maker")
waiting = list(queries.ready(official))
together("decide")
results = claim_handling.release(waiting, actor=official, at=m.CLAIM_AT, on=m.CLAIM_DAY)
tell(decided=sum(one.decision is not None for one in results), told=[one.refused.fi for one in results if one.refused])
"""
)
COUNT = """
from ennakko.kernel import audit
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.payments.models import Line
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Voucher
rows = ClaimRow.objects.filter(voucher__person__in=PERSONS)
cases = [row.case_id for row in rows]
claims = set(rows.values_list("claim", flat=True))
numbers = list(Case.objects.filter(pk__in=cases).values_list("number", flat=True))
told = Message.objects.filter(template="summer-voucher.claim_received", about__in=[f"claim:{pk}" for pk in claims])
tell(
    claims=len(claims), rows=rows.count(), holding=rows.filter(holds=True).count(),
    used=Voucher.objects.filter(state="used", person__in=PERSONS).count(), cases=len(numbers),
    numbers=len(set(numbers)), received=told.count(), decisions=Decision.objects.filter(case__in=cases).count(),
    lines=Line.objects.filter(about__in=[f"case:{pk}" for pk in cases]).count(), log=audit.verify().ok,
)
"""
READY = """
from ennakko.kernel.cases.automation import open_gate
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.tests import market as m, town as t
m.registers()
open_gate("summer-voucher", "claim", None)
of = m.organisation(m.compose(9_000_212), "Oma tili Oy").pk
for person in PERSONS:
    m.documents_for(f"d{person}", business_id=of)
    m.send(m.row(m.voucher(person)), actor=m.employer(of), key=f"d{person}", iban=m.OTHER_IBAN)
tell(ready=Case.objects.filter(state="ready_for_decision").count())
"""
PREPARE = """
from ennakko.kernel.registers import snapshots
from ennakko.services.summer_voucher.tests import market as m, town as t
snapshots.take_into_use(FOLDER / "town", AT)
t.released()
for number in range(PROCESSES):
    m.organisation(m.compose(9_000_200 + number), f"Yritys {number} Oy")
"""


FIRST, SECOND, THIRD = (list(range(start, start + ROUNDS)) for start in (1, 11, 21))
"""Each test has youths of its own in the one database."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDatabase]:
    folder = tmp_path_factory.mktemp("races")
    write_snapshot(folder / "town", (t.youth(person) for person in (*FIRST, *SECOND, *THIRD)))
    with own_database(folder, and_apps=OTHER_APPS) as made:
        made.run(PREPARE, PROCESSES=PROCESSES)
        yield made


def all_at_once(database: OwnDatabase, code: str, persons: list[int]) -> list[list[dict]]:
    """What each process told, all of them started together."""
    given = {"PROCESSES": PROCESSES, "PERSONS": persons}
    running = [database.start(code, ME=number, **given) for number in range(PROCESSES)]
    return [told_by(one) for one in running]


def counted(database: OwnDatabase, persons: list[int]) -> dict:
    (found,) = database.run(COUNT, PERSONS=persons)
    return found


def test_of_employers_who_send_the_same_voucher_at_once_one_wins_and_the_others_are_told(database):
    told = all_at_once(database, SAME_VOUCHER, FIRST)
    for number in range(ROUNDS):
        answers = [one[number] for one in told]
        assert sum(one["taken"] for one in answers) == 1
        losers = [one["told"] for one in answers if not one["taken"]]
        assert all(any("seteli" in words.lower() for words in one) for one in losers)
    whole = dict.fromkeys(("claims", "rows", "holding", "used", "cases", "numbers", "received"), ROUNDS)
    assert counted(database, FIRST) == whole | {"decisions": 0, "lines": 0, "log": True}


def test_the_same_sending_from_several_processes_is_one_claim(database):
    told = all_at_once(database, SAME_KEY, SECOND)
    for number in range(ROUNDS):
        answers = [one[number] for one in told]
        assert all(one["taken"] for one in answers)
        assert len({one["case"] for one in answers}) == 1
    found = counted(database, SECOND)
    assert (found["claims"], found["rows"], found["received"]) == (ROUNDS, ROUNDS, ROUNDS)


def test_officials_who_release_the_same_claims_at_once_pay_each_once(database):
    (made,) = database.run(READY, PERSONS=THIRD)
    assert made == {"ready": ROUNDS}
    told = [one[0] for one in all_at_once(database, DECIDE, THIRD)]
    assert sum(one["decided"] for one in told) == ROUNDS
    assert all("Hyväksytty" in words for one in told for words in one["told"])
    found = counted(database, THIRD)
    assert (found["decisions"], found["lines"], found["log"]) == (ROUNDS, ROUNDS, True)
