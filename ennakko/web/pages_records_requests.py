# SPDX-License-Identifier: EUPL-1.2
"""Requests for information as the registry handles them: the queue, one request, what is given of each matter."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Refused, verdict
from ennakko.kernel.records import access, answering, asking, copies, queries
from ennakko.kernel.records.models import InformationRequest, Matter, RequestedMatter
from ennakko.kernel.records.redaction import FIELD_CLASSES, redact
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, say
from ennakko.kernel.ui.tables import Column, Row, Table, badge
from ennakko.kernel.ui.uploads import documents_response
from ennakko.values.texts import Text
from ennakko.web.pages_errors import say_why
from ennakko.web.pages_records import KINDS_OF_PUBLICITY, in_words

ROWS = 25
FOUND_AT_ONCE = 20
STATES: dict[str, Any] = {
    "received": gettext_lazy("received"), "in_hand": gettext_lazy("in hand"), "decided": gettext_lazy("answered"),
    "withdrawn": gettext_lazy("withdrawn"),
}  # fmt: skip
GIVEN: dict[str, Any] = {
    "whole": gettext_lazy("Given whole"),
    "partly": gettext_lazy("A copy without its secret parts"),
    "refused": gettext_lazy("Not given"),
}
USUAL_GROUND = gettext_lazy(
    "Act, section, subsection and point, for example 621/1999, section 24, subsection 1, point 25."
)


class GiveForm(forms.Form):
    """What is given of one matter."""

    given = forms.ChoiceField(
        label=gettext_lazy("What is given?"), choices=list(GIVEN.items()), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is given.")},
    )  # fmt: skip
    withhold = forms.MultipleChoiceField(
        label=gettext_lazy("Left out of the copy"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Names and codes are left out everywhere in the documents, also with other endings."),
    )  # fmt: skip
    passages = forms.CharField(
        label=gettext_lazy("Passages left out"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on each line, copied from the documents below word for word."),
    )  # fmt: skip
    ground = forms.CharField(
        label=gettext_lazy("Ground"), required=False, max_length=500, help_text=USUAL_GROUND,
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(one.id, say(one.label)) for one in FIELD_CLASSES]
        self.fields["withhold"].choices = choices  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What `copies.give` takes."""
        given = self.cleaned_data
        lines = [line.strip() for line in given["passages"].splitlines() if line.strip()]
        partly = given["given"] == copies.PARTLY
        return {
            "given": given["given"], "ground": given["ground"], "withhold": given["withhold"] if partly else (),
            "passages": lines if partly else (),
        }  # fmt: skip


class AnswerForm(forms.Form):
    """The words of the answer."""

    words = forms.CharField(
        label=gettext_lazy("Reasons in your own words"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Your title"), required=False, max_length=200)


class LongerForm(forms.Form):
    """Why a month is needed."""

    because = forms.CharField(
        label=gettext_lazy("Why does the answer take a month?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The asker reads this: many documents, secret parts, or another comparable reason."),
        error_messages={"required": gettext_lazy("Say why the answer takes a month.")},
    )  # fmt: skip


@require_safe
@signed_in_staff(access.HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer, the most urgent first."""
    state = request.GET.get("state", "")
    pages = Paginator(queries.requests(state if state in STATES else ""), ROWS).get_page(request.GET.get("page"))
    today = clock.today()
    table = Table(
        caption=_("Requests for information"),
        caption_hidden=True,
        columns=(
            Column(key="number", label=_("Number")),
            Column(key="due", label=_("Answer by")),
            Column(key="wanted", label=_("What is asked for")),
            Column(key="state", label=_("State")),
            Column(key="handler", label=_("Handler")),
        ),
        rows=[
            Row(
                cells=(
                    one.number, _due(one, today), one.wanted[:120], str(STATES[one.state]),
                    one.handler.name if one.handler else "–",
                ),
                url=reverse("records-request", args=[one.number]),
            )
            for one in pages.object_list
        ],
        empty=_("No request waits for an answer."),
    )  # fmt: skip
    context = {
        "table": table,
        "pages": pages,
        "state": state,
        "states": STATES,
        "breadcrumb": [(_("Register of matters"), reverse("records")), (_("Requests for information"), "")],
    }
    return render(request, "web/records/requests.html", context)


def _due(one: InformationRequest, today: Any) -> Any:
    late = one.state in asking.OPEN and one.due < today
    return badge("error", f"{day(one.due)} {_('late')}") if late else one.due


@require_safe
@signed_in_staff(access.HANDLE)
def one_request(request: HttpRequest, number: str) -> HttpResponse:
    """One request: what is asked for, the matters that it concerns, and the answer."""
    return _request_page(request, _found(number))


def _found(number: str) -> InformationRequest:
    return get_object_or_404(InformationRequest.objects.select_related("handler"), number=number)


def _request_page(
    request: HttpRequest, row: InformationRequest, *, answer: AnswerForm | None = None, longer: LongerForm | None = None
) -> HttpResponse:
    chosen = list(
        RequestedMatter.objects.filter(request=row).select_related("matter", "copy").order_by("matter__number")
    )
    words = request.GET.get("words", "").strip()[:100]
    is_open = row.state in asking.OPEN
    known = {one.matter_id for one in chosen}
    sought = queries.matters(queries.Sought(words=words)) if words else queries.named_in(row.wanted)
    found = [one for one in sought[:FOUND_AT_ONCE] if one.pk not in known] if is_open else []
    official = answering.needs_official(chosen)
    may_decide = verdict(actor_of(request), access.REFUSE if official else access.GIVE)
    wrong = bool((answer and answer.errors) or (longer and longer.errors))
    context = {
        "row": row,
        "state": STATES[row.state],
        "late": is_open and row.due < clock.today(),
        "is_open": is_open,
        "mine": row.handler_id is not None and row.handler_id == actor_of(request).staff,
        "chosen": [(one, GIVEN.get(one.given, _("to be chosen")), in_words(one.matter.title)) for one in chosen],
        "words": words,
        "found": [(one, in_words(one.title), KINDS_OF_PUBLICITY[one.publicity]) for one in found],
        "official": official,
        "may_decide": may_decide,
        "outcome": _outcome(row, chosen),
        "answer": answer or AnswerForm(),
        "longer": longer or LongerForm(),
        "longer_open": bool(longer and longer.errors),
        "can_be_longer": is_open and not row.longer_because,
        "breadcrumb": [
            (_("Requests for information"), reverse("records-requests")), (row.number, ""),
        ],
    }  # fmt: skip
    return render(request, "web/records/request.html", context, status=422 if wrong else 200)


def _outcome(row: InformationRequest, chosen: Sequence[RequestedMatter]) -> Text | str:
    """What was answered, or what the choices would make the answer; nothing while one is still to be chosen."""
    if row.state == InformationRequest.State.DECIDED:
        return answering.OUTCOMES[row.outcome]
    if row.state in asking.OPEN and all(one.given for one in chosen):
        return answering.OUTCOMES[answering.outcome_of(list(chosen))]
    return ""


@require_POST
@signed_in_staff(access.HANDLE)
def act(request: HttpRequest, number: str) -> HttpResponse:
    """What can be done to a request: take, withdraw, add and leave out matters, ask for a month, answer."""
    row, actor, at, on = _found(number), actor_of(request), clock.now(), clock.today()
    do = request.POST.get("do", "")
    if do == "longer":
        longer = LongerForm(request.POST)
        if not longer.is_valid():
            return _request_page(request, row, longer=longer)
        because = longer.cleaned_data["because"]
        _done(request, lambda: asking.extend(row, because, actor=actor, at=at), _("The answer is due in a month."))
        return _back(row)
    if do == "answer":
        answer = AnswerForm(request.POST)
        if not answer.is_valid():
            return _request_page(request, row, answer=answer)
        told = answer.cleaned_data
        _done(
            request,
            lambda: answering.decide(row, actor=actor, at=at, on=on, words=told["words"], title=told["title"]),
            _("The request has been answered."),
        )
        return _back(row)
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "take": (lambda: asking.take(row, actor=actor, at=at), _("You handle the request.")),
        "withdraw": (lambda: asking.withdraw(row, actor=actor, at=at, on=on), _("The request is withdrawn.")),
        "concern": (lambda: copies.concern(row, _matter(request), actor=actor, at=at), _("The matter was added.")),
        "leave-out": (
            lambda: copies.leave_out(row, _matter(request), actor=actor, at=at),
            _("The matter was left out."),
        ),
    }
    if do not in deeds:
        raise Http404
    _done(request, *deeds[do])
    return _back(row)


def _matter(request: HttpRequest) -> Matter:
    return get_object_or_404(Matter, number=request.POST.get("matter", ""))


def _back(row: InformationRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("records-request", args=[row.number]))


def _done(request: HttpRequest, deed: Callable[[], object], words: str) -> bool:
    """Do it and say so; what is missing is said with what to do."""
    try:
        deed()
    except (asking.NotAsked, Refused) as error:
        flash.error(request, say(error.reason))
        return False
    flash.success(request, words)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.HANDLE)
def give(request: HttpRequest, number: str, matter: str) -> HttpResponse:
    """What is given of one matter: chosen beside its documents, every reading of which is logged."""
    row, actor = _found(number), actor_of(request)
    requested = get_object_or_404(
        RequestedMatter.objects.select_related("matter", "request", "copy", "page"), request=row, matter__number=matter
    )
    form = GiveForm(request.POST) if request.method == "POST" else GiveForm(initial=_initial(requested))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            copies.give(requested, actor=actor, at=clock.now(), **form.told())
        except asking.NotAsked as error:
            form.add_error(error.field if error.field in form.fields else None, say(error.reason))
        else:
            flash.success(request, _("The choice was saved. It binds nobody before the answer."))
            return HttpResponseRedirect(reverse("records-give", args=[row.number, matter]))
    if form.errors:
        status = 422
    requested.refresh_from_db()
    context = {
        "row": row,
        "requested": requested,
        "title": in_words(requested.matter.title),
        "publicity": KINDS_OF_PUBLICITY[requested.matter.publicity],
        "ground": in_words(requested.matter.secrecy_ground),
        "form": form,
        "is_open": row.state in asking.OPEN,
        "whole": _shown(copies.matter_html(requested.matter, actor=actor, at=clock.now())),
        "copy": _copy(request, requested),
        "breadcrumb": [
            (_("Requests for information"), reverse("records-requests")),
            (row.number, reverse("records-request", args=[row.number])), (matter, ""),
        ],
    }  # fmt: skip
    return render(request, "web/records/give.html", context, status=status)


def _initial(requested: RequestedMatter) -> dict[str, Any]:
    usual = "partly" if requested.matter.publicity != "public" else "whole"
    ground = in_words(requested.matter.secrecy_ground)
    return {
        "given": requested.given or usual,
        "withhold": requested.withheld if requested.given else ["person-name", "identity-code", "contact", "account"],
        "passages": "\n".join(requested.passages), "ground": requested.ground or ground,
    }  # fmt: skip


def _shown(html: str) -> str:
    """A kept page inside ours: its words and structure only, its headings two levels lower."""
    words = redact(html, withhold=()).html if html else ""
    for level in (3, 2, 1):
        words = words.replace(f"<h{level}", f"<h{level + 2}").replace(f"</h{level}>", f"</h{level + 2}>")
    return mark_safe(words)  # noqa: S308 — parsed and written again without any attribute or script


def _copy(request: HttpRequest, requested: RequestedMatter) -> str:
    if requested.page is None:
        return ""
    content = documents.read(requested.page, actor=actor_of(request), purpose=copies.PURPOSE, at=clock.now())
    return _shown(content.decode())


@require_safe
@signed_in_staff(access.HANDLE)
def copy_file(request: HttpRequest, number: str, matter: str) -> HttpResponse:
    """The copy made for a request, as a file."""
    requested = get_object_or_404(
        RequestedMatter.objects.select_related("copy"), request=_found(number), matter__number=matter
    )
    if requested.copy is None:
        raise Http404
    try:
        return documents_response(requested.copy, actor=actor_of(request), purpose=copies.PURPOSE, at=clock.now())
    except documents.NotReady as error:
        return say_why(request, error.reason, status=409)
