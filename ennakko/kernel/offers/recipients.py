# SPDX-License-Identifier: EUPL-1.2
"""Whom an offer is told to: its subject, a young one's guardians too, or a child's guardians in the child's place."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from ennakko.kernel.offers.kinds import OfferKind
from ennakko.kernel.people.actions import Known
from ennakko.kernel.registers import contacts, guardians
from ennakko.kernel.registers.residents import custodians
from ennakko.kernel.registers.snapshots import Snapshot
from ennakko.values.dates import age_on
from ennakko.values.texts import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom each offer is told to, by subject (person, role, language), and what the registers know of all of them."""

    told: dict[int, list[tuple[int, str, str]]]
    known: dict[int, Known]


def reach_of(kind: OfferKind, persons: list[int], on: date, snapshot: Snapshot) -> Reach:
    """Whom the offers to some people are told to."""
    if not persons:
        return Reach({}, {})
    own = contacts(persons, snapshot)
    languages: dict[int, str] = dict(own.select("person", "language").iter_rows())
    if lost := set(persons) - set(languages):
        raise LookupError(f"Snapshot {snapshot.id} has no contact row for {len(lost)} residents: build it again.")
    if kind.told_to == "guardians":
        return _guardians_answer(kind, own, languages, snapshot)
    told: dict[int, list[tuple[int, str, str]]] = {
        person: [(person, "subject", language)] for person, language in languages.items()
    }
    known = _known(own)
    # A protected child's guardian may be the one they are protected from: only the child is told, and the clerk.
    open_to_guardians = own.filter(~pl.col("non_disclosure")).select("person", "birth_date")
    children = [one for one, born in open_to_guardians.iter_rows() if age_on(born, on) < kind.guardians_copied_below]
    if children:
        copies = guardians(children, snapshot)
        adults = contacts(copies["guardian"].unique().to_list(), snapshot)
        of_adults: dict[int, str] = dict(adults.select("person", "language").iter_rows())
        for child, adult in copies.iter_rows():
            if adult in of_adults:
                told[child].append((adult, "guardian", of_adults[adult]))
        known |= _known(adults)
    return Reach(told, known)


def _guardians_answer(kind: OfferKind, own: pl.DataFrame, languages: dict[int, str], snapshot: Snapshot) -> Reach:
    """Every guardian with custody is told, the child is not.

    Where the child or a guardian is under non-disclosure, only guardians of the child's own household are told: what is
    offered tells where the child lives. A protected child whom no guardian can be told of is the named clerk's: the
    message is addressed to the child, reaches nobody, and waits on the clerk's desk. A child without guardians is told
    to nobody; the service looks after such offers itself.
    """
    found = custodians(languages, snapshot)
    adults = contacts(found["guardian"].unique().to_list(), snapshot)
    service_language: dict[int, str] = dict(adults.select("person", "language").iter_rows())
    protected = set(adults.filter("non_disclosure")["person"].to_list())
    children = set(own.filter("non_disclosure")["person"].to_list())
    families = children | {child for child, adult, _, _ in found.iter_rows() if adult in protected}
    more = frozenset(kind.languages) - frozenset(LANGUAGES)
    told: dict[int, list[tuple[int, str, str]]] = {child: [] for child in languages}
    for child, adult, together, tongue in found.iter_rows():
        if adult in service_language and (together or child not in families):
            told[child].append((adult, "guardian", tongue if tongue in more else service_language[adult]))
    for child in families:
        if not told[child]:
            told[child] = [(child, "subject", languages[child])]
    return Reach(told, _known(own) | _known(adults))


def _known(found: pl.DataFrame) -> dict[int, Known]:
    rows = found.select(
        pl.col("person").alias("key"), "identity_code", "given_names", "surname", "language",
        pl.col("email", "phone").fill_null(""), "suomifi_messages", "non_disclosure",
    )  # fmt: skip
    return {row["key"]: Known(**row) for row in rows.iter_rows(named=True)}
