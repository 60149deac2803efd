# SPDX-License-Identifier: EUPL-1.2
"""`{% load uploads %}`: files in a form. docs/ui.md shows it in use."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ennakko.kernel.documents.content import Limits, named_types
from ennakko.kernel.documents.models import Document
from ennakko.kernel.ui import filters
from ennakko.kernel.ui.uploads import NotTakenFile, accepted
from ennakko.values.money import NO_BREAK_SPACE
from ennakko.values.texts import Text

register = template.Library()

_UNITS = (("Mt", "MB", 1_000_000), ("kt", "kB", 1000))


@register.filter
def file_size(count: int) -> str:
    """A size as people say it: 340 kt, 2,4 Mt."""
    english = not filters.language().startswith("fi")
    for finnish, other, unit in _UNITS:
        if count >= unit or unit == 1000:
            size = max(count / unit, 0.1)
            shown = filters.number(round(size, 1) if size < 10 else round(size))
            return f"{shown}{NO_BREAK_SPACE}{other if english else finnish}"
    return ""


@register.simple_tag
def upload(
    field: str,
    label: str | Text,
    *,
    help: str | Text = "",
    documents: Sequence[Document] = (),
    infected: Sequence[Document] = (),
    refused: Sequence[NotTakenFile] = (),
    limits: Limits | None = None,
    required: bool = False,
    missing: str | Text = "",
    read_url: str = "",
    remove: str = "remove-document",
    closed: bool = False,
) -> SafeString:
    """Files of one kind inside a form (`enctype="multipart/form-data"`): what is there, and a place to add more.

    `read_url` is an address that ends where the document's id follows. A file is removed by the button `remove` of the
    same form, its value the document's id: so nothing else that was written is lost; the form sent without a named
    button (by Enter in a field) removes nothing. `closed`: shown, not changed.
    `missing`: why the form was sent back for want of a file.
    """
    within = limits or Limits()
    left = within.most_of_kind - len(documents)
    context: dict[str, Any] = {
        "field": field, "id": f"id_{field}", "label": filters.say(label), "help": filters.say(help),
        "documents": documents, "infected": infected, "refused": refused, "types": filters.say(named_types(within)),
        "left": left, "most": within.most_of_kind, "megabytes": f"{within.most_bytes / 1_048_576:g}",
        "accept": accepted(within),
        "required": required, "missing": filters.say(missing), "read_url": read_url, "remove": remove, "closed": closed,
        "wrong": bool(refused or missing),
    }  # fmt: skip
    return mark_safe(render_to_string("ui/upload.html", context))  # noqa: S308 — written by our own template
