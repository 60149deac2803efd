# SPDX-License-Identifier: EUPL-1.2
"""The summer voucher's addresses: no person, name or identity code ever stands in one."""

from django.urls import path

from ennakko.services.summer_voucher import pages_apply, pages_resident

app_name = "summer-voucher"
urlpatterns = [
    path("summer-voucher/", pages_resident.own_voucher, name="own"),
    path("summer-voucher/answer", pages_resident.answer, name="answer"),
    path("summer-voucher/undo", pages_resident.undo, name="undo"),
    path("summer-voucher/printed/", pages_resident.printed, name="printed"),
    path("summer-voucher/new-number", pages_resident.new_number, name="new-number"),
    path("summer-voucher/child/<int:number>/", pages_resident.child, name="child"),
    path("summer-voucher/data/", pages_resident.data, name="data"),
    path("summer-voucher/data.json", pages_resident.data_file, name="data-file"),
    path("summer-voucher/application/<str:reference>/", pages_resident.application, name="application"),
    path("summer-voucher/application/<str:reference>/explain", pages_resident.explain, name="explain"),
    path("summer-voucher/application/<str:reference>/withdraw", pages_resident.withdraw, name="withdraw"),
    path("summer-voucher/apply/", pages_apply.start, name="apply"),
    path("summer-voucher/apply/check/", pages_apply.check, name="check"),
    path("summer-voucher/apply/sent/", pages_apply.sent, name="sent"),
    path("summer-voucher/apply/<slug:name>/", pages_apply.question, name="question"),
    path("summer-voucher/confirm/<str:token>/", pages_apply.confirm, name="confirm"),
    path("summer-voucher/status/<str:token>/", pages_apply.status, name="status"),
]
