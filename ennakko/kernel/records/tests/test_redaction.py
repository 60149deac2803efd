# SPDX-License-Identifier: EUPL-1.2
"""What is withheld is not in the copy: not in words, attributes or comments, nor anywhere in the PDF's bytes."""

import io
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from ennakko.kernel.records.pdf import make_pdf
from ennakko.kernel.records.redaction import CLASSES, MARK, PassageNotFound, redact

PAGE = """
<!-- draft for Matti Meikäläinen -->
<h1>Päätös</h1>
<dl><dt>Hakija</dt><dd data-field="person-name">Matti <b>Meikäläinen</b></dd>
<dt>Henkilötunnus</dt><dd data-field="identity-code">131052-308T</dd>
<dt>Tili</dt><dd data-field="account">FI21 1234 5600 0007 85</dd>
<dt>Puhelin</dt><dd data-field="contact">040 123 4567</dd>
<dt>Palkka</dt><dd data-field="income">1 234,50 €</dd>
<dt>Summa</dt><dd>350 €</dd></dl>
<p title="Matti Meikäläinen">Hyvä Matti, Meikäläisen hakemus 131052-308T on hyväksytty. Matille maksetaan tilille
FI2112345600000785. Soita <a href="tel:+358401234567">+358 40 123 4567</a> tai matti.meikalainen@example.fi.</p>
<p>Hakija kertoi, että <i>hänen perheensä</i> on muuttanut.</p>
<p data-field="free-text">Äitini on sairaana.</p>
<img src="data:image/png;base64,AAAA" alt="Matti Meikäläinen"><script>var a = "Matti"</script>
<p>Asianumero KESASETELI-2026-000123, Y-tunnus 0201256-6, 15.4.2026</p>
"""
EVERYTHING = tuple(CLASSES)


def everything(page: str = PAGE, **more) -> str:
    return redact(page, withhold=EVERYTHING, **more).html


@pytest.mark.parametrize(
    "secret",
    ["Matti", "Matille", "Meikäläi", "131052", "308T", "FI21", "0007 85", "40 123", "1234567", "@example", "1 234,50",
     "sairaana", "draft", "href", "tel:", "title=", "alt=", "script", "data:"],
)  # fmt: skip
def test_every_class_is_gone_wherever_it_stood(secret):
    assert secret not in everything()


def test_what_is_public_stays_with_its_structure():
    html = everything()
    for public in ("<h1>Päätös</h1>", "350 €", "KESASETELI-2026-000123", "0201256-6", "15.4.2026", "<dt>Hakija</dt>"):
        assert public in html
    assert html.count(MARK.fi) >= 10


def test_only_the_classes_that_are_named_are_withheld():
    html = redact(PAGE, withhold=["identity-code"]).html
    assert "131052-308T" not in html
    assert "Matti" in html
    assert "040 123 4567" in html


def test_a_passage_marked_by_hand_is_taken_out_though_it_spans_elements_and_lines():
    html = redact(PAGE, withhold=[], passages=["että hänen   perheensä on"]).html
    assert "perheensä" not in html
    assert f"Hakija kertoi, {MARK.fi}" in html
    assert "muuttanut" in html


def test_a_passage_is_found_as_the_official_saw_it_though_it_holds_a_name():
    html = redact(PAGE, withhold=["person-name"], passages=["Hyvä Matti, Meikäläisen hakemus"]).html
    assert "Hyvä" not in html
    assert "hakemus 131052-308T on" not in html
    assert "on hyväksytty" in html


def test_a_passage_that_is_not_there_is_told():
    with pytest.raises(PassageNotFound) as caught:
        redact(PAGE, withhold=[], passages=["perheensä muutti"])
    assert "perheensä muutti" in caught.value.reason.fi


def test_nothing_is_matched_over_the_border_of_two_blocks():
    html = redact("<p>Aino</p><p>Korhonen</p>", withhold=[], passages=["Aino"]).html
    assert "Korhonen" in html
    with pytest.raises(PassageNotFound):
        redact("<p>Aino</p><p>Korhonen</p>", withhold=[], passages=["Aino Korhonen"])


def test_hidden_letters_and_other_ways_of_writing_ä_do_not_save_a_name():
    page = '<p data-field="person-name">Äyräväinen</p><p>A\u0308yra\u0308va\u0308inen ja Äyrä\u00adväisen</p>'
    html = redact(page, withhold=["person-name"]).html
    assert "inen" not in html
    assert "isen" not in html


def test_an_unknown_class_is_an_error_and_not_silence():
    with pytest.raises(KeyError):
        redact(PAGE, withhold=["name"])


def test_the_copy_says_it_in_its_own_language():
    assert "[borttaget]" in redact(PAGE, withhold=["income"], language="sv").html


def test_what_is_escaped_stays_escaped():
    html = redact("<p>a &lt;script&gt; b &amp; c</p>Aino", withhold=[], passages=["Aino"]).html
    assert "&lt;script&gt; b &amp; c" in html
    assert "<script>" not in html


names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=3, max_size=12).map(str.capitalize)


@given(first=names, last=names, before=names, after=names)
def test_whatever_the_name_it_is_gone(first, last, before, after):
    page = f'<p data-field="person-name">{first} {last}</p><p>{before} {first} {last} {after}</p><p>{last} {first}</p>'
    html = redact(page, withhold=["person-name"]).html
    words = set(re.findall(r"\w+", html.replace(MARK.fi, "")))
    assert not words & {first, last}


def all_bytes(pdf: bytes) -> bytes:
    """The file and every compressed stream in it, opened."""
    opened = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(match.group(1)))
        except zlib.error:
            opened.append(match.group(1))
    return b"\n".join(opened)


def test_the_pdf_holds_none_of_it_in_any_form():
    whole = make_pdf(PAGE, language="fi", title="Päätös")
    copy = make_pdf(everything(passages=["hänen perheensä"]), language="fi", title="Kopio")
    secrets = ("Matti", "Meikäläi", "131052", "FI21", "4567", "example", "perheensä", "sairaana")

    def found(pdf: bytes) -> set[str]:
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        raw = all_bytes(pdf)
        spellings = {
            secret: (secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-be").hex().encode(),
                     secret.encode("latin-1"), secret.encode().hex().encode())
            for secret in secrets
        }  # fmt: skip
        return {
            secret
            for secret in secrets
            if secret in words or any(one in raw or one.upper() in raw for one in spellings[secret])
        }

    assert found(whole) == set(secrets)  # the looking itself finds what is there
    assert found(copy) == set()
    assert "[poistettu]" in PdfReader(io.BytesIO(copy)).pages[0].extract_text()
