# SPDX-License-Identifier: EUPL-1.2
"""Files in a form: what is there is shown with its state, more can be added, one removed, and nothing is lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from ennakko.kernel import documents
from ennakko.kernel.access import Actor
from ennakko.kernel.documents import ports
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.tests import make
from ennakko.kernel.ui.checker import flaws
from ennakko.kernel.ui.uploads import documents_response, file_response, take_uploads
from ennakko.values.texts import text

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
EMPLOYER = Actor(kind="resident", reference="x", person=17, name="Maija Työnantaja", strong=True)
LABEL = text(fi="Palkkalaskelma", sv="Lönespecifikation", en="Payslip")


class Says:
    """A scanner that says the same of everything."""

    def __init__(self, clean: bool | None) -> None:
        self.clean = clean

    def scan(self, content: bytes) -> bool:
        if self.clean is None:
            raise ports.Unavailable("out of order")
        return self.clean


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    ports.use(Says(True))
    yield
    ports.use(None)


def written(**values: Any) -> str:
    with override("fi"):
        source = "{% load uploads %}{% upload 'payslip' label help='Yksi riittää.' read_url='/d/' " + " ".join(
            f"{name}={name}" for name in values
        )
        return Template(source + " %}").render(Context({"label": LABEL, **values}))


def page(body: str) -> str:
    return (
        '<html lang="fi"><head><title>x</title></head><body><header></header><main><h1>x</h1>'
        f'<form method="post" enctype="multipart/form-data">{body}</form></main><footer></footer></body></html>'
    )


def row(name: str = "palkka.pdf", state: str = "clean", size: int = 340_000) -> Document:
    return Document(name=name, state=state, size=size, content_type="application/pdf")


def test_an_empty_field_tells_what_can_be_sent_and_is_sound():
    html = written(required=True)
    assert 'type="file"' in html
    assert " multiple required " in html
    assert "application/pdf,image/png,image/jpeg,.pdf,.png,.jpg" in html
    assert flaws(page(html)) == []


def test_what_is_there_is_shown_with_size_and_state_and_a_button_that_removes_it():
    one, other = row(), row("kuva.png", "waiting", 2_400_000)
    html = written(documents=[one, other])
    assert f'<a href="/d/{one.pk}">palkka.pdf</a>' in html
    assert f"/d/{other.pk}" not in html
    assert "340\u00a0kt" in html
    assert "2,4\u00a0Mt" in html
    assert html.count('name="remove-document"') == 2
    assert flaws(page(html)) == []


def test_enter_in_a_field_presses_no_remove_button():
    html = written(documents=[row()])
    assert html.index('<button type="submit" class="visually-hidden"') < html.index('name="remove-document"')


def test_a_full_or_closed_field_takes_no_more():
    full = written(documents=[row() for _ in range(5)])
    assert 'type="file"' not in full
    assert "remove-document" in full
    closed = written(documents=[row()], closed=True)
    assert "remove-document" not in closed
    assert 'type="file"' not in closed


@pytest.mark.django_db(transaction=True)
def test_each_file_is_taken_or_refused_on_its_own_with_its_reason_by_the_field():
    files = [
        SimpleUploadedFile("palkka.pdf", make.pdf()),
        SimpleUploadedFile("<b>.pdf", b"words"),
        SimpleUploadedFile("kuva.png", make.picture("PNG")),
    ]
    request = RequestFactory().post("/", {"payslip": files})
    taken = take_uploads(request, "payslip", about="draft:1", kind="payslip", actor=EMPLOYER, at=AT)
    assert [one.name for one in taken.stored] == ["palkka.pdf", "kuva.png"]
    assert [one.name for one in taken.refused] == ["<b>.pdf"]
    html = written(documents=list(taken.stored), refused=taken.refused)
    assert 'aria-invalid="true"' in html
    assert "&lt;b&gt;.pdf" in html
    assert taken.refused[0].reason.fi in html
    assert flaws(page(html)) == []


@pytest.mark.django_db(transaction=True)
def test_a_document_is_handed_out_as_a_file_to_save_and_never_shown():
    stored = documents.store(make.picture("PNG"), about="d:1", kind="x", name='Työ"todistus.pdf', actor=EMPLOYER, at=AT)
    response = documents_response(stored, actor=EMPLOYER, purpose="test", at=AT)
    assert response.content == make.picture("PNG")
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Ty_todistus.pdf.png\"; filename*=UTF-8''Ty%C3%B6todistus.pdf.png"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_name_cannot_break_out_of_its_header():
    header = file_response(b"x", name='a"; x="\\%0d\u202e.pdf', type="application/pdf")["Content-Disposition"]
    assert header.count('"') == 2
    assert "\\" not in header.split("filename*")[0]


@pytest.mark.django_db
def test_a_giant_body_gets_its_answer_in_words_before_it_is_read(settings):
    settings.MOST_UPLOADED = 1000
    answer = Client(enforce_csrf_checks=True).post("/feedback/", {"file": SimpleUploadedFile("a", b"x" * 2000)})
    assert answer.status_code == 413
    assert "Lähetys on liian suuri" in answer.content.decode()


@pytest.mark.django_db
def test_too_much_text_in_a_form_is_told_the_same_way(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert Client().post("/feedback/", {"words": "x" * 2000}).status_code == 413
