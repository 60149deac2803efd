# SPDX-License-Identifier: EUPL-1.2
"""A small rule of the tests' own: who turns 16 or 17 here this year and has had nothing yet."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from ennakko.kernel.access import SYSTEM, Action, anyone, register_actions
from ennakko.kernel.purposes import Purpose, register_purposes
from ennakko.kernel.registers import Permit, PermitTable, set_permits, snapshots, tables
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.rules.errors import RuleError
from ennakko.rules.facts_api import Fact, FactType, declared_fact, fact
from ennakko.rules.rule import Rule
from ennakko.rules.vocabulary import all_of, turns
from ennakko.values.texts import text

ON = date(2026, 4, 15)
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
PURPOSE = "test-youth"
MACHINE = SYSTEM("test")


def known(name: str, type: FactType, *, unknown: bool = False, source: str = "population-register") -> Fact:
    """The declared fact of a name, or one declared for these tests alone."""
    try:
        return declared_fact(name)
    except RuleError:
        label = text(fi=name, sv=name, en=name)
        return fact(name, type, unknown=unknown, label=label, source=source)


birth_date = known("birth_date", "date")
municipality = known("municipality", "code")
school_grade = known("school_grade", "int", unknown=True, source="school-register")
test_given = known("test_given", "bool", source="own-services")


class TestYouthEntitled(Rule):
    __test__ = False
    id = "test-youth.entitled"
    title = text(fi="Testinuoren etu", sv="Testungdomens förmån", en="The test youth's benefit")
    scope = turns(birth_date, 16) | turns(birth_date, 17) | turns(birth_date, 15)
    of_age = (turns(birth_date, 16) | turns(birth_date, 17)).says(
        fi="täyttää tänä vuonna 16 tai 17", sv="fyller 16 eller 17 i år", en="turns 16 or 17 this year"
    )
    lives_here = (municipality == "091").says(fi="asuu täällä", sv="bor här", en="lives here").by("test 1 §")
    not_yet = (~test_given).says(fi="ei ole saanut etua", sv="har inte fått förmånen", en="has not had it yet")
    entitled = all_of(of_age, lives_here, not_yet)
    outcome = "entitled"


class TestPupil(Rule):
    __test__ = False
    id = "test-youth.pupil"
    title = text(fi="Koululainen", sv="Skolelev", en="Pupil")
    ninth = school_grade == 9
    outcome = "ninth"


register_purposes(
    Purpose(
        id=PURPOSE,
        title=text(fi="Testietu", sv="Testförmån", en="Test benefit"),
        legal_basis=text(fi="testilaki 1 §", sv="testlagen 1 §", en="Test Act, section 1"),
        anticipates=True,
        service="test-youth",
    )
)
register_actions(Action("test-youth.answer", text(fi="Vastaa", sv="Svara", en="Answer"), who=(anyone,)))

PERMITS = PermitTable(
    tuple(
        Permit(
            source=source,
            purpose=PURPOSE,
            facts=frozenset(facts),
            act=text(fi="testilaki 2 §", sv="testlagen 2 §", en="Test Act, section 2"),
            controller=text(fi="virasto", sv="verket", en="agency"),
            granted=date(2026, 1, 1),
            expires=date(2026, 12, 31),
        )
        for source, facts in (
            ("population-register", ("birth_date", "municipality")),
            ("own-services", ("test_given",)),
        )
    )
)
given: set[int] = set()
tables.register_own_facts(
    source="own-services",
    fact="test_given",
    frame=lambda on: pl.DataFrame(
        {"person": sorted(given), "test_given": [True] * len(given)},
        schema={"person": pl.Int64, "test_given": pl.Boolean},
    ),
    one=lambda person, on: person in given,
    otherwise=False,
)


def city_of(folder: Path, *residents: Resident, on: date = ON) -> snapshots.Snapshot:
    """Takes a small city into use, with the tests' permits."""
    set_permits(PERMITS)
    given.clear()
    return snapshots.take_into_use(write_snapshot(folder, residents, on=on), AT)
