# SPDX-License-Identifier: EUPL-1.2
"""The register's pages: the registry's work, what anybody sees, a request from the form to the answer."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ennakko.kernel import audit, documents
from ennakko.kernel.access import SYSTEM, Actor, add_staff, grant_role
from ennakko.kernel.audit.models import Read
from ennakko.kernel.cases.models import Case
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.names import folded
from ennakko.kernel.records import asking
from ennakko.kernel.records.models import InformationRequest, Matter, RequestedMatter, Transfer
from ennakko.kernel.records.tests import make
from ennakko.kernel.ui import filters
from ennakko.kernel.ui.checker import flaws
from ennakko.web.signin.session import KEY

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ("fi", "sv", "en")
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
CLOSED = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    make.scanned()


def worker(client: Client, *roles: str) -> Client:
    by = SYSTEM("test")
    member = add_staff(subject="w" + "".join(roles), name="Kirsi Kirjaaja", by=by, at=AT)
    for role in roles:
        grant_role(member, role=role, by=by, at=AT, start=date(2020, 1, 1))
    return signed_in(client, Actor(kind="staff", reference=member.subject, staff=member.pk, name=member.name))


def signed_in(client: Client, actor: Actor) -> Client:
    session = client.session
    session[KEY] = {
        "kind": actor.kind, "reference": actor.reference, "person": actor.person, "staff": actor.staff,
        "name": actor.name, "strong": True,
    }  # fmt: skip
    session.save()
    return client


def page(client: Client, address: str, language: str = "fi", status: int = 200) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


def sent(client: Client, to: str, status: int = 302, /, **data) -> str:
    answer = client.post(to, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    html = answer.content.decode()
    if status == 422:
        assert flaws(html, language="fi") == []
    return html


def organisation(business_id: str, name: str, kind: str = "company") -> str:
    search = folded(name, business_id)
    Organisation.objects.create(business_id=business_id, name=name, search=search, kind=kind, created_at=AT)
    return business_id


def request_of(client: Client, **more) -> InformationRequest:
    told = {"wanted": "Päätös asiassa TEST-2026-1", "email": "aino@example.fi", **more}
    sent(client, reverse("information"), **told)
    return InformationRequest.objects.latest("id")


# --- the registry's register


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_registers_pages_are_sound_in_every_language(client, language):
    worker(client, "registrar")
    matter = make.matter("benefit", closed=CLOSED)
    make.letter(matter)
    make.matter("plan", number="KAAVA-1", closed=CLOSED)
    request = request_of(client, source="phone")
    for name, *where in (
        ("records",), ("records-matter", matter.number), ("records-requests",), ("records-request", request.number),
        ("records-transfers",), ("information",), ("public-register",),
    ):  # fmt: skip
        page(client, reverse(name, args=where), language)


def test_matters_are_found_by_number_class_and_organisation_and_never_by_a_person(client):
    worker(client, "registrar")
    make.matter(number="A-1", organisation=organisation("0201256-6", "Äyriäinen Oy"))
    make.matter("benefit", number="B-1")

    def found(**sought: str) -> set[str]:
        html = client.get(reverse("records"), sought).content.decode()
        return {number for number in ("A-1", "B-1") if f">{number}<" in html}

    assert found() == {"A-1", "B-1"}
    assert found(words="a-1") == found(words="äyriäinen") == found(words="0201256-6") == found(words="02 05") == {"A-1"}
    assert found(opened_from="2026-05-05") == found(words="Meikäläinen") == found(state="closed") == set()
    assert found(opened_from="2026-05-04", opened_until="2026-05-04", state="open") == {"A-1", "B-1"}
    assert client.get(reverse("records"), {"opened_from": "x"}).status_code == 422


def test_the_register_takes_as_many_queries_for_many_matters_as_for_one(client):
    worker(client, "registrar")
    organisation("0201256-6", "Oy")
    make.matter(number="FIRST", organisation="0201256-6")

    def queries(name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(name))
        return len(caught)

    before = queries("records"), queries("public-register")
    for number in range(24):
        make.matter(number=f"N-{number}", organisation="0201256-6")
    assert (queries("records"), queries("public-register")) == before


def test_a_document_is_handed_to_the_registrar_with_a_line_in_the_log_and_not_to_the_auditor(client):
    matter = make.matter(closed=CLOSED)
    kept = make.letter(matter)
    address = reverse("records-document", args=[matter.number, kept.document_id])
    worker(client, "auditor")
    assert "Päätös" in page(client, reverse("records-matter", args=[matter.number]))
    assert client.get(address).status_code == 403
    looks = Read.objects.count()
    worker(client, "registrar")
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer["Content-Disposition"]
    assert Read.objects.count() == looks + 1
    other = make.matter(number="OTHER")
    assert client.get(reverse("records-document", args=[other.number, kept.document_id])).status_code == 404
    assert client.get(reverse("records-document", args=[matter.number, "x"])).status_code == 404


def test_documents_of_the_protected_open_to_the_named_clerk_only(client):
    person = Person.objects.create(key=5, non_disclosure=True, created_at=AT)
    case = Case.objects.create(
        service="test-records", kind="benefit", number="P-1", subject=person, state="new", state_at=AT, opened_at=AT,
        opened_by="person:5",
    )  # fmt: skip
    matter = make.matter("benefit", number="P-1", case=case.pk)
    kept = make.letter(matter)
    address = reverse("records-document", args=["P-1", kept.document_id])
    worker(client, "registrar", "records-official")
    assert client.get(address).status_code == 403
    request = request_of(client, source="phone")
    act = reverse("records-request-act", args=[request.number])
    sent(client, act, do="concern", matter="P-1")
    assert client.get(reverse("records-give", args=[request.number, "P-1"])).status_code == 403
    worker(client, "protected-clerk")
    assert client.get(address).status_code == 200
    assert page(client, reverse("records-give", args=[request.number, "P-1"]))


@pytest.mark.parametrize("name", ["records", "records-requests", "records-transfers"])
def test_the_registrys_pages_are_closed_to_others(client, name):
    assert client.get(reverse(name)).status_code == 302
    signed_in(client, Actor(kind="resident", reference="r", person=17, name="Aino", strong=True))
    assert client.get(reverse(name)).status_code == 403
    worker(client, "adviser")
    assert client.get(reverse(name)).status_code == 403


# --- what anybody sees


def test_anybody_sees_numbers_subjects_and_dates_and_only_organisations_that_are_public(client):
    make.matter("grant", number="G-1", organisation=organisation("0201256-6", "Avoin Oy"))
    make.matter(
        "grant", number="G-2", organisation=organisation("2532004-0", "Toiminimi Matti Meikäläinen", "sole_trader")
    )
    make.matter("benefit", number="G-3", organisation=organisation("0116297-6", "Salainen Oy"))
    html = page(client, reverse("public-register"))
    for shown in ("G-1", "G-2", "G-3", "Avoin Oy", "osittain salassa pidettävä"):
        assert shown in html
    for hidden in ("Meikäläinen", "Salainen", "2532004-0", "0116297-6", "/records/"):
        assert hidden not in html

    def found(words: str) -> set[str]:
        told = client.get(reverse("public-register"), {"words": words}).content.decode()
        return {number for number in ("G-1", "G-2", "G-3") if f">{number}<" in told}

    assert found("Avoin") == {"G-1"}
    assert found("Meikäläinen") == found("Salainen") == found("0116297-6") == set()


def test_a_public_search_that_cannot_be_read_is_told(client):
    assert client.get(reverse("public-register"), {"opened_from": "32.13.2026"}).status_code == 422
    assert client.get(reverse("public-register"), {"words": "\x00 %_'\"", "page": "x"}).status_code in (200, 422)


# --- a request from the form to the answer


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"wanted": ""}, "Kerro, mitä tietoja tai asiakirjoja pyydät."),
        ({"email": ""}, "sähköposti- tai postiosoite"),
        ({"email": "aino"}, "nimi@esimerkki.fi"),
        ({"secret_too": "on"}, "Kirjaudu ensin"),
    ],
)
def test_a_form_that_lacks_something_comes_back_with_what_to_do_and_what_was_written(client, changes, told):
    data = {"wanted": "Päätös 12", "email": "a@example.fi", "requester": "Aino Asukas", **changes}
    html = sent(client, reverse("information"), 422, **data)
    assert told in html
    assert 'value="Aino Asukas"' in html
    assert not InformationRequest.objects.exists()


def test_whoever_asked_follows_the_request_by_its_link_and_fetches_what_was_given(client):
    matter = make.matter()
    kept = make.letter(matter)
    request = request_of(client)
    followed = reverse("information-followed", args=[asking.token(request)])
    assert filters.day(request.due) in page(client, followed)
    document = reverse("information-document", args=[asking.token(request), kept.document_id])
    assert client.get(document).status_code == 404
    registrar = worker(Client(), "registrar")
    act = reverse("records-request-act", args=[request.number])
    sent(registrar, act, do="take")
    assert matter.number in page(registrar, reverse("records-request", args=[request.number]) + "?words=TEST")
    sent(registrar, act, do="concern", matter=matter.number)
    sent(registrar, reverse("records-give", args=[request.number, matter.number]), given="whole")
    sent(registrar, act, do="answer", words="Ole hyvä.")
    for language in LANGUAGES:
        page(client, followed, language)
    html = page(client, followed)
    assert "Saat pyytämäsi tiedot" in html
    assert "Ole hyvä." in html
    assert client.get(document).content.startswith(b"%PDF-")
    assert client.get(followed)["Referrer-Policy"] == "no-referrer"
    assert client.get(reverse("information-followed", args=["x" * 45])).status_code == 404
    other = make.letter(make.matter(number="OTHER"))
    hidden = reverse("information-document", args=[asking.token(request), other.document_id])
    assert client.get(hidden).status_code == 404


def test_a_copy_is_made_read_through_and_answered_by_the_official(client):
    matter = make.matter("benefit")
    make.letter(matter)
    request = request_of(client)
    registrar = worker(Client(), "registrar")
    act = reverse("records-request-act", args=[request.number])
    give = reverse("records-give", args=[request.number, matter.number])
    sent(registrar, act, do="concern", matter=matter.number)
    before = page(registrar, give)
    assert "131052-308T" in before
    html = sent(registrar, give, 422, given="partly", withhold=["person-name"], passages="ei ole täällä", ground="24 §")
    assert "ei ole täällä" in html
    data = {
        "given": "partly",
        "withhold": ["person-name", "identity-code"],
        "passages": "muutti kuntaan\n\n",
        "ground": "24 §",
    }
    sent(registrar, give, **data)
    for language in LANGUAGES:
        page(registrar, give, language)
    copy = registrar.get(reverse("records-copy", args=[request.number, matter.number]))
    assert copy.content.startswith(b"%PDF-")
    html = page(registrar, reverse("records-request", args=[request.number]))
    assert "Tähän tarvitaan rooli" in html
    sent(registrar, act, do="answer")
    request.refresh_from_db()
    assert request.state != "decided"
    official = worker(Client(), "records-official")
    sent(official, act, do="answer", words="Osin salassa.", title="Päällikkö")
    followed = page(client, reverse("information-followed", args=[asking.token(request)]))
    assert "Näin valitat" in followed
    assert "hallinto-oikeu" in followed
    given = RequestedMatter.objects.get().copy_id
    assert client.get(reverse("information-document", args=[asking.token(request), given])).status_code == 200
    assert audit.verify().ok


def test_matters_that_a_request_names_are_proposed_and_who_has_it_is_not_offered_it_again(client):
    matter, other = make.matter("benefit"), make.matter("benefit", number="TEST-2026-2")
    make.letter(matter)
    request = request_of(client, wanted=f"Haluan päätöksen asiassa {matter.number.lower()}, kiitos.")
    registrar = worker(Client(), "registrar")
    address, act = (
        reverse("records-request", args=[request.number]),
        reverse("records-request-act", args=[request.number]),
    )
    html = page(registrar, address)
    assert f'name="matter" value="{matter.number}"' in html
    assert other.number not in html
    assert 'value="take"' in html
    sent(registrar, act, do="take")
    sent(registrar, act, do="concern", matter=matter.number)
    html = page(registrar, address)
    assert 'value="take"' not in html
    assert 'value="concern"' not in html
    assert 'value="take"' in page(worker(Client(), "records-official"), address), "another may take it over"


def test_an_answer_with_secrets_opens_only_to_whoever_asked_signed_in(client):
    matter = make.matter("benefit")
    kept = make.letter(matter)
    asker = signed_in(client, Actor(kind="resident", reference="r", person=17, name="Aino", strong=True))
    request = request_of(asker, secret_too="on", reason="Olen asianosainen")
    official = worker(Client(), "records-official")
    act = reverse("records-request-act", args=[request.number])
    sent(official, act, do="concern", matter=matter.number)
    sent(official, reverse("records-give", args=[request.number, matter.number]), given="whole", ground="11 §")
    sent(official, act, do="answer")
    token = asking.token(request)
    document = reverse("information-document", args=[token, kept.document_id])
    assert client.get(document).status_code == 200
    stranger = Client()
    assert "Kirjaudu lukeaksesi vastauksen" in page(stranger, reverse("information-followed", args=[token]))
    assert stranger.get(document).status_code == 404
    signed_in(stranger, Actor(kind="resident", reference="s", person=18, name="Eetu", strong=True))
    assert stranger.get(document).status_code == 404


def test_what_came_by_phone_is_entered_and_given_more_time(client):
    registrar = worker(client, "registrar")
    request = request_of(registrar, source="letter", email="", address="Katu 1")
    assert (request.source, request.address) == ("letter", "Katu 1")
    act = reverse("records-request-act", args=[request.number])
    assert "Kerro, miksi" in sent(registrar, act, 422, do="longer", because="")
    sent(registrar, act, do="longer", because="Paljon asiakirjoja")
    request.refresh_from_db()
    assert request.longer_because == "Paljon asiakirjoja"
    sent(registrar, act, do="withdraw")
    assert page(registrar, reverse("records-request", args=[request.number]))
    assert registrar.post(act, {"do": "nonsense"}).status_code == 404
    assert registrar.get(act).status_code == 405


# --- the archive


def test_a_package_is_made_fetched_and_confirmed(client):
    matter = make.matter("plan", closed=CLOSED)
    make.letter(matter)
    worker(client, "registrar")
    sent(client, reverse("records-transfer-make"), service="test-records")
    transfer = Transfer.objects.get()
    fetched = client.get(reverse("records-transfer-fetch", args=[transfer.number]))
    assert fetched.content.startswith(b"PK")
    assert f"{transfer.number}.zip" in fetched["Content-Disposition"]
    confirm = reverse("records-transfer-confirm", args=[transfer.number])
    sent(client, confirm, receipt="")
    assert Matter.objects.get(pk=matter.pk).transferred_at is None
    sent(client, confirm, receipt="KA-1")
    assert Matter.objects.get(pk=matter.pk).transferred_at is not None
    for language in LANGUAGES:
        page(client, reverse("records-transfers"), language)
        page(client, reverse("records-matter", args=[matter.number]), language)


def test_the_registrys_work_stands_on_the_first_page(client):
    request_of(client)
    html = page(worker(client, "registrar"), reverse("home"))
    assert reverse("records-requests") in html
    assert reverse("records-transfers") in html
    assert reverse("records-requests") not in page(worker(Client(), "adviser"), reverse("home"))


def test_no_look_changes_anything_but_the_log(client):
    matter = make.matter(closed=CLOSED)
    make.letter(matter)
    worker(client, "registrar")
    before = (Matter.objects.values().get(), len(documents.of(f"matter:{matter.pk}")))
    for name, *where in (("records",), ("records-matter", matter.number), ("public-register",), ("information",)):
        client.get(reverse(name, args=where))
    assert (Matter.objects.values().get(), len(documents.of(f"matter:{matter.pk}"))) == before
