# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the application: the employer's own pages and the employee's; no name or code stands in one."""

from django.urls import path

from ennakko.services.hiring_benefit import (
    pages_application,
    pages_begin,
    pages_check,
    pages_employment,
    pages_steps,
)

OWN, MINE = "organisation/hiring-benefit/", "my/hiring-benefit/"
DRAFT = f"{OWN}draft/<slug:key>/"
urlpatterns = [
    path(OWN, pages_begin.home, name="employer"),
    path(f"{OWN}begin/", pages_begin.begin, name="begin"),
    path(f"{DRAFT}remove", pages_begin.drop, name="apply-drop"),
    path(f"{DRAFT}employee/<int:row>/", pages_steps.employee, name="apply-employee"),
    path(f"{DRAFT}employee/<int:row>/remove", pages_check.remove_employee, name="apply-remove"),
    path(f"{DRAFT}work/<int:row>/", pages_steps.work, name="apply-work"),
    path(f"{DRAFT}papers/<int:row>/", pages_steps.papers, name="apply-papers"),
    path(f"{DRAFT}employer/", pages_steps.employer, name="apply-employer"),
    path(f"{DRAFT}check/", pages_check.check, name="apply-check"),
    path(f"{OWN}sent/<slug:key>/", pages_check.sent_page, name="apply-sent"),
    path(f"{OWN}data", pages_begin.data, name="organisation-data"),
    path(f"{OWN}<str:number>/", pages_application.application, name="application"),
    path(f"{OWN}<str:number>/write", pages_application.write, name="application-write"),
    path(f"{OWN}<str:number>/read", pages_application.read, name="application-read"),
    path(f"{OWN}<str:number>/answer/", pages_application.complete, name="application-complete"),
    path(f"{OWN}<str:number>/paper", pages_application.add_paper, name="application-paper"),
    path(f"{OWN}<str:number>/copy", pages_begin.copy, name="application-copy"),
    path(f"{OWN}<str:number>/document/<uuid:key>/", pages_application.document, name="application-document"),
    path(f"{MINE}data", pages_employment.data, name="own-data"),
    path(f"{MINE}<str:number>/", pages_employment.employment, name="employment"),
    path(f"{MINE}<str:number>/confirm", pages_employment.confirm, name="employment-confirm"),
    path(f"{MINE}<str:number>/refuse", pages_employment.refuse, name="employment-refuse"),
    path(f"{MINE}<str:number>/withdraw", pages_employment.withdraw, name="employment-withdraw"),
]
