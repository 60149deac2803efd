# SPDX-License-Identifier: EUPL-1.2
"""What is taken and what is not: judged by bytes, whatever the name says (worked cases KS-1321, 1324, 1325, 1326)."""

import pytest

from ennakko.kernel.documents import content, reasons
from ennakko.kernel.documents.content import Limits, NotTaken, cleaned_name, judge, name_to_save
from ennakko.kernel.documents.tests import make
from ennakko.values.texts import Text


def refusal(given: bytes, name: str = "scan.pdf", limits: Limits | None = None) -> Text:
    with pytest.raises(NotTaken) as caught:
        judge(given, name=name, limits=limits or Limits())
    return caught.value.reason


def named(reason: Text) -> Text:
    return reason.format(types=content.named_types(Limits()))


@pytest.mark.parametrize(
    ("given", "name", "kind"),
    [
        (make.pdf(), "payslip.pdf", "pdf"),
        (make.pdf(pages=3) + b"\n\n", "payslip.pdf", "pdf"),
        (make.picture("PNG"), "a.png", "png"),
        (make.picture("JPEG"), "a.jpg", "jpeg"),
        (make.picture("JPEG"), "named-wrongly.pdf", "jpeg"),
        (make.picture("JPEG") + b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40, "moving.jpg", "jpeg"),
        (make.picture("JPEG") + make.picture("JPEG"), "two-views.jpg", "jpeg"),
    ],
)
def test_pdf_png_and_jpeg_are_taken_as_what_they_are(given, name, kind):
    assert judge(given, name=name, limits=Limits()) == kind


def test_an_empty_file_is_not_taken():
    assert refusal(b"") == reasons.EMPTY


def test_a_file_of_ten_mebibytes_is_taken_and_one_byte_more_is_not():
    most = Limits().most_bytes
    whole = make.pdf()
    head, tail = whole[: whole.rfind(b"startxref")], whole[whole.rfind(b"startxref") :]
    full = head + b"%" + b"x" * (most - len(whole) - 2) + b"\n" + tail
    assert len(full) == most == 10_485_760
    assert judge(full, name="a.pdf", limits=Limits()) == "pdf"
    assert refusal(full + b"\n") == reasons.TOO_BIG.format(most="10")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "A.JPEG", "a.pdf"])
@pytest.mark.parametrize(
    "given",
    [b"just some words", b"<html><body>hello</body></html>", make.archive(), b"MZ\x90\x00" + b"\x00" * 400],
    ids=["text", "html", "zip", "exe"],
)
def test_what_only_bears_the_name_of_a_known_type_is_told_to_be_disguised(given, name):
    assert refusal(given, name) == named(reasons.DISGUISED)


def test_what_claims_nothing_is_told_what_can_be_sent():
    assert refusal(make.archive(), "letter.docx") == named(reasons.OTHER_TYPE)


@pytest.mark.parametrize("whole", [make.pdf(), make.picture("PNG"), make.picture("JPEG")], ids=["pdf", "png", "jpeg"])
def test_a_file_whose_end_is_missing_was_cut_short(whole):
    assert refusal(whole[: len(whole) * 2 // 3], "a.pdf") in (reasons.CUT_SHORT, reasons.UNREADABLE)


@pytest.mark.parametrize("whole", [make.pdf(), make.picture("PNG"), make.picture("JPEG")], ids=["pdf", "png", "jpeg"])
@pytest.mark.parametrize("more", [make.archive(), b"<script>alert(1)</script>", b"MZ\x90"], ids=["zip", "html", "exe"])
def test_two_files_in_one_are_not_taken(whole, more):
    assert refusal(whole + more) == reasons.TWO_IN_ONE


def test_an_archive_hidden_before_the_end_of_a_pdf_is_found():
    whole = make.pdf()
    end = whole.rfind(b"%%EOF") + 5
    hidden = b"PK\x05\x06" + b"\x00" * 16
    inside = whole[: whole.rfind(b"startxref")] + b"%" + hidden
    comment = whole[whole.rfind(b"startxref") : end]
    assert refusal(inside + len(b"\n" + comment).to_bytes(2, "little") + b"\n" + comment) == reasons.TWO_IN_ONE


def test_a_script_in_the_comment_of_a_picture_is_found():
    whole = make.picture("JPEG")
    words = b"<script>alert(1)</script>"
    segment = b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words
    assert refusal(whole[:2] + segment + whole[2:], "a.jpg") == reasons.TWO_IN_ONE


def test_a_pdf_behind_something_else_is_not_a_pdf():
    assert refusal(b"MZ\x90\x00" + make.pdf()) == named(reasons.DISGUISED)


def test_a_pdf_that_needs_a_password_is_asked_for_without_it():
    assert refusal(make.pdf(password="secret")) == reasons.LOCKED


def test_a_pdf_that_opens_without_a_password_though_it_is_sealed_against_changes_is_taken():
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make.pdf())))
    writer.encrypt(user_password="", owner_password="bank", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    assert judge(out.getvalue(), name="a.pdf", limits=Limits()) == "pdf"


def test_a_damaged_pdf_is_told_to_be_damaged():
    assert refusal(b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF\n") == reasons.UNREADABLE
    assert refusal(b"%PDF-x\n") == reasons.UNREADABLE


def test_a_small_file_that_would_unpack_to_gigabytes_is_not_opened():
    bomb = make.bomb()
    assert len(bomb) < 10_000
    assert refusal(bomb, "a.png") == reasons.TOO_LARGE_PICTURE.format(pixels=100)


@pytest.mark.parametrize(
    "hostile",
    [
        b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 20_000 + b"startxref\n0\n%%EOF",
        b"%PDF-1.7\n1 0 obj" + b"[" * 100_000 + b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\nxref\n0 2147483648\ntrailer<</Size 2147483648/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        make.picture("JPEG")[:2] + b"\xff\xfe\x00\x02" * 200_000 + make.picture("JPEG")[2:],
    ],
    ids=["thousands of objects and no root", "deep brackets", "a giant table", "thousands of segments"],
)
def test_a_file_made_to_keep_the_machine_busy_is_refused_at_once(hostile):
    assert refusal(hostile) == reasons.UNREADABLE


def test_a_picture_whose_head_is_broken_is_damaged():
    whole = bytearray(make.picture("PNG"))
    whole[16:24] = b"\x00" * 8
    assert refusal(bytes(whole), "a.png") == reasons.UNREADABLE


def test_a_service_may_take_pdf_only():
    assert refusal(make.picture("PNG"), "a.png", Limits(types=("pdf",))) == reasons.OTHER_TYPE.format(types="PDF")


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Työsopimus 2026.pdf", "Työsopimus 2026.pdf"),
        ("C:\\Users\\Matti\\palkka.pdf", "palkka.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"\r\nSet-Cookie: x=1;.pdf', "aSet-Cookie x=1;.pdf"),
        ("kuva\u202egpj.exe", "kuvagpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("ä" * 300 + ".pdf", "ä" * 146 + ".pdf"),
    ],
)
def test_names_are_kept_as_given_without_what_could_do_harm(given, cleaned):
    assert cleaned_name(given) == cleaned


def test_a_file_is_handed_out_with_an_ending_that_tells_what_it_is():
    assert name_to_save("photo.pdf", "image/jpeg") == "photo.pdf.jpg"
    assert name_to_save("photo.JPEG", "image/jpeg") == "photo.JPEG"
    assert name_to_save("letter", "application/xml") == "letter"
