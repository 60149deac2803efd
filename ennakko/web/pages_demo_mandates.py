# SPDX-License-Identifier: EUPL-1.2
"""The demo's page of e-Authorizations: the persona chooses the organisation there, as at Suomi.fi. Only in the demo."""

from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ennakko.connectors.mandates.embedded import CODE
from ennakko.demo_city.organisations import persona_company_names
from ennakko.web.pages_errors import bad_request

_SALT = "ennakko.demo.mandates"


@require_http_methods(["GET", "HEAD", "POST"])
def demo_mandates(request: HttpRequest) -> HttpResponse:
    """The organisations of the persona to choose from (GET); back to the service with the choice (POST)."""
    if request.method == "POST":
        return _chosen(request)
    back = request.build_absolute_uri(reverse("organisation-callback"))
    state, callback = request.GET.get("state", ""), request.GET.get("callback", "")
    if not state or callback != back:
        return bad_request(request)
    names = persona_company_names()
    asked = [one for one in request.GET.get("organisations", "").split(",") if one in names]
    context = {
        "organisations": [{"business_id": one, "name": names[one]} for one in asked],
        "asked": signing.dumps({"state": state, "organisations": asked}, salt=_SALT),
        "no_feedback": True,
    }
    return render(request, "web/demo_mandates.html", context)


def _chosen(request: HttpRequest) -> HttpResponse:
    try:
        asked = signing.loads(request.POST.get("asked", ""), salt=_SALT, max_age=3600)
    except signing.BadSignature:
        return bad_request(request)
    answer = {"state": asked["state"]}
    if request.POST.get("do") == "cancel":
        answer["error"] = "access_denied"
    else:
        answer["code"] = CODE
        if asked["organisations"]:
            chosen = request.POST.get("organisation", "")
            if chosen not in asked["organisations"]:
                return bad_request(request)
            answer["organisation"] = chosen
    return HttpResponseRedirect(reverse("organisation-callback") + "?" + urlencode(answer))
