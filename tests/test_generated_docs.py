# SPDX-License-Identifier: EUPL-1.2
"""The generated pages of docs/ say what the code says."""

from pathlib import Path

from ennakko.web.generated_docs import pages

DOCS = Path(__file__).parents[1] / "docs"


def test_the_generated_pages_are_as_the_code_makes_them():
    stale = [str(path) for path, text in pages() if not (DOCS / path).exists() or (DOCS / path).read_text() != text]
    assert not stale, "Run make docs"


def test_no_generated_page_is_left_from_a_rule_that_is_gone():
    made = {DOCS / path for path, _ in pages()}
    assert not [str(path) for path in (DOCS / "law").rglob("*.md") if path not in made]
