# SPDX-License-Identifier: EUPL-1.2
"""What guardians are told after an offer: that the other one has answered, and that a decision has been made."""

from collections.abc import Mapping
from datetime import datetime

from ennakko.kernel import messages, tokens
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Case
from ennakko.kernel.offers.links import link_of
from ennakko.kernel.offers.models import Offer
from ennakko.values.texts import LANGUAGES, text

SERVICE = "childcare"
MACHINE = SYSTEM("childcare")
OFFERED = ("unit", "starts", "answer_by", "link")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "offer": ("what", "address", *OFFERED),
    "reminder": OFFERED,
    "withdrawn": ("unit", "starts"),
    "answered": ("unit", "starts", "link"),
    "decided": ("unit", "starts", "case", "link"),
    "fee_decided": ("case", "link"),
}
"""Message template → the fields of its data."""


def _named(words: Mapping[str, str], language: str) -> str:
    fi = words.get("fi", "")
    return text(fi=fi, sv=words.get("sv") or fi, en=words.get("en") or fi).in_(language)


def answered(offer: Offer, *, by: int | None, at: datetime, undone: bool) -> int:
    """Tell every other guardian that the offer has been answered; how many were told."""
    told = 0
    content = offer.content
    names = {language: content.get(f"unit_name_{language}", "") for language in ("fi", "sv", "en")}
    history = offer.events.count()
    for one in offer.recipients.exclude(person=by).filter(role="guardian"):
        if by is None or one.person_id is None:
            continue  # staff answered with the family beside them, or nobody knows which guardian it was
        data = {
            "unit": _named(names, one.language), "starts": content["starts"],
            "link": link_of(one.pk, version=one.link_version),
        }  # fmt: skip
        told += messages.plan(
            one.person_id, template=f"{SERVICE}.answered", data=data, at=at, language=one.language,
            key=f"offer:{one.pk}:answered:{history}", about=f"offer:{offer.pk}",
        )  # fmt: skip
    del undone
    return told


def decided(case: Case, *, at: datetime, template: str = "decided") -> str:
    """Tell every guardian who was told of the offer that a decision has been made; the key of the first message.

    Where nobody was told of it, the child's guardians are the clerk's or the counter's to reach, and the key is "".
    """
    first = ""
    if case.offer is None:
        return first
    for one in case.offer.recipients.exclude(person=None).order_by("id"):
        link = f"{tokens.site()}/childcare/offer/{case.offer_id}/"
        data: dict[str, object] = {"case": case.number, "link": link}
        if template == "decided":
            data |= {"unit": _named(case.data["unit_name"], one.language), "starts": case.data["starts"]}
        # A decision is written in Finnish, Swedish or English; so is the word of the fee.
        language = one.language if template == "decided" or one.language in LANGUAGES else "en"
        key = f"case:{case.pk}:{template}:{one.pk}"
        messages.plan(
            one.person_id or 0, template=f"{SERVICE}.{template}", data=data, at=at, language=language, key=key,
            about=f"case:{case.pk}",
        )  # fmt: skip
        first = first or key
    return first
