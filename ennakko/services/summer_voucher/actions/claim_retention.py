# SPDX-License-Identifier: EUPL-1.2
"""Claims, vouchers and youths are destroyed in the order in which nothing older holds anything in place.

First the employer's claim: it is counted into statistics without persons, then its rows go, what payments tell of the
youth is emptied, and the payment itself stays as accounting material. Then the voucher, once no claim names it, and the
youth's own row (act 14 §; retention.py does applications). The kernel then destroys the cases, which nothing names.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from ennakko.kernel import audit, messages, payments, people
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.cases.models import Case
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import OPEN
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import (
    Application,
    Claim,
    ClaimDraftHold,
    ClaimRow,
    ClaimStatistic,
    Experiment,
    ExperimentMember,
    Voucher,
)
from ennakko.services.summer_voucher.queries.catalogue import first_year
from ennakko.values.dates import add_years

RETENTION = "summer-voucher"
CLAIM_YEARS, VOUCHER_YEARS = 5, 5
PORTION = 500


def destroy_old(*, on: date, at: datetime, wall: datetime, actor: Actor) -> dict[str, int]:
    """Destroy what may no longer be kept; how many of each. Safe to repeat and to interrupt."""
    return {
        "claims": _claims(on, actor=actor, at=at),
        "vouchers": _vouchers(on, actor=actor, at=at),
        "offers": _offers(on, actor=actor, at=at),
        "draft_notes": ClaimDraftHold.objects.filter(until__lt=wall - timedelta(days=1)).delete()[0],
    }


def _claims(on: date, *, actor: Actor, at: datetime) -> int:
    """Claims sent more than five years ago, all of whose cases are closed."""
    destroyed = 0
    still_open = ClaimRow.objects.filter(claim=OuterRef("pk"), case__closed_at=None, case__isnull=False)
    old = Claim.objects.filter(~Exists(still_open), sent_at__date__lt=add_years(on, -CLAIM_YEARS)).order_by("pk")
    while True:
        with transaction.atomic():
            claims = list(old.select_for_update(of=("self",))[:PORTION])
            if not claims:
                return destroyed
            rows = list(ClaimRow.objects.filter(claim__in=claims).select_related("case", "claim", "voucher__person"))
            count(rows)
            cases = [row.case_id for row in rows if row.case_id is not None]
            abouts = [f"case:{pk}" for pk in cases]
            payments.forget(abouts, actor=actor, at=at)
            messages.destroy(about=[*abouts, *(f"claim:{claim.pk}" for claim in claims)])
            ClaimRow.objects.filter(pk__in=among(row.pk for row in rows)).delete()
            # What was told of the youth and the work stands in the case too; its own time may be longer.
            Case.objects.filter(pk__in=among(cases)).update(data={}, facts={}, draft=None)
            Claim.objects.filter(pk__in=among(claim.pk for claim in claims)).delete()
            digest = audit.rows_digest([claim.pk] for claim in claims)
            said: dict[str, object] = {"claims": len(claims), "rows": len(rows), "digest": digest}
            audit.write(actor, "summer-voucher.destroy-claims", f"service:{SERVICE}", at, {}, RETENTION, statement=said)
        destroyed += len(claims)


def count(rows: Sequence[ClaimRow]) -> None:
    """Add rows that go to the statistics that stay: counts and sums by year and one dimension at a time.

    Those under non-disclosure are counted nowhere: a figure that grew by them would tell of them.
    """
    found: Counter[tuple[int, str, str, str]] = Counter()
    cents: Counter[tuple[int, str, str, str]] = Counter()
    for row in rows:
        if row.voucher is not None and row.voucher.person is not None and row.voucher.person.non_disclosure:
            continue
        outcome = row.case.state if row.case is not None else ""
        for dimension, value in (
            ("all", ""), ("industry", row.claim.industry[:2]), ("language", row.claim.language),
            ("employer_kind", row.claim.employer_kind), ("job_type", row.job_type),
            ("hired_without", row.hired_without), ("automatic", "yes" if row.automatic else "no"),
        ):  # fmt: skip
            key = (row.year, dimension, value, outcome)
            found[key] += 1
            cents[key] += row.value_cents if outcome == "accepted" else 0
    for key, number in found.items():
        year, dimension, value, outcome = key
        kept, _ = ClaimStatistic.objects.get_or_create(year=year, dimension=dimension, value=value, outcome=outcome)
        ClaimStatistic.objects.filter(pk=kept.pk).update(rows=F("rows") + number, cents=F("cents") + cents[key])


def _vouchers(on: date, *, actor: Actor, at: datetime) -> int:
    """Vouchers of years that ended five years ago and that no claim names; then the youths whom nothing names."""
    destroyed = 0
    named = ClaimRow.objects.filter(voucher=OuterRef("pk"))
    kept_alive = Application.objects.filter(case=OuterRef("case"), emptied_at=None)
    running = Experiment.objects.filter(drawn__voucher=OuterRef("pk"), result__isnull=True)
    old = Voucher.objects.filter(
        ~Exists(named), ~Exists(kept_alive), ~Exists(running), year__lt=on.year - VOUCHER_YEARS
    ).order_by("pk")  # fmt: skip
    while True:
        with transaction.atomic():
            rows = dict(old.select_for_update(of=("self",)).values_list("pk", "person")[:PORTION])
            if not rows:
                return destroyed
            ExperimentMember.objects.filter(voucher__in=among(rows)).delete()
            messages.destroy(about=[f"voucher:{pk}" for pk in rows])
            Voucher.objects.filter(pk__in=among(rows)).delete()
            said: dict[str, object] = {"vouchers": len(rows), "digest": audit.rows_digest([pk] for pk in rows)}
            about = f"service:{SERVICE}"
            audit.write(actor, "summer-voucher.destroy-vouchers", about, at, {}, RETENTION, statement=said)
        people.forget({one for one in rows.values() if one is not None}, by=actor, at=at, reason="retention")
        destroyed += len(rows)


def _offers(on: date, *, actor: Actor, at: datetime) -> int:
    """Answered offers of rounds that ended five years ago, whose vouchers are gone; then whom nothing names any more.

    The unanswered ones went long before, by the kernel.
    """
    destroyed = 0
    rounds = [str(year) for year in range(first_year(), on.year - VOUCHER_YEARS)]
    held = Voucher.objects.filter(offer=OuterRef("pk"))
    old = Offer.objects.filter(~Exists(held), service=SERVICE, round__in=rounds).exclude(state__in=OPEN).order_by("pk")
    while True:
        with transaction.atomic():
            numbers = list(old.select_for_update(of=("self",)).values_list("pk", flat=True)[:PORTION])
            if not numbers:
                return destroyed
            told = Recipient.objects.filter(offer__in=among(numbers), person__isnull=False)
            persons = set(told.values_list("person", flat=True))
            messages.destroy(about=[f"offer:{number}" for number in numbers])
            Offer.objects.filter(pk__in=among(numbers)).delete()
            said: dict[str, object] = {"offers": len(numbers), "digest": audit.rows_digest([one] for one in numbers)}
            about = f"service:{SERVICE}"
            audit.write(actor, "summer-voucher.destroy-offers", about, at, {}, RETENTION, statement=said)
        people.forget({one for one in persons if one is not None}, by=actor, at=at, reason="retention")
        destroyed += len(numbers)
