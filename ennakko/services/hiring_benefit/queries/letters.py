# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter as its resident sees it, and how many have one as employers may know it: rounded, never few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from ennakko.kernel import organisations
from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures import Gated, gate
from ennakko.kernel.purposes.queries import consents
from ennakko.services.hiring_benefit import codes
from ennakko.services.hiring_benefit.actions.letters import ORDER, PURPOSE, in_effect
from ennakko.services.hiring_benefit.models import BenefitLetter
from ennakko.services.hiring_benefit.models.letters import IN_FORCE
from ennakko.values.texts import Text, text

FEWEST: Final = 20
"""Under this no count of those who have a letter is told to employers."""
ROUNDED_TO: Final = 10


@dataclass(frozen=True, slots=True)
class Use:
    """An employer that was told whose letter a code is."""

    employer: str
    on: date


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter in effect, with its code as it is shown and who has used it."""

    letter: BenefitLetter
    code: str
    conditions: tuple[Text, ...]
    uses: tuple[Use, ...]


def own_letter(person: int, *, actor: Actor) -> OwnLetter | None:
    """The letter of a resident that is in effect. Raises Refused."""
    letter = BenefitLetter.objects.filter(person_id=person, state=IN_FORCE).prefetch_related("uses").first()
    require(actor, ORDER, letter)
    if letter is None or not in_effect(letter):
        return None
    used = list(letter.uses.order_by("at"))
    known = organisations.known_many([one.organisation for one in used])
    return OwnLetter(
        letter=letter,
        code=codes.code_of(letter),
        conditions=tuple(text(**one["text"]) for one in letter.conditions["reasons"] if one["holds"]),
        uses=tuple(
            Use(known[one.organisation].name if one.organisation in known else one.organisation, one.at.date())
            for one in used
        ),
    )


@dataclass(frozen=True, slots=True)
class Available:
    """How many residents have a letter: rounded, None where there are too few to tell."""

    total: int | None
    by_field: dict[str, int | None]
    by_district: dict[str, int | None]


def available() -> Available:
    """The counts that employers see; those under non-disclosure are in none of them."""
    willing = consents(PURPOSE)
    rows: list[tuple[int, str, str]] = [
        row
        for row in BenefitLetter.objects.filter(state=IN_FORCE, person__non_disclosure=False).values_list(
            "person_id", "field", "district"
        )
        if row[0] in willing
    ]
    fields, districts = counted([one[1] for one in rows], "field"), counted([one[2] for one in rows], "district")
    return Available(
        total=told(len(rows)),
        by_field=_shown(fields, "field"),
        by_district=_shown(districts, "district"),
    )


def counted(groups: list[str], by: str) -> Gated:
    """Groups through the gate: nothing under twenty, nor what would give it away."""
    found = Counter(groups)
    table = pl.DataFrame(list(found.items()), schema={by: pl.String, "persons": pl.Int64}, orient="row")
    return gate(table, "persons", by=(by,), hide_below=FEWEST)


def told(count: int | None) -> int | None:
    """A count as employers are told it: down to the ten; None for too few."""
    return None if count is None or count < FEWEST else count - count % ROUNDED_TO


def _shown(gated: Gated, by: str) -> dict[str, int | None]:
    cells: list[tuple[Any, Any]] = gated.frame.drop_nulls(by).select(by, "persons").rows()
    return {group: told(persons) for group, persons in cells if group not in ("", "?")}
