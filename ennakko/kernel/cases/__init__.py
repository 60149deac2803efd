# SPDX-License-Identifier: EUPL-1.2
"""Cases: where a person decides, with the machine's draft beside it, an append-only history and an appeal as data."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.cases import queries as queries
    from ennakko.kernel.cases.automation import AutomaticDecisions as AutomaticDecisions
    from ennakko.kernel.cases.automation import OnFile as OnFile
    from ennakko.kernel.cases.deciding import decide as decide
    from ennakko.kernel.cases.deciding import decide_automatically as decide_automatically
    from ennakko.kernel.cases.deciding import decide_many as decide_many
    from ennakko.kernel.cases.deciding import draft as draft
    from ennakko.kernel.cases.deciding import reasons_of as reasons_of
    from ennakko.kernel.cases.history import timeline as timeline
    from ennakko.kernel.cases.kinds import Appeal as Appeal
    from ennakko.kernel.cases.kinds import CaseType as CaseType
    from ennakko.kernel.cases.kinds import DecisionType as DecisionType
    from ennakko.kernel.cases.kinds import Drafted as Drafted
    from ennakko.kernel.cases.kinds import FiledLine as FiledLine
    from ennakko.kernel.cases.kinds import Move as Move
    from ennakko.kernel.cases.kinds import ReadFact as ReadFact
    from ennakko.kernel.cases.kinds import StateTable as StateTable
    from ennakko.kernel.cases.kinds import case_type as case_type
    from ennakko.kernel.cases.kinds import register_case_type as register_case_type
    from ennakko.kernel.cases.letters import answer_information as answer_information
    from ennakko.kernel.cases.letters import ask_for_information as ask_for_information
    from ennakko.kernel.cases.letters import mark_read as mark_read
    from ennakko.kernel.cases.letters import write_letter as write_letter
    from ennakko.kernel.cases.moving import NotNow as NotNow
    from ennakko.kernel.cases.moving import assign as assign
    from ennakko.kernel.cases.moving import give_back as give_back
    from ennakko.kernel.cases.moving import move as move
    from ennakko.kernel.cases.moving import open_case as open_case
    from ennakko.kernel.cases.moving import take as take
    from ennakko.kernel.cases.notes import edit_note as edit_note
    from ennakko.kernel.cases.notes import note as note
    from ennakko.kernel.cases.notes import remove_note as remove_note
    from ennakko.kernel.cases.opening import Step as Step
    from ennakko.kernel.cases.opening import open_and_move as open_and_move
    from ennakko.kernel.cases.queries import thread as thread
    from ennakko.kernel.cases.serving import serve as serve
    from ennakko.kernel.cases.serving import serve_by_message as serve_by_message
else:
    __getattr__ = exported_from(
        __name__,
        automation=("AutomaticDecisions", "OnFile"),
        deciding=("decide", "decide_automatically", "decide_many", "draft", "reasons_of"),
        kinds=(
            "Appeal", "CaseType", "DecisionType", "Drafted", "FiledLine", "Move", "ReadFact", "StateTable", "case_type",
            "register_case_type",
        ),
        moving=("NotNow", "assign", "give_back", "move", "open_case", "take"),
        opening=("Step", "open_and_move"),
        queries=("queries", "thread"),
        letters=("answer_information", "ask_for_information", "mark_read", "write_letter"),
        notes=("edit_note", "note", "remove_note"),
        serving=("serve", "serve_by_message"),
        history=("timeline",),
    )  # fmt: skip
