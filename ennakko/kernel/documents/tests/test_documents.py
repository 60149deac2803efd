# SPDX-License-Identifier: EUPL-1.2
"""Documents are taken within limits, sealed, scanned, handed out with a log, and destroyed (KS-1321…1328, KS-1394)."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from ennakko.kernel import audit, documents, keys
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.models import Read
from ennakko.kernel.documents import files, jobs, ports, reasons, scanning
from ennakko.kernel.documents.content import Limits
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.tests import make

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
EMPLOYER = Actor(kind="resident", reference="x", person=17, name="Maija Työnantaja", strong=True)
HANDLER = Actor(kind="staff", reference="h", name="Heikki Käsittelijä")
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Scanner:
    """Finds malware where the well-known test string is; out of order while `silent`."""

    silent = False

    def scan(self, content: bytes) -> bool:
        if self.silent:
            raise ports.Unavailable("no answer in 5 s", retry_after=30)
        return EICAR not in content


@pytest.fixture(autouse=True)
def scanner(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    scanner = Scanner()
    ports.use(scanner)
    yield scanner
    ports.use(None)


@pytest.fixture
def told(monkeypatch):
    monkeypatch.setattr(scanning, "_told", {})
    heard: list[tuple[str, str]] = []
    documents.on_infected("claim", lambda document, at: heard.append((document.about, document.name)))
    return heard


def add(content: bytes | None = None, *, about: str = "claim:1", kind: str = "payslip", **more) -> Document:
    given = make.pdf() if content is None else content
    return documents.store(given, about=about, kind=kind, name="palkka.pdf", actor=EMPLOYER, at=AT, **more)


def infected() -> bytes:
    whole = make.pdf()
    place = whole.rfind(b"startxref")
    return whole[:place] + b"%" + EICAR + b"\n" + whole[place:]


def progress(done: int, of: int | None = None, /) -> None:
    """A job's progress, of which nobody wants to know here."""


def test_a_document_comes_back_as_it_was_sent_and_lies_sealed():
    content = make.pdf(pages=2)
    stored = add(io.BytesIO(content))
    assert (stored.state, stored.size, stored.content_type) == ("clean", len(content), "application/pdf")
    assert (stored.added_by, stored.added_by_name) == ("person:17", "Maija Työnantaja")
    assert stored.sha256 == files.digest(content)
    assert b"%PDF-" not in files.path_of(stored.pk).read_bytes()
    assert documents.read(stored, actor=HANDLER, purpose="claims", at=AT) == content


def test_a_big_file_is_sealed_and_opened_in_pieces_and_comes_back_whole():
    content = b"x" * (3 * files.PIECE + 17)
    number = uuid4()
    files.write(number, content)
    assert files.read(number) == content
    assert files.path_of(number).stat().st_size == len(content) + 2 + 12 + 16


def test_what_was_changed_on_the_disk_or_lies_in_anothers_place_does_not_open():
    one, other = add(), add(make.pdf(pages=2))
    path = files.path_of(one.pk)
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), whole[:10], files.path_of(other.pk).read_bytes()):
        path.write_bytes(spoilt)
        with pytest.raises(documents.NotReady) as caught:
            documents.read(one, actor=HANDLER, purpose="claims", at=AT)
        assert caught.value.reason == reasons.BYTES_GONE
    path.unlink()
    with pytest.raises(documents.NotReady):
        documents.read(one, actor=HANDLER, purpose="claims", at=AT)


def test_every_reading_is_logged_with_its_purpose_and_whom_it_concerns():
    stored = add()
    documents.read(stored, actor=HANDLER, purpose="claims", at=AT, persons=[17])
    documents.read(stored, actor=HANDLER, purpose="claims", at=AT)
    (look,) = audit.reads_of(17)
    assert (look.purpose, look.facts, look.actor_kind) == ("claims", ("document",), "staff")
    assert str(stored.pk) in look.reason
    assert Read.objects.count() == 2
    assert audit.verify().ok


def test_five_of_a_kind_are_taken_and_a_sixth_is_not():
    for _ in range(5):
        add()
    with pytest.raises(documents.NotTaken) as caught:
        add()
    assert caught.value.reason == reasons.TOO_MANY.format(most=5)
    add(kind="employment_contract")
    add(about="claim:2")
    documents.remove(documents.of("claim:1", kind="payslip")[0], actor=EMPLOYER, at=AT)
    add()
    assert len(list(files.stored())) == 7


def test_a_file_that_is_too_big_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        read_bytes = 0

        def seek(self, *_):
            return 0

        def read(self, most=-1):
            assert most > 0
            self.read_bytes += most
            return b"x" * most

    endless = Endless()
    with pytest.raises(documents.NotTaken) as caught:
        add(endless, limits=Limits(most_bytes=1000))
    assert endless.read_bytes == 1001
    assert "megatavua" in caught.value.reason.fi


def test_malware_is_not_taken_and_leaves_nothing_but_a_line_in_the_log():
    with pytest.raises(documents.NotTaken) as caught:
        add(infected())
    assert caught.value.reason == reasons.INFECTED
    assert not Document.objects.exists()
    assert not list(files.stored())
    assert audit.entries_about("claim:1")[0].action == "documents.refused-infected"


def test_while_the_scanner_is_silent_files_are_taken_and_handed_to_nobody(scanner):
    scanner.silent = True
    stored = add()
    assert stored.state == "waiting"
    for actor in (EMPLOYER, HANDLER):
        with pytest.raises(documents.NotReady) as caught:
            documents.read(stored, actor=actor, purpose="claims", at=AT)
        assert caught.value.reason == reasons.STILL_WAITING
    assert not Read.objects.exists()
    assert jobs.scan(at=AT, on=AT.date(), progress=progress).figures["left"] == 1
    scanner.silent = False
    assert jobs.scan(at=AT, on=AT.date(), progress=progress).figures == {
        "clean": 1,
        "infected": 0,
        "lost": 0,
        "left": 0,
    }
    assert documents.read(stored, actor=HANDLER, purpose="claims", at=AT)


def test_where_no_scanner_is_wired_nothing_is_handed_out():
    ports.use(None)
    stored = add()
    with pytest.raises(documents.NotReady):
        documents.read(stored, actor=HANDLER, purpose="claims", at=AT)


def test_malware_that_is_found_later_is_removed_and_its_sender_told(scanner, told):
    scanner.silent = True
    stored, fine = add(infected()), add()
    scanner.silent = False
    figures = jobs.scan(at=AT, on=AT.date(), progress=progress).figures
    assert (figures["clean"], figures["infected"]) == (1, 1)
    assert documents.of("claim:1") == [fine]
    assert documents.infected("claim:1") == [stored]
    assert not files.path_of(stored.pk).exists()
    assert told == [("claim:1", "palkka.pdf")]
    with pytest.raises(documents.NotReady) as caught:
        documents.read(stored, actor=HANDLER, purpose="claims", at=AT)
    assert caught.value.reason == reasons.WAS_INFECTED
    jobs.scan(at=AT, on=AT.date(), progress=progress)
    assert len(told) == 1


def test_a_waiting_file_whose_bytes_are_lost_does_not_stop_the_others(scanner):
    scanner.silent = True
    lost, fine = add(), add()
    files.destroy(lost.pk)
    scanner.silent = False
    figures = jobs.scan(at=AT, on=AT.date(), progress=progress).figures
    assert figures == {"clean": 1, "infected": 0, "lost": 1, "left": 1}
    assert documents.read(fine, actor=HANDLER, purpose="claims", at=AT)


def test_a_removed_document_has_no_bytes_and_stays_on_record():
    stored = add()
    documents.remove(stored, actor=EMPLOYER, at=AT)
    documents.remove(stored, actor=EMPLOYER, at=AT)
    assert documents.of("claim:1") == []
    assert documents.document(stored.pk) is None
    assert not files.path_of(stored.pk).exists()
    row = Document.objects.get(pk=stored.pk)
    assert (row.removed_by, row.removed_at, row.sha256) == ("person:17", AT, stored.sha256)
    assert [one.action for one in audit.entries_about("claim:1")] == ["documents.remove", "documents.store"]
    with pytest.raises(documents.NotReady) as caught:
        documents.read(stored, actor=HANDLER, purpose="claims", at=AT)
    assert caught.value.reason == reasons.REMOVED


def test_a_removal_that_is_rolled_back_keeps_the_bytes():
    stored = add()
    with transaction.atomic():
        documents.remove(stored, actor=EMPLOYER, at=AT)
        documents.destroy(about=["claim:1"])
        transaction.set_rollback(True)
    assert documents.read(stored, actor=HANDLER, purpose="claims", at=AT)


def test_documents_are_found_by_id_only_among_what_they_are_asked_about():
    stored = add()
    assert documents.document(str(stored.pk), about="claim:1") == stored
    assert documents.document(stored.pk, about=["claim:2", "claim:1"]) == stored
    assert documents.document(stored.pk, about="claim:2") is None
    assert documents.document("not-an-id", about="claim:1") is None
    assert documents.document(uuid4(), about="claim:1") is None


def test_documents_move_from_a_draft_to_what_became_of_it():
    stored = add(about="draft:7")
    with transaction.atomic():
        assert documents.move("draft:7", "claim:9") == 1
    assert documents.of("draft:7") == []
    assert documents.of("claim:9") == [stored]
    assert documents.read(stored, actor=HANDLER, purpose="claims", at=AT)


def test_documents_of_many_things_come_in_one_query(django_assert_num_queries):
    add()
    add(about="claim:3")
    with django_assert_num_queries(1):
        found = documents.of_many(["claim:1", "claim:2", "claim:3"])
    assert [len(found[about]) for about in ("claim:1", "claim:2", "claim:3")] == [1, 0, 1]


def test_destroying_takes_rows_and_bytes():
    one, other = add(), add(about="claim:2")
    with transaction.atomic():
        assert documents.destroy(about=["claim:1", "claim:5"]) == 1
        assert files.path_of(one.pk).exists()
    assert not files.path_of(one.pk).exists()
    assert files.path_of(other.pk).exists()
    assert list(Document.objects.all()) == [other]
    assert audit.verify().ok


def test_files_are_sealed_again_when_the_key_changes(settings):
    settings.ENNAKKO_DATA_KEY = "1:" + "QUFB" * 8
    stored = add()
    content = documents.read(stored, actor=HANDLER, purpose="claims", at=AT)
    assert files.sealed_with(stored.pk) == 1
    settings.ENNAKKO_DATA_KEY = "2:" + "QkJC" * 8 + ",1:" + "QUFB" * 8
    assert jobs.reseal(at=AT, on=AT.date(), progress=progress).figures == {"resealed": 1, "lost": 0}
    assert files.sealed_with(stored.pk) == keys.current_id() == 2
    settings.ENNAKKO_DATA_KEY = "2:" + "QkJC" * 8
    assert files.read(stored.pk) == content
    assert jobs.reseal(at=AT, on=AT.date(), progress=progress).figures == {"resealed": 0, "lost": 0}
