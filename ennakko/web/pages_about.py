# SPDX-License-Identifier: EUPL-1.2
"""What a public service must tell of itself: sources, data protection, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Act on the Provision of Digital Services 306/2019 9 §)."""
    return render(request, "web/accessibility.html", {})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice, made from what the rules read and the permits allow (GDPR 13–14)."""
    return render(request, "web/privacy.html", {})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The open data that the made-up city and the maps stand on, as their licences require."""
    return render(request, "web/sources.html", {})
