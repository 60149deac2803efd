# SPDX-License-Identifier: EUPL-1.2
"""Households: families, adult children at home, couples, three-adult households, people alone and in institutions.

Published totals by postal code (households, one-person, with children, one-parent; Paavo, TE) are met together: whoever
is left after families and people living alone fills the remaining households by twos, the surplus being third adults.
"""

from dataclasses import dataclass

import numpy as np

from ennakko.demo_city.data import OpenData
from ennakko.demo_city.families import Families, Residents, form_families, nearest
from ennakko.demo_city.sampling import Floats, Ints, generator, match_in_rounds, ratio, shifted, spread, whole, without

# Shares of adults in no family with children, by age (priors of their shape; levels follow the published totals).
_INSTITUTION = ((18, 0.010), (65, 0.012), (75, 0.04), (85, 0.16))
_AT_HOME = ((18, 0.66), (20, 0.36), (21, 0.24), (22, 0.16), (23, 0.11), (24, 0.08), (25, 0.04), (30, 0.0))
_ALONE_WOMEN = ((18, 0.60), (25, 0.50), (30, 0.40), (40, 0.36), (55, 0.46), (65, 0.52), (80, 0.68))
_ALONE_MEN = ((18, 0.60), (25, 0.56), (30, 0.52), (40, 0.52), (55, 0.50), (65, 0.38), (80, 0.36))
_LONE_PARENT_HOST, _FAMILY_HOST = 0.2, 0.35
_ALONE_BANDS = np.array([18, 25, 30, 40, 55, 65, 80])


@dataclass(frozen=True, slots=True)
class Households:
    """Household number of each resident (-1 for none, in an institution), its head's row, and the families inside."""

    number: Ints
    head: Ints
    families: Families


def _by_age(steps: tuple[tuple[int, float], ...], age: Ints) -> Floats:
    firsts = np.array([first for first, _ in steps])
    values = np.array([value for _, value in steps])
    return np.where(age < firsts[0], 0.0, values[np.searchsorted(firsts, age, side="right") - 1])


def _published(data: OpenData, people: Residents) -> dict[str, Floats]:
    """Published household counts by postal code, scaled to the residents there."""
    names = ("households", "one_person", "with_children", "one_parent", "residents")
    table = {name: data.postal_codes[name].to_numpy().astype(np.float64) for name in names}
    scale = ratio(np.bincount(people.postal, minlength=data.postal_codes.height).astype(float), table["residents"])
    return {name: values * scale for name, values in table.items()}


def _alone(people: Residents, rows: Ints, target: Floats, rng: np.random.Generator) -> Ints:
    """Those of the rows who live alone; the number meets the target of each postal code as far as it can."""
    band = np.searchsorted(_ALONE_BANDS, people.age[rows], side="right") - 1
    kind = band * 2 + people.woman[rows]
    kinds, posts = _ALONE_BANDS.size * 2, target.size
    base = np.empty(kinds)
    base[0::2], base[1::2] = _by_age(_ALONE_MEN, _ALONE_BANDS), _by_age(_ALONE_WOMEN, _ALONE_BANDS)
    postal = people.postal[rows]
    weight = np.bincount(postal * kinds + kind, minlength=posts * kinds).reshape(posts, kinds).astype(float)
    shares = shifted(np.tile(base, (posts, 1)), weight, target)[postal, kind]
    order = np.lexsort((rng.random(rows.size), kind, postal))
    return rows[order[whole(shares[order], float(rng.random()) * 0.99) > 0]]


def _need(people: Residents, rows: Ints, age: Ints) -> dict[str, Ints]:
    return {"area": people.area[rows], "postal": people.postal[rows], "language": people.language[rows], "age": age}


class _Roster:
    """Who has a household so far."""

    def __init__(self, residents: int) -> None:
        self.number = np.full(residents, -1, dtype=np.int64)
        self._heads: list[Ints] = []
        self._count = 0

    def found(self, head: Ints) -> None:
        """A new household for each of these people."""
        self.number[head] = np.arange(self._count, self._count + head.size)
        self._heads.append(head)
        self._count += head.size

    def join(self, rows: Ints, hosts: Ints) -> Ints:
        """People move into their hosts' households; a host of -1 is nobody. Returns who found no host."""
        housed = hosts >= 0
        self.number[rows[housed]] = self.number[hosts[housed]]
        return rows[~housed]

    def heads(self) -> Ints:
        """The head's row of each household."""
        return np.concatenate(self._heads)


def form_households(data: OpenData, people: Residents, seed: int) -> Households:
    """A household for everyone but those in institutions."""
    rng = generator(seed, "households")
    published = _published(data, people)
    families = form_families(people, ratio(published["one_parent"], published["with_children"]), seed)
    roster = _Roster(people.age.size)
    with_head = np.flatnonzero(families.head >= 0)
    roster.found(families.head[with_head])
    paired = np.flatnonzero(families.partner >= 0)
    roster.join(families.partner[paired], families.head[paired])
    roster.join(families.child, families.head[families.family_of_child])

    free = np.flatnonzero((roster.number < 0) & (people.age >= 18))
    free = free[spread(rng, people.age[free]) >= _by_age(_INSTITUTION, people.age[free])]
    at_home = spread(rng, people.age[free]) < _by_age(_AT_HOME, people.age[free])
    adult_children, free = free[at_home], free[~at_home]
    alone = _alone(people, free, published["one_person"], rng)
    free = without(free, alone)
    roster.found(alone)

    families_by_post = np.bincount(people.postal[families.head[with_head]], minlength=published["households"].size)
    alone_by_post = np.bincount(people.postal[alone], minlength=published["households"].size)
    shared = np.maximum(published["households"] - families_by_post - alone_by_post, 0)
    left = _share(people, adult_children, free, shared, families.head[with_head], roster, rng)
    roster.found(left)
    return Households(roster.number, roster.heads(), families)


def _third_adults(people: Residents, free: Ints, hosts: Ints, shared: Floats, rng: np.random.Generator) -> Ints:
    """Those of the free adults who join a couple, so many that the published number of shared households is met."""
    posts = shared.size
    available = np.bincount(people.postal[free], minlength=posts).astype(float)
    with_children = np.bincount(people.postal[hosts], minlength=posts)
    surplus = available + with_children - 2 * shared
    wanted = np.clip(surplus, 0, available / 3)
    wanted *= max(surplus.sum(), 0.0) / max(wanted.sum(), 1.0)
    share = np.minimum(ratio(wanted, available), 1 / 3)
    order = np.lexsort((rng.random(free.size), people.postal[free]))
    return free[order[whole(share[people.postal[free[order]]], float(rng.random()) * 0.99) > 0]]


def _couples(people: Residents, free: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Women and men paired by place, language and age; the others by place and age. An odd one is left out."""
    women, men = free[people.woman[free]], free[~people.woman[free]]
    gap = np.rint(rng.normal(2, 3.5, women.size)).astype(np.int64)
    found = nearest(people, _need(people, women, people.age[women] + gap), men, rng)
    rest = without(free, np.concatenate((women[found >= 0], found[found >= 0])))
    rest = rest[np.lexsort((people.age[rest], people.area[rest]))]
    rest = rest[: rest.size // 2 * 2]
    return np.concatenate((women[found >= 0], rest[0::2])), np.concatenate((found[found >= 0], rest[1::2]))


def _share(
    people: Residents,
    adult_children: Ints,
    free: Ints,
    shared: Floats,
    family_heads: Ints,
    roster: _Roster,
    rng: np.random.Generator,
) -> Ints:
    """Everyone into the shared households: lone parents with a grown child, couples, third adults. Returns the rest."""
    parents_age = people.age[adult_children] + np.rint(rng.normal(29, 5, adult_children.size)).astype(np.int64)
    draw = rng.random(adult_children.size)
    of_lone = draw < _LONE_PARENT_HOST
    of_family = ~of_lone & (draw < _LONE_PARENT_HOST + _FAMILY_HOST)

    grown = free[(people.age[free] >= 36) & (people.age[free] <= 72)]
    rows = adult_children[of_lone]
    hosts = nearest(people, _need(people, rows, parents_age[of_lone]), grown, rng)
    roster.found(hosts[hosts >= 0])
    unplaced = [roster.join(rows, hosts)]
    free = without(free, hosts[hosts >= 0])

    rows = adult_children[of_family]
    unplaced.append(roster.join(rows, nearest(people, _need(people, rows, parents_age[of_family]), family_heads, rng)))

    third = _third_adults(people, free, hosts[hosts >= 0], shared, rng)
    free = without(free, third)
    first, second = _couples(people, free, rng)
    roster.found(first)
    roster.join(second, first)
    left = without(free, np.concatenate((first, second)))

    rest = ~of_lone & ~of_family
    rows = np.concatenate((adult_children[rest], *unplaced))
    age = np.concatenate((parents_age[rest], *(people.age[part] + 29 for part in unplaced)))
    grown = first[(people.age[first] >= 36) & (people.age[first] <= 80)]
    lonely = roster.join(rows, nearest(people, _need(people, rows, age), grown, rng))

    shuffled = rng.permutation(first)
    keys = [(people.area, people.area), (people.postal, people.postal)]
    rounds = [(ours[third], theirs[shuffled]) for ours, theirs in keys]
    rounds.append((np.zeros_like(third), np.zeros_like(shuffled)))
    taken = match_in_rounds(rounds)
    hosts = np.where(taken >= 0, shuffled[taken], -1) if shuffled.size else taken
    return np.concatenate((left, lonely, roster.join(third, hosts)))
