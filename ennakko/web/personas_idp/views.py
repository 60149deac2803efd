# SPDX-License-Identifier: EUPL-1.2
"""The provider's pages: personas to choose from, a page that shows the claims, and the protocol's three documents."""

from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ennakko.values.texts import text
from ennakko.web.personas_idp import roster, tokens
from ennakko.web.signin.oidc import GROUPS

ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method")
_SALT = "ennakko.personas.request"
WRONG_REQUEST = text(
    fi="Kirjautumispyyntö ei ole kunnossa. Aloita kirjautuminen alusta.",
    sv="Inloggningsbegäran är inte i ordning. Börja om inloggningen.",
    en="The sign-in request is not in order. Start signing in again.",
)


def _issuer(request: HttpRequest, group: str) -> str:
    if group not in GROUPS:
        raise Http404
    return f"{request.scheme}://{request.get_host()}/demo/identity/{group}"


@require_GET
def metadata(request: HttpRequest, group: str) -> JsonResponse:
    """OpenID Connect Discovery 1.0."""
    issuer = _issuer(request, group)
    return JsonResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        }
    )


@require_GET
def jwks(request: HttpRequest, group: str) -> JsonResponse:
    """The public keys."""
    _issuer(request, group)
    return JsonResponse(tokens.public_keys())


def _request_of(request: HttpRequest, group: str) -> dict[str, str] | None:
    """The authorisation request if it is one that we answer: code, S256, back to our own sign-in only."""
    asked = {name: request.GET.get(name, "") for name in ASKED}
    back = request.build_absolute_uri(reverse("sign-in-callback", args=[group]))
    fits = (
        request.GET.get("response_type") == "code"
        and asked["code_challenge_method"] == "S256"
        and asked["code_challenge"]
        and asked["state"]
        and asked["redirect_uri"] == back
    )
    return asked if fits else None


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest, group: str) -> HttpResponse:
    """Choose a persona (GET), see the claims (POST with a persona), sign in (POST confirmed)."""
    issuer = _issuer(request, group)
    context: dict[str, Any] = {"group": group, "no_feedback": True}
    if request.method == "GET":
        asked = _request_of(request, group)
        if asked is None:
            return render(request, "web/persona_refused.html", {**context, "reason": WRONG_REQUEST}, status=400)
        people = roster.everyone(group)
        context |= {"people": people, "asked": signing.dumps(asked, salt=_SALT)}
        return render(request, "web/personas.html", context)
    try:
        asked = signing.loads(request.POST.get("asked", ""), salt=_SALT, max_age=3600)
    except signing.BadSignature:
        return render(request, "web/persona_refused.html", {**context, "reason": WRONG_REQUEST}, status=400)
    persona = roster.find(group, request.POST.get("persona", ""))
    if asked is None or persona is None:
        return render(request, "web/persona_refused.html", {**context, "reason": WRONG_REQUEST}, status=400)
    if request.POST.get("confirmed") == "yes":
        code = tokens.new_code(asked, slug=persona.slug)
        return HttpResponseRedirect(
            asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"], "iss": issuer})
        )
    context |= {"persona": persona, "claims": _claims(persona), "asked": request.POST["asked"]}
    return render(request, "web/persona_confirm.html", context)


@csrf_exempt
@require_POST
def token(request: HttpRequest, group: str) -> JsonResponse:
    """The code against an ID token; no secret is asked for in the demo, PKCE binds the code to who asked for it."""
    issuer = _issuer(request, group)
    try:
        asked = tokens.redeem(
            request.POST.get("code", ""),
            client_id=request.POST.get("client_id", "") or _basic_client(request),
            redirect_uri=request.POST.get("redirect_uri", ""),
            verifier=request.POST.get("code_verifier", ""),
        )
    except tokens.CodeRefused as refusal:
        return JsonResponse({"error": "invalid_grant", "error_description": str(refusal)}, status=400)
    persona = roster.find(group, asked["slug"])
    if persona is None:
        return JsonResponse({"error": "invalid_grant", "error_description": "No such persona."}, status=400)
    signed = tokens.id_token(_claims(persona), issuer=issuer, client_id=asked["client_id"], nonce=asked["nonce"])
    return JsonResponse({"access_token": "none", "token_type": "Bearer", "expires_in": 60, "id_token": signed})


def _claims(persona: roster.Identity) -> dict[str, str]:
    return {
        "sub": persona.slug,
        "given_name": persona.given_names,
        "family_name": persona.surname,
        "name": persona.name,
        **persona.claims,
    }


def _basic_client(request: HttpRequest) -> str:
    """The client id of an Authorization: Basic header."""
    from base64 import b64decode
    from binascii import Error

    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return b64decode(value).decode().partition(":")[0]
    except (Error, UnicodeDecodeError):
        return ""
