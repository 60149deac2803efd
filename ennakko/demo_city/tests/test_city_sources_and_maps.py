# SPDX-License-Identifier: EUPL-1.2
"""Every shipped file is attributed, none needs share-alike, and the map has every district."""

import pytest
from django.core.management import CommandError, call_command

from ennakko.demo_city.data import FOLDER, open_data
from ennakko.demo_city.geo import district_names, district_paths, districts
from ennakko.demo_city.sources import SYNTHETIC, sources

BLANKS = str.maketrans("MLZ", "   ")


def test_every_data_file_has_exactly_one_source():
    named = [name for source in sources() for name in source.files]
    assert len(named) == len(set(named))
    assert set(named) == {path.name for path in FOLDER.iterdir()}


def test_no_share_alike_data_are_shipped():
    assert all("ODbL" not in source.licence for source in sources())
    assert "arvottu" in SYNTHETIC.fi


def test_attributions_name_publisher_and_licence_in_each_language():
    for source in sources():
        for language in ("fi", "sv", "en"):
            line = source.attribution.in_(language)
            assert source.publisher.in_(language) in line
            assert source.licence in line


def test_the_map_has_all_districts_and_is_small():
    codes = [feature["properties"]["code"] for feature in districts()["features"]]
    assert codes == sorted(codes) == open_data().districts["district"].to_list()
    assert (FOLDER / "districts.geojson").stat().st_size < 200_000
    assert district_names()["301"].sv == "Berghäll"


def test_the_drawing_stays_inside_its_frame():
    height, paths = district_paths(600)
    assert 300 < height < 900
    assert len(paths) == 34
    numbers = [
        float(part)
        for path in paths.values()
        for part in path.replace("M", " ").replace("L", " ").replace("Z", " ").split()
    ]
    assert min(numbers) >= 0
    assert max(numbers[0::2]) <= 600.1
    assert max(numbers[1::2]) <= height + 1


def test_outside_the_demo_no_city_is_built(settings, tmp_path):
    settings.DEMO, settings.VAR = False, tmp_path
    with pytest.raises(CommandError, match="only in the demo"):
        call_command("city", "build", "--residents", "1000")
    assert list(tmp_path.iterdir()) == []


def test_in_the_demo_the_command_builds_and_says_where(settings, tmp_path, capsys):
    settings.DEMO, settings.VAR = True, tmp_path
    call_command("city", "build", "--residents", "1_000", "--seed", "5", "--on", "2026-04-15")
    said = capsys.readouterr()
    folder = tmp_path / "registers" / "helsinki-1000-5-20260415.20260415"
    assert said.out.strip() == str(folder)
    assert (folder / "manifest.json").is_file()
    assert "drawing residents" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--residents", "12"], "1,000–2,000,000"),
        (["--on", "15.4.2026"], "2026-04-15"),
        (["--seed", "x"], "whole number"),
    ],
)
def test_a_bad_argument_is_answered_with_what_to_write(settings, tmp_path, arguments, said):
    settings.DEMO, settings.VAR = True, tmp_path
    with pytest.raises(CommandError, match=said):
        call_command("city", "build", *arguments)
    assert list(tmp_path.iterdir()) == []
