# SPDX-License-Identifier: Apache-2.0
"""Rules that are procedures (cutting a period, an allocation): traced functions in dated, never-edited modules."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import ModuleType
from typing import Any, NamedTuple

from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.parameters import ParameterBook, Row, default_book
from ennakko.values.texts import Text


class Read(NamedTuple):
    """A figure that a step stands on: its name, value and unit, and where it came from (a register, "law", …)."""

    name: str
    value: Any
    unit: str
    source: str


class TraceLine(NamedTuple):
    """One thing a procedure did: its name, what came of it, the sentence in every language and the sources of law.

    A line of a calculation also has the unit of its value, the figures it stands on, and the days it is about (both
    included). `said` may be a function that makes the sentence, called only where somebody reads it.
    """

    step: str
    value: Any
    said: Text | Callable[[], Text] | None
    cite: tuple[str, ...]
    unit: str = ""
    reads: tuple[Read, ...] = ()
    start: date | None = None
    end: date | None = None

    @property
    def text(self) -> Text | None:
        """The sentence in every language."""
        said = self.said
        return said if said is None or isinstance(said, Text) else said()


@dataclass(slots=True)
class Trace:
    """What a procedure writes down while it works, and the parameters it took, on the day it is evaluated for."""

    on: date
    lines: list[TraceLine] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)

    def note(
        self,
        step: str,
        value: Any,
        text: Text | Callable[[], Text] | None = None,
        *cite: str,
        unit: str = "",
        reads: tuple[Read, ...] = (),
        start: date | None = None,
        end: date | None = None,
    ) -> Any:
        """Write a step down and give its value back."""
        self.lines.append(TraceLine(step, value, text, cite, unit, reads, start, end))
        return value

    def parameter(self, book: ParameterBook, name: str, on: date | None = None) -> Any:
        """The value of a parameter on a day (the trace's own if none is given), written down as used."""
        row = book.row(name, on or self.on)
        self.rows[name] = row
        return row.value


Function = Callable[[Mapping[str, Any], Trace, ParameterBook], dict[str, Any]]

Many = Callable[[Iterable[Mapping[str, Any]], ParameterBook, ParameterBook], Iterator[tuple[int | None, str]]]
"""The amounts of many cases without their traces, in order: cents, or None and why there is none.

Given the cases, the book to calculate with, and the book in force: where a case only repeats what the law in force
says, the figure is the law's, so that a reform changes it.
"""


@dataclass(frozen=True, slots=True)
class Input:
    """A key that a procedure reads from its case, declared explicitly as no tree tells it."""

    name: str
    type: str
    unknown: bool = False
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a procedure answered: its keys, the trace and the parameters used."""

    values: Mapping[str, Any]
    trace: tuple[TraceLine, ...]
    parameters_used: Mapping[str, Row]


@dataclass(frozen=True, eq=False)
class Procedure:
    """A registered procedure: callable with a case, an answer with a trace."""

    id: str
    title: Text
    cite: tuple[str, ...]
    inputs: tuple[Input, ...]
    parameters: tuple[str, ...]
    function: Function
    modules: tuple[ModuleType, ...] = ()
    many: Many | None = None

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__qualname__

    @property
    def module(self) -> str:
        """The module the function is written in."""
        return self.function.__module__

    def evaluate(self, case: Mapping[str, Any], on: date, book: ParameterBook | None = None) -> Answer:
        """Work through one case; raises EvaluationError for a key that is missing or of the wrong kind."""
        trace = Trace(on)
        try:
            values = self.function(case, trace, book or default_book())
        except KeyError as error:
            raise EvaluationError(f"The case lacks {error.args[0]}. {self.id} reads {self._keys()}.") from None
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
            # A procedure reads its case freely: a value of the wrong kind can fail anywhere in it.
            raise EvaluationError(
                f"{self.id} cannot read a value of the case: {error}. Check the kinds of the case's values."
            ) from error
        return Answer(values, tuple(trace.lines), dict(trace.rows))

    def reformed(self, function: Function, many: Many) -> Procedure:
        """The procedure as a reform would have it, of the same id and registered nowhere."""
        return replace(self, function=function, many=many)

    def _keys(self) -> str:
        return ", ".join(each.name for each in self.inputs) or "the keys of its worked cases"

    @cached_property
    def version(self) -> str:
        """The hash of the text of the function's module and of the modules that it says it works with.

        Dated modules are never edited: a new version is a new dated module.
        """
        own = inspect.getmodule(self.function)
        texts = [inspect.getsource(self.function if own is None else own)]
        texts += [inspect.getsource(each) for each in sorted(self.modules, key=lambda module: module.__name__)]
        digest = hashlib.sha256()
        for text in texts:
            # Each by its own digest: a line moved from one module to the next is a change.
            digest.update(hashlib.sha256(text.encode()).digest())
        return digest.hexdigest()[:32]


def traced(
    id: str,
    *,
    title: Text,
    cite: str | Sequence[str] = (),
    inputs: Sequence[Input] = (),
    parameters: Sequence[str] = (),
    modules: Sequence[ModuleType] = (),
    many: Many | None = None,
) -> Callable[[Function], Procedure]:
    """Register a function `(case, trace, book) -> dict` as the procedure `service.rule`, and make it a `Procedure`.

    `modules` are those it works with, dated ones above all: the version is made of their text too. `many` is the way to
    the amounts alone, for simulations.
    """
    if "." not in id:
        raise RuleError(f'The id of a procedure is "<service>.<rule>", as "summer-voucher.number"; not "{id}".')
    sources = (cite,) if isinstance(cite, str) else tuple(cite)

    def register(function: Function) -> Procedure:
        from ennakko.rules.registry import register_procedure

        procedure = Procedure(id, title, sources, tuple(inputs), tuple(parameters), function, tuple(modules), many)
        register_procedure(procedure)
        return procedure

    return register
