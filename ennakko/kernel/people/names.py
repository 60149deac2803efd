# SPDX-License-Identifier: EUPL-1.2
"""Names made comparable: SQLite folds only ASCII, so "äiti" would not find "Äiti" without a folded column."""

import unicodedata


def folded(*words: str) -> str:
    """Words case-folded in one composed form, blanks single; å, ä and ö stay letters of their own."""
    return " ".join(unicodedata.normalize("NFC", " ".join(words)).casefold().split())
