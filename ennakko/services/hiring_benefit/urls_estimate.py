# SPDX-License-Identifier: EUPL-1.2
"""The estimate's addresses: open to everybody, with and without the frame of our pages."""

from django.urls import path

from ennakko.services.hiring_benefit import pages_estimate

urlpatterns = [
    path("hiring-benefit/estimate/", pages_estimate.estimate_page, name="estimate"),
    path("hiring-benefit/estimate/embedded/", pages_estimate.embedded, name="estimate-embedded"),
    path("hiring-benefit/estimate/embedding/", pages_estimate.embedding, name="estimate-embedding"),
]
