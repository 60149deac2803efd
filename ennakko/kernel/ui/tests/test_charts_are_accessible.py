# SPDX-License-Identifier: EUPL-1.2
"""Every drawing has a name, a description and a table twin, and tells nothing that is hidden."""

import json
from xml.etree import ElementTree

from django.core.cache import cache
from django.utils.translation import override

from ennakko.demo_city.data import FOLDER
from ennakko.kernel.ui import charts
from ennakko.values.texts import text

TITLE = text(fi="Setelit", sv="Sedlar", en="Vouchers")
LABEL = text(fi="Kieli", sv="Språk", en="Language")
COUNT = text(fi="Määrä", sv="Antal", en="Number")
SVG = "{http://www.w3.org/2000/svg}"


def _bars() -> charts.Chart:
    points = [("suomi", 9120), ("ruotsi", 731), ("saame", None)]
    return charts.bars(title=TITLE, series=[charts.Series(name=COUNT, points=points)], label=LABEL)


def test_a_chart_is_one_picture_with_a_name_and_a_description() -> None:
    root = ElementTree.fromstring(_bars().svg)
    names = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == set(names)
    assert "Setelit" in names.values()
    assert any("suomi 9\u00a0120" in (words or "") for words in names.values())


def test_a_chart_has_nothing_that_the_content_security_policy_refuses() -> None:
    svg = _bars().svg
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<style" not in svg


def test_the_table_twin_says_the_same_and_marks_what_is_hidden() -> None:
    rows = [tuple(row.cells) for row in _bars().table.rows]
    assert rows == [("suomi", 9120), ("ruotsi", 731), ("saame", charts.HIDDEN)]


def test_a_drawing_is_kept_by_its_content_and_language() -> None:
    cache.clear()
    with override("fi"):
        finnish = _bars().svg
        assert _bars().svg == finnish
    with override("sv"):
        assert "Sedlar" in _bars().svg


def test_lines_are_drawn_over_dates() -> None:
    points = [("2026-04-15", 10), ("2026-04-16", 20)]
    drawn = charts.lines(title=TITLE, series=[charts.Series(name=COUNT, points=points)], label=LABEL)
    assert "<path" in drawn.svg


def test_the_map_draws_every_district_and_hides_what_is_hidden() -> None:
    areas = json.loads((FOLDER / "districts.geojson").read_text("utf-8"))
    codes = [feature["properties"]["code"] for feature in areas["features"]]
    values: dict[str, int | float | None] = {code: 100 + index for index, code in enumerate(codes)}
    values[codes[0]] = None
    drawn = charts.districts(title=TITLE, areas=areas, values=values, value_label=COUNT)
    assert len(codes) == 34
    assert len(drawn.table.rows) == 34
    assert sum(1 for row in drawn.table.rows if row.cells[1] is charts.HIDDEN) == 1
    shapes = drawn.svg.count("aria-roledescription") or drawn.svg.count("<path")
    assert shapes >= 34 + 33
    with override("sv"):
        swedish = charts.districts(title=TITLE, areas=areas, values=values, value_label=COUNT)
        assert "Ulrikasborg" in {row.cells[0] for row in swedish.table.rows}
