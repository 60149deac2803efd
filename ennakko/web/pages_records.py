# SPDX-License-Identifier: EUPL-1.2
"""The register of matters for the registry and the auditor: looked through by number, organisation, class and dates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.access import verdict
from ennakko.kernel.documents.models import Document
from ennakko.kernel.manifest import services
from ennakko.kernel.records import access, queries
from ennakko.kernel.records.archiving import about_matter
from ennakko.kernel.records.guarding import require_readable
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.kernel.records.plans import PUBLICITY
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import language, say
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.tables import Cell, Column, Row, Table, badge
from ennakko.kernel.ui.uploads import documents_response
from ennakko.web.pages_errors import say_why

ROWS = 25
PURPOSE = "records"
KINDS_OF_PUBLICITY = {"public": "success", "partly-secret": "alert", "secret": "error"}
STATES = {
    "": gettext_lazy("all"),
    "open": gettext_lazy("open"),
    "closed": gettext_lazy("finished"),
    "to-archive": gettext_lazy("waits for the archive"),
    "archived": gettext_lazy("archived"),
    "destroyed": gettext_lazy("destroyed"),
}
WRITE_THE_DAY = {"invalid": gettext_lazy("Write the day, for example 15.4.2026.")}


class SearchForm(forms.Form):
    """What is looked for; every part may be left empty."""

    words = forms.CharField(
        label=gettext_lazy("Number, class or organisation"), required=False, max_length=100,
        help_text=gettext_lazy("People are not looked for here."),
    )  # fmt: skip
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=list(STATES.items()))
    opened_from = forms.DateField(
        label=gettext_lazy("Opened from"), required=False, widget=DateInput, error_messages=WRITE_THE_DAY
    )
    opened_until = forms.DateField(
        label=gettext_lazy("Opened until"), required=False, widget=DateInput, error_messages=WRITE_THE_DAY
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = [(service.id, say(service.names)) for service in services()]
        choices = [("", _("all")), *known, ("records", _("Requests for information"))]
        self.fields["service"].choices = choices  # type: ignore[attr-defined]

    def sought(self) -> queries.Sought:
        """What to look for: the parts that can be read."""
        told = self.cleaned_data if self.is_valid() else {}
        return queries.Sought(
            words=told.get("words") or "", service=told.get("service") or "", state=told.get("state") or "",
            opened_from=told.get("opened_from"), opened_until=told.get("opened_until"),
        )  # fmt: skip


@require_safe
@signed_in_staff(access.SEE)
def register(request: HttpRequest) -> HttpResponse:
    """The register, page by page; what is looked for stands in the address and names no person."""
    form = SearchForm(request.GET or None)
    found = queries.matters(form.sought() if form.is_bound else queries.Sought())
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields if name != "words"),
        "pages": pages,
        "table": matters_table(list(pages.object_list), request),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Register of matters"), "")],
        "may_transfer": bool(verdict(actor_of(request), access.TRANSFER)),
        "may_handle": bool(verdict(actor_of(request), access.HANDLE)),
    }
    return render(request, "web/records/register.html", context, status=200 if not form.errors else 422)


def matters_table(rows: Sequence[Matter], request: HttpRequest) -> Table:
    """The register's rows as its staff see them."""
    names = queries.parties(rows)
    return Table(
        caption=_("Matters"),
        caption_hidden=True,
        columns=(
            Column(key="number", label=_("Number")),
            Column(key="title", label=_("Matter")),
            Column(key="class", label=_("Class")),
            Column(key="publicity", label=_("Publicity")),
            Column(key="party", label=_("Organisation")),
            Column(key="opened", label=_("Opened")),
            Column(key="state", label=_("State")),
        ),
        rows=[
            Row(
                cells=(
                    row.number, in_words(row.title), row.task_class, publicity_badge(row.publicity),
                    names.get(row.pk, "–"), row.opened_on, state_in_words(row),
                ),
                url=reverse("records-matter", args=[row.number]),
            )
            for row in rows
        ],
        empty=_("No matter fits. Try with less, for example the beginning of a number."),
    )  # fmt: skip


def publicity_badge(publicity: str) -> Cell:
    """How public a matter is, in a word."""
    return badge(KINDS_OF_PUBLICITY[publicity], PUBLICITY[publicity])


def state_in_words(row: Matter) -> str:
    """How far a matter is."""
    if row.destroyed_at is not None:
        return _("destroyed")
    if row.transferred_at is not None:
        return _("archived")
    return _("open") if row.closed_on is None else _("finished")


def in_words(stored: dict[str, str] | None) -> str:
    """A stored text in the page's language."""
    words = stored or {}
    return words.get(language()[:2]) or words.get("fi", "")


@require_safe
@signed_in_staff(access.SEE)
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: what the register says of it, and which documents are kept."""
    row = get_object_or_404(Matter.objects.select_related("transfer"), number=number)
    actor = actor_of(request)
    may_read = bool(verdict(actor, access.READ))
    kept = MatterDocument.objects.filter(matter=row).select_related("document")
    context = {
        "matter": row,
        "title": in_words(row.title),
        "ground": in_words(row.secrecy_ground),
        "publicity": publicity_badge(row.publicity),
        "state": state_in_words(row),
        "party": queries.parties([row]).get(row.pk, ""),
        "kept": [(one, _publicity(one.publicity)) for one in kept],
        "sent": documents.of(row.about),
        "may_read": may_read,
        "today": clock.today(),
        "breadcrumb": [(_("Register of matters"), reverse("records")), (row.number, "")],
    }
    return render(request, "web/records/matter.html", context)


def _publicity(publicity: str) -> str:
    return say(PUBLICITY[publicity])


@require_safe
@signed_in_staff(access.READ)
def matter_document(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A document of a matter as a file; every reading is logged."""
    row = get_object_or_404(Matter, number=number)
    found = documents.document(key, about=(row.about, about_matter(row)))
    if found is None:
        raise Http404
    return handed_out(request, row, found)


def handed_out(request: HttpRequest, row: Matter, document: Document) -> HttpResponse:
    """The file, or a page that says why not."""
    actor = actor_of(request)
    require_readable(actor, row)
    try:
        return documents_response(document, actor=actor, purpose=PURPOSE, at=clock.now())
    except documents.NotReady as error:
        return say_why(request, error.reason, status=409)
