# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the register of matters: the registry's, and those for anybody."""

from django.urls import path

from ennakko.web import pages_records, pages_records_public, pages_records_requests, pages_records_transfers

urlpatterns = [
    path("register/", pages_records_public.public_register, name="public-register"),
    path("information/", pages_records_public.ask, name="information"),
    path("information/<str:token>/", pages_records_public.followed, name="information-followed"),
    path("information/<str:token>/<str:key>", pages_records_public.followed_document, name="information-document"),
    path("records/", pages_records.register, name="records"),
    path("records/requests/", pages_records_requests.queue, name="records-requests"),
    path("records/requests/<str:number>/", pages_records_requests.one_request, name="records-request"),
    path("records/requests/<str:number>/act", pages_records_requests.act, name="records-request-act"),
    path("records/requests/<str:number>/<str:matter>/", pages_records_requests.give, name="records-give"),
    path("records/requests/<str:number>/<str:matter>/copy", pages_records_requests.copy_file, name="records-copy"),
    path("records/transfers/", pages_records_transfers.transfers, name="records-transfers"),
    path("records/transfers/make", pages_records_transfers.make, name="records-transfer-make"),
    path("records/transfers/<str:number>/fetch", pages_records_transfers.fetch, name="records-transfer-fetch"),
    path("records/transfers/<str:number>/confirm", pages_records_transfers.confirm, name="records-transfer-confirm"),
    path("records/<str:number>/", pages_records.matter, name="records-matter"),
    path("records/<str:number>/<str:key>", pages_records.matter_document, name="records-document"),
]
