# SPDX-License-Identifier: EUPL-1.2
"""Message templates: plain text files beside their service, the first line the subject, checked when registered.

`<folder>/<key>.<language>.txt` holds the message; `<key>.<channel>.<language>.txt`, where there is one, replaces it on
that channel (`offer.sms.fi.txt`). Placeholders are plain names in braces: `{name}`, `{until:date}`, `{value:money}`
(an ISO date and integer cents in the data). Nothing else of Python's formatting works, on purpose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from string import Formatter

from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES

SPECS = ("", "date", "money")


class TemplateError(ValueError):
    """A template is missing, or a placeholder and the data do not fit; the message names file and placeholder."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Template:
    """One message of a service: its id (`summer-voucher.offer`), its fields and its texts by (channel, language)."""

    id: str
    fields: frozenset[str]
    texts: Mapping[tuple[str, str], str]
    version: str

    def render(self, data: Mapping[str, object], *, language: str, channel: str) -> Rendered:
        """The message in a language (Finnish where it is not there), in the channel's own words where it has some."""
        known = language if ("", language) in self.texts else "fi"
        text = self.texts.get((channel, known)) or self.texts["", known]
        subject, _, body = _filled(text, data, known, self.id).partition("\n")
        return Rendered(subject.strip(), body.strip() + "\n")


_templates: dict[str, Template] = {}


def register_templates(*, service: str, folder: Path, fields: Mapping[str, tuple[str, ...]]) -> None:
    """Read a service's templates: `fields` gives, by key, the names that the data of each message has.

    Raises TemplateError if a language is missing, a text is empty, or a text asks for what the data does not have.
    """
    for key, names in fields.items():
        texts: dict[tuple[str, str], str] = {}
        for path in sorted(folder.glob(f"{key}.*.txt")):
            parts = path.name.removeprefix(f"{key}.").removesuffix(".txt").split(".")
            if len(parts) > 2:
                continue  # belongs to another key that begins with this one and a full stop
            channel, language = ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1])
            text = path.read_text(encoding="utf-8")
            _checked(text, frozenset(names), path)
            texts[channel, language] = text
        missing = [language for language in LANGUAGES if ("", language) not in texts]
        if missing:
            raise TemplateError(f"{folder}/{key}: there is no text in {', '.join(missing)}.")
        whole = "\x00".join(f"{'.'.join(place)}\x00{text}" for place, text in sorted(texts.items()))
        version = sha256(whole.encode()).hexdigest()[:16]
        template = Template(f"{service}.{key}", frozenset(names), texts, version)
        if _templates.setdefault(template.id, template) != template:
            raise TemplateError(f"The template {template.id} is registered twice, differently.")


def template(name: str) -> Template:
    """The template of an id; raises TemplateError."""
    if name not in _templates:
        known = ", ".join(sorted(_templates)) or "none"
        raise TemplateError(f"There is no message template {name!r}; there are: {known}.")
    return _templates[name]


def checked_data(name: str, data: Mapping[str, object]) -> Template:
    """The template, once the data has exactly its fields; raises TemplateError."""
    known = template(name)
    if data.keys() != known.fields:
        wrong = sorted(known.fields.symmetric_difference(data))
        needed = ", ".join(sorted(known.fields))
        raise TemplateError(f"The message {name} needs {needed}; wrong or missing: {', '.join(wrong)}.")
    return known


def _placeholders(text: str) -> Iterator[tuple[str, str, str]]:
    """(literal before, name, spec) of each placeholder; name is "" for the literal at the end."""
    for literal, name, spec, conversion in Formatter().parse(text):
        if name is None:
            yield literal, "", ""
            continue
        if not name.isidentifier() or conversion is not None or spec not in SPECS:
            raise TemplateError(f"{{{name}}}: a placeholder is a name, or a name with :date or :money.")
        yield literal, name, spec or ""


def _checked(text: str, fields: frozenset[str], path: Path) -> None:
    subject, _, body = text.partition("\n")
    if not subject.strip() or not body.strip():
        raise TemplateError(f"{path}: the first line is the subject, the rest the message; one of them is empty.")
    try:
        unknown = {name for _, name, _ in _placeholders(text) if name} - fields
    except ValueError as error:
        raise TemplateError(f"{path}: {error}") from error
    if unknown:
        wrong = ", ".join(sorted(unknown))
        raise TemplateError(f"{path}: {wrong} is not among the fields {', '.join(sorted(fields))}.")


def _filled(text: str, data: Mapping[str, object], language: str, name: str) -> str:
    words: list[str] = []
    for literal, place, spec in _placeholders(text):
        words.append(literal)
        if place:
            if place not in data:
                raise TemplateError(f"The message {name} needs {place}.")
            words.append(_written(data[place], spec, language, f"{name}: {place}"))
    return "".join(words)


def _written(value: object, spec: str, language: str, where: str) -> str:
    if spec == "date":
        try:
            return format_date(value if isinstance(value, date) else date.fromisoformat(str(value)), language)
        except ValueError:
            raise TemplateError(f"{where} is not a date: {value!r}.") from None
    if spec == "money":
        if not isinstance(value, int) or isinstance(value, bool):
            raise TemplateError(f"{where} is not an amount in cents: {value!r}.")
        return format_money(value, language)
    return str(value)
