# SPDX-License-Identifier: EUPL-1.2
"""The one journey that runs on every database: in, own page, a switch and back, out."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.smoke]


def test_a_resident_comes_in_looks_at_her_page_and_leaves(visit: Visit) -> None:
    marja = visit().signs_in("marja")
    assert marja.path == "/my/"
    marja.finds_it_sound()
    marja.opens("/my/switches/").finds_it_sound()
    marja.signs_out()
    marja.opens("/my/")
    assert marja.path.startswith("/sign-in/?next=")
