# SPDX-License-Identifier: EUPL-1.2
"""The states of a round, of a child's place in it, and of a wish to wait for another unit."""

from enum import StrEnum

from ennakko.values.texts import Text, text


class RoundState(StrEnum):
    """Where a round stands: made by the machine, released by a named official, or put aside."""

    MADE = "made"
    RELEASED = "released"
    DISCARDED = "discarded"


ROUND_NAMES: dict[RoundState, Text] = {
    RoundState.MADE: text(fi="Valmis julkaistavaksi", sv="Klar att frisläppas", en="Ready to be released"),
    RoundState.RELEASED: text(fi="Julkaistu", sv="Frisläppt", en="Released"),
    RoundState.DISCARDED: text(fi="Hylätty luonnos", sv="Förkastat utkast", en="Draft put aside"),
}


class PlacementState(StrEnum):
    """Where a child's place stands."""

    PROPOSED = "proposed"
    HELD = "held"
    ACCEPTED = "accepted"
    KEPT = "kept"
    GIVEN_UP = "given_up"
    REPLACED = "replaced"
    UNPLACED = "unplaced"
    BY_HAND = "by_hand"
    WITHDRAWN = "withdrawn"


PLACEMENT_NAMES: dict[PlacementState, Text] = {
    PlacementState.PROPOSED: text(fi="Ehdotus", sv="Förslag", en="Proposed"),
    PlacementState.HELD: text(
        fi="Tarjottu, paikka varattu", sv="Erbjuden, platsen reserverad", en="Offered, seat kept"
    ),
    PlacementState.ACCEPTED: text(fi="Otettu vastaan", sv="Mottagen", en="Taken"),
    PlacementState.KEPT: text(
        fi="Säilyy, kunnes parempaan vastataan",
        sv="Behålls tills den bättre besvarats",
        en="Kept until the better one is answered",
    ),
    PlacementState.GIVEN_UP: text(fi="Luovuttu", sv="Avstådd", en="Given up"),
    PlacementState.REPLACED: text(fi="Vaihtunut toiseen", sv="Utbytt mot en annan", en="Changed for another"),
    PlacementState.UNPLACED: text(fi="Ei vielä paikkaa", sv="Ingen plats ännu", en="No place yet"),
    PlacementState.BY_HAND: text(fi="Odottaa työntekijää", sv="Väntar på en medarbetare", en="Waiting for a person"),
    PlacementState.WITHDRAWN: text(fi="Peruttu", sv="Återtagen", en="Withdrawn"),
}
HOLDING = frozenset({PlacementState.HELD, PlacementState.ACCEPTED})
"""A seat is taken by these, and a child has at most one of them for a form and a day of beginning."""
WAITING = frozenset({PlacementState.UNPLACED, PlacementState.BY_HAND})
"""Children who have no place yet and whom nobody has asked to leave alone."""

_P = PlacementState
# (from, verb, to): what may happen to a place.
MOVES: tuple[tuple[PlacementState, str, PlacementState], ...] = (
    (_P.PROPOSED, "hold", _P.HELD),
    (_P.PROPOSED, "withdraw", _P.WITHDRAWN),
    (_P.HELD, "accept", _P.ACCEPTED),
    (_P.HELD, "give_up", _P.GIVEN_UP),
    (_P.ACCEPTED, "give_up", _P.GIVEN_UP),
    (_P.GIVEN_UP, "take_back", _P.HELD),
    (_P.HELD, "change_place", _P.REPLACED),
    (_P.ACCEPTED, "change_place", _P.REPLACED),
    (_P.UNPLACED, "change_place", _P.REPLACED),
    (_P.BY_HAND, "change_place", _P.REPLACED),
    (_P.GIVEN_UP, "change_place", _P.REPLACED),
    (_P.REPLACED, "keep", _P.KEPT),
    (_P.HELD, "keep", _P.KEPT),
    (_P.ACCEPTED, "keep", _P.KEPT),
    (_P.KEPT, "get_back", _P.ACCEPTED),
    (_P.KEPT, "get_back_unanswered", _P.HELD),
    (_P.KEPT, "change_place", _P.REPLACED),
    (_P.KEPT, "withdraw", _P.WITHDRAWN),
    (_P.HELD, "refer", _P.BY_HAND),
    (_P.UNPLACED, "refer", _P.BY_HAND),
    (_P.GIVEN_UP, "refer", _P.BY_HAND),
    (_P.REPLACED, "refer", _P.BY_HAND),
    (_P.HELD, "withdraw", _P.WITHDRAWN),
    (_P.ACCEPTED, "withdraw", _P.WITHDRAWN),
    (_P.UNPLACED, "withdraw", _P.WITHDRAWN),
    (_P.BY_HAND, "withdraw", _P.WITHDRAWN),
)


def after(state: str, verb: str) -> PlacementState | None:
    """The state that a verb leads to, or None where it may not be done."""
    return next((to for start, does, to in MOVES if start == state and does == verb), None)


class WishState(StrEnum):
    """Where a wish for another unit stands."""

    WAITING = "waiting"
    MET = "met"
    ENDED = "ended"


WISH_NAMES: dict[WishState, Text] = {
    WishState.WAITING: text(fi="Odottaa paikkaa", sv="Väntar på plats", en="Waiting for a place"),
    WishState.MET: text(fi="Toteutunut", sv="Uppfyllt", en="Met"),
    WishState.ENDED: text(fi="Päättynyt", sv="Avslutat", en="Ended"),
}
