# SPDX-License-Identifier: EUPL-1.2
"""The voucher's parts of the pages that belong to nobody alone: my page, the worker's first page, the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.kernel.offers.queries import waiting_for_release
from ennakko.kernel.offers.states import OfferState
from ennakko.kernel.ui import contributions, profile
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.services.summer_voucher import shared_employer
from ennakko.services.summer_voucher.access import DIRECTOR, HANDLER, OFFICIAL
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.queries import applications, own
from ennakko.services.summer_voucher.states import CASE_NAMES, DECIDE, FOR_HANDLER, HANDLE, CaseState
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

STAFF = frozenset({"worker", "leader", "administrator", "auditor"})
VOUCHER = text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher")
WORTH = text(fi="Kesäseteli, {sum}", sv="Sommarsedel, {sum}", en="Summer job voucher, {sum}")
LOOK = text(fi="Katso seteliä", sv="Se sedeln", en="See the voucher")
YOURS = text(
    fi="Sinulle on kesäseteli. Sinun ei tarvitse hakea sitä.",
    sv="Du har en sommarsedel. Du behöver inte ansöka om den.",
    en="You have a summer job voucher. You need not apply for it.",
)
CHILDS = text(
    fi="Lapsellasi on kesäseteli. Hän päättää siitä itse.",
    sv="Ditt barn har en sommarsedel. Barnet bestämmer själv om den.",
    en="Your child has a summer job voucher. The child decides about it.",
)
KEPT = text(fi="Seteli on sinun.", sv="Sedeln är din.", en="The voucher is yours.")
USED = text(fi="Seteli on käytetty: {employer}.", sv="Sedeln har använts: {employer}.",
            en="The voucher has been used: {employer}.")  # fmt: skip
DECLINED = text(fi="Sanoit ei. Voit vielä muuttaa mielesi.", sv="Du tackade nej. Du kan ännu ändra dig.",
                en="You said no. You can still change your mind.")  # fmt: skip
APPLICATION = text(fi="Kesäsetelihakemus {number}", sv="Ansökan om sommarsedel {number}",
                   en="Application for the voucher {number}")  # fmt: skip
BY_DAY = text(fi="viimeistään {day}", sv="senast {day}", en="by {day}")
ANSWER_US = text(fi="Kysyimme sinulta jotakin. Vastaa.", sv="Vi frågade dig något. Svara.",
                 en="We asked you something. Answer us.")  # fmt: skip


def _sum(cents: int) -> Text:
    return WORTH.format(sum=text(**{language: format_money(cents, language) for language in LANGUAGES}))


def _day(on: date | None) -> Text | str:
    if on is None:
        return ""
    return BY_DAY.format(day=text(**{language: format_date(on, language) for language in LANGUAGES}))


def waiting(actor: Actor, on: date) -> Sequence[Card]:
    """The offer that waits, and a question that we have asked."""
    cards = []
    offer = own.offer_of(actor, on=on)
    if offer is not None:
        page = own.page_of(actor, offer, on=on)
        if page.answerable:
            cards.append(
                Card(title=_sum(page.value_cents), words=YOURS, url=reverse("summer-voucher:own"), action=LOOK,
                     until=page.answer_by)
            )  # fmt: skip
    for case in applications.own_cases(actor):
        if case.state == CaseState.INFORMATION_REQUESTED:
            row = case.summer_voucher_application
            status = applications.status(row, on=on)
            cards.append(
                Card(title=APPLICATION.format(number=row.reference), words=ANSWER_US, until=status.due,
                     url=reverse("summer-voucher:application", args=[row.reference]),
                     action=text(fi="Vastaa", sv="Svara", en="Answer"))
            )  # fmt: skip
    return cards


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """Applications under way, and a child's voucher."""
    cards = []
    for case in applications.own_cases(actor):
        if case.closed_at is None and case.state != CaseState.INFORMATION_REQUESTED:
            row = case.summer_voucher_application
            cards.append(
                Card(title=APPLICATION.format(number=row.reference), status=CASE_NAMES[case.state], status_kind="info",
                     words=_day(case.due), url=reverse("summer-voucher:application", args=[row.reference]),
                     action=LOOK, on=case.opened_at.date())
            )  # fmt: skip
    for offer in own.children_offers(actor, on=on):
        cards.append(
            Card(title=VOUCHER, words=CHILDS, url=reverse("summer-voucher:child", args=[offer.pk]), action=LOOK,
                 on=offer.state_at.date())
        )  # fmt: skip
    return cards


def done(actor: Actor, on: date) -> Sequence[Card]:
    """An answered offer, and decided applications."""
    cards = []
    offer = own.offer_of(actor, on=on)
    use = own.page_of(actor, offer, on=on).use if offer is not None else None
    if offer is not None and (use is not None or offer.state in (OfferState.ACCEPTED, OfferState.DECLINED)):
        words = KEPT if offer.state == OfferState.ACCEPTED else DECLINED
        if use is not None:
            words = USED.format(employer=text(fi=use.employer, sv=use.employer, en=use.employer))
        cards.append(
            Card(title=_sum(offer.content["value_cents"]), words=words, url=reverse("summer-voucher:own"), action=LOOK,
                 on=use.on if use is not None else offer.state_at.date())
        )  # fmt: skip
    for case in applications.own_cases(actor):
        if case.closed_at is not None:
            row = case.summer_voucher_application
            cards.append(
                Card(title=APPLICATION.format(number=row.reference), words=CASE_NAMES[case.state], action=LOOK,
                     url=reverse("summer-voucher:application", args=[row.reference]), on=case.closed_at.date())
            )  # fmt: skip
    return cards


def next_look(actor: Actor, on: date) -> date | None:
    """When the city looks again for somebody for whom nothing waits."""
    return own.next_look(actor, on=on, at=clock.now())


def works(actor: Actor, on: date) -> Sequence[Work]:
    """The queues of whoever works with vouchers."""
    found = []
    if verdict(actor, HANDLE) and actor.roles & {HANDLER, OFFICIAL}:
        counted = applications.counts(actor, on=on)
        mine = [CaseState.AWAITING_DECISION] if verdict(actor, DECIDE) else list(FOR_HANDLER)
        found.append(
            Work(
                title=text(fi="Kesäsetelihakemukset", sv="Ansökningar om sommarsedel", en="Voucher applications"),
                words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                url=reverse("summer-voucher:queue"), waiting=sum(counted[state] for state in mine),
                late=counted["late"],
            )
        )  # fmt: skip
    if PROTECTED_CLERK in actor.roles:
        found.append(
            Work(
                title=text(fi="Turvakielto: hakemukset", sv="Spärrmarkering: ansökningar",
                           en="Non-disclosure: applications"),
                words=text(fi="vain sinulle", sv="bara för dig", en="for you alone"),
                url=reverse("summer-voucher:protected"), waiting=applications.protected(actor).count(),
            )
        )  # fmt: skip
    if verdict(actor, "summer-voucher.call"):
        found.append(
            Work(
                title=text(fi="Soittopyynnöt", sv="Begäran om samtal", en="Calls to make"),
                words=text(fi="odottaa soittoa", sv="väntar på ett samtal", en="wait for a call"),
                url=reverse("summer-voucher:calls"), waiting=applications.calls(actor).count(),
            )
        )  # fmt: skip
    if OFFICIAL in actor.roles:
        found.append(
            Work(
                title=text(fi="Setelit matkaan", sv="Skicka ut sedlar", en="Vouchers to send"),
                words=text(fi="odottaa vapautusta", sv="väntar på frisläppande", en="wait to be released"),
                url=reverse("summer-voucher:runs"), waiting=waiting_for_release([SERVICE]).count(),
            )
        )  # fmt: skip
    return [*found, *shared_employer.works(actor, on)]


MENU = (
    profile.MenuItem(
        label=VOUCHER, route="summer-voucher:own", roles=frozenset({"resident"}), order=20
    ),
    profile.MenuItem(
        label=text(fi="Hae kesäseteliä", sv="Ansök om sommarsedel", en="Apply for the voucher"),
        route="summer-voucher:apply", roles=frozenset({"anonymous"}), order=20,
    ),
    profile.MenuItem(
        label=text(fi="Hakemusjono", sv="Ansökningskö", en="Queue"), route="summer-voucher:queue", roles=STAFF,
        order=20, staff_roles=frozenset({HANDLER, OFFICIAL}),
    ),
    profile.MenuItem(
        label=text(fi="Palvele asiakasta", sv="Betjäna en kund", en="Serve somebody"), route="summer-voucher:counter",
        roles=STAFF, order=30, staff_roles=frozenset({HANDLER, ADVISER}),
    ),
    profile.MenuItem(
        label=text(fi="Etsi seteli", sv="Sök en sedel", en="Find a voucher"), route="summer-voucher:find-voucher",
        roles=STAFF, order=40, staff_roles=frozenset({HANDLER, PROTECTED_CLERK}),
    ),
    profile.MenuItem(
        label=text(fi="Kesäsetelin tilanne", sv="Läget för sommarsedeln", en="Voucher situation"),
        route="summer-voucher:figures", roles=STAFF, order=50, staff_roles=frozenset({DIRECTOR, OFFICIAL}),
    ),
)  # fmt: skip


def put_to_use() -> None:
    """Put them there; the room that wires everything imports this when the service is registered."""
    contributions.contribute(
        SERVICE, waiting=waiting, ongoing=ongoing, done=done, next_look=next_look, works=works,
        organisation_waiting=shared_employer.waiting, organisation_ongoing=shared_employer.ongoing,
        organisation_done=shared_employer.done,
    )  # fmt: skip
    profile.add_to_menu(*MENU, *shared_employer.MENU)


put_to_use()
