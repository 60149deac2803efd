# SPDX-License-Identifier: Apache-2.0
"""What the city can know of a person, a household, an organisation: one file per base register.

Each fact is a leaf for rules with its type, labels, sensitivity and source: `facts.population.birth_date`. A service
adds facts of its own with `fact` and `Relation`, under the source `own-services`.
"""

from ennakko.facts import business, early_education, employment, guardianship, incomes, population, school, sources
from ennakko.rules.facts_api import (
    Fact,
    Relation,
    declared_fact,
    declared_facts,
    declared_relation,
    declared_relations,
    fact,
)

__all__ = [
    "Fact", "Relation", "business", "catalogue", "early_education", "employment", "fact", "get", "guardianship",
    "incomes", "population", "relation", "relations", "school", "sources",
]  # fmt: skip


def catalogue() -> tuple[Fact, ...]:
    """All facts declared so far, those of the base registers first."""
    return declared_facts()


def get(name: str, relation: str | None = None) -> Fact:
    """A fact by name: of the relation's rows if one is given, else a person's, else of the first relation with it.

    Raises RuleError naming the near ones.
    """
    if relation is None and (found := [one for one in declared_facts() if one.name == name]):
        return min(found, key=lambda one: one.relation is not None)
    return declared_fact(name, relation)


def relations() -> tuple[Relation, ...]:
    """All named relations of a person to other rows."""
    return declared_relations()


def relation(name: str) -> Relation | None:
    """A relation by name, or None."""
    return declared_relation(name)
