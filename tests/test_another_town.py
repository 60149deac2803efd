# SPDX-License-Identifier: EUPL-1.2
"""A made-up town of 20,000 boots by its profile alone, and no page of it speaks of another city."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
RESIDENTS = 2_000
"""Enough for offers, applications and claims; the town's own 20,000 are for those who look at it."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """What a walk through the town's pages found; the town has a database, registers and assets of its own."""
    place = tmp_path_factory.mktemp("town")
    own = {
        "ENNAKKO_MUNICIPALITY": "kaislaranta", "ENNAKKO_VAR": str(place), "ENNAKKO_PROFILE": "demo",
        "ENNAKKO_DATABASE": f"sqlite:///{place / 'town.sqlite3'}", "DJANGO_SETTINGS_MODULE": "ennakko.web.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.walking_a_town", str(RESIDENTS)], cwd=ROOT, env={**os.environ, **own},
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_every_page_of_the_town_opens(walked):
    assert walked["faults"] == []
    assert walked["pages"] > 200
    assert walked["titles"] > 50


def test_no_page_of_the_town_names_another_city(walked):
    assert walked["foreign"] == []


def test_the_pages_name_the_town_in_finnish_and_swedish(walked):
    assert walked["named"] == {"fi": "Kaislaranta", "sv": "Vasstrand", "en": "Kaislaranta"}


def test_the_town_offers_the_voucher_to_its_own_ages_with_its_own_sums(walked):
    assert walked["offered"]["summer-voucher"] > 0
    assert walked["ages"] == [15, 25]
    assert walked["sums"] == ["175", "700"]


def test_only_the_services_of_the_town_are_there(walked):
    assert walked["services"] == ["childcare", "summer-voucher"]


def test_the_town_places_children_in_its_own_units_by_the_weights_it_has_decided(walked):
    found = walked["places"]
    assert walked["offered"]["childcare"] > 0
    assert found["placed"] > 0
    assert found["units"] >= 12
    assert found["units named after another place"] == []
    assert found["sibling_metres"] == 800
    assert found["open_questions"] == []


def test_an_employer_of_the_town_claims_by_its_conditions(walked):
    assert walked["claims"] == {"29": "correct", "30": "ready", "60": "ready", "120": "ready"}
    assert walked["worths"] == {"30": 17500, "60": 35000, "120": 70000}
