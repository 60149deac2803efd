# SPDX-License-Identifier: EUPL-1.2
"""How decisions are appealed: start-up gives the municipality's rows, services take those of their decisions."""

from collections.abc import Mapping, Sequence

from ennakko.kernel.cases.kinds import Appeal
from ennakko.values.texts import text

TO = text(fi="Vaatimus osoitetaan:", sv="Begäran riktas till:", en="The request is addressed to:")
_rows: dict[str, tuple[Appeal, ...]] = {}


def set_appeals(rows: Mapping[str, Sequence[Appeal]]) -> None:
    """Start-up gives the municipality's rows by decision type (`summer-voucher.rejected`)."""
    _rows.clear()
    _rows.update({decision: tuple(sorted(given, key=lambda row: row.start)) for decision, given in rows.items()})


def appeals_of(decision: str) -> tuple[Appeal, ...]:
    """The dated rows of a decision type, earliest first; none where the municipality has told none."""
    return _rows.get(decision, ())


def appeal_in_words(appeal: Mapping[str, object], language: str) -> str:
    """A decision's stored appeal row as a paragraph, in Finnish where it lacks the language."""

    def said(key: str) -> str:
        words = appeal.get(key)
        return str(words.get(language) or words.get("fi") or "") if isinstance(words, Mapping) else ""

    told = [said("instructions"), f"{TO.in_(language)} {said('body')}.", f"({said('act')})", said("service_rule")]
    return " ".join(told).strip()
