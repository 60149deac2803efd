# SPDX-License-Identifier: EUPL-1.2
"""`{% load work %}`: how the handlers' pages write what is stored."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ennakko.kernel.ui.filters import day, language, money, say
from ennakko.services.hiring_benefit.desk_words import LABELS, NO, YES
from ennakko.values.texts import Text

register = template.Library()


@register.filter
def in_language(words: Mapping[str, str]) -> str:
    """A text stored by language, in the page's."""
    return words.get(language()[:2]) or words.get("fi") or ""


@register.filter
def said_list(words: Iterable[Text]) -> str:
    """Texts one after another."""
    return ", ".join(say(one) for one in words)


@register.filter
def months(written: Any) -> str:
    """Months with at most two decimals, as people write them."""
    number = f"{float(written):.2f}".rstrip("0").rstrip(".")
    return number if language().startswith("en") else number.replace(".", ",")


@register.filter
def field_label(name: str) -> str:
    """What a field of an application is called."""
    known = LABELS.get(name)
    return say(known) if known is not None else name


@register.filter
def before_and_after(change: Mapping[str, Any]) -> str:
    """What stood there and what stands there now."""
    return f"{_value(change['field'], change['before'])} → {_value(change['field'], change['after'])}"


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return say(YES if value else NO)
    if name.endswith("_cents"):
        return money(int(value))
    if name == "weekly_hours":
        return f"{int(value) / 100:g} h"
    if name in ("start", "end"):
        return day(date.fromisoformat(str(value)))
    return say(LABELS[value]) if name == "pay_subsidy" and value in LABELS else str(value)
