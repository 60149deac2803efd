# SPDX-License-Identifier: EUPL-1.2
"""The summer voucher's addresses: no person, name or identity code ever stands in one."""

from django.urls import path

from ennakko.services.summer_voucher import (
    pages_apply,
    pages_counter,
    pages_desk,
    pages_handler,
    pages_leader,
    pages_resident,
    pages_vouchers,
)

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
    path("summer-voucher/queue/", pages_handler.queue, name="queue"),
    path("summer-voucher/queue/bulk", pages_handler.bulk, name="bulk"),
    path("summer-voucher/protected/", pages_handler.protected, name="protected"),
    path("summer-voucher/case/<str:number>/", pages_desk.desk, name="desk"),
    path("summer-voucher/case/<str:number>/take", pages_desk.take, name="take"),
    path("summer-voucher/case/<str:number>/ask", pages_desk.ask, name="ask"),
    path("summer-voucher/case/<str:number>/propose", pages_desk.propose, name="propose"),
    path("summer-voucher/case/<str:number>/send-back", pages_desk.send_back, name="send-back"),
    path("summer-voucher/case/<str:number>/note", pages_desk.note, name="note"),
    path("summer-voucher/case/<str:number>/note/<int:note>/remove", pages_desk.remove_note, name="remove-note"),
    path("summer-voucher/runs/", pages_vouchers.release_page, name="runs"),
    path("summer-voucher/runs/<int:number>/release", pages_vouchers.release, name="release"),
    path("summer-voucher/calls/", pages_vouchers.calls, name="calls"),
    path("summer-voucher/calls/<int:number>/called", pages_vouchers.called, name="called"),
    path("summer-voucher/find/", pages_vouchers.find_voucher, name="find-voucher"),
    path("summer-voucher/find/<int:number>/reissue", pages_vouchers.reissue, name="reissue"),
    path("summer-voucher/find/<int:number>/void", pages_vouchers.void, name="void"),
    path("summer-voucher/counter/", pages_counter.start, name="counter"),
    path("summer-voucher/counter/choose", pages_counter.choose, name="choose"),
    path("summer-voucher/counter/end", pages_counter.end, name="end-serving"),
    path("summer-voucher/counter/errand/", pages_counter.errand, name="serving"),
    path("summer-voucher/counter/errand/answer", pages_counter.answer, name="counter-answer"),
    path("summer-voucher/counter/application/", pages_counter.application, name="counter-application"),
    path("summer-voucher/situation/", pages_leader.situation, name="figures"),
]
