# SPDX-License-Identifier: EUPL-1.2
"""The decision letter: the same words on the page and as PDF/UA, in the language asked for, made from what was stored.

Administrative Procedure Act 434/2003: contents 44 §, reasons 45 §, appeal instructions 47 §, automation 53 g §.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from ennakko import facts
from ennakko.facts import sources
from ennakko.kernel import organisations, records
from ennakko.kernel.cases.automation import RECTIFICATION
from ennakko.kernel.cases.kinds import SERVING_DAYS, CaseType, ReadFact, case_type
from ennakko.kernel.cases.letter_words import (
    COUNTED,
    DAYS_FROM,
    LABELS,
    NOT_A_WORKING_DAY,
    WILL_BE_COUNTED,
    YES_NO,
)
from ennakko.kernel.cases.models import Case, Decision
from ennakko.rules.errors import RuleError
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text


@dataclass(frozen=True, slots=True)
class Sender:
    """The municipality at the head and foot of a letter: its name, whom to ask, the registry that takes requests."""

    name: Text
    contact: Text
    phone: str
    email: str
    registry: Text
    registry_address: Text | None = None
    registry_email: str = ""


_sender: list[Sender] = []


def use_sender(sender: Sender) -> None:
    """Start-up tells whose letters these are."""
    _sender[:] = [sender]


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of the decision as it is read: how it came out (a word and true, false or unknown), and by what."""

    words: str
    holds: bool | None
    mark: str
    cite: str


_RANK = {False: 0, None: 1, True: 2}


@dataclass(frozen=True, slots=True)
class Read:
    """One line of what was read: what, what it said, from which register as of when."""

    label: str
    value: str
    source: str
    field: str = "free-text"


@dataclass(frozen=True, slots=True)
class Letter:
    """A decision letter in one language, every word ready. `rows` is label and words at its head; `appeal` paragraphs.

    `automation`: the notice, responsible official and route to a person, where a machine decided. `preview`: nobody has
    decided yet.
    """

    language: str
    title: str
    sender: str
    number: str
    outcome: str
    rows: tuple[tuple[str, str, str], ...]
    reasons: tuple[Reason, ...]
    justification: str
    read: tuple[Read, ...]
    automation: tuple[str, ...]
    appeal: tuple[str, ...]
    appeal_rows: tuple[tuple[str, str], ...]
    last_day: str
    contact: tuple[str, ...]
    words: Mapping[str, str]
    preview: bool = False


def letter_of(decision: Decision, *, language: str = "") -> Letter:
    """The letter of a decision; by default in its case's language. Three queries at most."""
    language = language or decision.case.language
    case, of = decision.case, case_type(decision.case.service, decision.case.kind)
    said = _Said(language)
    decider = ", ".join(word for word in (decision.decided_by_name, decision.decided_by_title) if word)
    if decision.automatic:
        decider = said(LABELS["by_machine"])
    rows = [
        ("decided_on", format_date(decision.on, language), ""),
        ("decided_by", decider, ""),
        ("party", party_name(case), "person-name" if case.subject_id else ""),
        ("number", case.number, ""),
    ]
    if decision.amount_cents is not None:
        rows.insert(0, ("amount", format_money(decision.amount_cents, language), ""))
    return _letter(
        of, case, decision.outcome, decision.appeal, said=said, rows=rows, reasons=decision.reasons,
        justification=decision.justification, read=_read(of, decision), served=decision, gate=decision.gate,
    )  # fmt: skip


def preview(
    case: Case,
    outcome: str,
    *,
    on: date,
    justification: str = "",
    amount_cents: int | None = None,
    language: str = "",
) -> Letter:
    """The letter as it would read if an official decided so on a day; nothing is stored. KeyError for no outcome."""
    of = case_type(case.service, case.kind)
    said = _Said(language or case.language)
    proposed: Mapping[str, Any] = case.draft or {}
    agrees = proposed.get("outcome") == outcome
    cents = amount_cents if amount_cents is not None else proposed.get("amount_cents") if agrees else None
    rows = [("party", party_name(case), ""), ("number", case.number, "")]
    if cents is not None:
        rows.insert(0, ("amount", format_money(cents, said.language), ""))
    made = Decision(case=case, outcome=outcome, facts=proposed.get("facts", case.facts) if agrees else case.facts)
    return _letter(
        of, case, outcome, of.decision.appeal_on(on).frozen(), said=said, rows=rows,
        reasons=proposed.get("reasons", ()) if agrees else (), justification=justification, read=_read(of, made),
        served=None, gate=None, shown_first=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """Says texts in one language; those that were stored by language too."""

    language: str

    def __call__(self, words: Text | Mapping[str, str] | str | None, **values: object) -> str:
        if words is None:
            return ""
        if isinstance(words, str):
            return words
        if not isinstance(words, Text):
            stored = {each: said for each, said in words.items() if said}
            known = next(iter(stored.values()), "")
            if not known:
                return ""
            words = text(**{each: stored.get(each) or stored.get("fi") or known for each in {*LANGUAGES, *stored}})
        return words.in_(self.language).format(**values) if values else words.in_(self.language)


def _letter(
    of: CaseType,
    case: Case,
    outcome: str,
    appeal: Mapping[str, Any],
    *,
    said: _Said,
    rows: Sequence[tuple[str, str, str]],
    reasons: Sequence[Mapping[str, Any]],
    justification: str,
    read: Sequence[ReadFact],
    served: Decision | None,
    gate: Mapping[str, Any] | None,
    shown_first: bool = False,
) -> Letter:
    sender = _sender[0] if _sender else None
    last_day, counted = _counted(appeal, served, said)
    shown = [
        ("body", said(appeal.get("body"))),
        ("registry", _registry(sender, of, said)),
        ("act", said(appeal.get("act"))),
    ]
    return Letter(
        language=said.language,
        title=said(of.decision.title),
        sender=said(sender.name) if sender else "",
        number=case.number,
        outcome=said(of.decision.outcomes[outcome]),
        rows=tuple((said(LABELS[key]), words, field) for key, words, field in rows if words),
        # What decided against comes first, then what is open, then all that holds.
        reasons=tuple(
            sorted((_reason(one, said) for one in reasons if one.get("text")), key=lambda one: _RANK[one.holds])
        ),
        justification=justification,
        read=tuple(_read_line(one, said) for one in read),
        automation=_automation(gate, said),
        appeal=tuple(one for one in (said(appeal.get("instructions")), *counted) if one),
        appeal_rows=tuple((said(LABELS[key]), words) for key, words in shown if words),
        last_day=last_day,
        contact=(said(sender.contact), sender.phone, sender.email) if sender else (),
        words={key: said(words) for key, words in LABELS.items()},
        preview=shown_first,
    )


def _registry(sender: Sender | None, of: CaseType, said: _Said) -> str:
    """Where a request for rectification is handed in; what is appealed to a court is not handed in to the city."""
    if sender is None or of.id == RECTIFICATION:
        return ""
    return ", ".join(
        one for one in (said(sender.registry), said(sender.registry_address), sender.registry_email) if one
    )


def _reason(stored: Mapping[str, Any], said: _Said) -> Reason:
    holds = stored.get("holds")
    mark = LABELS["holds" if holds else "open" if holds is None else "fails"]
    return Reason(
        said(stored["text"]), holds, said(mark), ", ".join(_cited(one, said) for one in stored.get("cite") or ())
    )


def _cited(words: str, said: _Said) -> str:
    """A citation as people read it: `act 2 § 1` is of the service's own rules."""
    return re.sub(r"\bact (?=\d)", f"{said(LABELS['own_rules'])} ", words).replace(" ", "\N{NO-BREAK SPACE}")


def _read(of: CaseType, decision: Decision) -> Sequence[ReadFact]:
    """What was read: as the service tells it, else every fact of the registers that the decision was made from."""
    return of.read_of(decision) if of.read_of is not None else facts_read(decision)


def facts_read(decision: Decision, words: Mapping[str, Callable[[Any], Text]] | None = None) -> tuple[ReadFact, ...]:
    """Every fact of the registers that a decision was made from; `words` says the codes of some of them in words."""
    found = []
    for name, value in decision.facts.items():
        try:
            fact = facts.get(name)
        except RuleError:
            continue
        field = "free-text income" if fact.money else "free-text"
        spoken = (words or {}).get(name)
        shown = spoken(value) if spoken is not None and value is not None else _shown(value, money=fact.money)
        found.append(ReadFact(fact.label, shown, sources.get(fact.source).title, field=field))
    return tuple(found)


def _shown(value: Any, *, money: bool) -> Text:
    if value is None or isinstance(value, bool):
        return YES_NO[value]
    if money and isinstance(value, int):
        return text(**{each: format_money(value, each) for each in LANGUAGES})
    written = str(value)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return text(fi=written or "–", sv=written or "–", en=written or "–")
    return text(**{each: format_date(day, each) for each in LANGUAGES})


def _read_line(one: ReadFact, said: _Said) -> Read:
    source = said(one.source)
    if one.as_of is not None:
        source = f"{source}, {said(LABELS['as_of'], day=format_date(one.as_of, said.language))}"
    return Read(said(one.label), said(one.value), source, one.field)


def _automation(gate: Mapping[str, Any] | None, said: _Said) -> tuple[str, ...]:
    if gate is None:
        return ()
    who = said(LABELS["responsible"], name=gate["responsible_official"], office=said(gate["office"]))
    return (said(gate["notice"]), who, said(gate["rectification_route"]))


def _counted(appeal: Mapping[str, Any], served: Decision | None, said: _Said) -> tuple[str, tuple[str, ...]]:
    """The last day in words where it is known, and how the time is counted; before sending, how it will be."""
    days = said(DAYS_FROM, days=appeal["days"])
    if served is None or served.sent_on is None or served.received_on is None or served.appeal_until is None:
        serving = {**SERVING_DAYS, **(appeal.get("serving") or {})}
        return "", (days, said(WILL_BE_COUNTED, **serving), said(NOT_A_WORKING_DAY))
    written = {
        "sent": format_date(served.sent_on, said.language), "received": format_date(served.received_on, said.language)
    }  # fmt: skip
    until = format_date(served.appeal_until, said.language)
    return said(LABELS["last_day"], until=until), (said(COUNTED[served.served_how], **written), days)


def party_name(case: Case) -> str:
    """The name of whom a case is about; empty where the registers do not know."""
    if case.subject is not None:
        return f"{case.subject.given_names} {case.subject.surname}".strip()
    if case.organisation:
        known = organisations.known(case.organisation)
        return f"{known.name}, {case.organisation}" if known is not None else case.organisation
    return ""


def html_of(letter: Letter) -> str:
    """The letter as the body of a page; the PDF is made from the same."""
    return render_to_string("cases/letter.html", {"letter": letter})


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF/UA; raises records.pdf.PdfUnavailable where the machine lacks what makes them."""
    title = letter.words["page"].format(number=letter.number)
    return records.make_pdf(html_of(letter), language=letter.language, title=title)
