# SPDX-License-Identifier: EUPL-1.2
"""The conversation with an identity provider: authorisation code, PKCE, state, nonce (OpenID Connect Core 3.1)."""

from functools import lru_cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App
from authlib.integrations.django_client.integration import DjangoIntegration
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from joserfc.errors import JoseError

GROUPS = ("residents", "staff")
# Only signatures with a published key: never "none", never a shared secret.
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512", "EdDSA")
SECONDS_TO_ANSWER = 10


class SignInFailed(Exception):
    """The identity provider's answer cannot be trusted, or there is none; `detail` is for the log."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Session(OAuth2Session):
    """Requests that do not wait for ever, and that reach the demo's own provider without leaving the process."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if settings.DEMO:
            from ennakko.web.personas_idp.transport import InProcess, is_ours

            self._in_process, self._is_ours = InProcess(), is_ours

    def get_adapter(self, url: str) -> Any:
        if settings.DEMO and self._is_ours(url):
            return self._in_process
        return super().get_adapter(url)

    def request(self, method: str, url: str, *arguments: Any, **named: Any) -> Any:  # type: ignore[override]
        named.setdefault("timeout", SECONDS_TO_ANSWER)
        return super().request(method, url, *arguments, **named)


class Provider(DjangoOAuth2App):
    client_cls = Session


def issuer_of(group: str, *, origin: str) -> str:
    """The issuer that signs in residents or staff; in the demo without settings, the personas' provider at `origin`."""
    configured = str(settings.SIGN_IN[group]["issuer"]).rstrip("/")
    if configured or not settings.DEMO:
        return configured
    return f"{origin}/demo/identity/{group}"


@lru_cache(maxsize=16)
def _provider(group: str, issuer: str, client_id: str, client_secret: str, scope: str) -> Provider:
    return Provider(
        DjangoIntegration(group),
        name=group,
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256"},
    )


def provider(group: str, *, origin: str) -> Provider:
    """The identity provider of a group, its metadata read and checked; raises SignInFailed."""
    issuer = issuer_of(group, origin=origin)
    if not issuer:
        raise SignInFailed(f"No issuer is set for {group}: set ENNAKKO_{group.upper()}_ISSUER.")
    one = settings.SIGN_IN[group]
    found = _provider(group, issuer, one["client_id"], one["client_secret"], one["scope"])
    try:
        metadata = found.load_server_metadata()
    except (requests.RequestException, ValueError) as error:
        raise SignInFailed(f"The issuer {issuer} does not answer: {error}") from error
    if str(metadata.get("issuer", "")).rstrip("/") != issuer:
        raise SignInFailed(f"The metadata of {issuer} names another issuer: {metadata.get('issuer')!r}")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return found


def start(request: HttpRequest, group: str, *, callback: str, language: str) -> HttpResponseRedirect:
    """Send the reader to the identity provider; state, nonce and code verifier stay in the session."""
    found = provider(group, origin=_origin(request))
    return found.authorize_redirect(request, callback, ui_locales=language)


def finish(request: HttpRequest, group: str) -> tuple[dict[str, Any], str]:
    """The verified claims and the raw ID token; raises SignInFailed when anything does not match."""
    found = provider(group, origin=_origin(request))
    issuer = found.server_metadata["issuer"]
    options = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": found.client_id},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    try:
        token = found.authorize_access_token(request, claims_options=options)
    except (AuthlibBaseError, JoseError, requests.RequestException, ValueError) as error:
        raise SignInFailed(f"{type(error).__name__}: {error}") from error
    if "userinfo" not in token:
        raise SignInFailed("The answer holds no ID token bound to this sign-in.")
    return dict(token["userinfo"]), str(token["id_token"])


def leave(request: HttpRequest, group: str, *, id_token: str, back: str) -> str:
    """Where the identity provider ends its own session; "" when it has no such page or does not answer."""
    try:
        found = provider(group, origin=_origin(request))
    except SignInFailed:
        return ""
    if not found.server_metadata.get("end_session_endpoint"):
        return ""
    url = found.create_logout_url(
        post_logout_redirect_uri=back, id_token_hint=id_token or None, client_id=found.client_id
    )["url"]
    return str(url)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
