# SPDX-License-Identifier: EUPL-1.2
"""The papers of an application: which kinds there are, how many and how large, where they are kept."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Final

from ennakko.kernel import documents
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert
from ennakko.kernel.documents import Limits
from ennakko.kernel.documents.models import Document
from ennakko.services.hiring_benefit.law.application_2026 import ATTACHMENTS, OPTIONAL_ATTACHMENTS
from ennakko.services.hiring_benefit.models import Application, ApplicationAttachment
from ennakko.values.texts import Text, text

MOST_OF_ONE: Final = 20
"""Papers of one application at most."""
LIMITS = Limits(most_bytes=10_485_760, most_of_kind=MOST_OF_ONE)
TITLES: Final[dict[str, Text]] = {
    "employment_contract": text(fi="Työsopimus", sv="Arbetsavtal", en="Employment contract"),
    "education_contract": text(fi="Oppisopimus", sv="Läroavtal", en="Apprenticeship contract"),
    "pay_subsidy_decision": text(fi="Palkkatukipäätös", sv="Beslut om lönesubvention", en="Decision on pay subsidy"),
    "commission_contract": text(fi="Toimeksiantosopimus", sv="Uppdragsavtal", en="Commission contract"),
    "employee_consent": text(
        fi="Työntekijän allekirjoittama suostumus", sv="Den anställdas undertecknade samtycke",
        en="Consent signed by the employee",
    ),
    "full_application": text(fi="Paperihakemus", sv="Pappersansökan", en="Paper application"),
    "helsinki_benefit_voucher": text(fi="Lisäkortti", sv="Tilläggskort", en="Benefit card"),
    "business_brief": text(fi="Toiminnan kuvaus", sv="Beskrivning av verksamheten", en="Description of the business"),
    "other_attachment": text(fi="Muu liite", sv="Annan bilaga", en="Other attachment"),
    "payslip": text(fi="Palkkalaskelma", sv="Lönespecifikation", en="Payslip"),
}  # fmt: skip
KINDS: Final = (*ATTACHMENTS, *sorted(OPTIONAL_ATTACHMENTS))
WAGES: Final = text(
    fi="Palkka näkyy työsopimuksesta. Palkkalaskelman voi lisätä, jos se on jo olemassa.",
    sv="Lönen framgår av arbetsavtalet. En lönespecifikation kan läggas till om den redan finns.",
    en="The pay is seen in the employment contract. A payslip can be added if there is one already.",
)
TOO_MANY = text(
    fi="Hakemuksessa voi olla enintään {most} liitettä. Poista jokin ensin.",
    sv="En ansökan kan ha högst {most} bilagor. Ta bort någon först.",
    en="An application holds at most {most} attachments. Remove one first.",
)
UNKNOWN_KIND = text(
    fi="Valitse, mikä liite on kyseessä.", sv="Välj vilken bilaga det är.", en="Choose which attachment it is."
)


def store(content: bytes | IO[bytes], *, about: str, kind: str, name: str, actor: Actor, at: datetime) -> Document:
    """Keep a paper of a draft or a case; raises documents.NotTaken with what to do. Who may, the caller checks."""
    if kind not in KINDS:
        raise documents.NotTaken(UNKNOWN_KIND)
    if len(documents.of(about)) >= MOST_OF_ONE:
        raise documents.NotTaken(TOO_MANY.format(most=MOST_OF_ONE))
    return documents.store(content, about=about, kind=kind, name=name, actor=actor, at=at, limits=LIMITS)


def kinds_at(about: str) -> set[str]:
    """The kinds of papers that are there."""
    return {one.kind for one in documents.of_many([about])[about]}


def settle(application: Application, *, by: str, at: datetime) -> None:
    """Write down which of the documents about a case are its papers, in the caller's transaction; safe to repeat."""
    found = {one.pk: one for one in documents.of(f"case:{application.case_id}")}
    known = dict(ApplicationAttachment.objects.filter(application=application).values_list("document", "removed_at"))
    ApplicationAttachment.objects.bulk_create(
        ApplicationAttachment(application=application, document=key, kind=one.kind, added_by=by, added_at=one.added_at)
        for key, one in found.items()
        if key not in known and one.kind in KINDS
    )
    gone = [key for key, removed in known.items() if removed is None and key not in found]
    ApplicationAttachment.objects.filter(document__in=gone).update(removed_at=at)


def settle_new(application: Application, *, by: str) -> None:
    """The same of an application that is just being stored: nothing of it is written down yet."""
    for one in documents.of_many([f"case:{application.case_id}"])[f"case:{application.case_id}"]:
        if one.kind in KINDS:
            insert(
                ApplicationAttachment(
                    application=application, document=one.pk, kind=one.kind, added_by=by, added_at=one.added_at
                )
            )


def titled(files: Iterable[Document]) -> list[tuple[Text, Document]]:
    """Documents with the name of their kind."""
    return [(TITLES[one.kind], one) for one in files if one.kind in TITLES]


def counted(files: Iterable[Document]) -> Counter[str]:
    """How many of each kind."""
    return Counter(one.kind for one in files)
