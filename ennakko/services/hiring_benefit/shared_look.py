# SPDX-License-Identifier: EUPL-1.2
"""The estimate's, the letter's and the director's parts of shared pages: cards, queues, the menu."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.roles import ADVISER
from ennakko.kernel.ui import contributions, profile
from ennakko.kernel.ui.contributions import Card, Work
from ennakko.services.hiring_benefit import hire_hints
from ennakko.services.hiring_benefit.actions.letters import ORDER
from ennakko.services.hiring_benefit.actions.outcomes import TELL, waiting_for
from ennakko.services.hiring_benefit.figures import FIGURES_ACTION
from ennakko.services.hiring_benefit.hire_hints import is_hinted
from ennakko.services.hiring_benefit.queries.letters import own_letter
from ennakko.services.hiring_benefit.roles import DIRECTOR, OFFICIAL
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, text

PART = "hiring-benefit-ahead"
STAFF = frozenset({"worker", "leader", "administrator", "auditor"})
HIRING = text(fi="Palkkaatteko lisää väkeä?", sv="Anställer ni fler?", en="Are you hiring more people?")
HIRING_WORDS = text(
    fi="Kaupunki voi maksaa osan kuluista, kun palkkaatte työttömänä olleen asukkaan. Katsokaa summa etukäteen.",
    sv="Staden kan betala en del av kostnaderna när ni anställer någon som varit arbetslös. Se summan i förväg.",
    en="The city may pay part of the costs when you hire a resident who has been unemployed. See the sum beforehand.",
)
COUNT = text(fi="Laske lisä", sv="Räkna tillägget", en="Count the benefit")
GOES_ON = text(fi="Jatkuuko työ?", sv="Fortsätter arbetet?", en="Does the work go on?")
GOES_ON_WORDS = text(
    fi="Kysymme tätä tuetuista töistä. Vastaatte yhdellä painalluksella, jos haluatte.",
    sv="Vi frågar det om arbeten som fått stöd. Ni svarar med ett tryck, om ni vill.",
    en="We ask this of supported work. You answer with one press, if you wish.",
)
ANSWER = text(fi="Vastaa", sv="Svara", en="Answer")
LETTER = text(
    fi="Lisäkirje, enintään {sum}/kk", sv="Tilläggsbrev, högst {sum}/mån", en="Benefit letter, up to {sum} a month"
)
LETTER_WORDS = text(
    fi="Näytä kirje työnantajalle. Voit perua sen milloin tahansa.",
    sv="Visa brevet för en arbetsgivare. Du kan återkalla det när som helst.",
    en="Show the letter to an employer. You can withdraw it at any time.",
)
LOOK = text(fi="Katso kirjettä", sv="Se brevet", en="See the letter")


def ongoing(actor: Actor, on: date) -> Sequence[Card]:
    """The resident's letter, while it is in effect."""
    if actor.kind != "resident" or actor.person is None or not verdict(actor, ORDER):
        return []
    found = own_letter(actor.person, actor=actor)
    if found is None:
        return []
    cents = found.letter.month_cents
    title = LETTER.format(sum=text(**{language: format_money(cents, language) for language in LANGUAGES}))
    return [
        Card(title=title, words=LETTER_WORDS, url=reverse("hiring-benefit:letter"), action=LOOK,
             on=found.letter.checked_on)
    ]  # fmt: skip


def organisation_waiting(actor: Actor, on: date) -> Sequence[Card]:
    """Questions about supported work, and the estimate to those who have hired before and do not object."""
    found = []
    if verdict(actor, TELL) and waiting_for(actor):
        found.append(Card(title=GOES_ON, words=GOES_ON_WORDS, url=reverse("hiring-benefit:outcomes"), action=ANSWER))
    if is_hinted(actor, on=on):
        found.append(Card(title=HIRING, words=HIRING_WORDS, url=reverse("hiring-benefit:estimate"), action=COUNT))
    return found


def works(actor: Actor, on: date) -> Sequence[Work]:
    """The adviser's letter, the leader's situation, and the message that waits for the official's word."""
    found = []
    if ADVISER in actor.roles and verdict(actor, ORDER):
        found.append(
            Work(
                title=text(fi="Lisäkirje asukkaan kanssa", sv="Tilläggsbrev med en invånare",
                           en="Benefit letter with a resident"),
                words=text(fi="tarjoa kirjettä työnhakijalle", sv="erbjud brevet till en arbetssökande",
                           en="offer the letter to a job-seeker"),
                url=reverse("hiring-benefit:letter-counter"),
            )
        )  # fmt: skip
    if verdict(actor, FIGURES_ACTION) and actor.roles & {DIRECTOR, OFFICIAL}:
        found.append(
            Work(
                title=text(fi="Palkkauslisä: tilanne", sv="Anställningstillägg: läget", en="Hiring benefit: situation"),
                words=text(fi="luvut ja entä jos", sv="siffror och tänk om", en="figures and what if"),
                url=reverse("hiring-benefit:figures"),
            )
        )
    if verdict(actor, hire_hints.RELEASE):
        waiting = len(hire_hints.to_tell(on))
        if waiting:
            found.append(
                Work(
                    title=text(
                        fi="Työnantajille palkkauslisän arviosta", sv="Till arbetsgivare om tilläggets uppskattning",
                        en="To employers about the benefit's estimate",
                    ),
                    words=text(fi="työnantajaa odottaa lupaasi", sv="arbetsgivare väntar på ditt tillstånd",
                               en="employers wait for your word"),
                    url=reverse("hiring-benefit:hints"), waiting=waiting,
                )
            )  # fmt: skip
    return found


def contribute() -> None:
    """Called once at start-up."""
    contributions.contribute(PART, ongoing=ongoing, organisation_waiting=organisation_waiting, works=works)
    profile.add_to_menu(
        profile.MenuItem(
            label=text(fi="Laske palkkaustuki", sv="Räkna anställningsstödet", en="Estimate for hiring"),
            route="hiring-benefit:estimate", roles=frozenset({"anonymous", "organisation"}), order=30,
        ),
        profile.MenuItem(
            label=text(fi="Lisäkirje", sv="Tilläggsbrev", en="Benefit letter"), route="hiring-benefit:letter",
            roles=frozenset({"resident"}), order=30,
        ),
        profile.MenuItem(
            label=text(fi="Palkkauslisän tilanne", sv="Anställningstilläggets läge", en="Hiring benefit: situation"),
            route="hiring-benefit:figures", roles=STAFF, order=41, staff_roles=frozenset({DIRECTOR, OFFICIAL}),
        ),
    )  # fmt: skip
