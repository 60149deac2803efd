# SPDX-License-Identifier: EUPL-1.2
"""Values as people read them, in the language of the page."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from ennakko.values.dates import format_date
from ennakko.values.iban import grouped
from ennakko.values.money import NO_BREAK_SPACE, format_money
from ennakko.values.texts import Text, text


def language() -> str:
    """The language of the page being written."""
    return get_language() or "fi"


def day(value: date | datetime | None) -> str:
    """A date: 15.4.2026, in English 15 April 2026; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_date(value, language())


def moment(value: datetime | None) -> str:
    """A point of time in Finland: 15.4.2026 klo 9.05, kl. 9.05, at 9:05."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    written = format_date(local.date(), language())
    hour, minute = local.hour, f"{local.minute:02}"
    if language().startswith("en"):
        return f"{written} at{NO_BREAK_SPACE}{hour}:{minute}"
    return f"{written} {'kl.' if language().startswith('sv') else 'klo'}{NO_BREAK_SPACE}{hour}.{minute}"


def money(cents: int | None) -> str:
    """An amount of integer cents as money of the page's language; empty for none."""
    return "" if cents is None or cents == "" else format_money(int(cents), language())


def iban(value: str) -> str:
    """An account number in groups of four that stay on one line."""
    return grouped(value).replace(" ", NO_BREAK_SPACE)


def number(value: int | float | None) -> str:
    """A number with thousands grouped; a fraction with one decimal; empty for none."""
    if value is None or value == "":
        return ""
    english = language().startswith("en")
    written = f"{value:,.1f}" if isinstance(value, float) and not value.is_integer() else f"{int(value):,}"
    if english:
        return written
    return written.replace(",", "\0").replace(".", ",").replace("\0", NO_BREAK_SPACE)


def say(value: Text | object) -> str:
    """A text of three languages in the page's language; anything else as it is written."""
    return value.in_(language()) if isinstance(value, Text) else str(value)


RULES = text(fi="säännöt", sv="reglerna", en="rules")


def cited(words: str) -> str:
    """A citation as people read it: `act 2 § 1` is of the service's own rules and becomes "säännöt 2 § 1"."""
    return re.sub(r"\bact (?=\d)", f"{say(RULES)} ", words)
