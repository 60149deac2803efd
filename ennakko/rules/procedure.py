# SPDX-License-Identifier: Apache-2.0
"""Rules that are procedures (cutting a period, an allocation): traced functions in dated, never-edited modules."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import ModuleType
from typing import Any

from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.parameters import ParameterBook, Row, default_book
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One thing a procedure did: its name, what came of it, the sentence in every language and the sources of law."""

    step: str
    value: Any
    text: Text | None
    cite: tuple[str, ...]


@dataclass(slots=True)
class Trace:
    """What a procedure writes down while it works, and the parameters it took, on the day it is evaluated for."""

    on: date
    lines: list[TraceLine] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)

    def note(self, step: str, value: Any, text: Text | None = None, *cite: str) -> Any:
        """Write a step down and give its value back."""
        self.lines.append(TraceLine(step, value, text, cite))
        return value

    def parameter(self, book: ParameterBook, name: str, on: date | None = None) -> Any:
        """The value of a parameter on a day (the trace's own if none is given), written down as used."""
        row = book.row(name, on or self.on)
        self.rows[name] = row
        return row.value


Function = Callable[[Mapping[str, Any], Trace, ParameterBook], dict[str, Any]]


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
) -> Callable[[Function], Procedure]:
    """Register a function `(case, trace, book) -> dict` as the procedure `service.rule`, and make it a `Procedure`.

    `modules` are those it works with, dated ones above all: the version is made of their text too.
    """
    if "." not in id:
        raise RuleError(f'The id of a procedure is "<service>.<rule>", as "summer-voucher.number"; not "{id}".')
    sources = (cite,) if isinstance(cite, str) else tuple(cite)

    def register(function: Function) -> Procedure:
        from ennakko.rules.registry import register_procedure

        procedure = Procedure(id, title, sources, tuple(inputs), tuple(parameters), function, tuple(modules))
        register_procedure(procedure)
        return procedure

    return register
