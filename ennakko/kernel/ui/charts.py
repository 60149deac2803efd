# SPDX-License-Identifier: EUPL-1.2
"""Charts and maps drawn on the server (Altair → Vega-Lite → SVG), each with its table twin and a description.

The drawing libraries are imported when the first chart is drawn, not at start-up; a drawing is cached by its content.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from math import atan, degrees, exp, log, pi, radians, tan
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe

from ennakko.kernel.ui.filters import language, number, say
from ennakko.kernel.ui.tables import Cell, Column, Row, Table
from ennakko.values.texts import Text, text

if TYPE_CHECKING:
    import altair

SVG = "http://www.w3.org/2000/svg"
INK = "#1a1a1a"
BLUE = "#0000bf"
SERIES = ("#0000bf", "#bd2f00", "#006631", "#9e823c", "#595959", "#800e04")
MAP_RANGE = ("#d0e6f7", "#0072c6", "#00005e")
MAP_WIDTH = 600
HIDDEN_FILL = "#e6e6e6"
FONT = "Hanken Grotesk, Arial, sans-serif"
CACHED_SECONDS = 24 * 3600
WHOLE_TICKS = 4
"""The least end of a map's scale at which its ticks are whole numbers."""
DRAWN_AS = 4
"""The way of drawing: raised when the same figures are to look different."""
_SPACED = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0€"]}
NUMBERS = {"fi": _SPACED, "sv": _SPACED}
"""How the axes write numbers, by language; English as the library does."""
NOTHING = text(fi="Ei vielä mitään näytettävää.", sv="Inget att visa ännu.", en="Nothing to show yet.")
HIDDEN = text(fi="salattu (1–4)", sv="dolt (1–4)", en="hidden (1–4)")
DISTRICT = text(fi="Peruspiiri", sv="Distrikt", en="District")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing (inline SVG with title and description) and the same figures as a table."""

    svg: SafeString
    table: Table
    note: Text | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Named points of one line or one set of bars: (label, value), value None where it is hidden or unknown."""

    name: Text
    points: Sequence[tuple[str, int | float | None]]


def bars(
    *, title: Text, series: Sequence[Series], label: Text, note: Text | str = "", horizontal: bool = True
) -> Chart:
    """Bars of one or more series over the same labels, in the order given."""
    svg = _drawn(
        lambda: _bars(series, horizontal), of=("bars", _rows(series), horizontal), title=title,
        description=_described(series),
    )  # fmt: skip
    return Chart(svg=svg, table=_twin(title, label, series), note=note)


def _bars(series: Sequence[Series], horizontal: bool) -> "altair.TopLevelMixin":
    import altair as alt

    rows = _rows(series)
    order = list(dict.fromkeys(row["label"] for row in rows))
    category = alt.X if not horizontal else alt.Y
    quantity = alt.Y if not horizontal else alt.X
    many = len(series) > 1
    drawing = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            category("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)),
            quantity("value:Q", title=None, axis=alt.Axis(tickCount=5, format=",d", tickMinStep=1)),
            **({"color": _colours(series), **_offset(horizontal)} if many else {}),
        )
    )
    if not many:
        drawing = drawing.configure_bar(color=BLUE)
    wide = {"width": 380, "height": alt.Step(14 if many else 24)} if horizontal else {"width": 520, "height": 260}
    return drawing.properties(**wide)


def lines(*, title: Text, series: Sequence[Series], label: Text, note: Text | str = "") -> Chart:
    """Lines over time: labels are ISO dates."""
    svg = _drawn(
        lambda: _lines(series), of=("lines", _rows(series)), title=title, description=_described(series)
    )  # fmt: skip
    return Chart(svg=svg, table=_twin(title, label, series), note=note)


def _lines(series: Sequence[Series]) -> "altair.TopLevelMixin":
    import altair as alt

    return (
        alt.Chart(alt.Data(values=_rows(series)))
        .mark_line(point=True, strokeWidth=3)
        .encode(
            alt.X("label:T", title=None, axis=alt.Axis(format="%-d.%-m.", labelOverlap=True)),
            alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=5, format=",d")),
            color=_colours(series),
        )
        .properties(width=520, height=240)
    )


def districts(
    *,
    title: Text,
    areas: Mapping[str, Any],
    values: Mapping[str, int | float | None],
    value_label: Text,
    names: Mapping[str, str] | None = None,
    note: Text | str = "",
) -> Chart:
    """A map of `areas` (GeoJSON features with property `code`), darker where the value is greater.

    `values` by code, None where the figure is hidden; `names` by code, else the feature's own name.
    """
    named = {feature["properties"]["code"]: _name(feature["properties"], names) for feature in areas["features"]}
    shown = sorted(named, key=lambda code: named[code])
    known = [code for code in shown if values.get(code) is not None]
    greatest = sorted(known, key=lambda code: -(values[code] or 0))[:3]
    description = "; ".join(f"{named[code]}: {number(values[code])}" for code in greatest)
    rows = [Row(cells=(named[code], _figure(values.get(code), hidden=code in values))) for code in shown]
    table = Table(
        caption=title,
        caption_hidden=True,
        empty=NOTHING,
        columns=(
            Column(key="district", label=DISTRICT),
            Column(key="value", label=value_label, numeric=True),
        ),
        rows=rows,
    )
    svg = _drawn(
        lambda: _map(areas, values), of=("districts", areas, dict(values)), title=title, description=description
    )  # fmt: skip
    return Chart(svg=svg, table=table, note=note)


def _map(areas: Mapping[str, Any], values: Mapping[str, int | float | None]) -> "altair.TopLevelMixin":
    import altair as alt

    features = [_feature(one, values) for one in areas["features"]]
    every = alt.Chart(alt.Data(values=features)).mark_geoshape(fill=HIDDEN_FILL, stroke="#ffffff", clip=True)
    known_areas = [one for one in features if one["value"] is not None]
    found = {one["value"] for one in known_areas}
    # One value everywhere has no scale of its own: it is drawn from zero, so that nothing is not dark.
    domain = [0, max(*found, WHOLE_TICKS)] if len(found) == 1 else alt.Undefined
    coloured = (
        alt.Chart(alt.Data(values=known_areas))
        .mark_geoshape(stroke="#ffffff", strokeWidth=0.8, clip=True)
        .encode(
            color=alt.Color(
                "value:Q",
                title=None,
                scale=alt.Scale(range=list(MAP_RANGE), domain=domain),
                legend=alt.Legend(orient="bottom", gradientLength=220, format=",d", tickCount=4, tickMinStep=1),
            )
        )
    )
    frame, size = _frame(areas.get("bbox"))
    return alt.layer(*([every, coloured] if known_areas else [every])).project(**frame).properties(**size)


def _feature(area: Mapping[str, Any], values: Mapping[str, int | float | None]) -> dict[str, Any]:
    geometry = _clockwise(area["geometry"])
    return {"type": "Feature", "geometry": geometry, "value": values.get(area["properties"]["code"])}


def _frame(bounds: Sequence[float] | None) -> tuple[dict[str, Any], dict[str, float]]:
    """Projection and size: the whole of the areas, or what lies in their `bbox` (west, south, east, north).

    A coastal city's districts reach far out to sea; its bbox frames the land.
    """
    if bounds is None:
        return {"type": "mercator"}, {"width": MAP_WIDTH, "height": MAP_WIDTH * 0.75}
    west, south, east, north = (radians(one) for one in bounds)
    scale = MAP_WIDTH / (east - west)
    lower, upper = (log(tan(pi / 4 + one / 2)) for one in (south, north))
    middle = degrees(2 * atan(exp((lower + upper) / 2)) - pi / 2)
    frame = {"type": "mercator", "scale": scale, "center": [degrees((west + east) / 2), middle]}
    return frame, {"width": MAP_WIDTH, "height": scale * (upper - lower)}


def _name(properties: Mapping[str, Any], names: Mapping[str, str] | None) -> str:
    if names and properties["code"] in names:
        return names[properties["code"]]
    return str(properties.get(f"name_{language()}") or properties.get("name_fi") or properties["code"])


def _figure(value: int | float | None, *, hidden: bool) -> Cell:
    return value if value is not None else HIDDEN if hidden else None


def _clockwise(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same shape with outer rings clockwise: d3 takes a ring the other way round for the rest of the globe."""

    def turned(rings: list[list[list[float]]]) -> list[list[list[float]]]:
        result = []
        for index, ring in enumerate(rings):
            area = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
            clockwise = area > 0
            result.append(ring if clockwise == (index == 0) else ring[::-1])
        return result

    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": turned(geometry["coordinates"])}
    return {"type": "MultiPolygon", "coordinates": [turned(part) for part in geometry["coordinates"]]}


def _rows(series: Sequence[Series]) -> list[dict[str, Any]]:
    return [{"label": name, "value": value, "series": say(one.name)} for one in series for name, value in one.points]


def _offset(horizontal: bool) -> dict[str, Any]:
    return {"yOffset" if horizontal else "xOffset": "series:N"}


def _colours(series: Sequence[Series]) -> Any:
    import altair as alt

    names = [say(one.name) for one in series]
    return alt.Color(
        "series:N",
        title=None,
        scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
        legend=alt.Legend(orient="top", labelLimit=300) if len(names) > 1 else None,
    )


def _described(series: Sequence[Series]) -> str:
    return "; ".join(
        f"{say(one.name)}: " + ", ".join(f"{name} {number(value)}" for name, value in one.points if value is not None)
        for one in series
    )[:1000]


def _twin(title: Text, label: Text, series: Sequence[Series]) -> Table:
    order = list(dict.fromkeys(name for one in series for name, _ in one.points))
    found = [dict(one.points) for one in series]
    return Table(
        caption=title,
        caption_hidden=True,
        empty=NOTHING,
        columns=(
            Column(key="label", label=label),
            *(Column(key=str(index), label=one.name, numeric=True) for index, one in enumerate(series)),
        ),
        rows=[Row(cells=(name, *(_figure(one.get(name), hidden=name in one) for one in found))) for name in order],
    )


def _drawn(drawing: Callable[[], "altair.TopLevelMixin"], *, of: object, title: Text, description: str) -> SafeString:
    """The chart as an inline SVG, drawn once by what it is `of` and its language; the libraries load only then."""
    written = json.dumps([DRAWN_AS, of, say(title), description, language()], sort_keys=True, default=str)
    key = "chart:" + blake2b(written.encode(), digest_size=16).hexdigest()
    drawings = caches["drawings"]
    svg = drawings.get(key)
    if svg is None:
        svg = _accessible(_svg(drawing()), say(title), description, identifier=key[6:18])
        drawings.set(key, svg, CACHED_SECONDS)
    return mark_safe(svg)  # noqa: S308 — drawn by us from figures and our own labels, escaped by the XML writer


def _svg(drawing: "altair.TopLevelMixin") -> str:
    import vl_convert

    spec = drawing.configure_view(stroke=None).configure_axis(
        labelColor=INK, labelFont=FONT, labelFontSize=13, gridColor="#e6e6e6", domainColor="#808080"
    ).configure_legend(labelFont=FONT, labelFontSize=13, labelColor=INK).to_dict()  # fmt: skip
    return str(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS.get(language())))


def _accessible(svg: str, title: str, description: str, *, identifier: str) -> str:
    """The drawing as one picture with a title and a description, and no styles or roles inside."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 — our own drawing, made a moment ago
    for element in root.iter():
        for name in list(element.attrib):
            if name == "style":
                for part in element.attrib.pop(name).split(";"):
                    what, _, value = part.partition(":")
                    if value:
                        element.set(what.strip(), value.strip())
            elif name.startswith("aria-") or name in ("role", "tabindex"):
                del element.attrib[name]
    names = {"title": title, "desc": description}
    for position, (tag, words) in enumerate(names.items()):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{tag}-{identifier}"})
        element.text = words
        root.insert(position, element)
    width, height = root.get("width", "600"), root.get("height", "400")
    root.set("viewBox", root.get("viewBox") or f"0 0 {width} {height}")
    root.set("role", "img")
    root.set("aria-labelledby", f"title-{identifier} desc-{identifier}")
    return ElementTree.tostring(root, encoding="unicode")
