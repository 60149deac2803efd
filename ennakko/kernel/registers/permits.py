# SPDX-License-Identifier: EUPL-1.2
"""Data permits: from which source, for which purpose, which facts the city may read, by which act, until when.

The municipality's profile gives the table at start-up. What no row allows is refused: a missing permit is told with its
source, the facts and whom to ask (Information Management Act 906/2019 22 §; Act 661/2009 28 §).
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ennakko import facts
from ennakko.facts import sources
from ennakko.kernel.access import Verdict
from ennakko.rules.errors import near_names
from ennakko.rules.facts_api import RESIDENT
from ennakko.values.texts import Text, text

_ASK_CONTROLLER = text(
    fi="Pyydä lupa rekisterinpitäjältä: {controller}.",
    sv="Begär tillstånd av den personuppgiftsansvariga: {controller}.",
    en="Ask the controller for a permit: {controller}.",
)
_ALLOWED = text(fi="Tietolupa on voimassa.", sv="Datatillståndet gäller.", en="The data permit is in force.")
_REFUSED = text(
    fi="Näihin tietoihin ei ole lupaa tässä käyttötarkoituksessa: {facts} (lähde: {source}). {ask}",
    sv="Det finns inget tillstånd för detta ändamål att använda uppgifterna: {facts} (källa: {source}). {ask}",
    en="There is no permit for this purpose to read these facts: {facts} (source: {source}). {ask}",
)


@dataclass(frozen=True, slots=True)
class Permit:
    """One data permit; both days are included, `expires` None is until further notice.

    An absent permit is one that only the city can obtain and has not: it allows nothing and says whom to ask.
    `trial`: the demonstration supposes it, so that one can see what the service is like with it.
    """

    source: str
    purpose: str
    facts: frozenset[str]
    act: Text
    controller: Text
    granted: date | None
    expires: date | None = None
    absent: bool = False
    ask: Text | None = None
    trial: bool = False

    def allows(self, fact: str, on: date) -> bool:
        """Whether the permit lets a fact be read on a day."""
        if self.absent or self.granted is None or fact not in self.facts:
            return False
        return self.granted <= on and (self.expires is None or on <= self.expires)


class PermitMissing(Exception):
    """Facts were asked for without a permit: `source`, `facts`, `purpose`, `ask` (whom), `reason` in every language."""

    def __init__(self, *, source: str, facts: tuple[str, ...], purpose: str, ask: Text) -> None:
        self.source, self.facts, self.purpose, self.ask = source, facts, purpose, ask
        self.reason = _reason(source, facts, ask)
        super().__init__(f"{purpose}: {self.reason.en}")


class PermitError(ValueError):
    """The permit file cannot be used; the message names file and row and says what to write."""


def _reason(source: str, names: tuple[str, ...], ask: Text) -> Text:
    def in_language(language: str) -> str:
        labels = ", ".join(facts.get(name).label.in_(language) for name in names)
        return _REFUSED.in_(language).format(
            facts=labels, source=sources.get(source).title.in_(language), ask=ask.in_(language)
        )

    return text(fi=in_language("fi"), sv=in_language("sv"), en=in_language("en"))


@dataclass(frozen=True, slots=True)
class PermitTable:
    """All permits of a municipality."""

    permits: tuple[Permit, ...] = ()

    def missing(self, purpose: str, names: Collection[str], on: date) -> PermitMissing | None:
        """What the first source lacks for a purpose on a day, or None when every fact may be read."""
        lacking: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            source = facts.get(name).source
            if source == RESIDENT:
                continue  # what the resident tells is read from no register
            rows = [one for one in self.permits if one.purpose == purpose and one.source == source]
            if not any(one.allows(name, on) for one in rows):
                lacking.setdefault(source, []).append(name)
        for source, short in lacking.items():
            ask = self._whom_to_ask(purpose, source)
            return PermitMissing(source=source, facts=tuple(short), purpose=purpose, ask=ask)
        return None

    def _whom_to_ask(self, purpose: str, source: str) -> Text:
        for permit in self.permits:
            if permit.purpose == purpose and permit.source == source and permit.ask is not None:
                return permit.ask
        controller = sources.get(source).controller
        return text(
            fi=_ASK_CONTROLLER.fi.format(controller=controller.fi),
            sv=_ASK_CONTROLLER.sv.format(controller=controller.sv),
            en=_ASK_CONTROLLER.en.format(controller=controller.en),
        )

    @classmethod
    def load(cls, path: Path) -> "PermitTable":
        """Reads `[[permit]]` rows from TOML; raises PermitError naming the row and what to write."""
        try:
            document = tomllib.loads(path.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise PermitError(f"{path} cannot be read: {error}") from error
        unknown = sorted(set(document) - {"permit"})
        if unknown:
            raise PermitError(f"{path}: {unknown[0]!r} is not known here; write rows as [[permit]].")
        return cls(tuple(_permit(row, f"{path}, permit {n}") for n, row in enumerate(document.get("permit", []), 1)))

    def supposing(self, others: "PermitTable") -> "PermitTable":
        """This table with the permits that the demonstration supposes; each stands in the place of an absent one."""
        supposed = {(one.source, one.purpose) for one in others.permits}
        kept = (one for one in self.permits if not (one.absent and (one.source, one.purpose) in supposed))
        return PermitTable((*kept, *(replace(one, trial=True) for one in others.permits)))

    def in_earnest(self) -> "PermitTable":
        """Without what the demonstration supposes."""
        return PermitTable(tuple(one for one in self.permits if not one.trial))


OWN_SERVICES = "own-services"
_KEYS = ("source", "purpose", "facts", "act", "controller", "granted", "expires", "absent", "ask")


def _permit(row: Mapping[str, Any], where: str) -> Permit:
    for key in row:
        if key not in _KEYS:
            raise PermitError(f"{where}: {key!r} is not known. {near_names(key, _KEYS)}")
    absent = bool(row.get("absent", False))
    needed = (
        ("source", "purpose", "facts", "act", "ask") if absent else ("source", "purpose", "facts", "act", "granted")
    )
    for key in needed:
        if key not in row:
            raise PermitError(f"{where}: {key} is missing. A permit needs {', '.join(needed)}.")
    source = _source(row["source"], where)
    for name in row["facts"]:
        _of_source(name, source, where)
    granted, expires = row.get("granted"), row.get("expires")
    for key, day in (("granted", granted), ("expires", expires)):
        if day is not None and type(day) is not date:
            raise PermitError(f"{where}: {key} must be a day such as 2026-01-01, without quotes.")
    if granted and expires and expires < granted:
        raise PermitError(f"{where}: the permit expires ({expires}) before it was granted ({granted}).")
    return Permit(
        source=source,
        purpose=row["purpose"],
        facts=frozenset(row["facts"]),
        act=_text(row["act"], f"{where}, act"),
        controller=_text(row["controller"], f"{where}, controller")
        if "controller" in row
        else sources.get(source).controller,
        granted=granted,
        expires=expires,
        absent=absent,
        ask=_text(row["ask"], f"{where}, ask") if "ask" in row else None,
    )


def _source(name: str, where: str) -> str:
    known = sources.ids()
    if name not in known:
        raise PermitError(f"{where}: there is no source {name!r}. {near_names(name, known)}")
    return name


def _of_source(name: str, source: str, where: str) -> None:
    known = {fact.name: fact.source for fact in facts.catalogue()}
    if name not in known and source == OWN_SERVICES:
        return  # a service that is not in use here has not declared its own facts
    if name not in known:
        raise PermitError(f"{where}: there is no fact {name!r}. {near_names(name, known)}")
    if known[name] != source:
        raise PermitError(f"{where}: the fact {name} comes from {known[name]}, not from {source}.")


def _text(value: object, where: str) -> Text:
    if isinstance(value, str):
        return text(fi=value, sv=value, en=value)
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
        try:
            return text(**value)
        except (TypeError, ValueError) as error:
            raise PermitError(f"{where}: {error}") from error
    raise PermitError(f"{where}: write a text as {{fi = …, sv = …, en = …}}.")


_table = PermitTable()


def set_permits(table: PermitTable) -> None:
    """Start-up gives the municipality's permits."""
    global _table
    _table = table


def permits() -> PermitTable:
    """The permits in force in this deployment; empty until start-up gave them: then nothing may be read."""
    return _table


def permits_for(purposes: Iterable[str]) -> tuple[Permit, ...]:
    """The rows of some purposes, absent ones too: for the transparency notice."""
    wanted = set(purposes)
    return tuple(permit for permit in _table.permits if permit.purpose in wanted)


def permitted(purpose: str, fact_names: Collection[str], on: date) -> Verdict:
    """Whether every fact may be read for a purpose on a day, and if not, why and whom to ask."""
    missing = _table.missing(purpose, fact_names, on)
    return Verdict(True, _ALLOWED) if missing is None else Verdict(False, missing.reason)


def require_permit(purpose: str, fact_names: Collection[str], on: date) -> None:
    """Goes on only with a permit for every fact; raises PermitMissing."""
    missing = _table.missing(purpose, fact_names, on)
    if missing is not None:
        raise missing
