# SPDX-License-Identifier: EUPL-1.2
"""Cases: where a person decides, with the machine's draft beside it, an append-only history and an appeal as data."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.cases import queries as queries
    from ennakko.kernel.cases.automation import AutomaticDecisions as AutomaticDecisions
    from ennakko.kernel.cases.deciding import decide as decide
    from ennakko.kernel.cases.deciding import decide_automatically as decide_automatically
    from ennakko.kernel.cases.deciding import decide_many as decide_many
    from ennakko.kernel.cases.deciding import draft as draft
    from ennakko.kernel.cases.deciding import reasons_of as reasons_of
    from ennakko.kernel.cases.kinds import Appeal as Appeal
    from ennakko.kernel.cases.kinds import CaseType as CaseType
    from ennakko.kernel.cases.kinds import DecisionType as DecisionType
    from ennakko.kernel.cases.kinds import Drafted as Drafted
    from ennakko.kernel.cases.kinds import Move as Move
    from ennakko.kernel.cases.kinds import StateTable as StateTable
    from ennakko.kernel.cases.kinds import case_type as case_type
    from ennakko.kernel.cases.kinds import register_case_type as register_case_type
    from ennakko.kernel.cases.letters import answer_information as answer_information
    from ennakko.kernel.cases.letters import ask_for_information as ask_for_information
    from ennakko.kernel.cases.letters import mark_read as mark_read
    from ennakko.kernel.cases.letters import note as note
    from ennakko.kernel.cases.letters import write_letter as write_letter
    from ennakko.kernel.cases.moving import NotNow as NotNow
    from ennakko.kernel.cases.moving import assign as assign
    from ennakko.kernel.cases.moving import give_back as give_back
    from ennakko.kernel.cases.moving import move as move
    from ennakko.kernel.cases.moving import open_case as open_case
    from ennakko.kernel.cases.moving import take as take
    from ennakko.kernel.cases.queries import thread as thread
else:
    __getattr__ = exported_from(
        __name__,
        automation=("AutomaticDecisions",),
        deciding=("decide", "decide_automatically", "decide_many", "draft", "reasons_of"),
        kinds=(
            "Appeal", "CaseType", "DecisionType", "Drafted", "Move", "StateTable", "case_type", "register_case_type",
        ),
        moving=("NotNow", "assign", "give_back", "move", "open_case", "take"),
        queries=("queries", "thread"),
        letters=("answer_information", "ask_for_information", "mark_read", "note", "write_letter"),
    )  # fmt: skip
