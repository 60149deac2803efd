# SPDX-License-Identifier: EUPL-1.2
"""A made-up town of 20,000 boots by its profile alone, and no page of it speaks of another city."""

import json
import os
import subprocess
import sys
import tomllib
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


def of_the_profile(name):
    """A figure of the town's own file as it stands there in 2026: euros, or by hours from which on."""
    file = ROOT / "ennakko" / "municipalities" / "kaislaranta" / "parameters" / "summer-voucher.toml"
    row = [one for one in tomllib.loads(file.read_text("utf-8"))[name]["rows"] if one["from"].year <= 2026][-1]
    steps = {int(hours): step["euros"] for hours, step in row.get("steps", {}).items()}
    return steps or row["euros"]


def test_what_the_town_grants_and_pays_is_what_its_profile_says(walked):
    least, additions = of_the_profile("voucher_value"), of_the_profile("value_addition")
    worths = {hours: 100 * (least + addition) for hours, addition in additions.items()}
    assert walked["granted"], "the year of the demo has claims that were accepted"
    for hours, value, decided in walked["granted"]:
        worth = worths[max(one for one in worths if one <= hours)]
        assert (value, decided) == (worth, worth), hours
    assert len({value for _, value, _ in walked["granted"]}) > 1, "sums that differ by hours"
    assert walked["paid"]
    assert set(walked["paid"]) <= set(worths.values())
    assert walked["vouchers"] == [100 * least]
    most = least + max(additions.values())
    assert f"{least}–{most} €" in walked["said"]["fi"]
    assert f"{least}–{most} €" in walked["said"]["sv"]
    assert f"€{least}–{most}" in walked["said"]["en"]


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
