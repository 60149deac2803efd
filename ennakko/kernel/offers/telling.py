# SPDX-License-Identifier: EUPL-1.2
"""The messages of offers: to whom, with which link, keyed so that none is planned twice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ennakko.kernel import organisations
from ennakko.kernel.bulk import among
from ennakko.kernel.messages.actions import Addressee, Planned, plan_many
from ennakko.kernel.offers.kinds import OfferKind, Told
from ennakko.kernel.offers.links import link_of
from ennakko.kernel.offers.models import Recipient


def told_of(offers: Sequence[int], use: str) -> Iterator[Told]:
    """What is known for messages to every recipient of some offers; a guardian's copy has a use of its own."""
    rows = Recipient.objects.filter(offer__in=among(offers)).values_list(
        "offer", "id", "person", "offer__subject", "language", "offer__service", "offer__round", "offer__answer_by",
        "offer__content", "link_version", "role", "organisation",
    )  # fmt: skip
    for offer, number, person, subject, language, service, round, answer_by, content, version, role, whose in rows:
        yield Told(
            use="guardian" if role == "guardian" and use == "offer" else use,
            offer=offer,
            recipient=number,
            person=person,
            subject=subject,
            organisation=whose,
            language=language,
            service=service,
            round=round,
            answer_by=answer_by,
            content=content,
            link=link_of(number, version=version),
        )


def plan_messages(kind: OfferKind, told: Iterable[Told], *, at: datetime, occasion: str = "") -> int:
    """One message to each recipient, keyed so that it is never planned twice; how many are new."""
    rows = []
    everybody = list(told)
    addresses = _addresses(one.organisation for one in everybody if one.organisation)
    for one in everybody:
        template = kind.template(one.use)
        if template is not None:
            rows.append(
                Planned(
                    to=addresses[one.organisation] if one.person is None else one.person,
                    template=template,
                    key=f"offer:{one.recipient}:{one.use}{occasion}",
                    data=kind.message_data(one),
                    language=one.language,
                    about=f"offer:{one.offer}",
                )
            )
    return plan_many(rows, at=at)


def _addresses(business_ids: Iterable[str]) -> dict[str, Addressee]:
    """Where each organisation is written to: its contact person's e-mail; without one, a letter to the organisation."""
    wanted = sorted(set(business_ids))
    contacts = organisations.contacts_of(wanted) if wanted else {}
    return {one: Addressee(email=contacts[one].email if one in contacts else "", organisation=one) for one in wanted}
