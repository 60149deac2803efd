# SPDX-License-Identifier: EUPL-1.2
"""The documents keep up with the code: paths and names of the tour exist, links lead somewhere, words are explained."""

import re
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from ennakko.kernel.access.tables import actions
from ennakko.kernel.offers import states as offer_states
from ennakko.kernel.payments import states as payment_states

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:make|ennakko) ([a-z_-]+)")
TOUR = (ROOT / "docs" / "tour.md").read_text()


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _is_path(word: str) -> bool:
    return "/" in word and " " not in word


def _paragraphs() -> list[str]:
    return [part for part in re.split(r"\n\s*\n", TOUR) if CODE.search(part)]


@cache
def _text(path: str) -> str:
    return (ROOT / path).read_text()


def test_every_path_of_the_tour_exists():
    named = {word for word in CODE.findall(TOUR) if _is_path(word)}
    assert len(named) > 30
    assert [word for word in sorted(named) if not (ROOT / word).exists()] == []


@pytest.mark.parametrize("paragraph", _paragraphs(), ids=lambda text: " ".join(text.split()[:6]))
def test_every_name_of_a_paragraph_of_the_tour_stands_in_a_file_that_the_paragraph_names(paragraph: str):
    words = CODE.findall(paragraph)
    files = [word for word in words if _is_path(word)]
    for word in words:
        if _is_path(word) or COMMAND.match(word):
            continue
        found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        assert any(found.search(_text(path)) for path in files), f"{word} is in none of {files}"


def test_every_command_of_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = {path.stem for path in ROOT.glob("ennakko/**/management/commands/*.py")}
    built_in = {"check", "migrate", "makemigrations", "shell"}
    unknown = [
        f"{_name(path)}: {word}"
        for path in DOCUMENTS
        for word in CODE.findall(FENCED.sub("", path.read_text()))
        if (told := COMMAND.match(word.removeprefix(".venv/bin/")))
        and told[1] not in (targets if "make " in word else commands | built_in)
    ]
    assert unknown == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(path: Path):
    broken = []
    for link in LINK.findall(FENCED.sub("", path.read_text())):
        if re.match(r"(https?|mailto):", link):
            continue
        file, _, heading = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (heading and heading not in _anchors(target)):
            broken.append(link)
    assert broken == []


def _anchors(path: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in headings}


def _glossary() -> set[str]:
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    return {row.strip().casefold() for row in rows}


def _states() -> set[str]:
    """The names of every state and every verb of offers, of payments and of each service."""
    modules = [
        offer_states,
        payment_states,
        *(import_module(f"ennakko.services.{name}.states") for name in settings.SERVICES),
    ]
    return {
        str(member)
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
        for member in kind
    }


def test_the_glossary_holds_every_state_and_verb_of_offers_payments_and_services():
    missing = {name.replace("_", " ") for name in _states()} - _glossary()
    assert sorted(missing) == []


def test_the_glossary_holds_every_action_of_the_services():
    services = tuple(f"{name.replace('_', '-')}." for name in settings.SERVICES)
    names = {one.name.partition(".")[2] for one in actions() if one.name.startswith(services)}
    missing = {name.replace("-", " ") for name in names} - _glossary()
    assert sorted(missing) == []


def test_the_glossary_is_in_order_and_says_everything_in_three_languages():
    rows = re.findall(r"^\|(.+)\|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)[2:]
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    assert [row for row in cells if len(row) != 4 or not all(row)] == []
    words = [row[0].casefold() for row in cells]
    assert words == sorted(words)
