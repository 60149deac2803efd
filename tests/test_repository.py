# SPDX-License-Identifier: EUPL-1.2
"""The repository keeps its own rules: small files, headers, words of the glossary, documented settings and commands."""

import re
import subprocess
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("city_word", ["Helsinki", "Helsingin", "Helsingfors"])
def test_only_the_municipality_and_the_demo_city_name_the_city(city_word: str):
    allowed = ("municipalities/helsinki", "demo_city", "docs", "bench", "tests")
    # The design system and its time zone carry the city's name; they are not the product speaking of the city.
    harmless = re.compile(r"Europe/Helsinki|Helsinki Design System|City of Helsinki's design|Helsinki Grotesk")
    found = []
    for path in FILES:
        name = str(path.relative_to(ROOT / "ennakko")) if (ROOT / "ennakko") in path.parents else ""
        if not name or path.suffix not in {".py", ".html", ".txt", ".po", ".toml", ".js", ".css"}:
            continue
        if any(part in name for part in allowed):
            continue
        if city_word in harmless.sub("", path.read_text(errors="replace")):
            found.append(name)
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
