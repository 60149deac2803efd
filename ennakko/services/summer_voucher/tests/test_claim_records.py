# SPDX-License-Identifier: EUPL-1.2
"""A claim in the register of matters, and its attachment that was found to hold malware after it was sent."""

from datetime import date

import pytest

from ennakko.kernel import cases, documents
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.scanning import settle
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers import ending
from ennakko.kernel.records import asking, copies
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_town_with_a_cafe(tmp_path, settings):
    settings.VAR = tmp_path
    settings.DOCUMENTS = tmp_path / "documents"
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    m.registers()
    m.organisation()


def sent():
    ending.expire(date(2026, 9, 1), at=m.CLAIM_AT, actor=m.MACHINE)
    m.documents_for()
    return m.send(m.row(m.voucher())).rows[0].case


def test_a_claim_is_a_matter_from_its_sending_to_its_decision():
    case = sent()
    matter = Matter.objects.get(case=case.pk)
    assert (matter.number, matter.organisation, matter.closed_on) == (case.number, case.organisation, None)
    assert matter.publicity == "partly-secret"
    claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    matter.refresh_from_db()
    assert (matter.closed_on, matter.outcome) == (m.CLAIM_DAY, "accepted")
    assert matter.destroy_after is not None


def registrar():
    return t.staff("Kirsti", "registrar", "records-official")


def asked_of(case, wanted="Päätös ja hakemus"):
    asked = asking.Asked(wanted=wanted, email="toimittaja@example.com")
    request = asking.receive(asked, actor=registrar(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    matter = Matter.objects.get(case=case.pk)
    return copies.concern(request, matter, actor=registrar(), at=m.CLAIM_AT)


def test_who_asks_for_a_matter_finds_what_was_sent_and_the_decision_though_no_job_has_run():
    case = sent()
    claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    cases.serve(Decision.objects.get(case=case), "electronic", sent_on=m.CLAIM_DAY, actor=m.MACHINE, at=m.CLAIM_AT)
    requested = asked_of(case)
    kept = MatterDocument.objects.filter(matter=requested.matter).order_by("pk")
    assert [(one.kind, one.step) for one in kept] == [("application", "initiation"), ("decision", "decision")]
    whole = copies.matter_html(requested.matter, actor=registrar(), at=m.CLAIM_AT)
    for told in ("Virtanen1", m.IBAN, "petri@aamukaste.example", "620", "8.6.2026"):
        assert told in whole, told
    assert whole.count(encode(m.voucher().number)) == 2, "the decision tells which voucher it is about"
    asked_of(case, "Sama uudelleen")
    assert kept.count() == 2


def test_a_copy_of_a_claim_without_names_accounts_contacts_and_pay_tells_none_of_them():
    case = sent()
    claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    cases.serve(Decision.objects.get(case=case), "electronic", sent_on=m.CLAIM_DAY, actor=m.MACHINE, at=m.CLAIM_AT)
    requested = asked_of(case)
    withhold = ("person-name", "contact", "account", "income")
    html = copies.copy_html(requested, "621/1999 24 §", withhold, (), actor=registrar(), at=m.CLAIM_AT)
    for secret in ("Virtanen1", m.IBAN, "aamukaste.example", "620", "Petri"):
        assert secret not in html, secret
    for public in ("Kahvila Aamukaste Oy", "350", "8.6.2026", case.number):
        assert public in html, public


def test_a_claim_that_waits_is_asked_for_as_it_was_sent():
    requested = asked_of(sent())
    assert [one.kind for one in MatterDocument.objects.filter(matter=requested.matter)] == ["application"]


def test_the_employer_is_told_of_an_attachment_that_turned_out_to_be_malware():
    case = sent()
    document = documents.of(f"case:{case.pk}")[0]
    Document.objects.filter(pk=document.pk).update(state=Document.State.WAITING)
    assert settle(document, Document.State.INFECTED, at=m.CLAIM_AT)
    assert documents.infected(f"case:{case.pk}") == [document]
    told = Message.objects.get(template="summer-voucher.claim_infected")
    assert (told.data["case"], told.data["document"]) == (case.number, document.name)
    other = Document.objects.create(
        about="case:999999", kind="x", name="x", content_type="image/png", size=1, sha256="0", added_by="x",
        added_at=m.CLAIM_AT,
    )  # fmt: skip
    assert settle(other, Document.State.INFECTED, at=m.CLAIM_AT)
    assert Message.objects.filter(template="summer-voucher.claim_infected").count() == 1
