# SPDX-License-Identifier: EUPL-1.2
"""Addresses of what every service's cases share: decisions, requests for rectification, automatic decisions."""

from django.urls import path

from ennakko.web import pages_automation, pages_case, pages_rectification

urlpatterns = [
    path("cases/<str:number>/decision/", pages_case.decision_page, name="case-decision"),
    path("cases/<str:number>/decision.pdf", pages_case.decision_pdf, name="case-decision-pdf"),
    path("cases/<str:number>/decision/served", pages_case.serve, name="case-serve"),
    path("cases/<str:number>/rectification/", pages_rectification.file, name="rectification-file"),
    path("rectifications/", pages_rectification.queue, name="rectifications"),
    path("rectifications/<str:number>/", pages_rectification.page, name="rectification"),
    path("rectifications/<str:number>/take", pages_rectification.take, name="rectification-take"),
    path("rectifications/<str:number>/draft", pages_rectification.draft, name="rectification-draft"),
    path("rectifications/<str:number>/record", pages_rectification.record, name="rectification-record"),
    path("rectifications/<str:number>/write", pages_rectification.write, name="rectification-write"),
    path("rectifications/<str:number>/read", pages_rectification.read, name="rectification-read"),
    path("rectifications/<str:number>/withdraw", pages_rectification.withdraw, name="rectification-withdraw"),
    path("rectifications/<str:number>/note", pages_rectification.note, name="rectification-note"),
    path(
        "rectifications/<str:number>/note/<int:note>/remove", pages_rectification.remove_note,
        name="rectification-remove-note",
    ),
    path("automation/", pages_automation.automation, name="automation"),
    path("automation/samples/", pages_automation.samples, name="automation-samples"),
    path("automation/samples/<int:number>/", pages_automation.sample, name="automation-sample"),
]  # fmt: skip
