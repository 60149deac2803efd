# SPDX-License-Identifier: EUPL-1.2
"""The voucher's number as people see, say and type it (in force since May 2026)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

SYMBOLS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u, so that no symbol is taken for another nor forms a rude word."""

FIRST_RANDOM: Final = 100_000
"""Numbers below this were given in running order until 2026, and are written in plain digits."""

LAST_RANDOM: Final = 2**50 - 1
"""Ten symbols: one number cannot be guessed among a million billion."""

LONGEST_TYPED: Final = 64
"""Room for zeros and dashes; anything longer is not a number that someone typed."""

TRIES: Final = 10
GROUP: Final = 3
_VALUE = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_LOOK_ALIKES = str.maketrans("ilo", "110")


class NumbersExhausted(RuntimeError):
    """Every number tried was taken already; with free numbers this does not happen by chance."""


def check_digits(number: int) -> str:
    """The two digits after the symbols, by ISO 7064 MOD 97-10: they find every wrong or swapped symbol."""
    return f"{98 - 100 * number % 97:02}"


def encode(number: int) -> str:
    """The number as it is shown: 100000 → "31n-022", 1234 → "1234". Raises ValueError outside 0–2⁵⁰−1."""
    if not 0 <= number <= LAST_RANDOM:
        raise ValueError(f"A voucher's number is 0–{LAST_RANDOM}, not {number}")
    if number < FIRST_RANDOM:
        return str(number)
    symbols = ""
    rest = number
    while rest:
        rest, value = divmod(rest, len(SYMBOLS))
        symbols = SYMBOLS[value] + symbols
    symbols += check_digits(number)
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def decode(typed: object) -> int | None:
    """The number that someone typed, or None if it is no number.

    Forgives case, blanks, dashes between symbols, leading zeros, and o for 0, i and l for 1. Plain digits below
    100 000 are a number of the old series. Raises TypeError for anything but text, a whole number or None.
    """
    if typed is None:
        return None
    if isinstance(typed, bool) or not isinstance(typed, str | int):
        raise TypeError(f"A voucher's number is text or a whole number, not {type(typed).__name__}")
    plain = "".join(str(typed).split())
    if len(plain) > LONGEST_TYPED or (isinstance(typed, int) and typed < 0):
        return None
    if plain.isascii() and plain.isdigit() and int(plain) < FIRST_RANDOM:
        return int(plain)
    # A dash at the end means that the last characters were lost on the way: ask again rather than guess.
    if plain.endswith("-"):
        return None
    return _decode_symbols(plain.replace("-", "").lower().translate(_LOOK_ALIKES))


def _decode_symbols(symbols: str) -> int | None:
    body, check = symbols[:-2], symbols[-2:]
    if not body or not all(symbol in _VALUE for symbol in body):
        return None
    number = 0
    for symbol in body:
        number = number * len(SYMBOLS) + _VALUE[symbol]
    return number if number <= LAST_RANDOM and check == check_digits(number) else None


def allocate(*, draw: Callable[[int, int], int], taken: Callable[[int], bool]) -> int:
    """A free number, drawn at random so that nobody can guess another's.

    `draw(first, last)` gives a random whole number, both ends included; `taken(number)` tells whether it is in use.
    Raises NumbersExhausted after ten taken numbers.
    """
    for _ in range(TRIES):
        number = draw(FIRST_RANDOM, LAST_RANDOM)
        if not taken(number):
            return number
    raise NumbersExhausted(f"{TRIES} numbers drawn, all of them taken")
