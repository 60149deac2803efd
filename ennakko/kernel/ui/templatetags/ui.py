# SPDX-License-Identifier: EUPL-1.2
"""`{% load ui %}`: the parts of a page. docs/ui.md shows each in use."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ennakko.kernel.ui import filters
from ennakko.kernel.ui.charts import Chart
from ennakko.kernel.ui.forms import dressed, kind_of
from ennakko.kernel.ui.tables import Table
from ennakko.values.texts import Text

register = template.Library()

register.filter("day", filters.day)
register.filter("moment", filters.moment)
register.filter("money", filters.money)
register.filter("number", filters.number)
register.filter("iban", filters.iban)
register.filter("say", filters.say)
register.filter("cited", filters.cited)
register.filter("field_kind", kind_of)

NOTIFICATION_ICONS = {
    "info": "info-circle-fill",
    "success": "check-circle-fill",
    "alert": "alert-circle-fill",
    "error": "error-fill",
}
BUTTONS = ("primary", "secondary", "supplementary", "danger", "success", "clear")
STATUSES = ("neutral", "info", "success", "alert", "error")


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} {value!r}: write one of {', '.join(allowed)}")
    return value


def _heading(level: int, label: str | Text, css: str = "") -> SafeString:
    if not label:
        return mark_safe("")
    return format_html('<h{} class="{}">{}</h{}>', int(level), css, filters.say(label), int(level))


def _about(what: str | Text) -> SafeString:
    """Which of several that are named alike: not seen, but read aloud after the words that are seen."""
    said = filters.say(what).strip()
    return format_html('<span class="visually-hidden">: {}</span>', said) if said else SafeString("")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside words; never alone."""
    return format_html('<span class="hds-icon hds-icon--{} hds-icon--size-s" aria-hidden="true"></span>', name)


@register.simple_block_tag
def notification(content: str, kind: str = "info", label: str | Text = "", level: int = 0) -> SafeString:
    """A box that must be noticed: info, success, alert or error; `level` makes its label a heading."""
    _one_of(kind, tuple(NOTIFICATION_ICONS), "notification")
    words = filters.say(label)
    title = format_html(
        '<{} class="hds-notification__label"><span class="hds-icon hds-icon--{}" aria-hidden="true"></span>{}</{}>',
        f"h{int(level)}" if level else "div", NOTIFICATION_ICONS[kind], words, f"h{int(level)}" if level else "div",
    ) if words else ""  # fmt: skip
    body = format_html('<div class="hds-notification__body">{}</div>', content) if content.strip() else ""
    return format_html(
        '<div class="hds-notification hds-notification--{}"><div class="hds-notification__content">{}{}</div></div>',
        kind, title, body,
    )  # fmt: skip


@register.simple_block_tag
def card(content: str, heading: str | Text = "", level: int = 2, url: str = "", waiting: bool = False) -> SafeString:
    """A framed part of a page; `waiting` marks what waits for the reader; `url` makes the heading a link."""
    words: str | SafeString = filters.say(heading)
    if url and words:
        words = format_html('<a href="{}">{}</a>', url, words)
    return format_html(
        '<div class="hds-card hds-card--border{}">{}{}</div>',
        " waiting" if waiting else "",
        _heading(level, words, "card__heading"),
        content,
    )


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """A list of what is what; its rows are `summary_row`."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def summary_row(
    content: str, label: str | Text, url: str = "", action: str | Text = "", about: str | Text = ""
) -> SafeString:
    """One row: label, value, and what can be done to it; `about` as of `post_button`."""
    link: str | SafeString = ""
    if url:
        words = filters.say(action) or gettext("Change")
        link = format_html(
            '<dd class="summary__action"><a href="{}">{}<span class="visually-hidden"> ({})</span></a></dd>',
            url, words, ", ".join(one for one in (filters.say(label), filters.say(about).strip()) if one),
        )  # fmt: skip
    return format_html('<div class="summary__row"><dt>{}</dt><dd>{}</dd>{}</div>', filters.say(label), content, link)


@register.simple_tag
def status_label(kind: str, words: str | Text) -> SafeString:
    """A status: colour and word; neutral, info, success, alert or error."""
    _one_of(kind, STATUSES, "status_label")
    return format_html('<span class="hds-status-label hds-status-label--{}">{}</span>', kind, filters.say(words))


@register.simple_block_tag
def tiles(content: str) -> SafeString:
    """A row of figures; its members are `tile`."""
    return format_html('<ul class="tiles">{}</ul>', content)


@register.simple_block_tag
def tile(content: str, value: object, label: str | Text, url: str = "") -> SafeString:
    """One figure: value, what it is, and (as content) its day and source."""
    written = filters.number(value) if isinstance(value, int | float) else filters.say(value)
    name: str | SafeString = filters.say(label)
    if url:
        name = format_html('<a href="{}">{}</a>', url, name)
    note = format_html('<span class="tile__note">{}</span>', content) if content.strip() else ""
    return format_html(
        '<li class="tile"><span class="tile__value">{}</span><span class="tile__label">{}</span>{}</li>',
        written, name, note,
    )  # fmt: skip


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What has happened and will happen, in order; its members are `event`."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def event(content: str, title: str | Text, when: str = "", state: str = "done") -> SafeString:
    """One moment of a timeline: done, now or coming."""
    _one_of(state, ("done", "now", "coming"), "event state")
    hour = format_html('<div class="timeline__when">{}</div>', when) if when else ""
    return format_html(
        '<li class="{}"{}>{}<div class="timeline__title">{}</div>{}</li>',
        state, mark_safe(' aria-current="step"') if state == "now" else "", hour, filters.say(title), content,
    )  # fmt: skip


@register.simple_block_tag
def unfold(content: str, summary: str | Text, open: bool = False, about: str | Text = "") -> SafeString:
    """Something more, opened by those who want it; `about` as of `post_button`."""
    return format_html(
        '<details class="unfold"{}><summary>{}{}</summary><div class="unfold__body">{}</div></details>',
        mark_safe(" open") if open else "", filters.say(summary), _about(about), content,
    )  # fmt: skip


@register.simple_tag
def progress(value: int, maximum: int, label: str | Text) -> SafeString:
    """How far a piece of work is, in words and as a bar."""
    return format_html(
        '<label class="progress"><span>{} {} / {}</span><progress value="{}" max="{}"></progress></label>',
        filters.say(label), filters.number(value), filters.number(maximum), int(value), max(int(maximum), 1),
    )  # fmt: skip


@register.simple_tag
def link_button(
    url: str, label: str | Text, kind: str = "primary", small: bool = False, about: str | Text = ""
) -> SafeString:
    """A link that looks like a button: the next step of a page; `about` as of `post_button`."""
    _one_of(kind, BUTTONS, "link_button")
    return format_html(
        '<a class="hds-button hds-button--{}{}" href="{}">{}{}</a>',
        kind, " hds-button--small" if small else "", url, filters.say(label), _about(about),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, url: str, label: str | Text, kind: str = "primary", small: bool = False, about: str | Text = "",
    **values: object,
) -> SafeString:  # fmt: skip
    """A button that changes something: a form of its own, POST, with `values` as hidden fields.

    `about`: where several with the same words stand on a page, which of them it is, for those who do not see it.
    """
    _one_of(kind, BUTTONS, "post_button")
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', values.items())
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button class="hds-button hds-button--{}{}" type="submit">{}{}</button></form>',
        url, context.get("csrf_token", ""), hidden, kind, " hds-button--small" if small else "", filters.say(label),
        _about(about),
    )  # fmt: skip


@register.simple_tag
def submit_button(
    label: str | Text, kind: str = "primary", name: str = "", value: str = "", about: str | Text = ""
) -> SafeString:
    """The button of a form; `name` and `value` tell which of several was pressed, `about` as of `post_button`."""
    _one_of(kind, BUTTONS, "submit_button")
    which = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="hds-button hds-button--{}" type="submit"{}>{}{}</button>',
        kind, which, filters.say(label), _about(about),
    )  # fmt: skip


@register.inclusion_tag("ui/table.html", takes_context=True)
def data_table(context: Context, table: Table) -> dict[str, Any]:
    """A dense table: sortable by links, rows to choose where the table says so."""
    request = context.get("request")
    return {"table": table, "columns": table.headings(request.GET if request else {})}


@register.inclusion_tag("ui/bulk_bar.html")
def bulk_count() -> dict[str, Any]:
    """How many rows are chosen; stands in a `<div class="bulk-bar">` of the form around a table."""
    return {}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, pages: Page[Any]) -> dict[str, Any]:
    """Links to the pages of a long list; keeps the other parameters of the address."""
    request = context.get("request")
    kept = [(key, one) for key, many in (request.GET.lists() if request else []) for one in many if key != "page"]
    return {
        "pages": pages,
        "numbers": pages.paginator.get_elided_page_range(pages.number, on_each_side=2, on_ends=1),
        "kept": urlencode(kept),
    }


@register.simple_tag
def hds_input(field: BoundField) -> SafeString:
    """The input of a form field, in the design system's clothes (form templates use it)."""
    return dressed(field)


@register.inclusion_tag("ui/chart.html")
def chart(drawing: Chart) -> dict[str, Any]:
    """A drawing with its table twin."""
    return {"chart": drawing}


@register.filter
def mark(holds: bool | None) -> SafeString:
    """✓, ✗ or ? with the word for those who listen."""
    sign, words, css = {
        True: ("✓", gettext("Yes:"), "yes"),
        False: ("✗", gettext("No:"), "no"),
        None: ("?", gettext("Not known:"), "unknown"),
    }[holds]
    return format_html(
        '<span class="reasons__mark reasons__mark--{}" aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span>',
        css, sign, words,
    )  # fmt: skip
