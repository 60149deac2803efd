# SPDX-License-Identifier: EUPL-1.2
"""The product's server with the gate of automatic decisions closed: each claim gets its draft and waits for a person.

`BENCH_GATE=open` leaves the gate as the demonstration has it.
"""

import os

from ennakko.web.wsgi import application as application

if os.environ.get("BENCH_GATE") != "open":
    from ennakko.kernel.cases.automation import open_gate

    open_gate("summer-voucher", "claim", None)
