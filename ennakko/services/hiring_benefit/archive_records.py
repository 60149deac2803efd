# SPDX-License-Identifier: EUPL-1.2
"""What the archive is told of an application: the matter, its records with their files, the signed decision."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from ennakko.kernel import documents, records, tokens
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.documents.models import Document
from ennakko.kernel.manifest import service
from ennakko.kernel.records.decision_archive import Agent, File, Matter, Record
from ennakko.kernel.records.models import MatterDocument
from ennakko.kernel.records.pdf import make_pdf
from ennakko.services.hiring_benefit import archive_twins, payment_row
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.employees import name_of
from ennakko.services.hiring_benefit.models import Application, ArchivedMatter
from ennakko.values.dates import format_date
from ennakko.values.money import format_money

APPLICATION, ATTACHMENT, DECISION = "hakemus", "hakemuksen liite", "viranhaltijan päätös"
DECISION_ATTACHMENT = "viranhaltijan päätöksen liite"
TASK_CLASS, TASK_TITLE = "02 05 01 00", "Kunnan myöntämät avustukset"
SUBJECTS = ("kunnan tuki", "työnantajat", "työllistäminen")
GROUNDS = ("JulkL (621/1999) 24.1 § 25 k", "JulkL (621/1999) 24.1 § 23 k", "JulkL (621/1999) 24.1 § 20 k")
ONLINE = "sähköinen asiointi"
LANGUAGE = "fi"
"""The archive's own language: its records are kept in Finnish whatever the applicant's (act 20 §)."""

CANCELLED = "Hakemus on peruttu"
OWN_RECORD = "application"
"""The kind of the document that tells the application itself."""


def matter(application: Application) -> Matter:
    """The matter with the application's own record and those of its attachments."""
    case = application.case
    street, postal_code, post_office = payment_row.address_of(application)
    contact = f"{application.contact_first_name} {application.contact_last_name}".strip()
    agents = [
        Agent(
            role="sender_initiator", name=contact, kind="ExternalOwner", organisation=application.employer_name,
            email=application.contact_email, street=street, postal_code=postal_code, post_office=post_office,
        ),
        *_draftsman(application, "draftsman"),
    ]  # fmt: skip
    name = service(SERVICE).names.fi
    return Matter(
        reference=case.number,
        title=f"{name}, työnantajan avustus, {application.employer_name}, hakemus {case.number}",
        internal_title=f"{name}, {application.employer_name}, {case.number}",
        acquired=application.sent_at, task_class=TASK_CLASS, task_title=TASK_TITLE, language=LANGUAGE,
        publicity="partly-secret", subjects=(name, *SUBJECTS), agents=agents,
        records=[
            *(_record(application, one, own=True) for one in own_record(application)),
            *(_record(application, one) for one in given(application)),
        ],
    )  # fmt: skip


def write_down(application: Application, at: datetime) -> Document | None:
    """The application itself as a document of our register, made once; None where the matter is not in it.

    Raises PdfUnavailable. Slow: outside transactions.
    """
    matter_row = records.matter_of(f"case:{application.case_id}")
    if matter_row is None:
        return None
    key = f"{SERVICE}:application:{application.pk}"
    known = MatterDocument.objects.filter(key=key).select_related("document").first()
    if known is not None:
        return known.document
    html, title = _page(application), f"Palkkauslisän hakemus {application.case.number}"
    made = records.archive_document(
        matter_row, OWN_RECORD, make_pdf(html, language=LANGUAGE, title=title), key=key, title=title,
        language=LANGUAGE, actor=SYSTEM(SERVICE), at=at, html=html, step="initiation",
    )  # fmt: skip
    return made.document


def _page(application: Application) -> str:
    """The application as a page, in the archive's language."""
    days = f"{format_date(application.start, 'fi')}–{format_date(application.end, 'fi')}"
    hours = "" if application.weekly_hours is None else f"{application.weekly_hours / 100:g}".replace(".", ",")
    street, postal_code, post_office = payment_row.address_of(application)
    rows = (
        ("Asianumero", application.case.number), ("Saapunut", format_date(application.received_on, "fi")),
        ("Työnantaja", application.employer_name), ("Y-tunnus", application.organisation),
        ("Osoite", f"{street}, {postal_code} {post_office}"), ("Tilinumero", application.iban),
        ("Yhteyshenkilö", f"{application.contact_first_name} {application.contact_last_name}".strip()),
        ("Sähköposti", application.contact_email), ("Puhelin", application.contact_phone),
        ("Työntekijä", name_of(application.employee)), ("Tehtävä", application.job_title),
        ("Työehtosopimus", application.collective_agreement), ("Lisän aika", days), ("Työaika viikossa, tuntia", hours),
        ("Palkka kuukaudessa", _sum(application.pay_cents)), ("Lomaraha", _sum(application.vacation_cents)),
        ("Sivukulut", _sum(application.other_cents)),
        ("Oppisopimus", {True: "kyllä", False: "ei"}.get(application.apprenticeship, "")),  # type: ignore[arg-type]
        ("Muu de minimis -tuki", {True: "kyllä", False: "ei"}.get(application.de_minimis_aid, "")),  # type: ignore[arg-type]
    )  # fmt: skip
    told = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows if value)
    return f"<h1>Palkkauslisän hakemus {escape(application.case.number)}</h1><dl>{told}</dl>"


def _sum(cents: int | None) -> str:
    return "" if cents is None else format_money(cents, "fi")


def given(application: Application) -> list[Document]:
    """The clean files that were sent in for an application, the earliest first."""
    found = documents.of(f"case:{application.case_id}")
    return [one for one in found if one.state == Document.State.CLEAN]


def _kept(application: Application, beginning: str) -> list[Document]:
    """Documents of our register whose keys begin so."""
    rows = MatterDocument.objects.filter(key__startswith=beginning, matter__case=application.case_id)
    return [row.document for row in rows.select_related("document").order_by("pk")]


def new_files(application: Application) -> list[Document]:
    """Files of an application that the archive has not."""
    matter_row = getattr(application, "archived_matter", None)
    series = matter_row.series if isinstance(matter_row, ArchivedMatter) else {}
    return [one for one in given(application) if one.sha256 not in series]


def late(application: Application) -> list[Record]:
    """Records of the files that came after the matter was opened."""
    return [_record(application, one) for one in new_files(application)]


def own_record(application: Application) -> list[Document]:
    """The document that tells the application itself, where it has been made."""
    return _kept(application, f"{SERVICE}:application:{application.pk}")


def letters(application: Application) -> list[Document]:
    """The decision's letters as they stand in our register; empty until the notice has left."""
    made = Decision.objects.filter(case=application.case_id).order_by("-pk").first()
    return [] if made is None else _kept(application, f"decision:{made.pk}:")


def decision(application: Application, made: Decision) -> list[Record]:
    """The signed decision as records: by whom, when, its letters and its text; what of it is secret stands apart."""
    agents = [
        *_draftsman(application, "mainCreator"),
        Agent(role="decisionMaker", name=made.decided_by_name, organisation=made.decided_by_title),
        Agent(role="signer", name=made.decided_by_name, id=made.decided_by.removeprefix("staff:")),
    ]
    secret = archive_twins.of_decision(application, made, archive_twins.SECRET)
    text = archive_twins.of_decision(application, made, archive_twins.TEXT)
    title = f"Viranhaltijan päätös palkkauslisästä, {application.case.number}"
    found = [
        Record(
            title=title, kind=DECISION, acquired=made.decided_at, publicity="partly-secret", grounds=GROUNDS,
            language=LANGUAGE, files=[_file(one) for one in (*letters(application), *text)], agents=agents,
        )
    ]  # fmt: skip
    if secret:
        found.append(
            Record(
                title=f"{title}, liite", kind=DECISION_ATTACHMENT, acquired=made.decided_at, publicity="secret",
                grounds=GROUNDS, language=LANGUAGE, files=[_file(one) for one in secret],
                agents=_draftsman(application, "mainCreator"),
            )
        )  # fmt: skip
    return found


def digests(application: Application, kind: str) -> list[str]:
    """The SHA-256 of the files that a request of a kind tells of."""
    found: Iterable[Document | File] = ()
    if kind == "open_case":
        found = [*own_record(application), *given(application)]
    elif kind == "add_records":
        found = new_files(application)
    elif kind == "send_decision":
        made = Decision.objects.filter(case=application.case_id).order_by("-pk").first()
        found = [] if made is None else [file for one in decision(application, made) for file in one.files]
    return [one.sha256 for one in found]


def _record(application: Application, one: Document, *, own: bool = False) -> Record:
    series = getattr(getattr(application, "archived_matter", None), "series", {})
    return Record(
        title=f"Palkkauslisän hakemus {application.case.number}" if own else f"Liite: {one.kind}",
        kind=APPLICATION if own else ATTACHMENT, acquired=one.added_at, publicity="secret", grounds=GROUNDS,
        language=LANGUAGE, files=[_file(one)], agents=_draftsman(application, "mainCreator"),
        series=series.get(one.sha256, ""), received_by=ONLINE if own else "",
    )  # fmt: skip


def _file(one: Document) -> File:
    return File(
        one.name, one.content_type, one.sha256, f"{tokens.site()}/api/hiring-benefit/archive/documents/{one.pk}"
    )


def _draftsman(application: Application, role: str) -> Sequence[Agent]:
    handler = application.case.handler
    return () if handler is None else (Agent(role=role, name=handler.name, id=handler.subject),)
