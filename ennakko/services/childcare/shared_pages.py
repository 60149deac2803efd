# SPDX-License-Identifier: EUPL-1.2
"""Early education's parts of the pages that belong to nobody alone: my page, the worker's first page, the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.kernel.cases.models import Case
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.kernel.ui import contributions, profile
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.services.childcare.access_places import BY_HAND
from ennakko.services.childcare.offer import unit_name
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.queries import by_hand, call_list, decisions
from ennakko.services.childcare.queries.offered import told_offers
from ennakko.services.childcare.roles import DIRECTOR, FEE_OFFICIAL, OFFICIAL, SERVICE_WORKER, SUPERVISOR
from ennakko.services.childcare.states import PlacementState
from ennakko.services.childcare.states_cases import FEE_NAMES, HANDLE, HANDLE_FEES, PLACE_NAMES, CaseState
from ennakko.values.texts import Text, text

SERVICE = "childcare"
STAFF = frozenset({"worker", "leader", "administrator", "auditor"})
PLACE = text(fi="Paikka lapselle", sv="Plats för barnet", en="Place for your child")
TITLE = text(fi="{child}: {form}", sv="{child}: {form}", en="{child}: {form}")
WAITS = text(
    fi="{unit}. Paikka on varattu, sinun ei tarvitse hakea.", sv="{unit}. Platsen är reserverad, du behöver inte "
    "ansöka.",
    en="{unit}. The place is kept, you need not apply.",
)  # fmt: skip
LOOK = text(fi="Katso ja vastaa", sv="Se och svara", en="See and answer")
SEE = text(fi="Katso", sv="Se", en="See")
FEE = text(fi="Varhaiskasvatuksen maksu", sv="Avgift för småbarnspedagogik", en="Early education fee")


def _title(offer: Offer) -> Text:
    child = offer.subject.given_names.split()[0] if offer.subject and offer.subject.given_names else ""
    return TITLE.format(child=child, form=FORMS[offer.content["form"]]) if child else FORMS[offer.content["form"]]


def _here(offer: Offer) -> str:
    return reverse("childcare:offer", args=[offer.pk])


def _offers(actor: Actor) -> list[Offer]:
    return list(told_offers(actor).select_related("subject"))


def waiting(actor: Actor, on: date) -> Sequence[Card]:
    """Offers of places that wait for an answer."""
    return [
        Card(title=_title(one), words=WAITS.format(unit=unit_name(one.content)), url=_here(one), action=LOOK,
             until=one.answer_by)
        for one in _offers(actor) if one.state in ANSWERABLE and on <= one.answer_by
    ]  # fmt: skip


def _cases(offers: Sequence[Offer]) -> list[Case]:
    rows = Case.objects.filter(offer__in=offers, service=SERVICE).exclude(state=CaseState.WITHDRAWN)
    return list(rows.select_related("offer__subject").order_by("-opened_at"))


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """Matters of places and fees under way."""
    return [
        Card(title=_case_title(one), status=_names(one)[one.state], status_kind="info", url=_here(one.offer),
             action=SEE, on=one.opened_at.date())
        for one in _cases(_offers(actor)) if one.closed_at is None and one.offer is not None
    ]  # fmt: skip


def _case_title(case: Case) -> Text:
    return FEE if case.kind == "fee" else _title(case.offer) if case.offer else PLACE


def _names(case: Case) -> dict[str, Text]:
    return FEE_NAMES if case.kind == "fee" else PLACE_NAMES


def done(actor: Actor, on: date) -> Sequence[Card]:
    """Decided matters, and offers that were declined or ended."""
    offers = _offers(actor)
    cards = [
        Card(title=_case_title(one), words=_names(one)[one.state], url=_here(one.offer), action=SEE,
             on=one.closed_at.date())
        for one in _cases(offers) if one.closed_at is not None and one.offer is not None
    ]  # fmt: skip
    for one in offers:
        if one.state in (OfferState.DECLINED, OfferState.EXPIRED):
            cards.append(
                Card(title=_title(one), words=unit_name(one.content), url=_here(one), action=SEE,
                     on=one.state_at.date())
            )  # fmt: skip
    return cards


def works(actor: Actor, on: date) -> Sequence[Work]:
    """The queues of whoever works with places and fees."""
    found = []
    if verdict(actor, HANDLE) and actor.roles & {SERVICE_WORKER, OFFICIAL}:
        counted = decisions.counts(actor, decisions.PLACES, on=on)
        state = CaseState.READY if OFFICIAL in actor.roles else CaseState.AWAITING_HANDLING
        found.append(
            Work(title=text(fi="Päätökset paikoista", sv="Beslut om platser", en="Decisions on places"),
                 words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                 url=reverse("childcare:decisions"), waiting=counted[state], late=counted["late"])
        )  # fmt: skip
    if verdict(actor, HANDLE_FEES) and FEE_OFFICIAL in actor.roles:
        counted = decisions.counts(actor, decisions.FEES, on=on)
        found.append(
            Work(title=text(fi="Varhaiskasvatuksen maksut", sv="Avgifter för småbarnspedagogik",
                            en="Fees of early education"),
                 words=text(fi="odottaa päätöstä", sv="väntar på beslut", en="wait for the decision"),
                 url=reverse("childcare:fees"), waiting=counted["all"], late=counted["late"])
        )  # fmt: skip
    if verdict(actor, "childcare.call") and actor.roles & {SERVICE_WORKER, ADVISER, PROTECTED_CLERK}:
        count = call_list.waiting(actor).count() + call_list.unanswered(actor).count()
        found.append(
            Work(title=text(fi="Soitot perheille", sv="Samtal till familjer", en="Calls to families"),
                 words=text(fi="odottaa soittoa", sv="väntar på ett samtal", en="wait for a call"),
                 url=reverse("childcare:calls"), waiting=count)
        )  # fmt: skip
    if PROTECTED_CLERK in actor.roles:
        found.append(
            Work(title=text(fi="Turvakielto: paikat ja maksut", sv="Spärrmarkering: platser och avgifter",
                            en="Non-disclosure: places and fees"),
                 words=text(fi="vain sinulle", sv="bara för dig", en="for you alone"),
                 url=reverse("childcare:decisions-protected"), waiting=decisions.protected(actor).count())
        )  # fmt: skip
    if verdict(actor, BY_HAND) and actor.roles & {SERVICE_WORKER, OFFICIAL}:
        by_state = by_hand.counts(actor)
        proposed = by_state[PlacementState.PROPOSED]
        count = proposed if OFFICIAL in actor.roles else sum(by_state.values()) - proposed
        found.append(
            Work(title=CHOSEN, words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                 url=reverse("childcare:by-hand"), waiting=count)
        )  # fmt: skip
    if PROTECTED_CLERK in actor.roles:
        found.append(
            Work(title=CHOSEN, words=text(fi="turvakielto, vain sinulle", sv="spärrmarkering, endast för dig",
                                          en="under non-disclosure, for you alone"),
                 url=reverse("childcare:by-hand-protected"), waiting=by_hand.protected(actor).count())
        )  # fmt: skip
    return found


CHOSEN = text(fi="Käsin sijoitettavat", sv="Placeras för hand", en="Placed by hand")
MENU = (
    profile.MenuItem(label=PLACE, route="childcare:own", roles=frozenset({"resident"}), order=22),
    profile.MenuItem(
        label=text(fi="Paikkapäätökset", sv="Platsbeslut", en="Places"), route="childcare:decisions", roles=STAFF,
        order=22, staff_roles=frozenset({SERVICE_WORKER, OFFICIAL}),
    ),
    profile.MenuItem(
        label=CHOSEN, route="childcare:by-hand", roles=STAFF, order=23,
        staff_roles=frozenset({SERVICE_WORKER, OFFICIAL}),
    ),
    profile.MenuItem(
        label=text(fi="Soitot", sv="Samtal", en="Calls"), route="childcare:calls", roles=STAFF, order=23,
        staff_roles=frozenset({SERVICE_WORKER}),
    ),
    profile.MenuItem(
        label=text(fi="Palvele perhettä", sv="Betjäna en familj", en="Serve a family"), route="childcare:counter",
        roles=STAFF, order=31, staff_roles=frozenset({SERVICE_WORKER, ADVISER}),
    ),
    profile.MenuItem(
        label=text(fi="Maksut", sv="Avgifter", en="Fees"), route="childcare:fees", roles=STAFF, order=24,
        staff_roles=frozenset({FEE_OFFICIAL}),
    ),
    profile.MenuItem(
        label=text(fi="Paikkakierrokset", sv="Platsomgångar", en="Rounds"), route="childcare:rounds", roles=STAFF,
        order=25, staff_roles=frozenset({SERVICE_WORKER, OFFICIAL, DIRECTOR}),
    ),
    profile.MenuItem(
        label=text(fi="Yksiköt", sv="Enheter", en="Units"), route="childcare:units", roles=STAFF, order=26,
        staff_roles=frozenset({SERVICE_WORKER, SUPERVISOR}),
    ),
    profile.MenuItem(
        label=text(fi="Paikkojen tilanne", sv="Läget för platserna", en="Situation of places"),
        route="childcare:figures", roles=STAFF, order=51, staff_roles=frozenset({DIRECTOR, OFFICIAL}),
    ),
)  # fmt: skip


def put_to_use() -> None:
    """Put them there; the room that wires everything imports this when the service is registered."""
    contributions.contribute(SERVICE, waiting=waiting, ongoing=ongoing, done=done, works=works)
    profile.add_to_menu(*MENU)


put_to_use()
