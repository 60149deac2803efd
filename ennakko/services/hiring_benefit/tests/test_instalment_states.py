# SPDX-License-Identifier: EUPL-1.2
"""The tables of instalments and notices: exactly the law's moves, every state reached, names in three languages."""

import itertools

import pytest

from ennakko.services.hiring_benefit.law.states_2026 import INSTALMENT, InstalmentState
from ennakko.services.hiring_benefit.states_money import (
    CHANGE_NAMES,
    CHANGES,
    INSTALMENT_NAMES,
    STEPS,
    ChangeState,
    ChangeVerb,
    InstalmentVerb,
    instalment_moves,
    instalment_verbs,
)
from ennakko.services.hiring_benefit.wording_money import CHANGE_EVENTS, MONEY_EVENTS

BANK = {
    ("accepted", "payment_failed"), ("paid", "payment_failed"), ("payment_failed", "paid"), ("accepted", "paid"),
}  # fmt: skip
"""What only the bank does, beyond the law's table of people."""


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(InstalmentState, InstalmentVerb)))
def test_an_instalment_moves_exactly_as_the_law_s_table_and_the_bank_say(state, verb):
    to = STEPS[verb].to
    allowed = to in INSTALMENT.get(state, ()) or (state, to) in BANK
    assert (instalment_moves(state, verb) is not None) == allowed
    assert (verb in instalment_verbs(state)) == allowed


def test_every_state_of_an_instalment_is_reached_and_named():
    reached = {InstalmentState.WAITING} | {step.to for step in STEPS.values()}
    assert reached == set(InstalmentState) == set(INSTALMENT_NAMES)
    assert set(InstalmentVerb) <= set(MONEY_EVENTS)


def test_a_completed_instalment_stays_so():
    assert instalment_verbs(InstalmentState.COMPLETED) == ()


def test_a_notice_goes_from_received_to_an_end_and_every_verb_is_told():
    assert CHANGES.first == ChangeState.RECEIVED
    assert {move.to for move in CHANGES.moves} | {CHANGES.first} == set(ChangeState) == set(CHANGE_NAMES)
    assert {move.verb for move in CHANGES.moves} == set(ChangeVerb) <= set(CHANGE_EVENTS)


def test_only_the_official_s_verbs_decide_and_send_back():
    by_official = {move.verb for move in CHANGES.moves if move.action == "hiring-benefit.decide-recovery"}
    assert by_official == {ChangeVerb.RECOVER, ChangeVerb.LEAVE, ChangeVerb.RETURN}
