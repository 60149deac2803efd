# SPDX-License-Identifier: EUPL-1.2
"""A PDF that everybody can read: the flags of PDF/UA-1, the structure of the page, the same bytes each time."""

import io
import subprocess
import sys
from typing import Any

import pytest
from pypdf import PdfReader

from ennakko.kernel.records.pdf import make_pdf

PAGE = """<h1>Päätös</h1><p>Hyvä hakija – saat 350 € setelin “heti”. <a href="https://example.fi/">Lue lisää</a></p>
<h2>Perustelut</h2><ul><li>Asut kunnassa</li></ul>
<table><caption>Summat</caption><thead><tr><th scope="col">Erä</th><th scope="col">Summa</th></tr></thead>
<tbody><tr><td>1</td><td>350 €</td></tr></tbody></table>"""


@pytest.fixture(scope="module")
def made() -> bytes:
    return make_pdf(PAGE, language="fi", title="Päätös kesäsetelistä")


def roles(node: Any) -> list[str]:
    """The roles of the structure tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [role for one in node for role in roles(one)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (roles(node["/K"]) if "/K" in node else [])


def test_the_pdf_says_that_it_is_pdf_ua_1(made):
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True


def test_it_has_its_language_and_shows_its_title(made):
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fi"
    assert reader.metadata is not None
    assert reader.metadata.title == "Päätös kesäsetelistä"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])


def test_headings_lists_and_tables_are_told_to_a_screen_reader_in_order(made):
    found = roles(PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    wanted = ["/H1", "/P", "/Link", "/H2", "/L", "/LI", "/Table", "/TH", "/TD"]
    places = [found.index(role) for role in wanted]
    assert places == sorted(places)


def test_every_typeface_is_in_the_file(made):
    for page in PdfReader(io.BytesIO(made)).pages:
        for font in page["/Resources"]["/Font"].values():
            whole = font.get_object()
            descendant = whole["/DescendantFonts"][0].get_object() if "/DescendantFonts" in whole else whole
            descriptor = descendant["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)
            assert "/ToUnicode" in whole


def test_the_words_can_be_read_and_copied(made):
    words = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Hyvä hakija – saat 350 € setelin “heti”." in words


def test_the_same_page_gives_the_same_bytes_in_another_process_too(made):
    assert make_pdf(PAGE, language="fi", title="Päätös kesäsetelistä") == made
    code = (
        "import sys, hashlib, django; django.setup();"
        "from ennakko.kernel.records.pdf import make_pdf;"
        "from ennakko.kernel.records.tests.test_pdf_ua import PAGE;"
        "print(hashlib.sha256(make_pdf(PAGE, language='fi', title='Päätös kesäsetelistä')).hexdigest())"
    )
    from hashlib import sha256

    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip().endswith(sha256(made).hexdigest())


def test_nothing_outside_the_page_is_fetched():
    page = '<h1>x</h1><img src="http://127.0.0.1:9/x.png" alt=""><img src="file:///etc/passwd" alt="">'
    whole = make_pdf(f'<link rel="stylesheet" href="http://127.0.0.1:9/x.css">{page}', language="fi", title="x")
    assert whole.startswith(b"%PDF-")


def test_a_whole_page_of_html_is_taken_too_with_its_own_title_left_out():
    whole = make_pdf(
        "<html><head><title>Sivu</title></head><body><h1>x</h1></body></html>", language="sv", title="Brev"
    )
    reader = PdfReader(io.BytesIO(whole))
    assert reader.metadata is not None
    assert reader.metadata.title == "Brev"
    assert reader.trailer["/Root"]["/Lang"] == "sv"


@pytest.mark.parametrize(("language", "title"), [("", "Brev"), ("fi", " ")])
def test_a_pdf_without_language_or_title_is_not_made(language, title):
    with pytest.raises(ValueError, match="title and a language"):
        make_pdf("<p>x</p>", language=language, title=title)
