# SPDX-License-Identifier: Apache-2.0
"""Money as whole cents: exact, never a float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

NO_BREAK_SPACE = "\u00a0"
DIGITS = 18
"""Digits that an amount in euros has at most: its cents are then exact, and near what 64 bits hold."""


def euros(amount: int | str | Decimal) -> int:
    """Euros as cents: `euros(350)` and `euros("350.00")` are 35000.

    Raises ValueError for fractions of a cent, unreadable text and more than 18 digits, TypeError for floats (they are
    not exact).
    """
    if isinstance(amount, bool) or not isinstance(amount, int | str | Decimal):
        raise TypeError(f"Write euros as a whole number or as text, not as {type(amount).__name__}: {amount!r}")
    try:
        exact = Decimal(amount.strip().replace(",", ".") if isinstance(amount, str) else amount)
    except InvalidOperation:
        raise ValueError(f"Not an amount in euros: {amount!r}") from None
    # Past this a decimal number is no longer exact, and "1e999999" would take minutes to write out.
    if exact and exact.is_finite() and (abs(exact.adjusted()) >= DIGITS or len(exact.as_tuple().digits) > 27):
        raise ValueError(f"An amount has at most {DIGITS} digits: {amount!r}")
    cents = exact * 100
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError(f"An amount has at most two decimals: {amount!r}")
    return int(cents)


def in_euros(cents: int) -> Decimal:
    """Cents as euros with two decimals, exact."""
    return Decimal(cents).scaleb(-2)


def round_half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole number, halves away from zero.

    The one rounding of the house. Raises ZeroDivisionError for denominator 0.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -magnitude if numerator < 0 else magnitude


def format_money(cents: int, language: str) -> str:
    """An amount as people write it: "1 234,50 €" in Finnish and Swedish, "€1,234.50" in English; no ",00".

    Blanks are no-break spaces, so that an amount never wraps.
    """
    whole, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    if language.lower().startswith("en"):
        return f"{sign}€{whole:,}" + (f".{rest:02}" if rest else "")
    digits = f"{whole:,}".replace(",", NO_BREAK_SPACE)
    return f"{sign}{digits}" + (f",{rest:02}" if rest else "") + f"{NO_BREAK_SPACE}€"
