# SPDX-License-Identifier: EUPL-1.2
"""A notice that the work ended or was broken off: which days it may name, and what it must tell (act 15 §)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ennakko.services.hiring_benefit.law import application_texts_2026 as words
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law.refusals import Refusal

TERMINATION, SUSPENSION = "termination", "suspension"
KINDS: Final = (TERMINATION, SUSPENSION)
CITE: Final = "act 15 §"


@dataclass(frozen=True, slots=True)
class Alteration:
    """What an employer tells: the last day of work, of a suspension the day on which the work goes on.

    `invoice` holds the operator's name and id and the address, when a recovery is to be invoiced electronically; None
    for an invoice on paper.
    """

    kind: str
    last_day: date
    back: date | None
    contact: str
    invoice: tuple[str, str, str] | None


def problems(
    told: Alteration, *, start: date, end: date, others: Sequence[tuple[date, date]] = ()
) -> list[Refusal]:  # fmt: skip
    """Why a notice is not taken in; the benefit's days, and the days of other notices that are not cancelled."""
    found = []
    if not start <= told.last_day <= end:
        period = said.span(start, end)
        found.append(Refusal("outside_benefit", words.OUTSIDE_BENEFIT.format(period=period), "end_date", CITE))
    if told.kind == SUSPENSION:
        if told.back is None:
            found.append(Refusal("return_missing", words.RETURN_MISSING, "resume_date", CITE))
        elif not told.last_day <= told.back <= end:
            found.append(Refusal("return_wrong", words.RETURN_WRONG, "resume_date", CITE))
    if not told.contact.strip():
        found.append(Refusal("contact_missing", words.CONTACT_MISSING, "contact_person_name", CITE))
    if told.invoice is not None and not all(part.strip() for part in told.invoice):
        found.append(Refusal("invoice_missing", words.INVOICE_MISSING, "einvoice_address", CITE))
    last = told.back if told.kind == SUSPENSION and told.back is not None else end
    for first, until in others:
        if told.last_day <= until and first <= last:
            days = said.span(first, until)
            found.append(Refusal("overlap", words.ALTERATIONS_OVERLAP.format(days=days), "end_date", CITE))
    return found
