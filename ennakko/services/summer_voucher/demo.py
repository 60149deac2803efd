# SPDX-License-Identifier: EUPL-1.2
"""The demo's history, made through the service's own actions: a released run, answers, applications in every state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ennakko.kernel import clock, offers
from ennakko.kernel.access import ANONYMOUS, SYSTEM, Actor
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.services.summer_voucher import conditions, demo_employers, offer, same_again
from ennakko.services.summer_voucher.actions import applications, checking, handling
from ennakko.services.summer_voucher.demo_season import Season, make_season
from ennakko.services.summer_voucher.links import token_of
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import CaseState
from ennakko.values.identity_code import compose

Persona = Callable[[str], Actor]
MACHINE = SYSTEM("demo")
HANDLER, OFFICIAL = "ritva", "outi"
ANSWERED, DECLINED_OF = 300, 4
MOST_EMPLOYERS = 1000
AGAIN = ((0.4, same_again.HIRE_AGAIN), (0.45, same_again.CONTACT_US), (0.55, same_again.NOT_NOW))
"""What last year's employers answer; the rest, and the personas' organisations, have not answered yet."""
OWN_PAGES = 5000
"""Person keys below this are personas: their offers wait for whoever tries the demo."""
NAMES = (
    ("Kiia", "Ahonen"), ("Rasmus", "Björk"), ("Lumi", "Eronen"), ("Noel", "Fagerlund"), ("Minea", "Hakala"),
    ("Daniil", "Ivanov"), ("Viola", "Jansson"), ("Okko", "Karppinen"), ("Amal", "Hassan"), ("Elmeri", "Lahtinen"),
    ("Siiri", "Manninen"), ("Tuukka", "Nykänen"), ("Freja", "Nyberg"), ("Aada", "Ojala"), ("Luka", "Petrov"),
    ("Isla", "Rask"), ("Joona", "Savolainen"), ("Mirabella", "Tamm"), ("Onerva", "Utriainen"), ("Väinö", "Vartia"),
    ("Linh", "Nguyen"), ("Peppi", "Åkerman"), ("Sampo", "Äikäs"), ("Helmi", "Öhman"),
)  # fmt: skip
SCHOOLS = ("Alppilan lukio", "Stadin ammattiopisto", "Ressun lukio", "Otaniemen lukio")
REASONS = ("student_in_city_but_not_resident", "moving_to_city", "personal_info_differs_from_vtj", "other")
WORDS = {
    "fi": "Käyn koulua kaupungissa, mutta asun vielä naapurikunnassa. Olen kaupungissa joka arkipäivä.",
    "sv": "Jag går i skola i staden men bor ännu i grannkommunen. Jag är i staden varje vardag.",
    "en": "I go to school in the city but still live in the next municipality. I am in the city every weekday.",
}
REFUSAL = "Hakija asuu muualla eikä ole muuttamassa kaupunkiin ennen kesää (kesäsetelin ehdot, 2 §)."
GRANTED = "Hakija opiskelee kaupungissa ja muuttaa tänne ennen kesää."
QUESTION = "Milloin muutat kaupunkiin, ja onko muuttoilmoitus tehty?"


@dataclass(frozen=True, slots=True)
class History:
    """What was made."""

    released: int
    answers: int
    applications: int
    same_again: int


def make_past(*, on: date, persona: Persona) -> Season | None:
    """The season of last year, lived before this year's look ahead; None where it stands already."""
    return make_season(on.year - 1, persona=persona)


def make_history(*, at: datetime, on: date, persona: Persona) -> History | None:
    """The demo's history on its first day; None where it stands already, or the year is not decided."""
    if conditions.undecided(on) is not None or Application.objects.exists():
        return None
    run = Run.objects.filter(
        service=offer.SERVICE, audience="people", round=str(on.year), complete_at__isnull=False
    ).first()
    if run is None:
        return None
    released = offer.release(run, actor=persona(OFFICIAL), at=at, on=on).released
    return History(released, _answers(at, on), _applications(at, on, persona), _same_again(on, persona))


def _same_again(on: date, persona: Persona) -> int:
    """Last year's employers have been asked whether they hire again, and some have said; how many were asked."""
    day = conditions.decided("same_again_day", conditions.last_of_year(on.year))
    if day is None or day > on:
        return 0
    at = clock.now() - timedelta(days=(on - day).days)
    proposed = same_again.propose(on=day, at=at, actor=MACHINE)
    if proposed.run is None or not proposed.offers_made:
        return 0
    run = Run.objects.get(pk=proposed.run)
    offer.release(run, actor=persona(OFFICIAL), at=at, on=day)
    known = {one.business_id: one for one in demo_employers.employers(MOST_EMPLOYERS, on.year - 1)}
    for one in Offer.objects.filter(run=run, state__in=ANSWERABLE).order_by("pk"):
        employer, drawn = known.get(one.organisation), demo_employers.unit(one.pk, "again")
        choice = next((choice for most, choice in AGAIN if drawn < most), None)
        if employer is not None and not employer.known and choice is not None:
            offers.answer(one, choice.id, actor=employer.actor, at=at + timedelta(days=1 + one.pk % 12), on=on)
    return proposed.offers_made


def _answers(at: datetime, on: date) -> int:
    """Some have opened their offer already: most keep the voucher, some say no, each as the youth's own answer."""
    chosen = Offer.objects.filter(
        service=offer.SERVICE, round=str(on.year), state__in=ANSWERABLE, subject__gt=OWN_PAGES,
        subject__non_disclosure=False,
    ).order_by("id")[:ANSWERED]  # fmt: skip
    for number, one in enumerate(chosen):
        youth = Actor("resident", f"demo-{one.subject_id}", person=one.subject_id, strong=True)
        offers.open_offer(one, recipient=None, actor=youth, at=at)
        if number % 3 != 2:
            answer = "declined" if number % DECLINED_OF == 0 else "accepted"
            offers.answer(one, answer, actor=youth, at=at, on=on)
    return len(chosen)


def _applications(at: datetime, on: date, persona: Persona) -> int:
    """Applications in every state, of people whom the registers do not know."""
    ritva, outi = persona(HANDLER), persona(OFFICIAL)
    wall = clock.wall()
    made = []
    for number, values in enumerate(_forms(on)):
        sent = at - timedelta(days=number % 12, hours=number % 7)
        on_day = sent.date()
        received = applications.apply(
            values, actor=ANONYMOUS, at=sent, on=on_day, wall=wall, address=f"192.0.2.{number}"
        )
        row = received.application
        if row is None or number % 12 == 11:
            continue  # one in twelve never confirms the address
        applications.confirm(token_of(row, "confirm"), actor=ANONYMOUS, at=sent, on=on_day, wall=wall)
        row.refresh_from_db()
        made.append(row)
    for row in made[:-2]:
        if row.case is not None:
            checking.check_case(row.case, at=row.sent_at, on=on, actor=MACHINE)
    for number, row in enumerate(made):
        _handle(number, row, at=at, on=on, ritva=ritva, outi=outi)
    return len(made)


def _forms(on: date) -> Iterator[dict[str, Any]]:
    for number, (first, last) in enumerate(NAMES):
        age = 16 + number % 2
        language = ("fi", "fi", "sv", "en")[number % 4]
        birth = date(on.year - age, 1 + number % 12, 1 + number)
        yield {
            "first_name": first,
            "last_name": last,
            "social_security_number": compose(birth, 960 + number),
            "email": f"{first}.{number}@posti.example".lower(),
            "school": SCHOOLS[number % len(SCHOOLS)],
            "is_unlisted_school": False,
            "phone_number": f"+358 40 123 45{number:02d}",
            "postcode": ("02150", "01300", "00550")[number % 3],
            "language": language,
            "target_group": "primary_target_group" if age == 16 else "secondary_target_group",
            "additional_info_user_reasons": [REASONS[number % len(REASONS)]],
            "additional_info_description": WORDS[language],
        }


def _handle(number: int, row: Application, *, at: datetime, on: date, ritva: Actor, outi: Actor) -> None:
    """What became of each, in turn: some wait, some are asked, proposed, decided or taken back."""
    case = row.case
    if case is None:
        return
    case.refresh_from_db()
    if case.state != CaseState.AWAITING_HANDLING:
        return
    turn = number % 8
    if turn in (1, 2, 3, 5):
        handling.take(case, actor=ritva, at=at)
    if turn == 1:
        handling.ask_more(case, QUESTION, actor=ritva, at=at, due=on + timedelta(days=14))
    elif turn == 2:
        handling.propose_acceptance(case, actor=ritva, at=at, on=on, justification=GRANTED)
    elif turn == 3:
        handling.propose_rejection(case, REFUSAL, actor=ritva, at=at, on=on)
        if number % 16 == 3:
            case.refresh_from_db()
            handling.decide(case, "rejected", actor=outi, at=at, on=on)
    elif turn == 4:
        applications.withdraw(case, actor=ANONYMOUS, at=at, on=on)
    elif turn == 5:
        handling.ask_more(case, QUESTION, actor=ritva, at=at, due=on + timedelta(days=14))
        row.refresh_from_db()
        applications.explain(row, ["moving_to_city"], WORDS[row.language], actor=ANONYMOUS, at=at, on=on)
    elif turn == 6:
        handling.take(case, actor=ritva, at=at)
        handling.propose_acceptance(case, actor=ritva, at=at, on=on, justification=GRANTED)
        case.refresh_from_db()
        handling.decide(case, "accepted", actor=outi, at=at, on=on)
