# SPDX-License-Identifier: EUPL-1.2
"""Packages to the archive: whole, provable, the same however often they are made, marked only when confirmed."""

import hashlib
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from ennakko.kernel import audit, documents
from ennakko.kernel.access import Refused
from ennakko.kernel.documents import files
from ennakko.kernel.records import reasons
from ennakko.kernel.records.models import Matter, Transfer
from ennakko.kernel.records.sahke import NAMESPACE
from ennakko.kernel.records.tests import make
from ennakko.kernel.records.tests.make import AT, ON, REGISTRAR, SENDER
from ennakko.kernel.records.transfer import NotTransferred, confirm, make_transfer, package, waiting

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    make.scanned()


def closed(number: str = "TEST-2026-7") -> Matter:
    matter = make.matter("plan", number=number, closed=CLOSED)
    make.letter(matter)
    pdf = make.make_pdf("<p>Kartta</p>", language="fi", title="Kartta")
    documents.store(pdf, about=matter.about, kind="map", name="kartta.pdf", actor=make.CITIZEN, at=AT)
    return matter


def begin() -> Transfer | None:
    return make_transfer("test-records", sender=SENDER, actor=REGISTRAR, at=AT, on=ON)


def opened(transfer: Transfer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(package(transfer, sender=SENDER, actor=REGISTRAR, at=AT)))


def test_a_package_holds_every_document_the_metadata_and_the_digests():
    matter = closed()
    assert waiting() == waiting("test-records") == 1
    transfer = begin()
    assert transfer is not None
    assert transfer.number == "SIIRTO-2026-000001"
    archive = opened(transfer)
    names = archive.namelist()
    assert names == sorted(names)
    assert {"metadata.xml", "sha256sums.txt"} < set(names)
    assert sum(name.endswith(".pdf") for name in names) == 2
    for line in archive.read("sha256sums.txt").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert len(archive.read("sha256sums.txt").decode().splitlines()) == len(names) - 1
    assert waiting() == 0
    matter.refresh_from_db()
    assert matter.transferred_at is None


def test_the_metadata_tells_of_the_matter_in_the_manner_of_sahke2():
    matter = closed()
    transfer = begin()
    assert transfer is not None
    archive = opened(transfer)
    root = ElementTree.fromstring(archive.read("metadata.xml"))
    ns = {"s": NAMESPACE}
    assert root.tag == f"{{{NAMESPACE}}}Metadata"
    assert [child.tag.partition("}")[2] for child in root] == ["TransferInformation", "ContactInformation", "CaseFile"]
    case = root.find("s:CaseFile", ns)
    assert case is not None
    assert case.findtext("s:NativeId", namespaces=ns) == matter.number
    assert case.findtext("s:Function", namespaces=ns) == "10 02"
    assert case.findtext("s:Restriction/s:PublicityClass", namespaces=ns) == "Julkinen"
    assert case.findtext("s:RetentionPeriod", namespaces=ns) == "-1"
    assert [one.findtext("s:Title", namespaces=ns) for one in case.findall("s:Action", ns)] == [
        "Vireilletulo", "Päätöksenteko",
    ]  # fmt: skip
    for record in case.iterfind("s:Action/s:Record", ns):
        document = record.find("s:Document", ns)
        assert document is not None
        path = document.findtext("s:File/s:Path", namespaces=ns)
        name = document.findtext("s:File/s:Name", namespaces=ns)
        content = archive.read(f"{path}{name}".removeprefix("./"))
        assert document.findtext("s:HashValue", namespaces=ns) == hashlib.sha256(content).hexdigest()
    assert not [one.tag for one in root.iter() if len(one) == 0 and not (one.text or "").strip()]


def test_secrecy_is_told_with_its_ground_and_its_end():
    Matter.objects.filter(pk=closed().pk).update(
        publicity="secret", secrecy_ground={"fi": "621/1999, 24 §"}, secrecy_years=25
    )
    transfer = begin()
    assert transfer is not None
    words = opened(transfer).read("metadata.xml").decode()
    for expected in ("Salassa pidettävä", "621/1999, 24 §", "<SecurityPeriod>25<", "2051-06-30"):
        assert expected in words


def test_the_same_package_comes_however_often_it_is_made():
    closed("B")
    closed("A")
    transfer = begin()
    assert transfer is not None
    first = package(transfer, sender=SENDER, actor=REGISTRAR, at=AT)
    assert package(transfer, sender=SENDER, actor=REGISTRAR, at=AT) == first
    assert hashlib.sha256(first).hexdigest() == transfer.sha256
    assert len(first) == transfer.size
    assert begin() is None


def test_one_that_was_interrupted_is_finished_with_the_matters_it_had():
    closed("A")
    transfer = begin()
    assert transfer is not None
    Transfer.objects.update(sha256="", size=0)  # as if the process had died before the bytes were made
    closed("B")
    again = begin()
    assert again == transfer
    assert again is not None
    assert [one.number for one in again.matters.all()] == ["A"]
    assert again.sha256 == transfer.sha256
    other = begin()
    assert other is not None
    assert [one.number for one in other.matters.all()] == ["B"]


def test_a_package_whose_documents_changed_is_not_sent():
    matter = closed()
    transfer = begin()
    assert transfer is not None
    documents.remove(documents.of(matter.about)[0], actor=REGISTRAR, at=AT)
    with pytest.raises(NotTransferred) as caught:
        package(transfer, sender=SENDER, actor=REGISTRAR, at=AT)
    assert caught.value.reason == reasons.PACKAGE_CHANGED


def test_a_lost_document_stops_the_package_with_words():
    matter = closed()
    files.destroy(documents.of(matter.about)[0].pk)
    with pytest.raises(NotTransferred):
        begin()
    assert not Matter.objects.filter(transferred_at__isnull=False).exists()


def test_confirmation_marks_the_matters_and_needs_the_archives_receipt():
    matter = closed()
    transfer = begin()
    assert transfer is not None
    with pytest.raises(NotTransferred) as caught:
        confirm(transfer, receipt=" ", actor=REGISTRAR, at=AT)
    assert caught.value.reason == reasons.NEEDS_RECEIPT
    done = confirm(transfer, receipt="KA-123", actor=REGISTRAR, at=AT)
    assert (done.state, done.receipt) == ("confirmed", "KA-123")
    assert confirm(transfer, receipt="other", actor=REGISTRAR, at=AT).receipt == "KA-123"
    matter.refresh_from_db()
    assert matter.transferred_at == AT
    assert audit.verify().ok


def test_what_is_open_or_not_to_be_archived_is_left_alone():
    make.matter("plan", number="OPEN")
    make.matter("grant", number="GRANT", closed=CLOSED)
    assert waiting() == 0
    assert begin() is None


def test_only_the_registrar_transfers():
    closed()
    with pytest.raises(Refused):
        make_transfer("test-records", sender=SENDER, actor=make.OFFICIAL, at=AT, on=ON)
