# SPDX-License-Identifier: EUPL-1.2
"""The core of the offer's page in any of its languages: what, where, when, how far, why, by when, what then."""

from dataclasses import dataclass

from ennakko.services.childcare import offer_words as words
from ennakko.services.childcare.queries.offered import OfferView
from ennakko.values.dates import format_date
from ennakko.values.texts import direction


@dataclass(frozen=True, slots=True)
class Core:
    """The core's words, all in one language; `rows` are label and value; `labels` those of the four answers."""

    language: str
    direction: str
    title: str
    lead: str
    rows: tuple[tuple[str, str], ...]
    answer_by: str
    silence: str
    why: str
    reasons: tuple[str, ...]
    next: str
    next_words: str
    rest: str
    take: str
    another: str
    no_need: str
    call: str


def core_of(view: OfferView, language: str) -> Core:
    """The core in a language of the offer (Finnish for one that it does not stand in)."""
    rows = [
        (words.UNIT.in_(language), view.unit.in_(language)),
        (words.ADDRESS.in_(language), view.address),
        (words.STARTS.in_(language), format_date(view.starts, language)),
    ]
    if view.metres is not None:
        way = words.ON_FOOT.in_(language).format(minutes=view.minutes, metres=view.metres)
        rows.append((words.WAY.in_(language), way))
    return Core(
        language=language,
        direction=direction(language),
        title=view.title.in_(language),
        lead=words.LEAD.in_(language),
        rows=tuple(rows),
        answer_by=words.ANSWER_BY.in_(language).format(day=format_date(view.answer_by, language)),
        silence=words.SILENT[view.form].in_(language),
        why=words.WHY.in_(language),
        reasons=view.reasons_in(language),
        next=words.NEXT.in_(language),
        next_words=words.NEXT_WORDS.in_(language),
        rest=words.REST.in_(language),
        take=words.TAKE.in_(language),
        another=words.ANOTHER.in_(language),
        no_need=words.NO_NEED.in_(language),
        call=words.CALL.in_(language),
    )
