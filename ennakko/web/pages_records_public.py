# SPDX-License-Identifier: EUPL-1.2
"""The register for anybody, asking for information, and following one's own request by its link."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records import access, answering, asking, copies, queries
from ennakko.kernel.records.models import InformationRequest, MatterDocument, RequestedMatter
from ennakko.kernel.ui.doors import actor_of
from ennakko.kernel.ui.filters import language, say
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.uploads import documents_response
from ennakko.web.pages_errors import say_why
from ennakko.web.pages_records import WRITE_THE_DAY, in_words, publicity_badge, state_in_words

ROWS = 25
SOURCES = {
    "email": gettext_lazy("by e-mail"), "letter": gettext_lazy("by letter"), "phone": gettext_lazy("by phone"),
    "counter": gettext_lazy("at the counter"),
}  # fmt: skip


class LookForm(forms.Form):
    """What anybody looks for in the register."""

    words = forms.CharField(
        label=gettext_lazy("Number, class or organisation"), required=False, max_length=100,
        help_text=gettext_lazy("People are not looked for here."),
    )  # fmt: skip
    opened_from = forms.DateField(
        label=gettext_lazy("Opened from"), required=False, widget=DateInput, error_messages=WRITE_THE_DAY
    )
    opened_until = forms.DateField(
        label=gettext_lazy("Opened until"), required=False, widget=DateInput, error_messages=WRITE_THE_DAY
    )


class AskForm(forms.Form):
    """What somebody asks for: nobody has to say who they are or why."""

    wanted = forms.CharField(
        label=gettext_lazy("What do you ask for?"), max_length=asking.LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The number of the matter, its subject and time, as well as you know them."),
        error_messages={"required": gettext_lazy("Say what information or documents you ask for.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail for the answer"), required=False,
        error_messages={"invalid": gettext_lazy("Write the e-mail address in the form name@example.fi.")},
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("Postal address, if you want the answer by letter"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    requester = forms.CharField(
        label=gettext_lazy("Your name"), required=False, max_length=200,
        help_text=gettext_lazy("You need not tell it, nor why you ask."),
    )  # fmt: skip
    secret_too = forms.BooleanField(
        label=gettext_lazy("I also ask for secret information, to which I have a right"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("On what does your right rest?"), required=False, max_length=asking.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only if you ask for secret information: for example, you are a party to the matter."),
    )  # fmt: skip


class EnterForm(AskForm):
    """What the registry enters for somebody who asked otherwise."""

    source = forms.ChoiceField(label=gettext_lazy("How was it asked?"), choices=list(SOURCES.items()))


@require_safe
def public_register(request: HttpRequest) -> HttpResponse:
    """The register as it is open to anybody: numbers, subjects and dates; a person is never named."""
    form = LookForm(request.GET or None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sought = queries.Sought(
        words=told.get("words") or "", opened_from=told.get("opened_from"), opened_until=told.get("opened_until")
    )
    pages = Paginator(queries.public_matters(sought), ROWS).get_page(request.GET.get("page"))
    rows = list(pages.object_list)
    names = queries.parties(rows, public=True)
    table = Table(
        caption=_("Matters"),
        caption_hidden=True,
        columns=(
            Column(key="number", label=_("Number")),
            Column(key="title", label=_("Matter")),
            Column(key="class", label=_("Class")),
            Column(key="party", label=_("Organisation")),
            Column(key="opened", label=_("Opened")),
            Column(key="closed", label=_("Closed")),
            Column(key="state", label=_("State")),
            Column(key="publicity", label=_("Publicity")),
        ),
        rows=[
            Row(
                cells=(
                    row.number, in_words(row.title), row.task_class, names.get(row.pk, "–"), row.opened_on,
                    row.closed_on or "–", state_in_words(row), publicity_badge(row.publicity),
                )
            )
            for row in rows
        ],
        empty=_("No matter fits. Try with less, for example the beginning of a number."),
    )  # fmt: skip
    narrowed = any(request.GET.get(name) for name in ("opened_from", "opened_until"))
    context = {"form": form, "narrowed": narrowed, "pages": pages, "table": table}
    return render(request, "web/records/public_register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form of a request for information; the registry enters here what came by other ways."""
    actor = actor_of(request)
    enters = actor.kind == "staff" and bool(verdict(actor, access.HANDLE))
    kind = EnterForm if enters else AskForm
    wanted = {"wanted": request.GET.get("matter", "")[:60]}
    form = kind(request.POST) if request.method == "POST" else kind(initial=wanted)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        asked = asking.Asked(
            wanted=told["wanted"], email=told["email"], address=told["address"], requester=told["requester"],
            secret_too=told["secret_too"], reason=told["reason"], language=language()[:2],
            source=told.get("source", "online"),
        )  # fmt: skip
        try:
            row = asking.receive(asked, actor=actor, at=clock.now(), on=clock.today())
        except asking.NotAsked as error:
            form.add_error(error.field or None, say(error.reason))
        else:
            name = "records-request" if enters else "information-followed"
            return HttpResponseRedirect(reverse(name, args=[row.number if enters else asking.token(row)]))
    context = {"form": form, "signed_in": actor.strong, "enters": enters}
    return render(request, "web/records/ask.html", context, status=422 if form.errors else 200)


@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """One request as whoever asked follows it: when it is answered, and the answer."""
    row = _by_token(token)
    may_open = _may_open(row, actor_of(request))
    chosen = _chosen(row) if row.state == InformationRequest.State.DECIDED and may_open else []
    given = [(one, copies.given_documents(one)) for one in chosen]
    answer = MatterDocument.objects.filter(key=f"{asking.about(row)}:answer").select_related("document").first()
    context: dict[str, Any] = {
        "row": row,
        "token": token,
        "decided": row.state == InformationRequest.State.DECIDED,
        "withdrawn": row.state == InformationRequest.State.WITHDRAWN,
        "outcome": answering.OUTCOMES.get(row.outcome, ""),
        "given": given,
        "answer": answer if may_open else None,
        "appeal": {key: in_words(value) for key, value in (row.appeal or {}).items() if isinstance(value, dict)},
        "may_open": may_open,
        "no_feedback": True,
    }
    response = render(request, "web/records/followed.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


@require_safe
def followed_document(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """A document of the answer as a file."""
    row, actor = _by_token(token), actor_of(request)
    if row.state != InformationRequest.State.DECIDED or not _may_open(row, actor):
        raise Http404
    found = next((one for one in _of_answer(row) if str(one.pk) == str(_uuid(key))), None)
    if found is None:
        raise Http404
    try:
        return documents_response(found, actor=actor, purpose=copies.PURPOSE, at=clock.now())
    except documents.NotReady as error:
        return say_why(request, error.reason, status=409)


def _by_token(token: str) -> InformationRequest:
    row = asking.by_token(token)
    if row is None:
        raise Http404
    return row


def _may_open(row: InformationRequest, actor: Actor) -> bool:
    """Public information needs only the link; what holds secrets needs whoever asked, signed in."""
    return not row.secret_too or (actor.strong and actor.subject == row.requester_subject)


def _chosen(row: InformationRequest) -> list[RequestedMatter]:
    found = RequestedMatter.objects.filter(request=row).select_related("matter", "copy")
    return list(found.order_by("matter__number"))


def _of_answer(row: InformationRequest) -> list[Document]:
    answer = MatterDocument.objects.filter(key=f"{asking.about(row)}:answer").select_related("document")
    return [*(one.document for one in answer), *(d for one in _chosen(row) for d in copies.given_documents(one))]


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
