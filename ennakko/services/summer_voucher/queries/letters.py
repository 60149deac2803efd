# SPDX-License-Identifier: EUPL-1.2
"""A decision as the youth reads it: outcome, the conditions that decided, the reasons in words, how to appeal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.facts import sources
from ennakko.kernel.cases import ReadFact, case_type
from ennakko.kernel.cases.models import Case, Decision
from ennakko.services.summer_voucher.wording import LABELS, Shown
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, text

REGISTER = "population-register"
READ = ("surname", "birth_date", "municipality", "postcode")
"""What a letter tells of the register, by its key in the facts of the case."""


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """A decision in words; `appeal` is rows of a label and words: how, where to, in how many days, by which act."""

    number: str
    outcome: str
    title: Text
    decided_at: datetime | None
    decided_by: str
    reasons: tuple[Shown, ...]
    justification: str
    appeal: tuple[tuple[Text, Text], ...]


_ROWS = (
    ("instructions", text(fi="Muutoksenhaku", sv="Ändringssökande", en="Appeal")),
    ("body", text(fi="Kenelle vaatimus osoitetaan", sv="Vart begäran riktas", en="Where the request is addressed")),
    ("act", text(fi="Laki", sv="Lag", en="Act")),
    ("service_rule", text(fi="Milloin päätös on saatu tiedoksi", sv="När delgivning har skett",
                          en="When the decision is received")),
)  # fmt: skip
_DAYS = text(fi="Aika vaatia oikaisua", sv="Tid att begära omprövning", en="Time to request rectification")


def letter(decision: Decision) -> DecisionLetter:
    """The decision as the youth reads it."""
    of = case_type(decision.case.service, decision.case.kind)
    return DecisionLetter(
        number=decision.case.number,
        outcome=decision.outcome,
        title=of.decision.outcomes[decision.outcome],
        decided_at=decision.decided_at,
        decided_by=", ".join(word for word in (decision.decided_by_name, decision.decided_by_title) if word),
        reasons=conditions_of(decision.reasons),
        justification=decision.justification,
        appeal=_appeal(decision.appeal),
    )


def _appeal(stored: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
    rows = [(label, as_text(stored[key])) for key, label in _ROWS if stored.get(key)]
    if days := stored.get("days"):
        rows.insert(1, (_DAYS, text(fi=f"{days} päivää", sv=f"{days} dagar", en=f"{days} days")))
    return tuple(rows)


def conditions_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Shown, ...]:
    """Stored reasons as they are shown."""
    return tuple(
        Shown(one["step"], as_text(one["text"]), one["holds"], ", ".join(one.get("cite", ()))) for one in stored
    )


def as_text(stored: Mapping[str, str]) -> Text:
    """A text stored in every language."""
    return text(**{"sv": stored["fi"], "en": stored["fi"], **stored})


def preview(case: Case, outcome: str, justification: str, *, on: date) -> DecisionLetter:
    """The decision as the youth would read it if it were made today; nothing is saved."""
    of = case_type(case.service, case.kind)
    return DecisionLetter(
        number=case.number,
        outcome=outcome,
        title=of.decision.outcomes[outcome],
        decided_at=None,
        decided_by="",
        reasons=conditions_of(case.facts.get("conditions", ())),
        justification=justification,
        appeal=_appeal(of.decision.appeal_on(on).frozen()),
    )


def read_of(decision: Decision) -> tuple[ReadFact, ...]:
    """What the population register was asked for an application, and what it said; nothing of one it does not know."""
    said: Mapping[str, Any] = decision.facts.get("registered") or {}
    source = sources.get(REGISTER).title
    on = date.fromisoformat(decision.facts["as_of"]) if decision.facts.get("as_of") else None
    return tuple(ReadFact(LABELS[key], _shown(key, said[key]), source, on) for key in READ if said.get(key))


def _shown(key: str, value: Any) -> Text:
    if key == "birth_date":
        day = date.fromisoformat(str(value))
        return text(**{language: format_date(day, language) for language in LANGUAGES})
    return text(fi=str(value), sv=str(value), en=str(value))
