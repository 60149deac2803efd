# SPDX-License-Identifier: EUPL-1.2
"""Matters are entered in the register as their cases are opened, and closed with them, in the same transactions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ennakko.kernel import documents
from ennakko.kernel.bulk import among, insert
from ennakko.kernel.records.models import Matter, Series
from ennakko.kernel.records.plans import RecordsPlan, plan_of
from ennakko.values.texts import Text

FAR = date(9999, 12, 31)


def open_matter(
    *, service: str, kind: str, number: str, on: date, case: int | None = None, about: str = "", organisation: str = ""
) -> Matter | None:
    """Enter a matter in the register, in the caller's transaction, as its plan says now.

    None where the kind has no plan: a manifest is refused without one, so that only a kind outside a manifest has none.
    """
    plan = plan_of(service, kind)
    if plan is None:
        return None
    row = Matter(**_row(plan, service, number, on, case, about, organisation))
    insert(row)
    return row


def _row(
    plan: RecordsPlan, service: str, number: str, on: date, case: int | None, about: str, organisation: str
) -> dict[str, object]:
    return {
        "number": number, "service": service, "kind": plan.case_kind, "about": about or f"case:{case}", "case": case,
        "organisation": organisation, "task_class": plan.task_class, "title": in_all(plan.title),
        "publicity": plan.publicity,
        "secrecy_ground": in_all(plan.secrecy_ground) if plan.secrecy_ground else None,
        "secrecy_years": plan.secrecy_years, "party_public": plan.party_public, "retention_days": plan.retention_days,
        "attachments_days": plan.attachments_days, "archive": plan.archive, "opened_on": on,
    }  # fmt: skip


def close_matter(about: str, *, on: date | None, outcome: str = "") -> None:
    """The matter about something was closed on a day, in a state; None: it was opened again. In the caller's
    transaction; nothing happens where there is no such matter."""
    row = Matter.objects.select_for_update().filter(about=about).first()
    if row is None:
        return
    row.closed_on, row.outcome = on, outcome if on is not None else ""
    row.destroy_after = _after(on, row.retention_days)
    row.attachments_after = _after(on, row.attachments_days)
    row.save(update_fields=["closed_on", "outcome", "destroy_after", "attachments_after"])


def _after(closed: date | None, days: int | None) -> date | None:
    if closed is None or days is None:
        return None
    return closed + timedelta(days=min(days + 1, (FAR - closed).days))


def matter_of(about: str) -> Matter | None:
    """The matter about something (“case:12”)."""
    return Matter.objects.filter(about=about).first()


def held() -> Q:
    """The condition of matters that must not go yet: to be archived, and not transferred."""
    return Q(archive=True, transferred_at=None)


def held_cases() -> "QuerySet[Any]":
    """The cases, as a subquery of their numbers, that must not be destroyed before their matters are archived."""
    return Matter.objects.filter(held(), case__isnull=False).values("case")


def forget_cases(cases: Iterable[int]) -> int:
    """Cases are destroyed, in the caller's transaction: what was sent in about them goes with them, at once.

    Their matters stay until their own time is over, with the documents that the city made. How many matters there were.
    """
    numbers = list(cases)
    documents.destroy(about=[f"case:{number}" for number in numbers])
    return Matter.objects.filter(case__in=among(numbers)).update(case=None)


def next_number(name: str, year: int) -> str:
    """The next number of one of the register's own series, in the caller's transaction: TIETO-2026-000001."""
    Series.objects.get_or_create(name=name, year=year)
    series = Series.objects.select_for_update().get(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{name}-{year}-{series.last:06d}"


def in_all(words: Text) -> dict[str, str]:
    """A text as it is stored: by language."""
    return {language: words.in_(language) for language in words.languages}
