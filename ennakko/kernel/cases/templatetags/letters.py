# SPDX-License-Identifier: EUPL-1.2
"""What letters need of templates: a business id that stays on one line."""

import re
from typing import Final

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_BUSINESS_ID: Final = re.compile(r"\b[0-9]{7}-[0-9]\b")


@register.filter
def unbroken(words: str) -> SafeString:
    """Words with each business id in an element that no line break divides; the characters stay as they are."""
    escaped = str(conditional_escape(words))
    # The pattern holds only digits and a hyphen: what has been escaped stays escaped.
    return mark_safe(_BUSINESS_ID.sub(r'<span class="unbroken">\g<0></span>', escaped))  # noqa: S308
