# SPDX-License-Identifier: EUPL-1.2
"""The metadata of an archive transfer as XML in the manner of SÄHKE2: case file, actions, records, documents.

Element names and order follow the National Archives' transfer schema (2019). The receiving archive validates it; what
is not known here (a format's PRONOM number, a checker's name) is left out rather than made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from ennakko.kernel.documents.models import Document
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.values.dates import add_years

NAMESPACE = "http://www.arkisto.fi/skeemat/Sahke2/2019/08/29"
PUBLICITY = {
    "public": "Julkinen", "partly-secret": "Osittain salassapidettävä", "secret": "Salassa pidettävä",
}  # fmt: skip
STEPS = {
    "initiation": "Vireilletulo", "handling": "Valmistelu", "decision": "Päätöksenteko", "notice": "Tiedoksianto",
}  # fmt: skip
FORMATS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "text/html": "HTML"}
FOR_GOOD = "-1"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands over: the municipality and how its registry is reached."""

    name: str
    contact: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of a matter in the package: its row, its file name there, and what it is to the matter."""

    document: Document
    file: str
    title: str
    kind: str
    step: str
    language: str
    publicity: str
    author: str
    made_on: date


def kept_from(row: MatterDocument, file: str) -> Kept:
    """A document that the city made."""
    return Kept(
        row.document, file, row.title, row.kind, row.step, row.language, row.publicity, row.author, row.made_at.date()
    )


def metadata(number: str, made_on: date, sender: Sender, matters: Mapping[Matter, Sequence[Kept]]) -> bytes:
    """The whole metadata file; the same rows give the same bytes."""
    root = ElementTree.Element("Metadata", {"xmlns": NAMESPACE})
    info = _under(root, "TransferInformation")
    _text(info, "NativeId", number)
    _text(info, "Title", f"{sender.name}: {number}")
    _text(info, "Language", "fi")
    _text(info, "Created", made_on.isoformat())
    contact = _under(root, "ContactInformation")
    _text(contact, "Organisation", sender.name)
    _text(contact, "ContactPerson", sender.contact)
    _text(contact, "Email", sender.email)
    _text(contact, "PhoneNumber", sender.phone)
    for matter, documents in matters.items():
        _case_file(root, matter, documents)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _case_file(root: ElementTree.Element, matter: Matter, documents: Sequence[Kept]) -> None:
    file = _under(root, "CaseFile")
    _text(file, "Created", matter.opened_on.isoformat())
    _text(file, "NativeId", matter.number)
    _text(file, "Language", documents[0].language if documents else "fi")
    _restriction(file, matter, matter.publicity)
    _text(file, "Title", matter.title["fi"])
    _text(file, "RetentionPeriod", FOR_GOOD)
    _text(file, "RetentionReason", "Arkistolaki 831/1994 8 §")
    _text(file, "Status", "valmis")
    scheme = _under(_under(file, "ClassificationScheme"), "MainFunction")
    _text(scheme, "FunctionCode", matter.task_class)
    _text(file, "Function", matter.task_class)
    for step, title in STEPS.items():
        own = [one for one in documents if one.step == step]
        if own or step == "initiation":
            action = _under(file, "Action")
            _text(action, "Created", (own[0].made_on if own else matter.opened_on).isoformat())
            _text(action, "Title", title)
            _text(action, "Type", title)
            for one in own:
                _record(action, matter, one)


def _record(action: ElementTree.Element, matter: Matter, kept: Kept) -> None:
    record = _under(action, "Record")
    _text(record, "Created", kept.made_on.isoformat())
    _text(record, "NativeId", str(kept.document.pk))
    _text(record, "Language", kept.language)
    _restriction(record, matter, kept.publicity)
    _text(record, "Title", kept.title)
    _text(record, "RetentionPeriod", FOR_GOOD)
    _text(record, "RetentionReason", "Arkistolaki 831/1994 8 §")
    _text(record, "Status", "valmis")
    _text(record, "Function", matter.task_class)
    _text(record, "Type", kept.kind)
    if kept.author:
        agent = _under(record, "Agent")
        _text(agent, "Role", "mainCreator")
        _text(agent, "Name", kept.author)
    document = _under(record, "Document")
    _text(document, "NativeId", str(kept.document.pk))
    _text(document, "UseType", "Arkisto")
    folder, _, name = kept.file.rpartition("/")
    file = _under(document, "File")
    _text(file, "Name", name)
    _text(file, "Path", f"./{folder}/")
    _text(_under(document, "Format"), "Name", FORMATS.get(kept.document.content_type, kept.document.content_type))
    _text(document, "HashAlgorithm", "sha256")
    _text(document, "HashValue", kept.document.sha256)


def _restriction(parent: ElementTree.Element, matter: Matter, publicity: str) -> None:
    restriction = _under(parent, "Restriction")
    _text(restriction, "PublicityClass", PUBLICITY[publicity])
    if publicity != "public":
        begins = matter.closed_on or matter.opened_on
        _text(restriction, "SecurityPeriod", str(matter.secrecy_years))
        _text(restriction, "SecurityPeriodEnd", add_years(begins, matter.secrecy_years).isoformat())
        _text(restriction, "SecurityReason", (matter.secrecy_ground or {}).get("fi", ""))
    _text(restriction, "PersonalData", "sisältää henkilötietoja")


def _under(parent: ElementTree.Element, tag: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag)


def _text(parent: ElementTree.Element, tag: str, words: str) -> None:
    if words:  # an empty element must not be in the file
        _under(parent, tag).text = words
