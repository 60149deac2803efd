# SPDX-License-Identifier: EUPL-1.2
"""Attachments, then cases, then matters: each in its time, on record, and the log still proves itself (KS-1394)."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import audit, documents, records
from ennakko.kernel.access import SYSTEM, Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.documents import files
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.kernel.records.retention import destroy_attachments, destroy_matters, destroy_old
from ennakko.kernel.records.tests import make
from ennakko.kernel.records.tests.make import AT

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    make.scanned()


def attach(matter: Matter) -> Document:
    return documents.store(
        make.make_pdf("<p>Palkka</p>", language="fi", title="Palkka"), about=matter.about, kind="payslip", name="a.pdf",
        actor=make.CITIZEN, at=AT,
    )  # fmt: skip


def run(on: date) -> dict[str, object]:
    return dict(destroy_old(at=AT, on=on, progress=lambda done, of=None: None).figures)


def test_attachments_go_a_year_after_closing_and_the_decision_stays():
    matter = make.matter("benefit", closed=CLOSED)
    sent, kept = attach(matter), make.letter(matter)
    assert run(CLOSED + timedelta(days=365)) == {"attachments": 0, "matters": 0}
    assert files.path_of(sent.pk).exists()
    assert run(CLOSED + timedelta(days=366)) == {"attachments": 1, "matters": 0}
    assert not files.path_of(sent.pk).exists()
    assert documents.of(matter.about) == []
    assert documents.read(kept.document, actor=make.OFFICIAL, purpose="test", at=AT)
    assert run(CLOSED + timedelta(days=366)) == {"attachments": 0, "matters": 0}
    assert audit.verify().ok


def test_a_matter_goes_with_everything_and_its_row_stays_as_the_record_of_it():
    matter = make.matter("benefit", closed=CLOSED, organisation="0201256-6")
    attach(matter)
    make.letter(matter)
    assert run(CLOSED + timedelta(days=730))["matters"] == 0
    assert run(CLOSED + timedelta(days=731))["matters"] == 1
    assert not Document.objects.exists()
    assert not MatterDocument.objects.exists()
    assert not list(files.stored())
    matter.refresh_from_db()
    assert (matter.destroyed_at, matter.organisation, matter.number) == (AT, "", "TEST-2026-1")
    entry = Entry.objects.filter(action="records.destroy").get()
    assert '"class":"14 01"' in entry.statement
    assert '"matters":1' in entry.statement
    assert "730 days" in entry.statement
    assert "TEST-2026-1" not in entry.statement
    assert audit.verify().ok


def test_a_matter_waits_for_its_case():
    matter = make.matter("benefit", closed=CLOSED, case=12)
    late = CLOSED + timedelta(days=2000)
    assert run(late)["matters"] == 0
    records.forget_cases([12])
    assert run(late)["matters"] == 1
    matter.refresh_from_db()
    assert matter.destroyed_at is not None


def test_a_destroyed_case_takes_what_was_sent_in_and_leaves_the_decision():
    matter = make.matter("benefit", closed=CLOSED, case=12)
    sent, kept = attach(matter), make.letter(matter)
    records.forget_cases([12, 13])
    assert not files.path_of(sent.pk).exists()
    assert files.path_of(kept.document.pk).exists()


def test_an_open_matter_is_never_destroyed():
    make.matter("benefit")
    assert run(date(2100, 1, 1)) == {"attachments": 0, "matters": 0}


def test_what_goes_to_the_archive_is_held_until_the_archive_has_it():
    matter = make.matter("plan", closed=CLOSED, case=5)
    late = CLOSED + timedelta(days=400)
    assert list(records.held_cases()) == [{"case": 5}]
    records.forget_cases([5])
    assert run(late)["matters"] == 0
    Matter.objects.filter(pk=matter.pk).update(transferred_at=AT)
    assert list(records.held_cases()) == []
    assert run(late)["matters"] == 1


def test_many_go_in_portions_with_one_entry_for_each_kind_of_a_portion():
    for number in range(205):
        make.matter("grant" if number % 2 else "benefit", number=f"T-{number}", closed=CLOSED)
    assert run(CLOSED + timedelta(days=731))["matters"] == 205
    assert Entry.objects.filter(action="records.destroy").count() == 3
    assert audit.verify().ok


def test_only_the_machine_destroys():
    for destroy in (destroy_attachments, destroy_matters):
        with pytest.raises(Refused):
            destroy(CLOSED, at=AT, actor=make.REGISTRAR)
        assert destroy(CLOSED, at=AT, actor=SYSTEM("records")) == 0
