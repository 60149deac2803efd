# SPDX-License-Identifier: EUPL-1.2
"""Vouchers are issued to the offers of a run, declined and taken back with the answer, voided, and reissued."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.kernel.cases.models import Case
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.making import key_of
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.rechecking import withdraw
from ennakko.kernel.offers.states import OPEN
from ennakko.services.summer_voucher import conditions, telling
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.states import LIVE, NAMES, VoucherState, after
from ennakko.services.summer_voucher.states import OPEN as OPEN_VOUCHERS
from ennakko.values.texts import text

SERVICE = "summer-voucher"
RETENTION = "summer-voucher"
PORTION = 3000
_COLUMNS = (
    "id", "person", "case", "offer", "year", "sequence", "number", "value_cents", "state", "state_at", "issued_at",
    "replaces", "void_reason",
)  # fmt: skip

VOIDED = "summer-voucher.voided"
MOST_REASON = 400
NEEDS_REASON = text(
    fi="Kirjoita, miksi seteli mitätöidään.",
    sv="Skriv varför sedeln makuleras.",
    en="Write why the voucher is made void.",
)
NOT_NOW = text(
    fi="Seteli on tilassa ”{state}”: tätä ei voi tehdä sille enää.",
    sv="Sedeln är i läget ”{state}”: det här kan inte längre göras.",
    en="The voucher is “{state}”: this can no longer be done to it.",
)


class VoucherClosed(Closed):
    """The voucher's state does not allow this; `reason` says which state it is in."""


def voucher_key(whose: str, year: int, sequence: int) -> int:
    """The key of a voucher: `whose` is `person:17` or `case:4`."""
    return key_of("summer-voucher", whose, year, sequence)


def draw_numbers(count: int) -> list[int]:
    """Free numbers at random, all different; a number in use is drawn again, ten times at most."""
    drawn: set[int] = set()
    for _ in range(number.TRIES):
        while len(drawn) < count:
            drawn.add(number.FIRST_RANDOM + secrets.randbelow(number.LAST_RANDOM - number.FIRST_RANDOM + 1))
        taken = _taken(list(drawn))
        if not taken:
            return list(drawn)
        drawn -= taken
    raise number.NumbersExhausted(f"{number.TRIES} draws, and some number was taken each time")


def _taken(numbers: Sequence[int]) -> set[int]:
    return set(Voucher.objects.filter(number__in=among(numbers)).values_list("number", flat=True))


def issue_to_offers(year: int, *, actor: Actor, at: datetime) -> int:
    """A voucher to every open offer of the year that has none; how many are new. Safe to repeat and to interrupt.

    Somebody who got a voucher by application since they were screened needs no second one: their offer is taken back.
    """
    _take_back_needless(year, actor=actor, at=at)
    waiting = Offer.objects.filter(
        service=SERVICE, round=str(year), state__in=OPEN, subject__isnull=False, summer_vouchers__isnull=True
    )
    issued, last = 0, -1
    while True:
        with transaction.atomic():
            runs = list(Run.objects.select_for_update().filter(service=SERVICE, round=str(year)).values_list("pk"))
            rows = list(waiting.filter(id__gt=last).order_by("id").values_list("id", "subject", "content")[:PORTION])
            if not rows:
                return issued
            earlier = _last_sequences([row[1] for row in rows])
            vouchers = [
                _row(offer, person, content, earlier.get((person, content["year"]), 0) + 1, drawn, at)
                for drawn, (offer, person, content) in zip(draw_numbers(len(rows)), rows, strict=True)
            ]
            made = insert_rows(Voucher, _COLUMNS, vouchers)
            if made != len(vouchers):
                raise IntegrityError(f"{len(vouchers) - made} youths hold a voucher of {year} already: run it again.")
            digest = audit.rows_digest([row[0], row[3], row[7]] for row in vouchers)
            said: dict[str, object] = {"year": year, "runs": len(runs), "vouchers": made, "digest": digest}
            audit.write(actor, "summer-voucher.issue", f"year:{year}", at, {}, RETENTION, statement=said)
        issued, last = issued + made, rows[-1][0]


def _take_back_needless(year: int, *, actor: Actor, at: datetime) -> None:
    holders = Voucher.objects.filter(year=year, state__in=LIVE, offer__isnull=True, person__isnull=False)
    needless = Offer.objects.filter(
        service=SERVICE, round=str(year), state__in=OPEN, summer_vouchers__isnull=True,
        subject__in=holders.values("person"),
    )  # fmt: skip
    for offer in needless:
        with transaction.atomic():
            withdraw(offer, reason="has_voucher", actor=actor, at=at)


def _last_sequences(persons: list[int]) -> dict[tuple[int, int], int]:
    """The last sequence number by person and year; a voided voucher keeps its own."""
    rows = Voucher.objects.filter(person__in=among(persons)).order_by("sequence")
    held = rows.values_list("person", "year", "sequence")
    return {(person, year): sequence for person, year, sequence in held if person is not None}


def _row(
    offer: int, person: int, content: Mapping[str, Any], sequence: int, drawn: int, at: datetime
) -> tuple[object, ...]:
    year = content["year"]
    return (
        voucher_key(f"person:{person}", year, sequence), person, None, offer, year, sequence, drawn,
        content["value_cents"], VoucherState.ISSUED, at, at, None, "",
    )  # fmt: skip


def follow_answer(voucher: Voucher | None, *, declined: bool, undone: bool, at: datetime) -> None:
    """The voucher follows the answer to its offer, in the answer's transaction."""
    if voucher is None:
        return
    if declined and not undone:
        _move(voucher, "decline", at)
    elif declined and undone:
        _move(voucher, "undo_decline", at)


def _move(voucher: Voucher, verb: str, at: datetime, *, reason: str = "") -> Voucher:
    row = Voucher.objects.select_for_update().get(pk=voucher.pk)
    to = after(row.state, verb)
    if to is None:
        raise VoucherClosed(NOT_NOW.format(state=NAMES[VoucherState(row.state)]))
    row.state, row.state_at, row.void_reason = to, at, reason or row.void_reason
    row.save(update_fields=["state", "state_at", "void_reason"])
    return row


def issue_to_application(application: Application, case: Case, *, at: datetime) -> Voucher | None:
    """The voucher of an accepted application, in the decision's transaction; None when the youth holds one already."""
    whose = f"person:{application.person}" if application.person is not None else f"case:{case.pk}"
    held = Voucher.objects.filter(year=application.year).filter(
        Q(person=application.person) if application.person is not None else Q(case=case)
    )
    if held.filter(state__in=LIVE).exists():
        return None
    sequence = (held.order_by("-sequence").values_list("sequence", flat=True).first() or 0) + 1
    return Voucher.objects.create(
        id=voucher_key(whose, application.year, sequence), person_id=application.person, case=case,
        year=application.year, sequence=sequence, number=draw_numbers(1)[0], state=VoucherState.ISSUED, state_at=at,
        issued_at=at,
        value_cents=conditions.value("voucher_value", conditions.last_of_year(application.year)),
    )  # fmt: skip


def void(voucher: Voucher, *, reason: str, actor: Actor, at: datetime, on: date) -> Voucher:
    """Make a voucher unusable; the youth is told why and how to appeal. Raises Refused and VoucherClosed."""
    require(actor, "summer-voucher.void", voucher)
    words = reason.strip()
    if not words:
        raise VoucherClosed(NEEDS_REASON)
    with transaction.atomic():
        row = _move(voucher, "void", at, reason=words[:MOST_REASON])
        appeal = max((one for one in appeals_of(VOIDED) if one.start <= on), key=lambda one: one.start, default=None)
        telling.voided(row, row.void_reason, appeal.frozen() if appeal else {}, at=at)
        details = {"voucher": row.pk, "person": row.person_id, "reason": row.void_reason}
        audit.write(actor, "summer-voucher.void", f"voucher:{row.pk}", at, details, RETENTION)
    return row


def void_with_offer(offer: Offer, at: datetime) -> None:
    """An offer taken back takes its voucher with it (in the same transaction), unless an employer has used it."""
    for row in Voucher.objects.filter(offer=offer.pk, state__in=OPEN_VOUCHERS):
        _move(row, "void", at, reason="withdrawn")


def reissue(voucher: Voucher, *, actor: Actor, at: datetime) -> Voucher:
    """A new number in place of one that was lost or seen by others; the old one is no longer good.

    The new number is told to the youth. Raises Refused and VoucherClosed.
    """
    require(actor, "summer-voucher.reissue", voucher)
    with transaction.atomic():
        old = _move(voucher, "reissue", at, reason="reissued")
        whose = f"person:{old.person_id}" if old.person_id else f"case:{old.case_id}"
        sequence = old.sequence + 1
        new = Voucher.objects.create(
            id=voucher_key(whose, old.year, sequence), person_id=old.person_id, case_id=old.case_id,
            offer_id=old.offer_id, year=old.year, sequence=sequence, number=draw_numbers(1)[0],
            value_cents=old.value_cents, state=VoucherState.ISSUED, state_at=at, issued_at=at, replaces=old,
        )  # fmt: skip
        telling.reissued(new, at=at)
        details = {"voucher": new.pk, "replaces": old.pk, "person": new.person_id}
        audit.write(actor, "summer-voucher.reissue", f"voucher:{new.pk}", at, details, RETENTION)
    return new
