# SPDX-License-Identifier: EUPL-1.2
"""The decision as data beside its letter: its text, and apart from it a table of what is secret (act 20 §).

The archive reads XHTML's plainest elements: a text of two sections, an attachment of one table. Both are made once,
when the decision goes, and kept with the matter in our register; what was sent is what stands.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from ennakko.kernel import documents, records
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.documents.actions import add_made
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records.archiving import about_matter
from ennakko.services.hiring_benefit import payment_row
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.employees import name_of
from ennakko.services.hiring_benefit.models import Application, DecisionText
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, text

TEXT, SECRET = "decision-text", "decision-secret"
KINDS: Final = (TEXT, SECRET)
MEDIA: Final = "application/xml"
NAMES: Final = {TEXT: "paatosteksti", SECRET: "paatoksen_liite"}
GRANTED: Final = "accepted"
GRANTED_WORD = text(fi="Lisä myönnetään.", sv="Tillägget beviljas.", en="The benefit is granted.")
REFUSED_WORD = text(fi="Lisää ei myönnetä.", sv="Tillägget beviljas inte.", en="The benefit is not granted.")
DECISION_HEADING = text(fi="Päätös", sv="Beslut", en="Decision")
REASONS_HEADING = text(fi="Päätöksen perustelut", sv="Motivering till beslutet", en="Reasons for the decision")


def write_down(application: Application, decision: Decision, at: datetime) -> list[Document]:
    """Both documents of a decision, made where they are not there yet; none where the matter is not in our register."""
    matter = records.matter_of(f"case:{application.case_id}")
    if matter is None:
        return []
    about, found = about_matter(matter), []
    for kind in KINDS:
        known = _kept(about, kind, decision)
        if known is None:
            content = text_of(application, decision) if kind == TEXT else secret_of(application, decision)
            known = add_made(
                content, about=about, kind=kind, name=_name(kind, decision), content_type=MEDIA,
                actor=SYSTEM(SERVICE), at=at,
            )  # fmt: skip
        found.append(known)
    return found


def of_decision(application: Application, decision: Decision, kind: str) -> list[Document]:
    """The document of a kind of a decision, where it has been made."""
    matter = records.matter_of(f"case:{application.case_id}")
    known = _kept(about_matter(matter), kind, decision) if matter is not None else None
    return [] if known is None else [known]


def text_of(application: Application, decision: Decision) -> bytes:
    """What was decided and why, in the decision's own language."""
    given = str(decision.content.get("language") or "fi")
    language = given if given in LANGUAGES else "fi"
    body = Element("body")
    decided, why = _words(application, decision)
    outcome = (GRANTED_WORD if decision.outcome == GRANTED else REFUSED_WORD).in_(language)
    _section(body, "paatos", language, DECISION_HEADING.in_(language), [outcome, *_paragraphs(decided)])
    conditions = [
        str(told.get(language) or told.get("fi", "")) for one in decision.reasons if (told := one.get("text"))
    ]
    told = [*_paragraphs(why), *(one for one in conditions if one)]
    _section(body, "paatoksenperustelut", language, REASONS_HEADING.in_(language), told or ["–"])
    return _written(body)


def _words(application: Application, decision: Decision) -> tuple[str, str]:
    """The decision's words and its justification's; where they are not known apart, all stand with the decision."""
    whole = str(decision.content.get("justification") or decision.justification)
    kept = DecisionText.objects.filter(application=application).first()
    if kept is not None and f"{kept.decision}\n\n{kept.justification}".strip() == whole:
        return kept.decision, kept.justification
    return whole, ""


def secret_of(application: Application, decision: Decision) -> bytes:
    """What only the parties may see: for whom, for which days, how much, in a table."""
    body = Element("body")
    main = SubElement(body, "main", {"id": "paatoksenliite", "lang": "fi"})
    SubElement(main, "h1").text = _clean(f"Päätöksen liite {application.case.number}")
    table = SubElement(SubElement(main, "table"), "tbody")
    for label, value in _rows(application, decision):
        row = SubElement(table, "tr")
        SubElement(row, "th", {"scope": "row"}).text = label
        SubElement(row, "td").text = _clean(value)
    return _written(body)


def _rows(application: Application, decision: Decision) -> Iterable[tuple[str, str]]:
    start, end = payment_row.period_of(application, decision)
    yield "Asianumero", application.case.number
    yield "Työnantaja", application.employer_name
    yield "Y-tunnus", application.organisation
    yield "Työntekijä", name_of(application.employee)
    yield "Aika", f"{format_date(start, 'fi')}–{format_date(end, 'fi')}"
    if decision.amount_cents:
        yield "Myönnetty", format_money(decision.amount_cents, "fi")
        for part in application.instalments.order_by("number"):
            days = f"{format_date(part.start, 'fi')}–{format_date(part.end, 'fi')}"
            yield f"{part.number}. erä, {days}", format_money(part.amount_cents, "fi")
        yield "De minimis -tuki", "kyllä" if decision.content.get("de_minimis") else "ei"


def _section(body: Element, id: str, language: str, heading: str, paragraphs: Sequence[str]) -> None:
    section = SubElement(body, "section", {"id": id, "lang": language})
    SubElement(section, "h1").text = heading
    for words in paragraphs:
        SubElement(section, "p").text = _clean(words)


def _paragraphs(words: str) -> list[str]:
    return [part for one in words.replace("\r\n", "\n").split("\n\n") if (part := one.strip())]


def _clean(words: str) -> str:
    """Words as the archive takes them: hard spaces as plain ones, nothing that has no width or no place in XML."""
    plain = "".join(" " if one.isspace() else one for one in words)
    return "".join(one for one in plain if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn", "Co")).strip()


def _written(root: Element) -> bytes:
    return b"<?xml version='1.0' encoding='UTF-8'?>\n" + tostring(root, encoding="utf-8")


def _name(kind: str, decision: Decision) -> str:
    return f"{NAMES[kind]}_{decision.pk}.xml"


def _kept(about: str, kind: str, decision: Decision) -> Document | None:
    return next((one for one in documents.of(about, kind=kind) if one.name == _name(kind, decision)), None)
