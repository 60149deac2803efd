# SPDX-License-Identifier: EUPL-1.2
"""Payments looked up: those about a matter, an organisation's, the totals, and what a finance person must look at."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from django.db.models import Count, F, Q, QuerySet, Sum

from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.states import IN_TRANSIT, BatchState, LineState
from ennakko.kernel.people.names import folded


def lines_of(about: str) -> list[Line]:
    """The payments about one matter (`case:12`), in the order planned."""
    return list(Line.objects.filter(about=about).order_by("pk"))


def lines_of_many(abouts: Iterable[str]) -> dict[str, list[Line]]:
    """The payments about many matters, in one query; a matter without any has an empty list."""
    found: dict[str, list[Line]] = {about: [] for about in abouts}
    for line in Line.objects.filter(about__in=list(found)).order_by("pk"):
        found[line.about].append(line)
    return found


def lines_of_organisation(business_id: str, *, most: int = 500) -> list[Line]:
    """What an organisation has got and will get, the latest due first; cancelled lines left out."""
    own = Line.objects.filter(business_id=business_id).exclude(state=LineState.CANCELLED)
    return list(own.order_by("-due", "-pk")[:most]) if business_id else []


@dataclass(frozen=True, slots=True)
class Sums:
    """How many lines, and how much in cents."""

    lines: int = 0
    cents: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.lines + other.lines, self.cents + other.cents)


@dataclass(frozen=True, slots=True)
class Totals:
    """What was ever planned, by where it is now; the five always make up `all`.

    Of what is paid, `recovering` is claimed back and `recovered` is back (lines with any, and cents).
    """

    planned: Sums = field(default_factory=Sums)
    in_transit: Sums = field(default_factory=Sums)
    paid: Sums = field(default_factory=Sums)
    returned: Sums = field(default_factory=Sums)
    cancelled: Sums = field(default_factory=Sums)
    recovering: Sums = field(default_factory=Sums)
    recovered: Sums = field(default_factory=Sums)

    @property
    def all(self) -> Sums:
        """Everything ever planned."""
        return self.planned + self.in_transit + self.paid + self.returned + self.cancelled

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


NOTHING = Totals()


def totals(*, service: str = "", year: int | None = None) -> Totals:
    """The sums of one service or all, of one year's money or all; one query."""
    rows = Line.objects.all()
    if service:
        rows = rows.filter(service=service)
    if year is not None:
        rows = rows.filter(year=year)
    return sum(_totals(rows).values(), NOTHING)


def totals_by_service() -> dict[tuple[str, int], Totals]:
    """The sums by service and year of the money; one query."""
    return _totals(Line.objects.all())


def _totals(rows: "QuerySet[Line]") -> dict[tuple[str, int], Totals]:
    grouped = rows.order_by().values_list("service", "year", "state").annotate(
        lines=Count("pk"), cents=Sum("amount_cents"),
        recovering=Count("pk", filter=Q(recovering_cents__gt=0)), recovering_sum=Sum("recovering_cents"),
        recovered=Count("pk", filter=Q(recovered_cents__gt=0)), recovered_sum=Sum("recovered_cents"),
    )  # fmt: skip
    found: dict[tuple[str, int], Totals] = {}
    for service, year, state, lines, cents, claimed, claimed_sum, back, back_sum in grouped:
        more = {
            "in_transit" if state in IN_TRANSIT else str(state): Sums(lines, cents),
            "recovering": Sums(claimed, claimed_sum),
            "recovered": Sums(back, back_sum),
        }
        found[service, year] = found.get((service, year), NOTHING) + Totals(**more)
    return found


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with what the other side has said of its lines."""

    batch: Batch
    waiting: Sums
    paid: Sums
    returned: Sums

    @property
    def difference_cents(self) -> int:
        """Sent and not confirmed either way."""
        return self.batch.amount_cents - self.paid.cents - self.returned.cents


def with_confirmations(batches: Iterable[Batch]) -> tuple[BatchView, ...]:
    """Batches, each with the sums of its lines by state; one query for all."""
    listed = list(batches)
    grouped = (
        Line.objects.filter(batch__in=[batch.pk for batch in listed]).order_by().values_list("batch", "state")
        .annotate(lines=Count("pk"), cents=Sum("amount_cents"))
    )  # fmt: skip
    sums: dict[tuple[int | None, str], Sums] = {}
    for batch, state, lines, cents in grouped:
        place = "waiting" if state in IN_TRANSIT else str(state)
        sums[batch, place] = sums.get((batch, place), Sums()) + Sums(lines, cents)
    return tuple(
        BatchView(batch, *(sums.get((batch.pk, place), Sums()) for place in ("waiting", "paid", "returned")))
        for batch in listed
    )


def odd_confirmations() -> "QuerySet[Received]":
    """Confirmations that a person has to settle, the oldest first."""
    rows = Received.objects.filter(outcome=Received.Outcome.ODD, settled_at__isnull=True)
    return rows.select_related("line", "line__batch").order_by("pk")


def returned_and_waiting() -> "QuerySet[Line]":
    """Returned payments that nobody has planned again, the oldest first."""
    live = Line.objects.filter(replaces__isnull=False).exclude(state=LineState.CANCELLED)
    rows = Line.objects.filter(state=LineState.RETURNED).exclude(pk__in=live.values("replaces"))
    return rows.select_related("batch").order_by("state_at", "pk")


def paid_twice() -> "QuerySet[Line]":
    """Paid lines whose replacement is on its way or paid too, and not claimed back in full."""
    live = Line.objects.filter(replaces__state=LineState.PAID).exclude(
        state__in=[LineState.CANCELLED, LineState.RETURNED]
    )
    claimed = F("recovering_cents") + F("recovered_cents")
    return (
        live.annotate(claimed=claimed).filter(claimed__lt=F("amount_cents")).select_related("replaces").order_by("pk")
    )


def found_lines(words: str = "", *, state: str = "", service: str = "") -> "QuerySet[Line]":
    """Lines by payee, business id, account, key or batch reference, by state and service; the latest first."""
    rows = Line.objects.select_related("batch").order_by("-pk")
    if state == "in_transit":
        rows = rows.filter(state__in=IN_TRANSIT)
    elif state in ("recovering", "recovered"):
        rows = rows.filter(**{f"{state}_cents__gt": 0})
    elif state:
        rows = rows.filter(state=state)
    if service:
        rows = rows.filter(service=service)
    asked = folded(words)
    if asked:
        plain = "".join(words.split())
        rows = rows.filter(
            Q(payee_search__contains=asked) | Q(business_id=plain) | Q(iban=plain.upper()) | Q(key=words.strip())
            | Q(batch__reference=plain.lower()) | Q(about=plain)
        )  # fmt: skip
    return rows


def told_of(lines: Iterable[Line]) -> dict[int, Received]:
    """What the other side said last of each line, not counting what was set aside; one query."""
    rows = Received.objects.filter(line__in=[line.pk for line in lines]).exclude(choice="aside")
    return {row.line_id: row for row in rows.order_by("pk") if row.line_id is not None}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person of finance: how many of each."""

    release: int
    odd: int
    returned: int
    failing: int


def waiting_for_finance() -> Waiting:
    """Batches to release, odd confirmations, returned payments, batches that could not be sent; four queries."""
    batches = Batch.objects.filter(state=BatchState.RELEASED)
    return Waiting(
        release=Batch.objects.filter(state=BatchState.READY).count(),
        odd=odd_confirmations().count(),
        returned=returned_and_waiting().count(),
        failing=batches.exclude(error="").count(),
    )
