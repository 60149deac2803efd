# SPDX-License-Identifier: EUPL-1.2
"""What a service says of its offers: the answers, the time to answer, what silence means, what follows an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from ennakko.kernel.access import Actor
from ennakko.kernel.offers.states import Verb
from ennakko.values.texts import Text, text

if TYPE_CHECKING:
    from ennakko.kernel.offers.models import Offer


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

    `by_default` tells that nobody answered and the offer's default stands; `undone` that a decline was taken back.
    """

    offer: "Offer"
    choice: Choice
    actor: Actor
    at: datetime
    on: date
    details: Mapping[str, object] = field(default_factory=dict)
    by_default: bool = False
    undone: bool = False


def _nothing_follows(answered: Answered) -> None:
    """For services where the offer itself is all there is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message to one recipient of an offer can be made of; `use` is offer, guardian, reminder or withdrawn."""

    use: str
    offer: int
    recipient: int
    person: int
    subject: int
    language: str
    service: str
    round: str
    answer_by: date
    content: Mapping[str, Any]
    link: str


def _standard_data(told: Told) -> Mapping[str, object]:
    """The fields of a plain message: until when to answer, and where."""
    return {"answer_by": told.answer_by.isoformat(), "link": told.link}


@dataclass(frozen=True, slots=True)
class OfferKind:
    """A service's way of offering.

    `answer_action`, `release_action`: names in the access table; with a release action a named official releases each
    run, without one a complete run is released by the machine. `later_runs_follow`: once an official has released a
    run of a round, the machine releases the round's later ones (who moved in, whose facts were corrected). `days` is
    the time to answer, in days from the release day, unless `last_day(release day)` says the last day itself;
    `reminders` the days left when a reminder goes, never within `reminded_after` days of the release.
    `default_on_expiry` is what silence means: None ends the offer. `guardians_copied_below`: the age under which the
    guardians get a copy. `assumed`: facts the resident may correct on the spot. `kept_days`: how long an unanswered
    offer is kept after its end. `templates` names the service's message templates by use (offer, guardian, reminder,
    withdrawn; a use left out is not sent), `message_data(told)` gives each all its fields. `on_answer`,
    `on_withdrawn` run in the same transaction as the change.
    """

    service: str
    title: Text
    answer_action: str
    answers: tuple[Choice, ...] = (ACCEPT, DECLINE)
    release_action: str | None = None
    default_on_expiry: Literal["accepted", "declined"] | None = None
    later_runs_follow: bool = False
    days: int = 30
    last_day: Callable[[date], date] | None = None
    reminders: tuple[int, ...] = ()
    reminded_after: int = 0
    guardians_copied_below: int = 0
    assumed: tuple[str, ...] = ()
    kept_days: int = 365
    on_answer: Callable[[Answered], None] = _nothing_follows
    on_withdrawn: "Callable[[Offer, datetime], None] | None" = None
    message_data: Callable[["Told"], Mapping[str, object]] = _standard_data
    templates: Mapping[str, str] = field(default_factory=lambda: {"offer": "offer"})

    def __post_init__(self) -> None:
        known = [choice.id for choice in self.answers]
        if len(set(known)) != len(known):
            raise ValueError(f"{self.service}: an answer stands twice among {', '.join(known)}.")
        if self.default_on_expiry and self.default_on_expiry not in known:
            raise ValueError(f"{self.service}: silence means {self.default_on_expiry!r}, which is no answer here.")
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


_kinds: dict[str, OfferKind] = {}


def register_offer_kind(kind: OfferKind) -> None:
    """Start-up tells how a service offers."""
    if _kinds.setdefault(kind.service, kind) != kind:
        raise ValueError(f"The service {kind.service!r} has two ways of offering.")


def kind_of(service: str) -> OfferKind:
    """How a service offers; raises UnknownOfferKind."""
    if service not in _kinds:
        raise UnknownOfferKind(f"The service {service!r} makes no offers. Those that do: {', '.join(sorted(_kinds))}.")
    return _kinds[service]


def offer_kinds() -> tuple[OfferKind, ...]:
    """All services that make offers."""
    return tuple(_kinds[service] for service in sorted(_kinds))
