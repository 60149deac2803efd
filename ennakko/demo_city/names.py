# SPDX-License-Identifier: EUPL-1.2
"""Mother tongues, service languages and names; surnames run in households. Random combinations, no real people."""

import tomllib
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from ennakko.demo_city.data import FOLDER, open_data
from ennakko.demo_city.families import Families
from ennakko.demo_city.identity import Dates
from ennakko.demo_city.people import FINNISH, OTHER, SWEDISH
from ennakko.demo_city.sampling import Bools, Floats, Ints, generator, picked

SERVICE_LANGUAGES = ("fi", "sv", "en")
_SHARED_SURNAME, _SURNAME_OF_GROWN_CHILD = 0.55, 0.9
_YOUNG_SINCE = np.datetime64("1995-01-01")


@dataclass(frozen=True, slots=True)
class NamePools:
    """Languages by number (0 Finnish, 1 Swedish, then the others); one list of names and each pool's place in it."""

    languages: tuple[str, ...]
    weights: Floats
    english: Bools
    names: tuple[str, ...]
    name_weights: Floats
    start: Ints
    """First name of each pool [languages, 5]; pools: women, men, surnames, women and men born since 1995."""
    size: Ints


@cache
def pools() -> NamePools:
    """The name pools of the shipped lists."""
    lists = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))
    finnish = open_data().names
    languages = ("fi", *(language for language in lists if language != "fi"))
    names: list[str] = []
    weights: list[float] = []
    start, size = np.zeros((len(languages), 5), dtype=np.int64), np.zeros((len(languages), 5), dtype=np.int64)
    for number, language in enumerate(languages):
        for kind, (letter, key) in enumerate((("f", "women"), ("m", "men"), ("s", "surnames"))):
            if language == "fi":
                part = finnish.filter(pl.col("kind") == letter)
                found, weight = part["name"].to_list(), part["weight"].to_list()
            else:
                found, weight = lists[language][key], [1.0] * len(lists[language][key])
            start[number, kind], size[number, kind] = len(names), len(found)
            names += found
            weights += weight
        for kind, key in ((0, "young_women"), (1, "young_men")):
            found = lists[language].get(key, ())
            start[number, 3 + kind] = len(names) if found else start[number, kind]
            size[number, 3 + kind] = len(found) or size[number, kind]
            names += found
            weights += [1.0] * len(found)
    return NamePools(
        languages=languages,
        weights=np.array([float(lists[language].get("weight", 0)) for language in languages[1:]]),
        english=np.array([False, *(lists[language].get("service") == "en" for language in languages[1:])]),
        names=tuple(names),
        name_weights=np.array(weights),
        start=start,
        size=size,
    )


def draw_languages(group: Ints, home: Ints, seed: int) -> tuple[Ints, Ints]:
    """Mother tongue (number in `pools().languages`) and service language (in SERVICE_LANGUAGES) of each resident.

    `home` numbers the households: those of another language in one household share it.
    """
    rng = generator(seed, "mother tongue")
    known = pools()
    homes = int(home.max()) + 1
    other = 1 + picked(rng, known.weights, homes)
    tongue = np.where(group == FINNISH, 0, np.where(group == SWEDISH, 1, other[home]))
    draw = rng.random(homes)[home]
    english = np.where(known.english[tongue], draw < 0.8, draw < 0.34)
    foreign = np.where(english, 2, np.where(draw > 0.97, 1, 0))
    return tongue, np.where(group == OTHER, foreign, group)


def drawn_names(tongue: Ints, kind: Ints, rng: np.random.Generator) -> Ints:
    """A name's number from the pool of each language and kind, by the names' weights."""
    known = pools()
    total = np.concatenate(([0.0], np.cumsum(known.name_weights)))
    first = known.start[tongue, kind]
    low, high = total[first], total[first + known.size[tongue, kind]]
    found = np.searchsorted(total, low + rng.random(tongue.size) * (high - low), side="right") - 1
    return np.clip(found, first, first + known.size[tongue, kind] - 1)


def given_kind(woman: Bools, birth: Dates) -> Ints:
    """The pool of each person's first given name."""
    young = birth >= _YOUNG_SINCE
    return np.where(woman, 0, 1) + np.where(young, 3, 0)


def draw_names(
    tongue: Ints, woman: Bools, birth: Dates, head: Ints, families: Families, seed: int
) -> tuple[Ints, Ints, Ints]:
    """First, second given name and surname of each resident, as numbers in `pools().names`.

    `head` is the row of the household's head. Most couples, children and grown children at home share a surname.
    """
    rng = generator(seed, "names")
    first = drawn_names(tongue, given_kind(woman, birth), rng)
    second = drawn_names(tongue, np.where(woman, 0, 1), rng)
    surname = drawn_names(tongue, np.full_like(tongue, 2), rng)
    years_younger = (birth - birth[head]).astype(np.int64) / 365.25
    draw = rng.random(tongue.size)
    share = np.where(
        years_younger > 17, _SURNAME_OF_GROWN_CHILD, np.where(abs(years_younger) < 15, _SHARED_SURNAME, 0.0)
    )
    same = (draw < share) & (tongue == tongue[head])
    surname[same] = surname[head[same]]
    fathers = rng.random(families.head.size) < 0.3
    parent = np.where(fathers & (families.partner >= 0), families.partner, families.head)
    surname[families.child] = surname[parent[families.family_of_child]]
    return first, second, surname


def named(numbers: Ints) -> pl.Series:
    """The names of numbers, as a text column."""
    return pl.Series(pools().names, dtype=pl.String).gather(numbers)
