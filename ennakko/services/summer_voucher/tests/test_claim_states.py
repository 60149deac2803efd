# SPDX-License-Identifier: EUPL-1.2
from ennakko.services.summer_voucher.claim_states import (
    CHECKED_AGAIN,
    CLAIM_DECIDE,
    CLAIM_NAMES,
    CLAIM_OWN,
    CLAIMS,
    FREEING,
    OPEN_CLAIMS,
    ClaimState,
    ClaimVerb,
)
from ennakko.services.summer_voucher.claim_wording import ASKED_OF_STAFF, CLAIM_EVENTS, SHORT
from ennakko.services.summer_voucher.law.claim import FIELDS
from ennakko.services.summer_voucher.states import LIVE, MOVES, OPEN, VoucherState, after


def test_every_state_of_a_claim_is_reached_and_only_ends_have_no_way_out():
    assert CLAIMS.reachable() == set(CLAIM_NAMES) == {str(state) for state in ClaimState}
    assert {state for state in ClaimState if not CLAIMS.verbs(state)} == CLAIMS.ends
    assert set(OPEN_CLAIMS) == set(ClaimState) - CLAIMS.ends


def test_every_state_verb_and_condition_has_words():
    assert set(ASKED_OF_STAFF) == set(CLAIM_NAMES)
    assert {move.verb for move in CLAIMS.moves} == set(ClaimVerb) <= set(CLAIM_EVENTS)
    assert set(SHORT) == set(FIELDS)


def test_only_an_official_ends_a_claim_and_a_ready_one_cannot_be_rejected():
    ending = {move.verb: move.action for move in CLAIMS.moves if move.to in CLAIMS.ends}
    assert ending == {"accept": CLAIM_DECIDE, "reject": CLAIM_DECIDE, "withdraw": CLAIM_OWN}
    assert {move.start for move in CLAIMS.moves if move.verb == "reject"} == {ClaimState.AWAITING_DECISION}


def test_a_claim_can_be_taken_back_until_it_is_decided():
    assert {move.start for move in CLAIMS.moves if move.verb == "withdraw"} == set(OPEN_CLAIMS)
    assert CLAIMS.ends >= FREEING


def test_the_machine_checks_again_only_what_nobody_has_proposed():
    assert ClaimState.AWAITING_DECISION not in CHECKED_AGAIN


def test_a_used_voucher_can_only_be_freed():
    assert [move for move in MOVES if move[0] is VoucherState.USED] == [
        (VoucherState.USED, "free", VoucherState.ISSUED)
    ]
    assert after(VoucherState.DECLINED, "use") is None
    assert VoucherState.USED in LIVE - OPEN
