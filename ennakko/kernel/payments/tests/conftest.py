# SPDX-License-Identifier: EUPL-1.2
"""Every payment test begins with a sample service that has heard nothing, and with nothing wired to the other side."""

import pytest

from ennakko.kernel.payments import ports
from ennakko.kernel.payments.tests import paying


@pytest.fixture(autouse=True)
def _nothing_heard():
    paying.told.clear()
    paying.failing.clear()
    wired = ports.transfer()
    ports.use(None)
    with paying.let_go():
        yield
    ports.use(wired)
