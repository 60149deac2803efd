# SPDX-License-Identifier: Apache-2.0
"""The page of a rule for those who apply and judge it: sentences, formulas, history of parameters, facts, sources."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ennakko.rules.binding import Definition
from ennakko.rules.facts_api import find_fact
from ennakko.rules.parameters import NotDecided, Parameter, ParameterBook, default_book
from ennakko.rules.procedure import Procedure
from ennakko.rules.rule import Rule
from ennakko.rules.sentences import blank_names, in_words, short_name
from ennakko.rules.store import version_of
from ennakko.rules.wording import Wording
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class StepOnPage:
    """One step: its sentence (parameters of the day filled in where the book has them), what it is made of, sources."""

    name: str
    type: str
    role: str
    sentence: Text | None
    formula: Text
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """One value of a parameter in words, with its days (both included) and source; undecided: whom to ask."""

    start: date
    end: date | None
    value: Text
    source: Text
    decided: bool


@dataclass(frozen=True, slots=True)
class ParameterOnPage:
    """A parameter with its history, oldest first."""

    name: str
    label: Text
    rows: tuple[RowOnPage, ...]


@dataclass(frozen=True, slots=True)
class InputOnPage:
    """A fact that the rule reads, from which register, and whether it may be unknown."""

    name: str
    relation: str | None
    relation_label: Text | None
    label: Text
    source: Text
    unknown: bool
    sensitivity: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything a rule's page shows; texts in every language."""

    id: str
    kind: str
    title: Text
    version: str
    scope: Text | None
    steps: tuple[StepOnPage, ...]
    parameters: tuple[ParameterOnPage, ...]
    inputs: tuple[InputOnPage, ...]
    citations: tuple[str, ...]
    description: str = ""


def page_of(rule: type[Rule] | Procedure, book: ParameterBook | None = None) -> RulePage:
    """The page of a rule with a parameter book (the default one if none is given)."""
    used = book or default_book()
    if isinstance(rule, Procedure):
        parameters = tuple(_parameter(used.get(name)) for name in rule.parameters)
        told = inspect.getdoc(rule.function) or ""
        return RulePage(
            rule.id, "procedure", rule.title, rule.version, None, (), parameters, (), rule.cite, told
        )  # fmt: skip
    used, definition = rule.book(used), rule.definition
    return RulePage(
        definition.id,
        "expression",
        definition.title,
        version_of(definition, used),
        None if definition.scope is None else _worded(definition, used, lambda words: words.of(definition.scope)),  # type: ignore[arg-type]
        tuple(_steps(definition, used)),
        tuple(_parameter(used.get(each.name)) for each in definition.parameters),
        tuple(_inputs(definition)),
        definition.citations,
    )


def _worded(definition: Definition, book: ParameterBook, words: Callable[[Wording], str]) -> Text:
    fi, sv, en = (words(Wording(definition, book, language)) for language in LANGUAGES)
    return Text(fi, sv, en)


def _steps(definition: Definition, book: ParameterBook) -> list[StepOnPage]:
    roles = {definition.outcome: "outcome", definition.amount: "amount"}
    return [
        StepOnPage(
            step.name,
            step.type,
            roles.get(step.name, "step"),
            None if step.says is None else _without_values(step.says, definition, book),
            _worded(definition, book, lambda words, x=step.x: words.of(x)),  # type: ignore[misc]
            step.cite,
        )
        for step in definition.steps
    ]


def _without_values(says: Text, definition: Definition, book: ParameterBook) -> Text:
    """The sentence with parameters named by their labels: the page is of no one day and no one person."""
    names = {short_name(each.name): each.name for each in definition.parameters}
    labels = {fact.name: definition.label(fact).label for fact in definition.inputs}
    filled: dict[str, Text | str] = {}
    for blank in blank_names(says):
        label = book.get(names[blank]).label if blank in names else labels.get(blank)
        # What a step or the year of a case tells stands beside the sentence, in the formula.
        filled[blank] = "…" if label is None else label
    return says.format(**filled)


def _parameter(parameter: Parameter) -> ParameterOnPage:
    short = short_name(parameter.name)
    rows = tuple(
        RowOnPage(
            row.start,
            row.end,
            row.value.ask if isinstance(row.value, NotDecided) else in_words(row.value, money=parameter.money),
            row.source,
            not isinstance(row.value, NotDecided),
        )
        for row in parameter.rows
    )
    return ParameterOnPage(parameter.name, parameter.label or Text(short, short, short), rows)


def _inputs(definition: Definition) -> list[InputOnPage]:
    found = []
    for fact in definition.inputs:
        label = definition.label(fact)
        declared = find_fact(fact.name, fact.relation)
        relation = definition.labels.get((fact.relation, ""))
        found.append(
            InputOnPage(
                fact.name,
                fact.relation,
                None if relation is None else relation.label,
                label.label,
                label.source_title,
                fact.nullable,
                "normal" if declared is None else declared.sensitivity,
            )
        )
    return found


# --- Markdown

HEADINGS = {
    "scope": Text("Ketä sääntö koskee", "Vem regeln gäller", "Whom the rule concerns"),
    "steps": Text("Ehdot ja laskenta", "Villkor och beräkning", "Conditions and calculation"),
    "parameters": Text("Luvut ja rajat", "Siffror och gränser", "Amounts and limits"),
    "inputs": Text("Tiedot, joita sääntö lukee", "Uppgifter som regeln läser", "Facts that the rule reads"),
    "citations": Text("Mihin sääntö perustuu", "Vad regeln grundar sig på", "What the rule rests on"),
}
COLUMNS = {
    "step": Text("Vaihe", "Steg", "Step"),
    "sentence": Text("Sanoin", "I ord", "In words"),
    "formula": Text("Mistä muodostuu", "Hur det bildas", "What it is made of"),
    "cite": Text("Peruste", "Grund", "Source of law"),
    "from": Text("Alkaen", "Från", "From"),
    "until": Text("Asti", "Till", "Until"),
    "value": Text("Arvo", "Värde", "Value"),
    "source": Text("Lähde", "Källa", "Source"),
    "fact": Text("Tieto", "Uppgift", "Fact"),
    "register": Text("Rekisteri", "Register", "Register"),
    "unknown": Text("Voi puuttua", "Kan saknas", "May be missing"),
}
ROLES = {
    "outcome": Text("ratkaisu", "avgörande", "outcome"),
    "amount": Text("määrä", "belopp", "amount"),
}
UNDECIDED = Text("ei päätetty; kysy: {ask}", "inte beslutat; fråga: {ask}", "not decided; ask: {ask}")
VERSION = Text("Tunnus `{id}`, versio `{version}`", "Id `{id}`, version `{version}`", "Id `{id}`, version `{version}`")


def to_markdown(rule: type[Rule] | Procedure, lang: str, book: ParameterBook | None = None) -> str:
    """The page of a rule as Markdown in one language."""
    page = page_of(rule, book)
    lines = [f"# {page.title.in_(lang)}", "", VERSION.in_(lang).format(id=page.id, version=page.version[:12]), ""]
    if page.description:
        lines += [page.description, ""]
    if page.scope is not None:
        lines += [f"## {HEADINGS['scope'].in_(lang)}", "", page.scope.in_(lang), ""]
    if page.steps:
        rows = [
            (
                f"`{step.name}`" + (f" ({ROLES[step.role].in_(lang)})" if step.role in ROLES else ""),
                "" if step.sentence is None else step.sentence.in_(lang),
                step.formula.in_(lang),
                "; ".join(step.cite),
            )
            for step in page.steps
        ]
        lines += _section("steps", ("step", "sentence", "formula", "cite"), rows, lang)
    if page.parameters:
        lines += [f"## {HEADINGS['parameters'].in_(lang)}", ""]
        for parameter in page.parameters:
            lines += [f"### {_capital(parameter.label.in_(lang))} (`{parameter.name}`)", ""]
            lines += _table(("from", "until", "value", "source"), [_row(row, lang) for row in parameter.rows], lang)
    if page.inputs:
        known = [
            (
                f"{each.label.in_(lang)}"
                + ("" if each.relation_label is None else f" ({each.relation_label.in_(lang)})"),
                each.source.in_(lang),
                "×" if each.unknown else "",
            )
            for each in page.inputs
        ]
        lines += _section("inputs", ("fact", "register", "unknown"), known, lang)
    if page.citations:
        lines += [f"## {HEADINGS['citations'].in_(lang)}", "", *(f"- {each}" for each in page.citations), ""]
    return "\n".join(lines)


def _row(row: RowOnPage, lang: str) -> tuple[str, ...]:
    value = row.value.in_(lang)
    return (
        format_date(row.start, lang),
        "" if row.end is None else format_date(row.end, lang),
        value if row.decided else UNDECIDED.in_(lang).format(ask=value),
        row.source.in_(lang),
    )


def _section(heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], lang: str) -> list[str]:
    return [f"## {HEADINGS[heading].in_(lang)}", "", *_table(columns, rows, lang)]


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], lang: str) -> list[str]:
    head = [COLUMNS[each].in_(lang) for each in columns]
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(_cell(each) for each in line)} |" for line in lines), ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
