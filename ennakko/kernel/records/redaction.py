# SPDX-License-Identifier: EUPL-1.2
"""A copy without its secret parts (621/1999 10 §): what is withheld is not in the copy's bytes at all.

A page marks what is whose by `data-field="person-name"` and the like on the element that holds the value; one that is
of several classes names them all, with blanks between. Whole classes are withheld, and passages marked by hand. What
stood in a withheld element is taken out wherever else it stands too, identity codes, account numbers and addresses by
their form. A machine does not know every ending and allusion: whoever gives the copy reads it through first.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import tinyhtml5

from ennakko.kernel.records import reasons
from ennakko.values.texts import Text, text

_PRIVATE = text(
    fi="julkisuuslaki 621/1999, 24 § 1 momentti", sv="offentlighetslagen 621/1999, 24 § 1 mom.",
    en="Openness Act 621/1999, section 24, subsection 1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldClass:
    """A class of values that can be withheld together: its id in pages, its name, and the usual ground."""

    id: str
    label: Text
    ground: Text


FIELD_CLASSES: tuple[FieldClass, ...] = (
    FieldClass("person-name", text(fi="henkilön nimi", sv="personens namn", en="person's name"), _PRIVATE),
    FieldClass(
        "identity-code",
        text(fi="henkilötunnus", sv="personbeteckning", en="personal identity code"),
        text(
            fi="tietosuojalaki 1050/2018, 29 §; julkisuuslaki 621/1999, 16 § 3 momentti",
            sv="dataskyddslagen 1050/2018, 29 §; offentlighetslagen 621/1999, 16 § 3 mom.",
            en="Data Protection Act 1050/2018, section 29; Openness Act 621/1999, section 16, subsection 3",
        ),
    ),
    FieldClass("contact", text(fi="yhteystiedot", sv="kontaktuppgifter", en="contact details"), _PRIVATE),
    FieldClass("account", text(fi="tilinumero", sv="kontonummer", en="account number"), _PRIVATE),
    FieldClass("income", text(fi="tulot ja palkka", sv="inkomster och lön", en="income and pay"), _PRIVATE),
    FieldClass("health", text(fi="terveydentila", sv="hälsotillstånd", en="state of health"), _PRIVATE),
    FieldClass("free-text", text(fi="vapaa teksti", sv="fri text", en="free text"), _PRIVATE),
)
CLASSES = {one.id: one for one in FIELD_CLASSES}
MARK = text(fi="[poistettu]", sv="[borttaget]", en="[removed]")

_FORMS = {
    "identity-code": (r"(?<![0-9])[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Ya-y](?![0-9A-Za-z])",),
    "account": (r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?(?![0-9A-Za-z])",),
    "contact": (
        r"[\w.+-]+@[\w-]+\.[\w.-]*\w",
        r"(?<![0-9\-/.])(?![0-9]{7}-[0-9](?![0-9]))(?:\+|0)(?:[\s-]?[0-9]){6,13}(?![0-9])",
    ),
}
_ELSEWHERE_TOO = frozenset({"person-name", "identity-code", "contact", "account"})
_NEVER = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "img", "form", "input", "button"}
)
_KEPT_ATTRIBUTES = frozenset({"lang", "dir", "scope", "colspan", "rowspan"})
_BLOCKS = frozenset(
    {
        "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
        "ul",
    }
)  # fmt: skip
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class PassageNotFound(Exception):
    """A passage marked by hand is not in the documents: nothing may be taken to be removed that is not."""

    def __init__(self, passage: str) -> None:
        self.reason = reasons.PASSAGE_NOT_FOUND.format(passage=passage[:80])
        super().__init__(self.reason.en)


@dataclass(frozen=True, slots=True)
class Redacted:
    """The copy's HTML (the inside of a body), and how many places were taken out."""

    html: str
    removed: int


@dataclass(slots=True)
class _Segment:
    """One piece of text of the tree: an element's own, or its tail."""

    element: Any
    tail: bool
    words: str


def redact(html: str, *, withhold: Iterable[str], passages: Iterable[str] = (), language: str = "fi") -> Redacted:
    """A page without the classes and passages named; raises PassageNotFound, and KeyError for an unknown class."""
    classes = {CLASSES[name].id for name in withhold}
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    mark = MARK.in_(language)
    _clean_text(body)
    values, removed = _values(body, classes), 0
    for passage in filter(None, (_plain(one).strip() for one in passages)):
        # First, while the words still stand as the official saw them.
        taken = _take_out(body, _anywhere(passage, whole_words=False), mark)
        if not taken:
            raise PassageNotFound(passage)
        removed += taken
    removed += _take_out_fields(body, classes, mark)
    _strip(body)
    patterns = [re.compile(form) for name in sorted(classes) for form in _FORMS.get(name, ())]
    patterns += [_anywhere(value) for value in sorted(values, key=lambda value: (-len(value), value))]
    removed += sum(_take_out(body, pattern, mark) for pattern in patterns)
    return Redacted("".join(_written(body)), removed)


def _fields(body: Any, classes: set[str]) -> list[Any]:
    return [one for one in body.iter() if isinstance(one.tag, str) and classes & _classes_of(one)]


def _classes_of(element: Any) -> set[str]:
    return set((element.get("data-field") or "").split())


def _values(body: Any, classes: set[str]) -> set[str]:
    """What stands in the withheld fields, to be found elsewhere too; of a name its parts as well."""
    found = set[str]()
    for element in _fields(body, classes & _ELSEWHERE_TOO):
        value = " ".join("".join(element.itertext()).split())
        if len(value) >= 3:
            found.add(value)
            if "person-name" in _classes_of(element):
                found.update(part for part in re.split(r"[\s-]+", value) if len(part) >= 3)
    return found


def _take_out_fields(body: Any, classes: set[str], mark: str) -> int:
    taken = 0
    for element in _fields(body, classes):
        filled = bool("".join(element.itertext()).strip())
        for child in list(element):
            element.remove(child)
        element.text = mark if filled else ""
        taken += filled
    return taken


def _anywhere(value: str, *, whole_words: bool = True) -> "re.Pattern[str]":
    """A value wherever it stands, however it is spaced and cased; names with the endings that Finnish gives them."""
    words = value.split()
    spaced = r"\s+".join(re.escape(word) for word in words)
    if not whole_words:
        return re.compile(spaced, re.IGNORECASE)
    if len(words) == 1 and value.isalpha():
        if value.lower().endswith("nen"):
            bent = re.escape(value[:-3]) + r"(?:nen|se\w{0,4})"
        else:  # Matti, Matin, Matille: a double k, p or t may be single before an ending
            bent = re.sub(r"([kpt])\1", r"\1\1?", spaced, flags=re.IGNORECASE) + r"\w{0,4}"
        return re.compile(rf"(?<!\w){bent}(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words).translate(_INVISIBLE)


def _clean_text(body: Any) -> None:
    for element in body.iter():
        element.text, element.tail = _plain(element.text or ""), _plain(element.tail or "")


def _strip(body: Any) -> None:
    """Nothing but words and their structure: no comments, scripts, pictures, links, nor attributes that could tell."""
    for parent in list(body.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag in _NEVER or "hidden" in child.attrib:
                _drop(parent, child)
    for element in body.iter():
        kept = {name: value for name, value in element.attrib.items() if name in _KEPT_ATTRIBUTES}
        element.attrib.clear()
        element.attrib.update(kept)
        if element.tag == "a":
            element.tag = "span"


def _drop(parent: Any, child: Any) -> None:
    """Remove a child and keep the words after it."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _segments(element: Any) -> Iterator[_Segment | None]:
    """The texts of the tree in the order of reading; None between blocks, over which nothing is matched."""
    block = element.tag in _BLOCKS
    if block:
        yield None
    yield _Segment(element, False, element.text or "")
    for child in element:
        yield from _segments(child)
        yield _Segment(child, True, child.tail or "")
    if block:
        yield None


def _take_out(body: Any, pattern: "re.Pattern[str]", mark: str) -> int:
    """Put the mark in place of every match, also one that spans several elements; how many there were."""
    pieces, places, whole = list(_segments(body)), list[tuple[int, int]](), ""
    for piece in pieces:
        words = "\x00" if piece is None else piece.words
        places.append((len(whole), len(whole) + len(words)))
        whole += words
    spans = [
        match.span() for match in pattern.finditer(whole) if match.end() > match.start() and mark not in match.group()
    ]
    if not spans:
        return 0
    for piece, (start, end) in zip(pieces, places, strict=True):
        if piece is None:
            continue
        left, out = start, ""
        for first, last in spans:
            if last <= start or first >= end:
                continue
            out += whole[left : max(first, left)]
            if first >= start:  # the mark stands where the match begins
                out += mark
            left = min(last, end)
        if left != start or out:
            out += whole[left:end]
            if piece.tail:
                piece.element.tail = out
            else:
                piece.element.text = out
    return len(spans)


def _written(body: Any) -> Iterator[str]:
    yield _escaped(body.text)
    for child in body:
        yield ElementTree.tostring(child, encoding="unicode", method="html")


def _escaped(words: str | None) -> str:
    return (words or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
