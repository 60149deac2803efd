# SPDX-License-Identifier: EUPL-1.2
"""Reads a page as a checker of accessibility would, without a browser: what it finds is a list of sentences.

It keeps accessibility in the fast tests; axe in a real browser finds the rest.
"""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

LABELLED = frozenset({"input", "select", "textarea"})
UNLABELLED_INPUTS = frozenset({"hidden", "submit", "button", "image"})
EMPTY = frozenset({"input", "img", "meta", "link", "br", "hr", "path", "use"})


@dataclass(slots=True)
class _Seen:
    ids: list[str] = field(default_factory=list)
    labels_for: set[str] = field(default_factory=set)
    inputs: list[dict[str, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    landmarks: Counter[str] = field(default_factory=Counter)
    nameless: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    language: str = ""
    title: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = _Seen()
        self.open: list[tuple[str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        seen = self.seen
        if "id" in given:
            seen.ids.append(given["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            seen.references += given.get(name, "").split() if name != "for" else []
        if tag == "html":
            seen.language = given.get("lang", "")
        if tag == "label" and "for" in given:
            seen.labels_for.add(given["for"])
        if tag in LABELLED and given.get("type", "text") not in UNLABELLED_INPUTS:
            inside = any(name == "label" for name, _, _ in self.open)
            seen.inputs.append({**given, "inside": "yes" if inside else ""})
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            seen.headings.append(int(tag[1]))
        if tag in ("main", "header", "footer", "nav"):
            seen.landmarks[tag] += 1
        if tag == "img" and "alt" not in given:
            seen.nameless.append(f"an image without alt: {given.get('src', '')}")
        if "style" in given:
            seen.inline.append(f"<{tag} style>")
        seen.inline += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given:
            seen.inline.append("<script> without src")
        if tag not in EMPTY:
            self.open.append((tag, given, []))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1][2].append(data)
            if self.open[-1][0] == "title" and not any(tag == "svg" for tag, _, _ in self.open):
                self.seen.title += data

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, given, words = self.open.pop()
            spoken = "".join(words).strip()
            if name in ("a", "button") and not (spoken or given.get("aria-label")):
                self.seen.nameless.append(f"a nameless <{name}>: {given}")
            if self.open:
                self.open[-1][2].append(spoken)
            if name == tag:
                break


def flaws(html: str, *, language: str = "") -> list[str]:
    """What is wrong with a whole page; empty when nothing is found."""
    reader = _Reader()
    reader.feed(html)
    seen = reader.seen
    found = list(seen.nameless)
    if not seen.language or (language and seen.language != language):
        found.append(f"the page says its language is {seen.language!r}, not {language!r}")
    if not seen.title.strip(" –\n"):
        found.append("the page has no title")
    if seen.headings.count(1) != 1:
        found.append(f"the page has {seen.headings.count(1)} first-level headings, not one")
    for before, after in zip(seen.headings, seen.headings[1:], strict=False):
        if after > before + 1:
            found.append(f"a heading of level {after} follows one of level {before}")
    for name in ("main", "header", "footer"):
        if seen.landmarks[name] != 1:
            found.append(f"the page has {seen.landmarks[name]} <{name}>, not one")
    found += [f"the id {name!r} stands {count} times" for name, count in Counter(seen.ids).items() if count > 1]
    found += [f"nothing has the id {name!r} that is referred to" for name in seen.references if name not in seen.ids]
    for one in seen.inputs:
        named = one.get("aria-label") or one.get("aria-labelledby") or one["inside"] or one.get("id") in seen.labels_for
        if not named:
            found.append(f"an input without a label: {one.get('name')}")
    found += [f"{place}: the content security policy refuses what is inline" for place in seen.inline]
    return found
