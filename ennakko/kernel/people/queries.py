# SPDX-License-Identifier: EUPL-1.2
"""People looked up: by key, by identity code, by name for handlers."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ennakko.kernel import keys
from ennakko.kernel.bulk import among
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.names import folded


def person(key: int) -> Person | None:
    """The row of a person; None for somebody who has no offer or case."""
    return Person.objects.filter(pk=key).first()


def by_identity_code(code: str) -> Person | None:
    """The row of the person with an identity code."""
    return Person.objects.filter(identity_code_index__in=keys.indexes_of(code)).first()


def identity_code_of(row: Person) -> str:
    """The identity code in clear; empty when it is not known. Never show it whole on a page."""
    if row.identity_code_sealed is None:
        return ""
    return keys.unseal(bytes(row.identity_code_sealed), context=f"person {row.key}")


def found_by_name(words: str) -> "QuerySet[Person]":
    """People each of whose words is in the name, by surname; never somebody with a non-disclosure order."""
    rows = Person.objects.filter(non_disclosure=False).order_by("search", "key")
    wanted = folded(words).split()
    if not wanted:
        return rows.none()
    for word in wanted:
        rows = rows.filter(search__contains=word)
    return rows


def protected(persons: Iterable[int]) -> frozenset[int]:
    """Those of the persons who have a non-disclosure order."""
    rows = Person.objects.filter(key__in=among(persons), non_disclosure=True)
    return frozenset(rows.values_list("key", flat=True))
