# SPDX-License-Identifier: EUPL-1.2
"""Every matter stands in the register with its class, publicity and retention, as its plan said when it was opened."""

from datetime import date

import pytest

from ennakko.kernel import documents, records
from ennakko.kernel.records.matters import next_number
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.kernel.records.plans import PlanError, RecordsPlan, register_plans
from ennakko.kernel.records.tests import make
from ennakko.kernel.records.tests.make import GROUND, ON, t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


def test_a_matter_is_entered_as_its_plan_says():
    row = make.matter("benefit", case=12, organisation="0201256-6")
    assert (row.number, row.about, row.case, row.task_class) == ("TEST-2026-1", "case:12", 12, "14 01")
    assert (row.publicity, row.secrecy_years, row.retention_days) == ("partly-secret", 100, 730)
    assert row.secrecy_ground["sv"] == GROUND.sv
    assert (row.closed_on, row.destroy_after) == (None, None)


def test_closing_counts_when_it_may_go_and_opening_again_takes_that_back():
    row = make.matter("benefit", closed=date(2026, 6, 30))
    assert row.attachments_after == date(2027, 7, 1)
    assert row.destroy_after == date(2028, 6, 30)
    assert row.outcome == "accepted"
    records.close_matter(row.about, on=None)
    row.refresh_from_db()
    assert (row.closed_on, row.outcome, row.attachments_after, row.destroy_after) == (None, "", None, None)


def test_what_is_kept_practically_for_ever_has_a_day_all_the_same():
    register_plans("test-records", RecordsPlan("long", "1", t("x"), "public", None, 10**7))
    row = make.matter("long", number="L", closed=date(2026, 6, 30))
    assert row.destroy_after == date(9999, 12, 31)


def test_a_kind_outside_any_manifest_is_not_in_the_register():
    assert records.open_matter(service="test-records", kind="unknown", number="X", on=ON, case=1) is None
    assert records.matter_of("case:1") is None
    records.close_matter("case:1", on=ON)


def test_a_later_plan_does_not_change_what_stands():
    row = make.matter("grant")
    with pytest.raises(PlanError, match="differently"):
        register_plans("test-records", RecordsPlan("grant", "9", t("x"), "public", None, 1))
    assert Matter.objects.get(pk=row.pk).task_class == "02 05 01"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"publicity": "secret"}, "name the secrecy_ground"),
        ({"publicity": "open"}, "publicity is one of"),
        ({"secrecy_ground": GROUND}, "none of what is public"),
        ({"task_class": "A1"}, "digits"),
        ({"retention_days": 0}, "at least one"),
        ({"attachments_days": 800}, "attachments_days"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused_with_what_to_write(changed, told):
    good = {
        "case_kind": "x", "task_class": "14", "title": t("x"), "publicity": "public", "secrecy_ground": None,
        "retention_days": 730,
    }  # fmt: skip
    RecordsPlan(**good)
    with pytest.raises(PlanError, match=told):
        RecordsPlan(**{**good, **changed})


def test_the_registers_own_numbers_run_by_year():
    assert [next_number("TIETO", 2026), next_number("TIETO", 2026), next_number("TIETO", 2027)] == [
        "TIETO-2026-000001", "TIETO-2026-000002", "TIETO-2027-000001",
    ]  # fmt: skip


def test_a_document_is_kept_once_however_often_it_is_asked_for():
    row = make.matter()
    first = make.letter(row)
    assert make.letter(row) == first
    assert MatterDocument.objects.count() == 1
    assert len(documents.of(f"matter:{row.pk}")) == 2
    assert first.page is not None
    kept = documents.read(first.document, actor=make.OFFICIAL, purpose="test", at=make.AT)
    assert kept.startswith(b"%PDF-")
    assert first.publicity == "public"
