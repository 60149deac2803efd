# SPDX-License-Identifier: EUPL-1.2
"""Looking the register up: for the registry everything but people, for anybody what is public of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.queries import find
from ennakko.kernel.records.models import InformationRequest, Matter, Transfer

PEOPLE = ("sole_trader", "private")
"""Kinds of organisation that are a person: the public register names them no more than any other person."""
OPEN_REQUESTS = (InformationRequest.State.RECEIVED, InformationRequest.State.IN_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for: every part given must fit. `words`: a number, a class, an organisation's name or id."""

    words: str = ""
    service: str = ""
    kind: str = ""
    state: str = ""
    opened_from: date | None = None
    opened_until: date | None = None


def matters(sought: Sought) -> "QuerySet[Matter]":
    """The matters that fit, the latest first."""
    rows = Matter.objects.order_by("-opened_on", "-id")
    words = sought.words.strip()
    if words:
        organisations = list(find(words).values_list("business_id", flat=True)[:200])
        rows = rows.filter(
            Q(number__startswith=words.upper()) | Q(task_class__startswith=words) | Q(organisation__in=organisations)
        )
    if sought.service:
        rows = rows.filter(service=sought.service)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.opened_from:
        rows = rows.filter(opened_on__gte=sought.opened_from)
    if sought.opened_until:
        rows = rows.filter(opened_on__lte=sought.opened_until)
    return rows.filter(_STATES[sought.state]) if sought.state in _STATES else rows


def named_in(words: str) -> "QuerySet[Matter]":
    """The matters whose numbers stand in somebody's words, however they are cased."""
    return Matter.objects.filter(number__in=sorted(set(_NUMBER.findall(words.upper())))).order_by("number")


_NUMBER = re.compile(r"(?<![\w-])[A-ZÅÄÖ]+-[0-9]{4}-[0-9]+(?![\w-])")
_STATES = {
    "open": Q(closed_on=None),
    "closed": Q(closed_on__isnull=False, destroyed_at=None),
    "to-archive": Q(archive=True, closed_on__isnull=False, transferred_at=None),
    "archived": Q(transferred_at__isnull=False),
    "destroyed": Q(destroyed_at__isnull=False),
}
STATES = tuple(_STATES)


def public_matters(sought: Sought) -> "QuerySet[Matter]":
    """The matters that fit, as anybody may look for them: by a party only where the party is public."""
    rows = matters(Sought(service=sought.service, opened_from=sought.opened_from, opened_until=sought.opened_until))
    words = sought.words.strip()
    if not words:
        return rows
    organisations = find(words).exclude(kind__in=PEOPLE).values_list("business_id", flat=True)[:200]
    public_party = Q(party_public=True, organisation__in=list(organisations))
    return rows.filter(Q(number__startswith=words.upper()) | Q(task_class__startswith=words) | public_party)


def parties(rows: Iterable[Matter], *, public: bool = False) -> dict[int, str]:
    """The names of the organisations that matters are about, by matter, in one query; people are never named.

    `public`: only those that anybody may see. A private trader is a person, and so is a household.
    """
    wanted = {row.pk: row.organisation for row in rows if row.organisation and (row.party_public or not public)}
    known = Organisation.objects.filter(business_id__in=set(wanted.values()))
    if public:
        known = known.exclude(kind__in=PEOPLE)
    names = dict(known.values_list("business_id", "name"))
    return {key: names[business_id] for key, business_id in wanted.items() if business_id in names}


def requests(state: str = "") -> "QuerySet[InformationRequest]":
    """Requests for information, the most urgent first; those that are open unless a state is named."""
    rows = InformationRequest.objects.select_related("handler")
    if state:
        return rows.filter(state=state).order_by("-received_at")
    return rows.filter(state__in=OPEN_REQUESTS).order_by("due", "received_at")


def waiting_requests(on: date) -> tuple[int, int]:
    """How many requests wait for an answer, and how many of them are late."""
    rows = InformationRequest.objects.filter(state__in=OPEN_REQUESTS)
    return rows.count(), rows.filter(due__lt=on).count()


def transfers() -> "QuerySet[Transfer]":
    """Packages to the archive, the latest first."""
    return Transfer.objects.order_by("-made_at", "-id")
