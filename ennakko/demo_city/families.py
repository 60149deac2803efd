# SPDX-License-Identifier: EUPL-1.2
"""Families with children under 18: siblings, parents, and guardians who live elsewhere."""

from dataclasses import dataclass

import numpy as np

from ennakko.demo_city.sampling import Bools, Floats, Ints, generator, match_in_rounds, spread

_SIBLINGS = np.array([0.46, 0.375, 0.125, 0.04])
_SPREAD_OF_SIBLINGS = 3.5
_MOTHERS_AGE = (30.5, 5.0)
_YOUNGEST_PARENT, _OLDEST_MOTHER = 18, 46


@dataclass(frozen=True, slots=True)
class Residents:
    """What is known of each resident before households: arrays of equal length."""

    zone: Ints
    age: Ints
    woman: Bools
    language: Ints
    area: Ints
    postal: Ints


@dataclass(frozen=True, slots=True)
class Families:
    """Families by number: head, partner (-1 when none), guardian elsewhere (-1 when none); each child's family."""

    head: Ints
    partner: Ints
    elsewhere: Ints
    child: Ints
    family_of_child: Ints

    def renumbered(self, row: Ints) -> "Families":
        """The same families when the resident in row i has moved to `row[i]`."""

        def moved(old: Ints) -> Ints:
            return np.where(old >= 0, row[old], -1)

        return Families(
            moved(self.head), moved(self.partner), moved(self.elsewhere), row[self.child], self.family_of_child
        )


def siblings(people: Residents, seed: int) -> tuple[Ints, Ints]:
    """Children cut into sibling groups: rows of the children and the group of each, groups numbered from 0."""
    rng = generator(seed, "siblings")
    children = np.flatnonzero(people.age < 18)
    # In a small city an area holds too few children for whole families: they are gathered from the whole of it.
    area = people.area[children] if children.size > 10_000 else np.zeros_like(children)
    noisy = people.age[children] + rng.normal(0, _SPREAD_OF_SIBLINGS, children.size)
    order = np.lexsort((noisy, people.language[children], area))
    children = children[order]
    run = area[order] * 3 + people.language[children]
    sizes = rng.choice(np.arange(1, _SIBLINGS.size + 1), size=children.size, p=_SIBLINGS)
    starts = np.zeros(children.size, dtype=bool)
    cuts = np.cumsum(sizes)
    starts[cuts[cuts < children.size]] = True
    starts[1:] |= run[1:] != run[:-1]
    if children.size:
        starts[0] = True
    return children, np.cumsum(starts) - 1


def _rounds(people: Residents, need: dict[str, Ints], supply: Ints) -> list[tuple[Ints, Ints]]:
    """Keys from the nearest to the loosest: same area, language and age; then wider ages, the postal code, the city."""
    area, postal = people.area[supply], people.postal[supply]
    language, age = people.language[supply], people.age[supply]

    def key(place_need: Ints, place: Ints, step: int, same_language: bool) -> tuple[Ints, Ints]:
        tongue = (need["language"], language) if same_language else (0, 0)
        return (
            (place_need * 3 + tongue[0]) * 200 + need["age"] // step,
            (place * 3 + tongue[1]) * 200 + age // step,
        )

    nowhere_need, nowhere = np.zeros_like(need["age"]), np.zeros_like(age)
    return [
        key(need["area"], area, 1, True),
        key(need["area"], area, 3, True),
        key(need["postal"], postal, 4, True),
        key(need["postal"], postal, 5, False),
        key(nowhere_need, nowhere, 2, True),
        key(nowhere_need, nowhere, 6, False),
        key(nowhere_need, nowhere, 15, False),
    ]


def nearest(people: Residents, need: dict[str, Ints], supply: Ints, rng: np.random.Generator) -> Ints:
    """For each need (area, postal, language, age) one of the supplied people, or -1; nobody is taken twice."""
    shuffled = rng.permutation(supply)
    found = match_in_rounds(_rounds(people, need, shuffled))
    return np.where(found >= 0, shuffled[found], -1) if shuffled.size else found


def form_families(people: Residents, one_parent: Floats, seed: int) -> Families:
    """Sibling groups with their parents; `one_parent` is the share of one-parent families by postal code."""
    rng = generator(seed, "families")
    child, group = siblings(people, seed)
    families = int(group[-1]) + 1 if group.size else 0
    oldest, youngest = np.zeros(families, dtype=np.int64), np.full(families, 99, dtype=np.int64)
    np.maximum.at(oldest, group, people.age[child])
    np.minimum.at(youngest, group, people.age[child])
    first = child[np.searchsorted(group, np.arange(families))]
    single = spread(rng, people.postal[first]) < one_parent[people.postal[first]]
    father_alone = single & (rng.random(families) < 0.15)

    wanted = np.rint(oldest + rng.normal(*_MOTHERS_AGE, families)).astype(np.int64)
    wanted = np.maximum(np.minimum(wanted, youngest + _OLDEST_MOTHER), oldest + _YOUNGEST_PARENT)
    need = {
        "area": people.area[first],
        "postal": people.postal[first],
        "language": people.language[first],
        "age": wanted,
    }
    adult = (people.age >= 18) & (people.age < 70)
    head = np.full(families, -1, dtype=np.int64)
    for rows, supply in (
        (np.flatnonzero(~father_alone), np.flatnonzero(adult & people.woman & (people.age < 64))),
        (np.flatnonzero(father_alone), np.flatnonzero(adult & ~people.woman)),
    ):
        head[rows] = nearest(people, {name: values[rows] for name, values in need.items()}, supply, rng)

    taken = np.zeros(people.age.size, dtype=bool)
    taken[head[head >= 0]] = True
    gap = np.rint(rng.normal(2, 3.5, families)).astype(np.int64)
    their_age = np.maximum(people.age[head] + gap, oldest + _YOUNGEST_PARENT)
    # One family in ten is of two language groups.
    language = np.where(rng.random(families) < 0.1, rng.integers(0, 3, families), need["language"])
    beside = {"area": people.area[head], "postal": people.postal[head], "language": language, "age": their_age}
    partner = np.full(families, -1, dtype=np.int64)
    rows = np.flatnonzero(~single & (head >= 0))
    men = np.flatnonzero(adult & ~people.woman & ~taken)
    partner[rows] = nearest(people, {name: values[rows] for name, values in beside.items()}, men, rng)
    taken[partner[partner >= 0]] = True

    elsewhere = np.full(families, -1, dtype=np.int64)
    rows = np.flatnonzero(single & ~father_alone & (head >= 0) & (rng.random(families) < 0.6))
    men = np.flatnonzero(adult & ~people.woman & ~taken)
    elsewhere[rows] = nearest(people, {name: values[rows] for name, values in beside.items()}, men, rng)
    return Families(head, partner, elsewhere, child, group)
