# SPDX-License-Identifier: EUPL-1.2
"""Whose registers the made-up ones are: the municipality's number, post office, name in sentences and districts.

The statistics stay those of the open data, whatever the municipality: its size and its names are what changes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from ennakko.municipalities import profile
from ennakko.values.texts import Text

DEFAULT = "helsinki"
"""The municipality whose open data are drawn from: its units and districts keep their names."""

DRAWN_FROM = "Helsingin", "Helsingfors"
"""What units of the open data carry in their names, in Finnish and Swedish."""


@dataclass(frozen=True, slots=True)
class Home:
    """The municipality that the register's people live in.

    `districts`: its own district for each of the open data's, empty where they are the same, and `district_names` what
    each is called in Finnish, Swedish and English. `shapes`: its own districts as GeoJSON, None where they are those of
    the open data.
    """

    id: str
    code: str
    post_office: str
    names: profile.Names
    residents: int
    districts: Mapping[str, str]
    district_names: Mapping[str, Mapping[str, str]]
    shapes: Mapping[str, Any] | None

    def named(self, words: str, language: str) -> str:
        """The name of a unit as it would be here: the city of the open data gives way to this municipality."""
        if self.id == DEFAULT:
            return words
        for drawn in DRAWN_FROM:
            words = words.replace(drawn, self.names.genitive.in_(language))
        return words

    def said(self, story: Text) -> Text:
        """A sentence with the municipality's name in the form that its blank asks for: {inside}, {into}."""
        return story.format(inside=self.names.inside, into=self.names.into)

    def placed(self, districts: pl.Series) -> pl.Series:
        """The municipality's own districts of those of the open data."""
        return districts.replace(dict(self.districts)) if self.districts else districts

    def areas(self, districts: pl.Series, sub_districts: pl.Series, language: str) -> pl.Series:
        """After which places units are named: the open data's sub-districts, or the municipality's own districts."""
        if not self.districts:
            return sub_districts
        own = {drawn: self.district_names[code][language] for drawn, code in self.districts.items()}
        return districts.replace(own)


@cache
def home() -> Home:
    """The municipality of this deployment."""
    here = profile.load(profile.chosen())
    shapes = None if here.districts_file is None else json.loads(here.districts_file.read_text("utf-8"))
    found = [] if shapes is None else [feature["properties"] for feature in shapes["features"]]
    return Home(
        id=here.id,
        code=here.code,
        post_office=here.names.name.fi.upper(),
        names=here.names,
        residents=here.demo.residents,
        districts={drawn: one["code"] for one in found for drawn in one["drawn_from"]},
        district_names={
            one["code"]: {"fi": one["name_fi"], "sv": one["name_sv"], "en": one.get("name_en") or one["name_fi"]}
            for one in found
        },
        shapes=shapes,
    )
