# SPDX-License-Identifier: EUPL-1.2
"""Every page that one person can reach by links alone, read without a browser window."""

import re
from collections import Counter, deque
from html import unescape

from tests.journeys.visitors import Visitor

LINK = re.compile(r'(?:href|src|hx-get|action)="(/[^"#]*)')
VARIES = re.compile(r"\d+|[0-9A-Za-z_-]{12,}")
OUTSIDE = ("/static/", "/demo/identity/", "/sign-in/")
"""Files, the demo's list of people to sign in as (it names every persona), and doors."""


def pages_of(visitor: Visitor, *starts: str, alike: int = 8, most: int = 200) -> dict[str, str]:
    """Address and text of what can be reached from some pages; of addresses that differ by numbers alone only so many.

    A form's address is tried too: what takes a POST only answers 405 and is left out, as are refusals.
    """
    waiting, seen, shapes = deque(starts), set(starts), Counter[str]()
    found: dict[str, str] = {}
    while waiting and len(found) < most:
        path = waiting.popleft()
        answer = visitor.context.request.get(f"{visitor.address}{path}", max_redirects=3)
        assert answer.status < 500, f"{path}: {answer.status}"
        if answer.status >= 400:
            continue
        text = answer.text()
        found[path] = text
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for link in LINK.findall(text):
            to = unescape(link)
            shape = VARIES.sub("#", to)
            if to in seen or to.startswith(OUTSIDE) or shapes[shape] >= alike:
                continue
            seen.add(to)
            shapes[shape] += 1
            waiting.append(to)
    return found


def names_in(pages: dict[str, str], words: tuple[str, ...]) -> list[str]:
    """The addresses whose text holds one of the words, with the word."""
    return [f"{path}: {word}" for path, text in pages.items() for word in words if word in unescape(text)]
