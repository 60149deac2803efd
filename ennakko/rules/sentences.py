# SPDX-License-Identifier: Apache-2.0
"""Values in words: what a step's sentence may name, and how it is written in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ennakko.rules.analysis import walk
from ennakko.rules.binding import Definition, blanks
from ennakko.rules.node import FactRef, Named, Node, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import ByYear, NotDecided, ParameterBook, ParameterValue, PlainValue, StepTable
from ennakko.rules.tree import (
    Add,
    Aggregate,
    Choose,
    FloorDiv,
    Max,
    Min,
    Mul,
    Neg,
    OrElse,
    RoundHalfUp,
    Sub,
)
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import Text

UNKNOWN = Text("ei tiedossa", "okänt", "not known")
UNDECIDED = Text("ei vielä päätetty", "ännu inte beslutat", "not decided yet")
YES, NO = Text("kyllä", "ja", "yes"), Text("ei", "nej", "no")
OR = {"fi": " tai ", "sv": " eller ", "en": " or "}


def short_name(parameter: str) -> str:
    """A parameter's name in a sentence: the part after the service, `{ages}` for summer-voucher.ages."""
    return parameter.rpartition(".")[2].replace("-", "_")


def fillings(definition: Definition, step: Named) -> Mapping[str, Node]:
    """What a step's sentence may name: `value`, and the facts, parameters and steps it is directly made of."""
    names: dict[str, Node] = {"value": step}
    for node in walk(step.x):
        if isinstance(node, FactRef | StepRef):
            names.setdefault(node.name, node)
        elif isinstance(node, ParamRef | TableRef):
            names.setdefault(short_name(node.name), node)
    return names


def in_words(value: PlainValue | Value, *, money: bool = False) -> Text:
    """A value as people write it in each language: money with its sign, dates in order, sets as a list."""
    if value is None:
        return UNKNOWN
    if isinstance(value, NotDecided):
        return UNDECIDED
    if isinstance(value, bool):
        return YES if value else NO
    return Text(_written(value, "fi", money), _written(value, "sv", money), _written(value, "en", money))


def _written(value: Any, language: str, money: bool) -> str:
    if isinstance(value, tuple) and value:
        words = [_written(each, language, money) for each in value]
        return OR[language].join(words) if len(words) < 3 else f"{', '.join(words[:-1])}{OR[language]}{words[-1]}"
    if isinstance(value, StepTable):
        steps = (f"{_written(key, language, False)}: {_written(each, language, money)}" for key, each in value.steps)
        return "; ".join(steps)
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_money(value, language) if money else str(value)
    return str(value) if value not in ("", ()) else "–"


@lru_cache(maxsize=4096)
def is_money(definition: Definition, book: ParameterBook, node: Node) -> bool:
    """Whether a number is an amount of money, told by what it is made of: an amount of amounts and plain numbers."""
    if node.type != "int":
        return False
    if isinstance(node, FactRef):
        return definition.label(node).money
    if isinstance(node, ParamRef | TableRef | YearRef):
        return money_parameter(book, node.name)
    if isinstance(node, StepRef):
        return is_money(definition, book, definition.step(node.name).x)
    if isinstance(node, Aggregate):
        return node.value is not None and is_money(definition, book, node.value)
    parts: tuple[Node, ...] = ()
    if isinstance(node, Named | Neg):
        parts = (node.x,)
    elif isinstance(node, FloorDiv | RoundHalfUp):
        parts = (node.a,)
    elif isinstance(node, OrElse):
        parts = (node.x, node.default)
    elif isinstance(node, Choose):
        parts = (*(value for _, value in node.cases), node.otherwise)
    elif isinstance(node, Add | Sub | Mul | Min | Max):
        parts = node.children
    return any(is_money(definition, book, part) for part in parts)


def money_parameter(book: ParameterBook, name: str) -> bool:
    """Whether a parameter is money; a step table is when its file gives euros."""
    return name in book and book.get(name).money


@dataclass(frozen=True, slots=True)
class Sentence:
    """A step's sentence on one day: parameters already in it, and the blanks that a case fills in."""

    says: Text
    blanks: tuple[tuple[str, str, str, bool], ...]

    def of(self, values: Mapping[str, Any], facts: Mapping[str, Any]) -> Text:
        """The sentence of one case; the very same text when the case fills in nothing."""
        if not self.blanks:
            return self.says
        return self.says.format(
            **{
                name: in_words((values if where == "step" else facts).get(of), money=money)
                for name, where, of, money in self.blanks
            }
        )


def sentence(
    definition: Definition, book: ParameterBook, step: Named, parameters: Mapping[str, ParameterValue]
) -> Sentence:
    """A step's sentence; the value of a number whose sentence does not name it follows after a colon."""
    says = step.says or Text(step.name, step.name, step.name)
    if "value" not in blank_names(says) and step.type != "bool":
        more = {language: f"{words}: {{value}}" for language, words in says.more.items()}
        says = Text(f"{says.fi}: {{value}}", f"{says.sv}: {{value}}", f"{says.en}: {{value}}", more)
    known = fillings(definition, step)
    fixed: dict[str, object] = {}
    open_: list[tuple[str, str, str, bool]] = []
    for name in blank_names(says):
        node = known[name]
        if isinstance(node, ParamRef | TableRef):
            found = parameters[node.name]
            assert not isinstance(found, ByYear), "a year's parameter is told by the step that it makes"
            words = in_words(found, money=money_parameter(book, node.name))
            # A brace in a parameter's words is no blank.
            fi, sv, en = (each.replace("{", "(").replace("}", ")") for each in (words.fi, words.sv, words.en))
            fixed[name] = Text(fi, sv, en)
        elif isinstance(node, Named | StepRef | FactRef):
            money = is_money(definition, book, node)
            open_.append((name, "fact" if isinstance(node, FactRef) else "step", node.name, money))
            fixed[name] = f"{{{name}}}"
    return Sentence(says.format(**fixed) if fixed else says, tuple(open_))


@lru_cache(maxsize=2048)
def blank_names(says: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for language in says.languages for name in blanks(says.in_(language))))
