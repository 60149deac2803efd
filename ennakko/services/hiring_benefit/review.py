# SPDX-License-Identifier: EUPL-1.2
"""What the machine finds of each of the ten things that are looked at, and how marks are read together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ennakko.kernel import documents, organisations
from ennakko.kernel.documents.models import Document
from ennakko.kernel.ready import Given, Ready
from ennakko.rules.decision import Reason
from ennakko.services.hiring_benefit import review_words as words
from ennakko.services.hiring_benefit import taxes
from ennakko.services.hiring_benefit.judging import Judged
from ennakko.services.hiring_benefit.law.application_2026 import attachments_needed
from ennakko.services.hiring_benefit.law.handling_2026 import CONDITIONS_OF
from ennakko.services.hiring_benefit.models import Application, ReviewKind, ReviewMark
from ennakko.services.hiring_benefit.sheets import in_all
from ennakko.services.hiring_benefit.states import EmployeeConsent
from ennakko.services.hiring_benefit.weighing import conditions_by_step
from ennakko.values.texts import Text

Line = tuple[bool | None, Text]
BY_STAFF: Final = frozenset({"paper", "counter"})
CONSENTED: Final[Mapping[str, bool | None]] = {
    EmployeeConsent.GIVEN: True, EmployeeConsent.ON_PAPER: True, EmployeeConsent.REFUSED: False,
    EmployeeConsent.WITHDRAWN: False,
}  # fmt: skip
"""What the employee said → whether that is in order; whatever else: not known."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the machine found of one thing: in order, not, or a person's to say; with its reasons, as JSON."""

    kind: ReviewKind
    holds: bool | None
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the ten as it stands: what counts now, by whom, and what the machine found beside it."""

    kind: str
    title: Text
    holds: bool | None
    machine: bool
    machine_holds: bool | None
    lines: tuple[tuple[bool | None, Mapping[str, str]], ...]
    words: str
    by_name: str
    at: datetime | None

    @property
    def against(self) -> bool:
        """Whether a person put the machine's finding aside."""
        return not self.machine and self.holds is True and self.machine_holds is False


def findings(application: Application, judged: Judged) -> Iterator[Finding]:
    """All ten, in order."""
    steps = conditions_by_step(judged.decision)
    given = _papers(application)
    own: Mapping[str, Iterator[Line]] = {
        ReviewKind.PAPER: _paper(application, given),
        ReviewKind.COMPANY: _company(application),
        ReviewKind.CONTACT: _contact(application),
        ReviewKind.DE_MINIMIS: _aid(application),
        ReviewKind.NEGOTIATIONS: _negotiations(application),
        ReviewKind.EMPLOYEE: _employee(application),
        ReviewKind.PAY_SUBSIDY: _subsidy(application),
        ReviewKind.BENEFIT: iter(()),
        ReviewKind.EMPLOYMENT: _employment(application, given),
        ReviewKind.APPROVAL: _approval(application, given),
    }
    for kind in ReviewKind:
        lines = [*own[kind], *_conditions(kind, steps)]
        yield Finding(kind, _together(lines), [{"holds": holds, "text": in_all(said)} for holds, said in lines])


def _together(lines: list[Line]) -> bool | None:
    """Not in order if anything is not; else open if anything is."""
    found = {holds for holds, _ in lines}
    return False if False in found else None if None in found or not found else True


def _conditions(kind: str, steps: Mapping[str, Reason]) -> Iterator[Line]:
    for step in CONDITIONS_OF.get(kind, ()):
        if step in steps:
            yield steps[step].holds, steps[step].text


def _papers(application: Application) -> list[Document]:
    return list(documents.of(f"case:{application.case_id}"))


def _paper(row: Application, given: list[Document]) -> Iterator[Line]:
    if row.origin not in BY_STAFF:
        yield True, words.CAME_ONLINE
        return
    scanned = any(one.kind == "full_application" for one in given)
    yield scanned, words.PAPER_SCANNED if scanned else words.PAPER_MISSING


def _company(row: Application) -> Iterator[Line]:
    known = organisations.known(row.organisation)
    if known is None or known.stale or known.source == "mandate":
        yield None, words.COMPANY_NOT_KNOWN
        return
    if known.ended is not None:
        yield False, words.COMPANY_ENDED
    same = known.name == row.employer_name and known.kind == row.employer_kind
    yield True if same else None, words.COMPANY_AS_REGISTERED if same else words.COMPANY_DIFFERS
    yield bool(row.iban), words.ACCOUNT_TOLD if row.iban else words.ACCOUNT_MISSING
    yield from taxes.lines(row)


def _contact(row: Application) -> Iterator[Line]:
    told = all((row.contact_first_name, row.contact_last_name, row.contact_phone, row.contact_email))
    yield told, words.CONTACT_TOLD if told else words.CONTACT_MISSING


def _aid(row: Application) -> Iterator[Line]:
    association = row.employer_kind in ("association", "foundation")
    if row.de_minimis_aid is None and not association:
        yield False, words.AID_NOT_TOLD


def _negotiations(row: Application) -> Iterator[Line]:
    if row.negotiations is None:
        yield None, words.NEGOTIATIONS_NOT_TOLD
    else:
        yield None if row.negotiations else True, words.NEGOTIATIONS if row.negotiations else words.NO_NEGOTIATIONS


def _employee(row: Application) -> Iterator[Line]:
    consent = row.employee.consent
    yield CONSENTED.get(consent), words.CONSENT[consent]
    yield (
        True if row.employee.person_id is not None else None,
        (words.EMPLOYEE_KNOWN if row.employee.person_id is not None else words.EMPLOYEE_NOT_KNOWN),
    )


def _subsidy(row: Application) -> Iterator[Line]:
    if row.pay_subsidy != "not_granted":
        yield None, words.SUBSIDY_TOLD
    else:
        yield True, words.NO_SUBSIDY


def _employment(row: Application, given: list[Document]) -> Iterator[Line]:
    """The papers that the law asks for; the machine does not read a contract, a person does."""
    told = {
        "apprenticeship_program": row.apprenticeship, "pay_subsidy_percent": row.pay_subsidy_percent,
        "benefit_type": row.benefit_type, "entered_by_handler": row.origin in BY_STAFF,
    }  # fmt: skip
    there = {one.kind for one in given if one.state == Document.State.CLEAN}
    for kind in attachments_needed(told):
        if kind in ("employee_consent", "full_application"):
            continue
        yield None if kind in there else False, (words.READ if kind in there else words.MISSING)[kind]
    yield bool(row.pay_cents), words.PAY_TOLD if row.pay_cents else words.PAY_MISSING


def _approval(row: Application, given: list[Document]) -> Iterator[Line]:
    if getattr(row, "terms", None) is not None:
        yield True, words.TERMS_APPROVED
    elif row.origin in BY_STAFF:
        signed = any(one.kind == "full_application" for one in given)
        yield None if signed else False, words.TERMS_ON_PAPER if signed else words.TERMS_MISSING
    else:
        yield False, words.TERMS_MISSING


# --- as they stand


_standing: Ready[ReviewMark] = Ready(
    lambda: ReviewMark.objects.filter(application=Given("application"), replaced_at=None).order_by("pk")
)


def marks_of(application: Application) -> tuple[Mark, ...]:
    """The ten as they stand, in order; one query."""
    by_kind: dict[tuple[str, bool], ReviewMark] = {
        (one.kind, one.machine): one for one in _standing.all(application=application.pk)
    }
    return tuple(_mark(kind, by_kind) for kind in ReviewKind)


def _mark(kind: ReviewKind, rows: Mapping[tuple[str, bool], ReviewMark]) -> Mark:
    machine, person = rows.get((kind, True)), rows.get((kind, False))
    counts = person or machine
    lines = tuple((one["holds"], one["text"]) for one in (machine.said.get("lines", ()) if machine else ()))
    return Mark(
        kind=str(kind), title=words.TITLES[kind], holds=counts.holds if counts else None,
        machine=person is None, machine_holds=machine.holds if machine else None, lines=lines,
        words=person.words if person else "", by_name=person.by_name if person else "",
        at=counts.at if counts else None,
    )  # fmt: skip


def open_marks(application: Application) -> tuple[Mark, ...]:
    """Those of the ten that are not in order yet."""
    return tuple(one for one in marks_of(application) if one.holds is not True)
