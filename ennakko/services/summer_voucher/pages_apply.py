# SPDX-License-Identifier: EUPL-1.2
"""The application of those whose turn the registers do not know: a question a page, checked, sent, confirmed."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import actor_of, identity_code_of
from ennakko.kernel.ui.filters import say
from ennakko.services.summer_voucher import answers_in_words as shown
from ennakko.services.summer_voucher import conditions, steps
from ennakko.services.summer_voucher.actions import applications as applying
from ennakko.services.summer_voucher.forms import AskedForm, ExplainForm
from ennakko.services.summer_voucher.queries import applications

TRAIL = "summer-voucher:apply"


def _trail(last: str) -> list[tuple[str, str]]:
    return [(_("Apply for the voucher"), reverse(TRAIL)), (last, "")]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who should apply and who need not; what is asked; sign in or go on without."""
    on, form = clock.today(), steps.form_for(actor_of(request))
    context = {
        "closed": conditions.undecided(on),
        "ages": _(" or ").join(str(age) for age in conditions.ages(on)),
        "move_before": conditions.decided("move_before", on),
        "days": conditions.value("handling_days", on),
        "signed_in": form == "signed-in",
        "begun": bool(steps.answers_of(request.session, form).values),
        "first": steps.steps_of(form)[0].name,
        "breadcrumb": [(_("Apply for the voucher"), "")],
    }
    return render(request, "summer_voucher/apply.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, name: str) -> HttpResponse:
    """One question: answered, it leads to the next, or back to the check when one answer was being changed."""
    form_name = steps.form_for(actor_of(request))
    asked = steps.steps_of(form_name)
    position = next((index for index, step in enumerate(asked) if step.name == name), None)
    if position is None:
        raise Http404
    step, answers = asked[position], steps.answers_of(request.session, form_name)
    given = request.POST if request.method == "POST" else None
    form = AskedForm(given, form=form_name, names=step.fields, initial=_initial(answers, step))
    if form.is_bound and form.is_valid():
        answers.values.update(form.cleaned_data)
        steps.keep(request.session, answers)
        following = asked[position + 1] if position + 1 < len(asked) else None
        if following is None or request.POST.get("changing"):
            return HttpResponseRedirect(reverse("summer-voucher:check"))
        return HttpResponseRedirect(reverse("summer-voucher:question", args=[following.name]))
    back = reverse("summer-voucher:question", args=[asked[position - 1].name]) if position else reverse(TRAIL)
    changing = request.GET.get("changing") or request.POST.get("changing") or ""
    context = {
        "step": step, "form": form, "number": position + 1, "of": len(asked), "changing": changing,
        "back": reverse("summer-voucher:check") if changing else back, "breadcrumb": _trail(say(step.question)),
    }  # fmt: skip
    return render(request, "summer_voucher/question.html", context, status=422 if form.is_bound else 200)


def _initial(answers: steps.Answers, step: steps.Step) -> dict[str, Any]:
    initial = {name: answers.values[name] for name in step.fields if name in answers.values}
    if "language" in step.fields:
        initial.setdefault("language", get_language() or "fi")
    return initial


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers before sending; sending leads to the confirmation."""
    actor = actor_of(request)
    form_name = steps.form_for(actor)
    answers = steps.answers_of(request.session, form_name)
    missing = answers.first_open()
    if missing is not None:
        if request.method == "POST" or answers.values:
            flash.info(request, _("One answer is still missing."))
        return HttpResponseRedirect(reverse("summer-voucher:question", args=[missing.name]))
    reason = None
    if request.method == "POST":
        received = _send(request, answers)
        if received.taken:
            steps.forget(request.session)
            request.session[steps.SENT] = {
                "reference": received.reference, "email": answers.values["email"], "form": form_name,
            }  # fmt: skip
            return HttpResponseRedirect(reverse("summer-voucher:sent"))
        reason = received.reason or received.refusals[0].text
    context = {
        "rows": shown.rows_of(answers, steps.steps_of(form_name)),
        "reason": reason,
        "name": actor.name if form_name == "signed-in" else "",
        "back": reverse("summer-voucher:question", args=[steps.steps_of(form_name)[-1].name]),
        "breadcrumb": _trail(_("Check your answers")),
    }
    return render(request, "summer_voucher/check.html", context, status=422 if reason else 200)


def _send(request: HttpRequest, answers: steps.Answers) -> applying.Received:
    actor, at, on = actor_of(request), clock.now(), clock.today()
    if answers.form == "signed-in":
        return applying.apply_signed_in(
            answers.values, identity_code=identity_code_of(request), actor=actor, at=at, on=on, wall=clock.wall()
        )
    return applying.apply(
        {"is_unlisted_school": False, **answers.values}, actor=actor, at=at, on=on, wall=clock.wall(),
        address=_where_from(request),
    )  # fmt: skip


def _where_from(request: HttpRequest) -> str:
    """The sender's address: behind our own proxy the one that it adds last, else the connection's."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The reference, and what happens next."""
    told = request.session.get(steps.SENT)
    if not told:
        return HttpResponseRedirect(reverse(TRAIL))
    on = clock.today()
    context = {
        **told,
        "hours": conditions.value("link_seconds", on) // 3600,
        "days": conditions.value("handling_days", on),
        "no_feedback": False,
        "breadcrumb": _trail(_("Sent")),
    }
    return render(request, "summer_voucher/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the confirmation mail: opening it changes nothing (mail programs open links), the button does."""
    on, wall = clock.today(), clock.wall()
    if request.method == "POST":
        done = applying.confirm(token, actor=actor_of(request), at=clock.now(), on=on, wall=wall)
        context: dict[str, Any] = {"found": done, "pressed": True}
    else:
        context = {"found": applying.look_at_link(token, on=on, wall=wall), "pressed": False}
    context["days"] = conditions.value("handling_days", on)
    context["status_path"] = urlsplit(context["found"].status_link).path
    return render(request, "summer_voucher/confirm.html", context | {"no_feedback": True})


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Where an application stands, by its secret link; and the place to tell more when more is asked."""
    row = applications.by_token(token)
    if row is None:
        raise Http404
    form = ExplainForm(request.POST) if request.method == "POST" else ExplainForm()
    actor = actor_of(request)
    if form.is_bound and form.is_valid() and form.accepted_by(row, actor=actor, at=clock.now(), on=clock.today()):
        flash.success(request, _("Thank you. We go on with your application."))
        return HttpResponseRedirect(reverse("summer-voucher:status", args=[token]))
    context = {"status": applications.status(row, on=clock.today()), "form": form, "no_feedback": True}
    return render(request, "summer_voucher/status.html", context, status=422 if form.is_bound else 200)
