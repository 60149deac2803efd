# SPDX-License-Identifier: EUPL-1.2
"""Every drawing has a name, a description and a table twin, and tells nothing that is hidden."""

from typing import Any
from xml.etree import ElementTree

from django.core.cache import cache
from django.utils.translation import override

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


def _areas() -> dict[str, Any]:
    def square(code: str, west: float, swedish: str) -> dict[str, Any]:
        ring = [[west, 60.1], [west + 0.1, 60.1], [west + 0.1, 60.2], [west, 60.2], [west, 60.1]]
        names = {"code": code, "name_fi": f"Piiri {code}", "name_sv": swedish}
        return {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    parts = [square("101", 24.8, "Estnäs"), square("102", 24.9, "Ulrikasborg"), square("103", 25.0, "Kampen")]
    return {"type": "FeatureCollection", "bbox": [24.8, 60.1, 25.1, 60.2], "features": parts}


def test_a_map_draws_every_area_and_hides_what_is_hidden() -> None:
    values = {"101": 12, "102": None, "103": 40}
    drawn = charts.districts(title=TITLE, areas=_areas(), values=values, value_label=COUNT)
    assert [tuple(row.cells) for row in drawn.table.rows] == [
        ("Piiri 101", 12), ("Piiri 102", charts.HIDDEN), ("Piiri 103", 40),
    ]  # fmt: skip
    assert drawn.svg.count(charts.HIDDEN_FILL) >= 3
    with override("sv"):
        swedish = charts.districts(title=TITLE, areas=_areas(), values=values, value_label=COUNT)
        assert "Ulrikasborg" in {row.cells[0] for row in swedish.table.rows}


def test_a_map_of_hidden_figures_only_is_still_drawn() -> None:
    drawn = charts.districts(title=TITLE, areas=_areas(), values={"101": None}, value_label=COUNT)
    assert "<path" in drawn.svg


def test_areas_that_all_have_none_are_drawn_as_light_as_zero_is() -> None:
    zeros = charts.districts(title=TITLE, areas=_areas(), values={"101": 0, "102": 0, "103": 0}, value_label=COUNT)
    some = charts.districts(title=TITLE, areas=_areas(), values={"101": 0, "102": 0, "103": 9}, value_label=COUNT)
    lightest = "rgb(208, 230, 247)"
    assert (zeros.svg.count(f'fill="{lightest}"'), some.svg.count(f'fill="{lightest}"')) == (3, 2)
