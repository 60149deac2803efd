# SPDX-License-Identifier: EUPL-1.2
"""The decision letter: what it says in each language, how the time to appeal is counted, as a page and as PDF/UA."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases import automation, kinds, letter
from ennakko.kernel.cases.letter import Sender, html_of, letter_of, pdf_of, preview, use_sender
from ennakko.kernel.cases.letter_archive import archive_letters, letter_as_pdf
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.records.models import MatterDocument
from ennakko.kernel.records.plans import RecordsPlan, register_plans
from ennakko.values.texts import LANGUAGES, text

pytestmark = pytest.mark.django_db
HOURS = text(fi="Tunteja on vähintään 60", sv="Minst 60 timmar", en="At least 60 hours")
REASON = {"step": "hours", "holds": True, "text": {"fi": HOURS.fi, "sv": HOURS.sv, "en": HOURS.en}, "cite": ["act 5 §"]}
READ = kinds.ReadFact(m.t("Pay"), m.t("620 euros"), m.t("Incomes register"), date(2026, 4, 1))
PROPOSAL = kinds.Drafted("accepted", amount_cents=35000, reasons=(REASON,), facts={"alive": True})


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch, draft=lambda case, at, on: PROPOSAL)
    monkeypatch.setattr(letter, "_sender", [])
    use_sender(
        Sender(
            m.t("The City"), m.t("Help desk"), "09 123", "help@city.example", m.t("Registry"), m.t("PO Box 1"),
            "registry@city.example",
        )
    )  # fmt: skip


def accepted(case=None):
    row = cases.draft(m.in_hand(case), at=m.AT, on=m.ON)
    return cases.decide(row, "accepted", actor=m.official(), at=m.AT, on=m.ON, title="Head of unit")


def words(made, language="en") -> str:
    return html_of(letter_of(made, language=language))


def test_it_tells_outcome_amount_reasons_with_citations_and_who_decided():
    html = words(accepted())
    for told in (
        "The sum is paid",
        "€350",
        "Olli Official, Head of unit",
        "15 April 2026",
        "At least 60 hours",
        "rules 5 §",
        "Aino Virtanen",
        "Help desk, 09 123, help@city.example",
        "TEST-MATTER-2026-000001",
    ):
        assert told in html.replace("\N{NO-BREAK SPACE}", " "), told


def test_what_was_read_is_told_with_its_register():
    html = words(accepted())
    assert "Population" in html
    assert "yes" in html


def test_a_sum_that_was_read_is_told_in_euros_and_left_out_of_copies_as_income():
    made = m.decided()
    made.facts = {"income_month": 123_450}
    (read,) = letter_of(made, language="fi").read
    assert read.value.replace("\N{NO-BREAK SPACE}", " ") == "1 234,50 €"
    assert "income" in read.field.split()


def test_a_service_tells_what_was_read_in_its_own_words(monkeypatch):
    m.registered(monkeypatch, read_of=lambda decision: (READ,))
    assert (
        'Pay: <span data-field="free-text">620 euros</span> <span class="muted">(Incomes register, as of 1 April 2026)'
        in words(m.decided())
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_names_itself(language):
    html = words(accepted(), language)
    assert f'lang="{language}"' in html
    assert {"fi": "Tunteja on", "sv": "Minst 60", "en": "At least"}[language] in html
    assert "{" not in html


def test_by_default_it_is_in_the_language_of_the_case():
    assert letter_of(accepted(m.a_case(language="sv"))).language == "sv"


def test_before_notice_leaves_it_says_how_the_time_will_be_counted():
    made = letter_of(accepted(), language="en")
    assert made.last_day == ""
    together = " ".join(made.appeal)
    assert "14 days" in together
    assert "3 days and a letter 7 days" in together
    assert "Midsummer Eve" in together
    assert made.appeal_rows == (
        ("Who decides", "board"), ("Where to hand it in", "Registry, PO Box 1, registry@city.example"),
        ("Act", "Local Government Act"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("how", "told"),
    [("post", "posted on 15 April 2026. Notice is deemed received on 22 April 2026"),
     ("electronic", "sent electronically on 15 April 2026. Notice is deemed received on 18 April 2026"),
     ("handed", "handed over on 15 April 2026")],
)  # fmt: skip
def test_after_notice_has_left_it_names_the_last_day_and_how_it_was_counted(how, told):
    served = cases.serve(accepted(), how, sent_on=m.ON, actor=m.staff(), at=m.AT)
    made = letter_of(served, language="en")
    assert told in " ".join(made.appeal)
    until = {"post": "6 May", "electronic": "4 May", "handed": "29 April"}[how]
    assert made.last_day == f"You can appeal until {until} 2026."


def test_an_automatic_decision_says_so_with_who_answers_and_how_to_get_a_person():
    automation.open_gates({(m.SERVICE, "application"): m.on_record()})
    row = cases.draft(m.in_hand(), at=m.AT, on=m.ON)
    made = cases.decide_automatically(row, actor=SYSTEM("claims"), at=m.AT, on=m.ON)
    html = words(made)
    assert "Decided automatically" in html
    assert "a machine decided this" in html
    assert "Responsible: Riitta Responsible, head." in html
    assert "free of charge" in html
    assert "Automatic decision" in html


def test_an_organisations_letter_names_it():
    Organisation.objects.create(business_id=m.CAFE, name="Kahvila Oy", search="kahvila", created_at=m.AT)
    html = words(m.decided(m.organisations_case()))
    assert f'Kahvila Oy, <span class="unbroken">{m.CAFE}</span>' in html, "no line break divides a business id"
    assert m.OTHER in words(m.decided(m.organisations_case(m.OTHER)))


def test_what_people_wrote_cannot_become_markup():
    html = words(m.decided(justification="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_preview_stores_nothing_and_reads_as_the_letter_would():
    row = cases.draft(m.in_hand(), at=m.AT, on=m.ON)
    shown = preview(row, "accepted", on=m.ON, language="en")
    assert shown.preview
    assert "350" in {key: value for key, value, _ in shown.rows}["Amount"]
    assert [one.words for one in shown.reasons] == ["At least 60 hours"]
    otherwise = preview(row, "rejected", on=m.ON, justification="Too late", language="en")
    assert (otherwise.outcome, otherwise.reasons, otherwise.justification) == ("The claim is rejected", (), "Too late")
    assert row.decisions.count() == 0


def test_the_letter_takes_three_queries_at_most():
    made = accepted()
    made = type(made).objects.get(pk=made.pk)
    with CaptureQueriesContext(connection) as asked:
        letter_of(made)
    assert len(asked) <= 3


def test_it_is_a_pdf_ua_with_title_language_and_structure():
    served = cases.serve(accepted(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    made = letter_of(served, language="sv")
    pdf = pdf_of(made)
    read = PdfReader(io.BytesIO(pdf))
    catalogue = read.trailer["/Root"]
    assert catalogue["/Lang"] == "sv"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert read.metadata.title == "Beslut TEST-MATTER-2026-000001"
    text_of_it = " ".join(page.extract_text() for page in read.pages)
    assert "Ändring kan sökas senast 6.5.2026" in " ".join(text_of_it.split())
    assert pdf == pdf_of(made)


def planned(monkeypatch):
    monkeypatch.setattr("ennakko.kernel.records.plans._plans", {})
    register_plans(m.SERVICE, RecordsPlan("application", "14", m.t("Test"), "public", None, 365))


def test_the_letter_goes_to_the_archive_once_notice_has_left(monkeypatch):
    planned(monkeypatch)
    made = accepted()
    assert archive_letters(at=m.AT) == 0
    cases.serve(made, "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    assert archive_letters(at=m.AT) == 1
    assert archive_letters(at=m.AT) == 0
    kept = MatterDocument.objects.get()
    assert (kept.key, kept.kind, kept.language) == (f"decision:{made.pk}:fi", "decision", "fi")


def test_everybody_gets_the_archived_file_even_when_words_have_changed_since(monkeypatch):
    planned(monkeypatch)
    made = cases.serve(accepted(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    archive_letters(at=m.AT)
    before = letter_as_pdf(made, language="fi", actor=m.resident(1), at=m.AT)
    changed = replace(letter._sender[0], name=m.t("Renamed City"))
    monkeypatch.setattr(letter, "_sender", [changed])
    assert letter_as_pdf(made, language="fi", actor=m.staff(), at=m.AT) == before
    assert letter_as_pdf(made, language="en", actor=m.staff(), at=m.AT) != before


def test_a_case_outside_the_register_of_matters_has_its_letter_all_the_same(monkeypatch):
    monkeypatch.setattr("ennakko.kernel.records.plans._plans", {})
    made = cases.serve(accepted(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    assert archive_letters(at=m.AT) == 1
    made.refresh_from_db()
    assert made.archived_at == m.AT
    assert letter_as_pdf(made, language="fi", actor=m.staff(), at=m.AT).startswith(b"%PDF")
