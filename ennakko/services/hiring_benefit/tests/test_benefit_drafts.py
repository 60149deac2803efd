# SPDX-License-Identifier: EUPL-1.2
"""Unfinished applications: shared by the organisation's people, kept half a year, never broken by a new form."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ennakko.kernel import documents
from ennakko.kernel.access import Refused
from ennakko.kernel.cases.draft_keeping import drop_old, warn
from ennakko.kernel.cases.drafts import DraftChanged
from ennakko.kernel.cases.models import Draft
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit import as_written
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.form_values import documents_about
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


def saved(key: str = "d1", at: datetime = t.AT, **told: Any):
    return drafting.save(t.raw_application(**told), key=key, actor=t.employer(), at=at)


def test_a_draft_is_sealed_and_the_organisations_people_share_it():
    saved()
    assert b"Noora" not in bytes(Draft.objects.get().sealed)
    jenni = t.employer(name="Jenni Holopainen")
    assert drafting.draft_of("d1", actor=jenni).data["employees"][0]["first_name"] == "Noora"
    assert drafting.draft_of("d1", actor=t.employer(t.CLUB)) is None
    for actor in (t.resident(1), t.handler()):
        with pytest.raises(Refused):
            drafting.drafts_of(actor)


def test_two_people_do_not_overwrite_each_other_without_knowing():
    first = saved()
    saved()
    with pytest.raises(DraftChanged):
        drafting.save(t.raw_application(), key="d1", actor=t.employer(), at=t.AT, revision=first.revision)


def test_a_draft_of_an_older_form_is_read_and_what_it_lacks_is_asked(tmp_path: Path):
    t.town(tmp_path / "city", Resident(1, t.BORN))
    saved("k1")
    raw = t.raw_application()
    for name in ("pay_subsidy", "apprenticeship"):
        del raw["employees"][0][name]
    drafting.save(raw, key="k1", actor=t.employer(), at=t.AT)
    Draft.objects.update(version="2020-1")
    begun = drafting.draft_of("k1", actor=t.employer())
    assert begun.upgraded
    sent = t.sending.send(
        begun.data, actor=t.employer(), at=t.AT, on=t.ON, wall=t.WALL, key="k1", assured=t.terms.in_force(t.ON).codes
    )
    assert [one.field for one in sent.refusals] == ["pay_subsidy"]


def test_an_employee_taken_off_takes_the_papers_along_and_the_next_ones_move_up():
    other = t.raw_employee(first_name="Ali")
    drafting.save(t.raw_application(t.raw_employee(), other), key="d1", actor=t.employer(), at=t.AT)
    t.papers_for("d1", 2, "employment_contract", "payslip")
    raw = drafting.draft_of("d1", actor=t.employer()).data
    kept = drafting.remove_employee(raw, 0, key="d1", actor=t.employer(), at=t.AT)
    assert [row["first_name"] for row in kept["employees"]] == ["Ali"]
    assert len(documents.of(documents_about(t.CAFE, "d1", 1))) == 2
    assert documents.of(documents_about(t.CAFE, "d1", 2)) == []


def test_a_draft_thrown_away_takes_its_papers_along():
    saved()
    t.papers_for("d1")
    assert drafting.drop("d1", actor=t.employer())
    assert documents.of(documents_about(t.CAFE, "d1", 1)) == []
    assert not drafting.drop("d1", actor=t.employer())


def test_its_holder_is_told_two_weeks_before_it_goes_and_it_goes_after_half_a_year():
    t.organisation()
    t.person(5)
    drafting.save(t.raw_application(), key="d1", actor=t.employer(), at=t.AT)
    Draft.objects.update(person=5)
    day = t.AT.date()

    def lives(days: int) -> tuple[int, int]:
        on: date = day + timedelta(days=days)
        at = t.AT + timedelta(days=days)
        return warn(on, at=at), drop_old(on, at=at)

    assert lives(165) == (0, 0)
    assert lives(167) == (1, 0)
    assert lives(179) == (0, 0)
    assert lives(182) == (0, 1)
    assert Draft.objects.count() == 0


def test_a_copy_has_the_employers_part_and_no_employee_and_asks_again_what_is_true_today():
    sent = t.an_application(negotiations=True, negotiations_description="Käytiin.")
    raw = as_written.copy_of(sent.application)
    assert raw["iban"] == t.IBAN
    assert raw["employees"] == [{}]
    assert raw["copied_from"] == sent.case.number
    assert "negotiations" not in raw
    assert "Noora" not in str(raw)
