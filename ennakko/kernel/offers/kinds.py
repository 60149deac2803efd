# SPDX-License-Identifier: EUPL-1.2
"""What a service says of its offers: the answers, the time to answer, what silence means, what follows an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from ennakko.kernel.access import Actor
from ennakko.kernel.offers.states import Verb
from ennakko.values.texts import LANGUAGES, Text, text

if TYPE_CHECKING:
    from ennakko.kernel.offers.models import Offer


Audience = Literal["people", "organisations"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a resident can give; `by_link` tells whether it can be given without strong sign-in."""

    id: str
    verb: Verb
    label: Text
    by_link: bool = True


ACCEPT = Choice("accepted", Verb.ACCEPT, text(fi="Kiitos, otan", sv="Ja tack", en="Yes, please"))
DECLINE = Choice("declined", Verb.DECLINE, text(fi="Ei kiitos", sv="Nej tack", en="No, thanks"))
CALL_ME = Choice("call_me", Verb.ASK_TO_CALL, text(fi="Soita minulle", sv="Ring mig", en="Call me"))


@dataclass(frozen=True, slots=True)
class Answered:
    """What a service's hook is told, inside the transaction of the answer.

    `undone` tells that a decline was taken back.
    """

    offer: "Offer"
    choice: Choice
    actor: Actor
    at: datetime
    on: date
    details: Mapping[str, object] = field(default_factory=dict)
    undone: bool = False


def _nothing_follows(answered: Answered) -> None:
    """For services where the offer itself is all there is."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What a service's hook is told when nobody answered many offers in time: their keys, and the default that stands.

    It runs once for a portion of them, in the transaction in which they are ended. `choice` is None where silence is no
    answer and the offers have expired.
    """

    offers: Sequence[int]
    choice: Choice | None
    actor: Actor
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a link shows without strong sign-in: a label, and words or a day."""

    label: Text
    value: Text | date


@dataclass(frozen=True, slots=True)
class Told:
    """What a message to one recipient of an offer can be made of; `use` is offer, guardian, reminder or withdrawn.

    `person` and `subject` are None where it is told to an organisation, `organisation` (a business id) "" for people.
    """

    use: str
    offer: int
    recipient: int
    person: int | None
    subject: int | None
    organisation: str
    language: str
    service: str
    round: str
    answer_by: date
    content: Mapping[str, Any]
    link: str


def _nothing_to_show(content: Mapping[str, Any]) -> Sequence["Line"]:
    """For offers of which a link shows only the service and the last day."""
    return ()


def _standard_data(told: Told) -> Mapping[str, object]:
    """The fields of a plain message: until when to answer, and where."""
    return {"answer_by": told.answer_by.isoformat(), "link": told.link}


@dataclass(frozen=True, slots=True)
class OfferKind:
    """A service's way of offering, to people or to organisations (`audience`): at most one of each.

    `answer_action`, `release_action`: names in the access table; with a release action a named official releases each
    run, without one a complete run is released by the machine. `later_runs_follow`: once an official has released a
    run of a round, the machine releases the round's later ones (who moved in, whose facts were corrected). `days` is
    the time to answer, in days from the release day, unless `last_day(release day)` says the last day itself;
    `reminders` the days left when a reminder goes, never within `reminded_after` days of the release.
    `default_on_expiry` is what silence means: None ends the offer. `guardians_copied_below`: the age under which the
    guardians get a copy. `told_to`: "guardians" where the subject is a child for whom the guardians answer: each of
    them is told, the child is not (see recipients.py for families under non-disclosure). `languages`: in which the
    offer's texts stand; whoever has one of them as mother tongue is told in it. `harmless(content)`: the lines that a
    link may show of the offer, for they harm nobody if it leaks. `assumed`: facts the resident may correct on the spot.
    `kept_days`: how long an unanswered offer is kept after its end. `templates` names the service's message templates
    by use (offer, guardian, reminder, withdrawn; a use left out is not sent), `message_data(told)` gives each all its
    fields. `on_answer`, `on_withdrawn` run in the same transaction as the change; so does `on_silence`, in place of
    `on_answer`, for many offers that nobody answered: their default stands, or without one they have expired.
    """

    service: str
    title: Text
    answer_action: str
    audience: Audience = "people"
    answers: tuple[Choice, ...] = (ACCEPT, DECLINE)
    release_action: str | None = None
    default_on_expiry: Literal["accepted", "declined"] | None = None
    later_runs_follow: bool = False
    days: int = 30
    last_day: Callable[[date], date] | None = None
    reminders: tuple[int, ...] = ()
    reminded_after: int = 0
    guardians_copied_below: int = 0
    told_to: Literal["subject", "guardians"] = "subject"
    languages: tuple[str, ...] = LANGUAGES
    harmless: Callable[[Mapping[str, Any]], Sequence[Line]] = _nothing_to_show
    assumed: tuple[str, ...] = ()
    kept_days: int = 365
    on_answer: Callable[[Answered], None] = _nothing_follows
    on_withdrawn: "Callable[[Offer, datetime], None] | None" = None
    on_silence: Callable[["Silence"], None] | None = None
    message_data: Callable[["Told"], Mapping[str, object]] = _standard_data
    templates: Mapping[str, str] = field(default_factory=lambda: {"offer": "offer"})

    def __post_init__(self) -> None:
        known = [choice.id for choice in self.answers]
        if len(set(known)) != len(known):
            raise ValueError(f"{self.service}: an answer stands twice among {', '.join(known)}.")
        if self.default_on_expiry and self.default_on_expiry not in known:
            raise ValueError(f"{self.service}: silence means {self.default_on_expiry!r}, which is no answer here.")
        if self.default_on_expiry and self.on_answer is not _nothing_follows and self.on_silence is None:
            raise ValueError(
                f"{self.service}: silence means an answer; say in on_silence what follows from many at once."
            )
        if self.audience == "organisations" and self.guardians_copied_below:
            raise ValueError(f"{self.service}: organisations have no guardians; leave guardians_copied_below out.")
        if self.told_to == "guardians" and (self.audience == "organisations" or self.guardians_copied_below):
            raise ValueError(
                f"{self.service}: guardians are told in the child's place; leave guardians_copied_below out."
            )
        if missing := set(LANGUAGES) - set(self.languages):
            raise ValueError(f"{self.service}: every offer stands in {', '.join(sorted(missing))} too.")
        if "offer" not in self.templates:
            raise ValueError(f'{self.service}: an offer needs a message; name its template in templates["offer"].')
        if self.days < 1:
            raise ValueError(f"{self.service}: an offer is open for at least one day.")

    def answer_by(self, released: date) -> date:
        """The last day to answer an offer released on a day."""
        return self.last_day(released) if self.last_day else released + timedelta(days=self.days)

    def choice(self, answer: str) -> Choice | None:
        """The answer of an id, or None."""
        return next((choice for choice in self.answers if choice.id == answer), None)

    def template(self, use: str) -> str | None:
        """The full name of the service's message template for a use; None where nothing is sent."""
        return f"{self.service}.{self.templates[use]}" if use in self.templates else None


class UnknownOfferKind(LookupError):
    """No service of this id makes offers."""


_kinds: dict[tuple[str, str], OfferKind] = {}


def register_offer_kind(kind: OfferKind) -> None:
    """Start-up tells how a service offers."""
    if _kinds.setdefault((kind.service, kind.audience), kind) != kind:
        raise ValueError(f"The service {kind.service!r} has two ways of offering to {kind.audience}.")


def kind_of(service: str, audience: str = "people") -> OfferKind:
    """How a service offers to people or to organisations; raises UnknownOfferKind."""
    if (service, audience) not in _kinds:
        known = ", ".join(f"{service} to {audience}" for service, audience in sorted(_kinds))
        raise UnknownOfferKind(f"The service {service!r} makes no offers to {audience}. Those that do: {known}.")
    return _kinds[service, audience]


def kind_of_offer(offer: "Offer") -> OfferKind:
    """How the service of an offer offers to subjects of its kind; raises UnknownOfferKind."""
    return kind_of(offer.service, audience_of(offer.organisation))


def audience_of(organisation: str) -> Audience:
    """Whom an offer is to: an organisation where it names one."""
    return "organisations" if organisation else "people"


def offer_kinds() -> tuple[OfferKind, ...]:
    """All ways of offering, by service."""
    return tuple(_kinds[key] for key in sorted(_kinds))
