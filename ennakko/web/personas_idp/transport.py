# SPDX-License-Identifier: EUPL-1.2
"""The sign-in's back channel to the demo's own provider, without leaving the process.

The provider is served by the same process as the sign-in: a request over the network would need a second free worker
and the server's own outside address, and the demo has neither for certain.
"""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve
from requests.adapters import BaseAdapter

PREFIX = "/demo/identity/"
DOCUMENTS = ("/.well-known/openid-configuration", "/token", "/jwks")


def is_ours(url: str) -> bool:
    """Whether an address is one of the provider's documents."""
    path = urlsplit(url).path
    return path.startswith(PREFIX) and path.endswith(DOCUMENTS)


class InProcess(BaseAdapter):
    """Answers requests to the provider by calling its views."""

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else bytes(body)  # type: ignore[arg-type]
        environ = {
            "REQUEST_METHOD": request.method or "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "HTTP_HOST": parts.netloc,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_AUTHORIZATION": request.headers.get("Authorization", ""),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(raw),
        }
        match = resolve(parts.path)
        answer = match.func(WSGIRequest(environ), *match.args, **match.kwargs)
        response = requests.Response()
        response.status_code = answer.status_code
        response.headers.update(answer.headers)
        response._content = answer.content
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is held open."""
