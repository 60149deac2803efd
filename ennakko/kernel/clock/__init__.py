# SPDX-License-Identifier: EUPL-1.2
"""Business time, which is passed in, and wall time, which is not: never mix them."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.clock import demo as demo
    from ennakko.kernel.clock.days import on_new_day as on_new_day
    from ennakko.kernel.clock.queries import now as now
    from ennakko.kernel.clock.queries import read_once as read_once
    from ennakko.kernel.clock.queries import today as today
    from ennakko.kernel.clock.queries import wall as wall
else:
    __getattr__ = exported_from(
        __name__, queries=("now", "read_once", "today", "wall"), days=("on_new_day",), demo=("demo",)
    )
