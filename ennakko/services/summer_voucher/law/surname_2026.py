# SPDX-License-Identifier: EUPL-1.2
"""Whether a typed name can be the registered surname, and which name is the official one."""

from __future__ import annotations

import unicodedata
from typing import Final

KEPT_MARKS: Final = frozenset({"a\u030a", "a\u0308", "o\u0308"})
"""å, ä and ö are letters of their own in Finnish and Swedish; every other accent is dropped."""

LONGEST_TYPED: Final = 512
"""No name is longer; a longer text is not compared word by word."""

_OPENED = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ĳ": "ij", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t",
        "ı": "i", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "´": "'", "`": "'",
    }
)  # fmt: skip


def normalise(name: str | None) -> str:
    """A name for comparing: small letters, accents dropped except å ä ö, ligatures opened, one kind of dash.

    Blanks between words become one, blanks around go. Scripts without case stay as they are.
    """
    plain = _without_accents(unicodedata.normalize("NFC", name or "").casefold()).translate(_OPENED)
    dashed = "".join("-" if unicodedata.category(character) == "Pd" else character for character in plain)
    return " ".join(unicodedata.normalize("NFC", dashed).split())


def _without_accents(text: str) -> str:
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.category(character) != "Mn":
            base = character
            kept.append(character)
        elif base + character in KEPT_MARKS:
            kept.append(character)
    return "".join(kept)


def allowed_edits(letters: int) -> int:
    """How many letters may be wrong in a name of that length: none in 1–2, one in 3–5, two in longer ones."""
    if letters <= 2:
        return 0
    return 1 if letters <= 5 else 2


def edit_distance(first: str, second: str) -> int:
    """Letters to add, leave out or change to make one word of the other (Levenshtein)."""
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            changed = previous[column - 1] + (letter != other)
            current.append(min(previous[column] + 1, current[column - 1] + 1, changed))
        previous = current
    return previous[-1]


def fits(*, last_name: str | None, full_name: str | None) -> bool:
    """Whether the full name that was typed begins or ends with the registered surname, give or take a typing error.

    Only whole words count: "Gilmore" is not "Gil". A person registered without a surname fits any name.
    """
    if len(full_name or "") > LONGEST_TYPED:
        return False
    surname = normalise(last_name)
    words = normalise(full_name).split()
    allowed = allowed_edits(len(surname))
    beginnings = (" ".join(words[:count]) for count in range(len(words) + 1))
    endings = (" ".join(words[start:]) for start in range(len(words)))
    return any(
        abs(len(part) - len(surname)) <= allowed and edit_distance(part, surname) <= allowed
        for part in (*beginnings, *endings)
    )


def full_name(first: str | None, last: str | None) -> str:
    """First names and surname together; what is missing leaves no blank behind."""
    return " ".join(part for part in ((first or "").strip(), (last or "").strip()) if part)


def most_official(*names: str | None) -> str:
    """The first name that is not blank, when they are listed from the most official to the least."""
    return next((name.strip() for name in names if name and name.strip()), "")


def split_full_name(name: str | None) -> tuple[str, str]:
    """First names and surname of a name written in one: the surname is the last word."""
    first, _, last = (name or "").strip().rpartition(" ")
    return first.strip(), last


def same_text(first: str | None, second: str | None) -> bool:
    """Whether two register texts are the same but for case and blanks around; no typing errors are forgiven."""
    return (first or "").strip().casefold() == (second or "").strip().casefold()
