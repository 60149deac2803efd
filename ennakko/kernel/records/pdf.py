# SPDX-License-Identifier: EUPL-1.2
"""PDF/UA-1 from a page of HTML: tagged, with its language and title; the same page gives the same bytes."""

import atexit
import logging
import os
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
STYLE = Path(__file__).parent / "letter.css"
FONTS = ("latin", "latin-ext")
_ONE_AT_A_TIME = Lock()  # the native library's table of typefaces is shared, and not made for several threads

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every style rule that paper does not have
logging.getLogger("fontTools").setLevel(logging.ERROR)


class PdfUnavailable(RuntimeError):
    """This machine cannot make PDFs; the message names the packages to install."""


def make_pdf(html: str, *, language: str, title: str) -> bytes:
    """A page of HTML (its body, or a whole page) as PDF/UA-1; nothing outside the page is ever fetched.

    Takes some 50–100 ms, and a second or two the first time. Raises PdfUnavailable, and ValueError without language or
    title: screen readers say them first.
    """
    if not title.strip() or not language.strip():
        raise ValueError("A PDF/UA needs a title and a language.")
    library = _library()
    whole = library.HTML(string=_page(html, language, title), url_fetcher=_nothing_outside())
    with _ONE_AT_A_TIME:
        style, fonts = _style()
        return bytes(whole.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"))


def is_available() -> bool:
    """Whether this machine can make PDFs."""
    try:
        _library()
    except PdfUnavailable:
        return False
    return True


def _library() -> Any:
    # The typefaces in the file would carry the moment they were cut to size, and no two files would be the same.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # its native libraries are looked for when it is imported
        raise PdfUnavailable(
            f"PDFs cannot be made on this machine: {error}. On Debian: apt-get install {PACKAGES}"
        ) from error
    return weasyprint


def _page(html: str, language: str, title: str) -> str:
    body = html
    lowered = html.lower()
    if "<body" in lowered:
        start = lowered.index(">", lowered.index("<body")) + 1
        end = lowered.rindex("</body") if "</body" in lowered[start:] else len(html)
        body = html[start:end]
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"</head><body>{body}</body></html>"
    )


@lru_cache(maxsize=1)
def _style() -> "tuple[CSS, FontConfiguration]":
    """The style of letters with the pages' own typeface, read once; the system's typefaces where it is not there."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face{{font-family:"Letter";font-weight:100 900;src:url("font:{name}")}}'
        for name in FONTS
        if _font(name) is not None
    )
    atexit.register(_style.cache_clear)  # its clean-up needs the interpreter
    style = CSS(string=faces + STYLE.read_text("utf-8"), font_config=fonts, url_fetcher=_nothing_outside())
    return style, fonts


def _font(name: str) -> Path | None:
    """A typeface's file as the pages have it; where they are not gathered yet (tests), as npm brought it."""
    gathered = finders.find(f"fonts/hanken-grotesk-{name}.woff2")
    if isinstance(gathered, str):
        return Path(gathered)
    brought = Path(settings.ROOT) / "node_modules" / "@fontsource-variable" / "hanken-grotesk" / "files"
    file = brought / f"hanken-grotesk-{name}-wght-normal.woff2"
    return file if file.is_file() else None


def _nothing_outside() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class NothingOutside(URLFetcher):  # type: ignore[misc]
        """Gives our typefaces and what stands in the page itself (data:); every other address is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("font:"):
                path = _font(url.removeprefix("font:"))
                if path is not None:
                    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"A letter fetches nothing: {url[:80]}")

    return NothingOutside()
