# SPDX-License-Identifier: EUPL-1.2
"""A named person answers a request: giving is a service, refusing anything is a decision open to appeal (621/1999)."""

from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ennakko.kernel import audit
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.records import reasons, wired
from ennakko.kernel.records.access import GIVE, REFUSE
from ennakko.kernel.records.archiving import RETENTION, archive_document
from ennakko.kernel.records.asking import NotAsked, about, link, still_open, tell
from ennakko.kernel.records.copies import PARTLY, REFUSED, WHOLE
from ennakko.kernel.records.matters import close_matter, matter_of
from ennakko.kernel.records.models import InformationRequest, RequestedMatter
from ennakko.kernel.records.pdf import make_pdf
from ennakko.values.dates import format_date
from ennakko.values.texts import Text, text

NOTHING = "none"
"""The outcome where the city holds nothing of what was asked for."""
OUTCOMES: dict[str, Text] = {
    WHOLE: text(
        fi="Saat pyytämäsi tiedot", sv="Du får de uppgifter du begärde", en="You get the information you asked for"
    ),
    PARTLY: text(fi="Saat tiedot osittain", sv="Du får en del av uppgifterna", en="You get part of the information"),
    REFUSED: text(fi="Tietoja ei anneta", sv="Uppgifterna lämnas inte ut", en="The information is not given"),
    NOTHING: text(
        fi="Kaupungilla ei ole pyytämiäsi asiakirjoja",
        sv="Staden har inte de handlingar du begärde",
        en="The city does not hold the documents you asked for",
    ),
}  # fmt: skip
TITLE = text(
    fi="Vastaus tietopyyntöön {number}", sv="Svar på begäran om information {number}",
    en="Answer to the request for information {number}",
)  # fmt: skip


def outcome_of(chosen: list[RequestedMatter]) -> str:
    """The outcome that the choices of a request's matters make together."""
    given = {row.given for row in chosen}
    if not given:
        return NOTHING
    if given == {WHOLE}:
        return WHOLE
    return REFUSED if given == {REFUSED} else PARTLY


def needs_official(chosen: list[RequestedMatter]) -> bool:
    """Whether the answer is a decision of the authority: something is refused, or something secret is given."""
    return any(row.given != WHOLE or row.matter.publicity != "public" for row in chosen)


def decide(
    request: InformationRequest, *, actor: Actor, at: datetime, on: date, words: str = "", title: str = ""
) -> InformationRequest:
    """Answer a request as its matters are prepared; raises Refused (who may) and NotAsked (what is missing).

    The answer is a letter (page and PDF/UA) kept with the request's matter; the requester is told where to find it.
    """
    chosen = list(RequestedMatter.objects.filter(request=request).select_related("matter").order_by("matter__number"))
    for one in chosen:
        if not one.given:
            raise NotAsked(reasons.CHOOSE_EACH.format(number=one.matter.number))
        if one.given == PARTLY and one.copy_id is None:
            raise NotAsked(reasons.COPY_MISSING.format(number=one.matter.number))
    official = needs_official(chosen)
    require(actor, REFUSE if official else GIVE)
    outcome = outcome_of(chosen)
    appeal = None
    if outcome in (PARTLY, REFUSED):
        try:
            appeal = wired.refusal_appeal(on)
        except LookupError as error:
            raise NotAsked(reasons.NO_APPEAL_ROW) from error
    request.outcome, request.ground, request.appeal = outcome, words.strip(), appeal
    request.decided_at, request.decided_by_name, request.decided_by_title = at, actor.name, title
    html = letter(request, chosen)
    heading = TITLE.in_(request.language).format(number=request.number)
    made = make_pdf(html, language=request.language, title=heading)
    with transaction.atomic():
        row = still_open(request, actor)
        now = list(RequestedMatter.objects.filter(request=row).select_related("matter").order_by("matter__number"))
        if [(one.pk, one.given, one.copy_id) for one in now] != [(one.pk, one.given, one.copy_id) for one in chosen]:
            raise NotAsked(reasons.CHANGED_MEANWHILE)
        row.state, row.outcome, row.ground = InformationRequest.State.DECIDED, outcome, words.strip()
        row.decided_at, row.decided_by, row.decided_by_name = at, actor.subject, actor.name
        row.decided_by_title, row.appeal = title, appeal
        row.save()
        matter = matter_of(about(row))
        if matter is not None:
            archive_document(
                matter, "answer", made, key=f"{about(row)}:answer", title=heading, language=row.language, actor=actor,
                at=at, html=html,
            )  # fmt: skip
        close_matter(about(row), on=on, outcome=outcome)
        if row.email:
            tell(row, "answered", {"number": row.number, "link": link(row)}, at=at)
        said: dict[str, object] = {"outcome": outcome, "matters": [one.matter.number for one in chosen]}
        audit.write(actor, REFUSE if official else GIVE, about(row), at, said, RETENTION)
    return row


def letter(request: InformationRequest, chosen: list[RequestedMatter]) -> str:
    """The answer as a page, in the requester's language."""
    language, told = request.language, request.appeal or {}
    answered = timezone.localdate(request.decided_at) if request.decided_at is not None else request.received_on
    context = {
        "request": request,
        "received_on": format_date(request.received_on, language),
        "answered_on": format_date(answered, language),
        "heading": TITLE.in_(language).format(number=request.number),
        "outcome": OUTCOMES[request.outcome].in_(language),
        "chosen": chosen,
        "sender": wired.sender(),
        "appeal": {key: value.get(language, "") for key, value in told.items() if _is_text(value)},
        "appeal_days": told.get("days"),
    }
    with translation.override(language):
        return render_to_string("records/answer.html", context)


def _is_text(value: object) -> bool:
    return isinstance(value, dict) and "fi" in value
