# SPDX-License-Identifier: EUPL-1.2
"""The claim's parts of shared pages: the organisation's page and money, the staff's queues, the menu."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.ui import profile
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.services.summer_voucher.claim_states import CLAIM_DECIDE, CLAIM_HANDLE, FOR_HANDLER, ClaimState
from ennakko.services.summer_voucher.queries import claims
from ennakko.services.summer_voucher.queries.claims import OwnClaim
from ennakko.services.summer_voucher.queries.proposals import ANSWER, proposal_of
from ennakko.services.summer_voucher.roles import HANDLER, OFFICIAL
from ennakko.values.texts import Text, text

CLAIM = "summer-voucher.claim"
TITLE = text(fi="Kesäsetelit: {reference}", sv="Sommarsedlar: {reference}", en="Summer vouchers: {reference}")
LOOK = text(fi="Katso hakemusta", sv="Se ansökan", en="See the claim")
OPEN_NOW = text(fi="Hae kesäsetelin summaa", sv="Ansök om sommarsedelns summa", en="Claim the voucher's sum")
OPEN_WORDS = text(
    fi="Tekikö nuori teille kesätyötä setelillä? Tarvitset setelin numeron ja nuoren sukunimen.",
    sv="Sommarjobbade en ung hos er med sedeln? Du behöver sedelns nummer och den ungas efternamn.",
    en="Did a youth work for you with the voucher? You need its number and the youth's surname.",
)
BEGUN = text(fi="Hakemus on kesken", sv="Ansökan är halvfärdig", en="A claim is unfinished")
GO_ON = text(fi="Jatka", sv="Fortsätt", en="Go on")
WAITS = text(fi="Odottaa teitä: vastatkaa.", sv="Väntar på er: svara.", en="Waits for you: answer.")
BUSY = text(fi="Kaupunki tarkistaa tai päättää.", sv="Staden kontrollerar eller beslutar.",
            en="The city checks or decides.")  # fmt: skip
SAME_AGAIN = text(fi="Samoin ensi kesänä?", sv="Likadant i sommar?", en="Same again this summer?")
PROPOSED = text(
    fi="Viime kesänä palkkasitte kesäsetelillä nuoria: {youths}. Vastatkaa yhdellä painalluksella.",
    sv="I fjol somras anställde ni unga med sommarsedeln: {youths}. Svara med ett tryck.",
    en="Last summer you hired youths with the voucher: {youths}. Answer with one press.",
)
ANSWER_IT = text(fi="Vastaa", sv="Svara", en="Answer")
DECIDED = text(fi="Päätetty", sv="Avgjord", en="Decided")


def _titled(claim: OwnClaim) -> Text:
    reference = claim.claim.reference
    return TITLE.format(reference=text(fi=reference, sv=reference, en=reference))


def _open(claim: OwnClaim) -> bool:
    return any(row.case.closed_at is None for row in claim.rows)


def _card(claim: OwnClaim, words: Text) -> Card:
    last = max((row.case.closed_at for row in claim.rows if row.case.closed_at is not None), default=None)
    return Card(
        title=_titled(claim), words=words, url=reverse("summer-voucher:claim", args=[claim.claim.reference]),
        action=LOOK, on=(last or claim.claim.sent_at).date(),
        until=min((row.answer_due for row in claim.rows if row.answer_due is not None), default=None),
    )  # fmt: skip


def _own(actor: Actor) -> list[OwnClaim]:
    return claims.own_claims(actor) if verdict(actor, CLAIM) else []


def waiting(actor: Actor, on: date) -> Sequence[Card]:
    """What the employer has begun or been asked, and the season's opening."""
    if not verdict(actor, CLAIM):
        return []
    found = [_card(one, WAITS) for one in _own(actor) if one.waits_for_employer]
    found += _proposed(actor, on)
    standing = claims.standing(actor, on=on)
    found += [
        Card(title=BEGUN, url=reverse("summer-voucher:claim-draft", args=[one.key]), action=GO_ON,
             until=standing.claim_deadline)
        for one in standing.drafts
    ]  # fmt: skip
    if standing.open_now and not standing.drafts:
        found.append(
            Card(title=OPEN_NOW, words=OPEN_WORDS, url=reverse("summer-voucher:claim-begin"), action=OPEN_NOW,
                 until=standing.claim_deadline)
        )  # fmt: skip
    return found


def _proposed(actor: Actor, on: date) -> list[Card]:
    """The city's proposal of the year, while it waits for an answer."""
    proposal = proposal_of(actor, on=on) if verdict(actor, ANSWER) else None
    if proposal is None or not proposal.answerable:
        return []
    words = PROPOSED.format(youths=proposal.youths)
    return [
        Card(title=SAME_AGAIN, words=words, url=reverse("summer-voucher:same-again"), action=ANSWER_IT,
             until=proposal.answer_by)
    ]  # fmt: skip


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """Claims that the city has."""
    return [_card(one, BUSY) for one in _own(actor) if _open(one) and not one.waits_for_employer]


def done(actor: Actor, on: date) -> Sequence[Card]:
    """Claims that are decided."""
    return [_card(one, DECIDED) for one in _own(actor) if not _open(one) and not one.waits_for_employer]


def works(actor: Actor, on: date) -> Sequence[Work]:
    """The queues of whoever works with employers' claims."""
    found = []
    if verdict(actor, CLAIM_HANDLE) and actor.roles & {HANDLER, OFFICIAL}:
        counted = claims.counts(actor, on=on)
        mine = (ClaimState.READY, ClaimState.AWAITING_DECISION) if verdict(actor, CLAIM_DECIDE) else FOR_HANDLER
        found.append(
            Work(
                title=text(fi="Työnantajien hakemukset", sv="Arbetsgivarnas ansökningar", en="Employers' claims"),
                words=text(fi="odottaa sinua", sv="väntar på dig", en="wait for you"),
                url=reverse("summer-voucher:claims"), waiting=_sum(counted, mine), late=counted["late"],
            )
        )  # fmt: skip
    if PROTECTED_CLERK in actor.roles:
        found.append(
            Work(
                title=text(fi="Turvakielto: työnantajien hakemukset", sv="Spärrmarkering: arbetsgivarnas ansökningar",
                           en="Non-disclosure: employers' claims"),
                words=text(fi="vain sinulle", sv="bara för dig", en="for you alone"),
                url=reverse("summer-voucher:claims-protected"), waiting=claims.protected(actor).count(),
            )
        )  # fmt: skip
    return found


def _sum(counted: dict[str, int], states: Iterable[str]) -> int:
    return sum(counted.get(state, 0) for state in states)


MENU = (
    profile.MenuItem(
        label=text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer voucher"), route="summer-voucher:employer",
        roles=frozenset({"organisation"}), order=20,
    ),
    profile.MenuItem(
        label=text(fi="Työnantajat", sv="Arbetsgivare", en="Employers"), route="summer-voucher:claims",
        roles=frozenset({"worker", "leader", "administrator", "auditor"}), order=21,
        staff_roles=frozenset({HANDLER, OFFICIAL}),
    ),
)  # fmt: skip
