# SPDX-License-Identifier: EUPL-1.2
"""A calculation as it is read: its parts in a table, and the rule's lines in sentences with their figures' sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.services.hiring_benefit.desk_words import SOURCES
from ennakko.services.hiring_benefit.models import Calculation
from ennakko.services.hiring_benefit.sheets import Counted, stored_lines
from ennakko.values.money import euros
from ennakko.values.texts import Text, text


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the period: days inclusive, months as written, cents."""

    start: date
    end: date
    months: str
    subsidy_cents: int
    training_cents: int
    month_cents: int
    cents: int


@dataclass(frozen=True, slots=True)
class TraceWords:
    """One line of the rule: its sentence by language, its paragraphs, where its figures came from."""

    words: Mapping[str, str]
    cite: tuple[str, ...]
    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A calculation on a page; cents. `manual`: the sum was given by hand."""

    total_cents: int
    rule_set: str
    parts: tuple[PartLine, ...]
    lines: tuple[TraceWords, ...]
    manual: bool = False

    @property
    def subsidised(self) -> bool:
        """Whether anything is taken off in any part."""
        return any(one.subsidy_cents or one.training_cents for one in self.parts)


def view_of(counted: Counted) -> View | None:
    """What a sheet comes to; None where it comes to nothing yet."""
    if counted.total_cents is None:
        return None
    lines = stored_lines(counted.lines)
    return View(
        counted.total_cents, counted.rule_set, tuple(_parts(counted.parts)), tuple(_lines(lines)),
        counted.sheet.manual is not None,
    )  # fmt: skip


def stored_view(row: Calculation) -> View:
    """A stored calculation, as it was stored."""
    return View(
        row.total_cents, row.rule_set, tuple(_parts(row.parts)), tuple(_lines(row.trace)), row.manual_cents is not None
    )  # fmt: skip


def _parts(parts: Iterable[Mapping[str, Any]]) -> Iterable[PartLine]:
    for one in parts:
        yield PartLine(
            date.fromisoformat(one["start"]), date.fromisoformat(one["end"]), str(one["months"]),
            _cents(one.get("pay_subsidy")), _cents(one.get("training_compensation")), _cents(one["monthly"]),
            _cents(one["subtotal"]),
        )  # fmt: skip


def _lines(lines: Iterable[Mapping[str, Any]]) -> Iterable[TraceWords]:
    for one in lines:
        if one["text"]:
            told = dict.fromkeys(str(source) for _, _, _, source in one["reads"] if source in SOURCES)
            yield TraceWords(one["text"], tuple(one["cite"]), tuple(SOURCES[source] for source in told))


def _cents(value: Any) -> int:
    return 0 if value is None else euros(str(value))


def months(written: str) -> Text:
    """Months as people write them."""
    return text(fi=written.replace(".", ","), sv=written.replace(".", ","), en=written)
