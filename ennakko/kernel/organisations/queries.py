# SPDX-License-Identifier: EUPL-1.2
"""Organisations looked up: by business id, by name for handlers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.people.names import folded
from ennakko.kernel.ready import Given, Ready

_by_id: Ready[Organisation] = Ready(lambda: Organisation.objects.filter(pk=Given("business_id")))


def known(business_id: str) -> Organisation | None:
    """The record of an organisation; None for one with which the city has had nothing to do. Asks no register."""
    return _by_id.first(business_id=business_id)


def known_many(business_ids: Iterable[str]) -> dict[str, Organisation]:
    """The records of some organisations by business id, in one query; those without a record are left out."""
    return {row.business_id: row for row in Organisation.objects.filter(pk__in=set(business_ids))}


def ended_by(on: date) -> frozenset[str]:
    """The business ids of organisations that had ended by a day, as far as their register has told."""
    return frozenset(Organisation.objects.filter(ended__lte=on).values_list("pk", flat=True))


def searched(*words: str) -> str:
    """What is stored to be searched: words folded, so that SQLite too finds Ä by ä."""
    return folded(*words)


def find(words: str) -> "QuerySet[Organisation]":
    """Organisations whose name in either language, or business id with or without its hyphen, has every word."""
    rows = Organisation.objects.order_by("search", "pk")
    wanted = folded(words).split()
    if not wanted:
        return rows.none()
    for word in wanted:
        rows = rows.filter(search__contains=word)
    return rows
