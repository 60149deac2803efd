# SPDX-License-Identifier: EUPL-1.2
"""A JSON request to an outside system, its failures sorted by whether the other side may have taken it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, SSLError

from ennakko.kernel.messages.ports import Permanent, Temporary, Uncertain

NOT_NOW = frozenset({408, 425, 429, 503})
PERHAPS_TAKEN = frozenset({500, 502, 504})


def post_json(
    session: requests.Session,
    url: str,
    body: Mapping[str, Any],
    *,
    headers: Mapping[str, str],
    timeout: tuple[float, float],
    expected: frozenset[int] = frozenset({200, 201, 202}),
) -> requests.Response:
    """Post JSON; the response if its status is expected, else Temporary, Permanent or Uncertain.

    `timeout` is (to connect, to answer) in seconds. A connection that was never made took nothing; one that broke later
    may have. Redirects are not followed: a message is not to be carried elsewhere.
    """
    try:
        response = session.post(url, json=dict(body), headers=dict(headers), timeout=timeout, allow_redirects=False)
    except requests.Timeout as error:
        if isinstance(error, requests.ConnectTimeout):
            raise Temporary("no connection in time") from error
        raise Uncertain("no answer in time") from error
    except requests.ConnectionError as error:
        if _never_connected(error):
            raise Temporary("no connection") from error
        raise Uncertain("the connection broke before an answer came") from error
    except requests.RequestException as error:
        raise Uncertain(f"the answer could not be read: {type(error).__name__}") from error
    if response.status_code in expected:
        return response
    raise failure(response)


def failure(response: requests.Response) -> Temporary | Permanent | Uncertain:
    """What an unexpected status means for the message."""
    said = f"HTTP {response.status_code}"
    if response.status_code in NOT_NOW:
        return Temporary(said, retry_after=retry_after(response.headers.get("Retry-After", "")))
    if response.status_code in PERHAPS_TAKEN:
        return Uncertain(said)
    if response.status_code in (401, 403, 404, 405) or 300 <= response.status_code < 400 or response.status_code > 504:
        # Wrong credentials or address of the service: everybody's message waits until somebody mends them.
        return Temporary(said)
    return Permanent(said)


def retry_after(header: str) -> int | None:
    """Seconds to wait, from a Retry-After header given in seconds or as a date; None where it says nothing."""
    if header.strip().isdigit():
        return int(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(0, int((moment - datetime.now(UTC)).total_seconds()))


def _never_connected(error: BaseException) -> bool:
    cause: object = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError | SSLError)
