# SPDX-License-Identifier: EUPL-1.2
"""The interface alone, where the whole product would put it."""

from django.urls import include, path

urlpatterns = [path("api/", include("ennakko.kernel.api.urls"))]
