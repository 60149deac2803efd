# SPDX-License-Identifier: EUPL-1.2
"""The repository keeps its own rules: small files, headers, words of the glossary, documented settings and commands."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
TAG = "SPDX-License" + "-Identifier:"  # written in two parts, or the licence checker takes the next word for a licence
TEXTUAL = {".py", ".md", ".toml", ".txt", ".json", ".yml", ".yaml", ".html", ".css", ".js", ".po", ".cfg", ".in", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
SOURCES = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]


def test_no_source_file_is_longer_than_four_hundred_lines():
    long = {str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 400}
    assert not long


def test_every_source_file_names_its_licence():
    libraries = ("values", "rules", "facts")
    wrong = []
    for path in SOURCES:
        text = path.read_text()
        if not text.strip() or path.name == "__init__.py":
            continue
        parts = path.relative_to(ROOT).parts
        expected = "Apache-2.0" if parts[0] == "ennakko" and parts[1] in libraries else "EUPL-1.2"
        if f"{TAG} {expected}" not in text:
            wrong.append(str(path.relative_to(ROOT)))
    assert not wrong


def test_no_file_holds_a_path_of_a_machine_or_an_address_of_a_registry():
    machine = re.compile(r"(?<![\w.])/(?:root|home|work)/[a-z]")
    registry = re.compile(r"https?://[^\s\"']*(?:/simple[/\"'\s]|//registry\.)|https?://registry\.")
    found = []
    for path in FILES:
        if path.suffix not in TEXTUAL or path.stat().st_size > 2_000_000 or path == Path(__file__):
            continue
        text = path.read_text(errors="replace")
        if machine.search(text) or registry.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert not found


# Where a city may be named: its own profile; the demo city, which is drawn from its open data; tests; migrations, which
# are history; worked cases, which are quoted as they are. Everything else takes the name from the profile.
NAMED_IN = ("municipalities/helsinki/", "demo_city/", "/tests/", "/migrations/", "/law/cases.json")

NOT_THE_CITY = re.compile(
    r"Europe/Helsinki"  # the time zone of the whole country
    r"|Helsinki Design System\w*"  # the design system's own name
    r"|City-of-Helsinki/\w+|django-helsinki-suomifi-messages"  # repositories, named as sources
    r"|helsinki_benefit_\w+|xlsx/[^\"]*"  # words of worked cases: keys of their answers, their own names
)


def test_only_the_citys_profile_and_the_demo_city_name_the_city():
    city = re.compile(r"helsin[gk]|\bhel\.fi\b", re.IGNORECASE)
    found = []
    for path in FILES:
        if (ROOT / "ennakko") not in path.parents or path.suffix not in TEXTUAL:
            continue
        name = "/" + str(path.relative_to(ROOT / "ennakko"))
        if any(part in name for part in NAMED_IN):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if city.search(NOT_THE_CITY.sub("", line)):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    assert not found


def settings_names() -> set[str]:
    names = set()
    for path in SOURCES:
        if "tests" not in path.parts:
            names |= set(re.findall(r"\b(ENNAKKO_[A-Z_]+)\b", path.read_text()))
    return names


def documented_settings() -> set[str]:
    """Names in the table of docs/running.md; `_PORT` after `ENNAKKO_SMTP_HOST` means ENNAKKO_SMTP_PORT."""
    found: set[str] = set()
    for line in (ROOT / "docs" / "running.md").read_text().splitlines():
        first = ""
        for name in re.findall(r"`((?:ENNAKKO)?_[A-Z_]+)`", line):
            first = first or name
            found.add(name if name.startswith("ENNAKKO_") else f"{first.rpartition('_')[0]}{name}")
    return found


def test_every_setting_is_documented():
    assert not sorted(settings_names() - documented_settings())


def test_every_command_is_documented():
    documented = (ROOT / "docs" / "running.md").read_text() + (ROOT / "README.md").read_text()
    commands = {path.stem for path in SOURCES if path.parent.name == "commands" and path.name != "__init__.py"}
    assert commands
    assert not [name for name in sorted(commands) if f"ennakko {name}" not in documented]


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"^make ([a-z-]+)", (ROOT / "README.md").read_text(), re.M)) <= targets


def test_every_library_has_its_reason():
    reasons = (ROOT / "docs" / "decisions" / "libraries.md").read_text().lower()
    named = re.compile(r"^([a-z0-9][a-z0-9-]*)", re.M)
    unexplained = []
    for group in ("runtime", "dev", "spark", "bench"):
        for name in named.findall((ROOT / "requirements" / f"{group}.in").read_text()):
            short = name.removesuffix("-python").removesuffix("-cffi")
            if short not in reasons and name not in {"setuptools", "wheel"}:
                unexplained.append(name)
    assert not unexplained


def test_the_same_words_are_translated_alike_in_every_room():
    """At run time all catalogues are one, and the last would win; words of two meanings get a context."""
    said: defaultdict[tuple[str, object, object], set[object]] = defaultdict(set)
    for path in FILES:
        if path.name == "django.po":
            with path.open("rb") as file:
                for message in read_po(file):
                    if message.id and any(message.string):
                        said[path.parts[-3], message.context, message.id].add(message.string)
    assert len(said) > 1000
    assert not sorted(str(key) for key, translations in said.items() if len(translations) > 1)


TAG_OF_LISTS = re.compile(r"\{% (for|empty|endfor|\w*translate|\w+_button|unfold)\b([^%]*)%\}")
ONCE = {"Aid from others, if you have had any", "Tell more, if there have been", "Continue", "To its page"}
"""Stand in a list, each at one of its rows only."""


def alike(template: str) -> list[str]:
    """Buttons of a list that all have the same words, and nothing that tells which row each is about."""
    inside, said, found = [], "", []
    for tag, rest in TAG_OF_LISTS.findall(template):
        if tag == "for":
            inside.append(rest)
            said = "" if "label" in rest.partition(" in ")[0] else said
        elif tag == "empty":
            inside[-1] = ""  # shown once, where the list has nothing
        elif tag == "endfor":
            inside.pop()
        elif tag == "translate" and " as label" in rest:
            said = rest.strip().removesuffix(" as label").strip("\"'")
        elif tag == "blocktranslate" and " asvar label" in rest:
            said = ""
        elif "translate" not in tag and " label" in rest and any(inside) and said and "about=" not in rest:
            found.append(said)
    return [one for one in found if one not in ONCE]


def test_each_button_of_a_list_says_what_it_is_about():
    told = {str(path.relative_to(ROOT)): alike(path.read_text()) for path in FILES if path.suffix == ".html"}
    assert {path: found for path, found in told.items() if found} == {}
    assert alike('{% for a in b %}{% translate "Go" as label %}{% post_button url label %}{% endfor %}') == ["Go"]
