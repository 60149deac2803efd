# SPDX-License-Identifier: EUPL-1.2
"""The states of a draft that somebody has ordered and the machine makes in its own time."""

from enum import StrEnum

from ennakko.values.texts import Text, text


class OrderState(StrEnum):
    """Where an ordered draft stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ORDER_NAMES: dict[OrderState, Text] = {
    OrderState.WAITING: text(
        fi="Odottaa, alkaa minuutin kuluessa", sv="Väntar, börjar inom en minut", en="Waiting, begins within a minute"
    ),
    OrderState.RUNNING: text(fi="Kone tekee luonnosta", sv="Maskinen gör utkastet", en="The machine is making it"),
    OrderState.DONE: text(fi="Valmis", sv="Klart", en="Ready"),
    OrderState.FAILED: text(fi="Ei onnistunut", sv="Lyckades inte", en="Did not succeed"),
}
OPEN = frozenset({OrderState.WAITING, OrderState.RUNNING})
"""At most one of these stands for a form and a first day."""
