# SPDX-License-Identifier: EUPL-1.2
from ennakko.services.summer_voucher.states import (
    APPLICATION_NAMES,
    CASE_NAMES,
    CASES,
    MOVES,
    NAMES,
    ApplicationState,
    CaseState,
    VoucherState,
    after,
)
from ennakko.services.summer_voucher.wording import ASKED, EVENTS


def test_every_state_of_a_case_is_reached_and_only_ends_have_no_way_out():
    assert CASES.reachable() == set(CASE_NAMES) == {str(state) for state in CaseState}
    assert {state for state in CaseState if not CASES.verbs(state)} == CASES.ends


def test_every_state_and_verb_has_words():
    assert set(NAMES) == set(VoucherState)
    assert set(APPLICATION_NAMES) == set(ApplicationState)
    assert set(ASKED) == set(CASE_NAMES)
    assert {move.verb for move in CASES.moves} <= set(EVENTS)


def test_a_decided_case_is_never_decided_again():
    assert all(not CASES.verbs(state) for state in (CaseState.ACCEPTED, CaseState.REJECTED))


def test_only_a_proposal_is_decided():
    assert {move.start for move in CASES.moves if move.verb in ("accept", "reject")} == {CaseState.AWAITING_DECISION}


def test_a_void_or_replaced_voucher_stays_so():
    for state in (VoucherState.VOIDED, VoucherState.REISSUED):
        assert not [move for move in MOVES if move[0] is state]
    assert after(VoucherState.DECLINED, "undo_decline") is VoucherState.ISSUED
    assert after(VoucherState.DECLINED, "reissue") is None
