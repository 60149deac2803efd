# SPDX-License-Identifier: EUPL-1.2
"""Addresses that stand in messages, and the secret tokens in them: made again from the row at any time, never stored.

A token is the application's key and an HMAC over it, its link version and the token's purpose.
"""

from typing import Literal

from ennakko.kernel import tokens
from ennakko.services.summer_voucher.models import Application

Purpose = Literal["confirm", "status"]
PATHS = {
    "confirm": "summer-voucher/confirm/{token}/",
    "status": "summer-voucher/status/{token}/",
    "own": "summer-voucher/",
}
"""The paths that messages lead to; urls.py serves them."""


def _said(number: int, version: int, purpose: Purpose) -> str:
    return f"summer voucher {purpose} {number} {version}"


def token_of(application: Application, purpose: Purpose) -> str:
    """The secret of an application's link: letters and digits, another for each purpose."""
    return tokens.token(application.pk, said=_said(application.pk, application.link_version, purpose))


def application_of(token: str, purpose: Purpose) -> Application | None:
    """The application whose token this is, None for anything else; the same work is done whatever is wrong with it."""
    presented = tokens.read(token)
    if presented is None:
        return None
    found = Application.objects.select_related("case").filter(pk=presented.number).first()
    version = found.link_version if found else 0
    fits = presented.fits(_said(presented.number, version, purpose))
    return found if found is not None and fits else None


def address(purpose: Literal["confirm", "status", "own"], application: Application | None = None) -> str:
    """The whole address that stands in a message."""
    token = token_of(application, purpose) if application is not None and purpose != "own" else ""
    return f"{tokens.site()}/{PATHS[purpose].format(token=token)}"
