# SPDX-License-Identifier: EUPL-1.2
"""Addresses of instalments, notices of changes and recoveries; no person stands in one, only numbers of cases."""

from django.urls import path

from ennakko.services.hiring_benefit import (
    pages_archive,
    pages_change_desk,
    pages_money,
    pages_payments,
    pages_registers,
)

OWN = "organisation/hiring-benefit/payments/"
STAFF = "hiring-benefit/payments/"
urlpatterns = [
    path(f"{OWN}<str:number>/", pages_money.money, name="money"),
    path(f"{OWN}<str:number>/payslip", pages_money.payslip, name="money-payslip"),
    path(f"{OWN}<str:number>/change/", pages_money.change, name="change"),
    path(f"{OWN}<str:number>/change/<str:notice>/", pages_money.correct, name="change-correct"),
    path(f"{OWN}<str:number>/change/<str:notice>/take-back", pages_money.take_back, name="change-take-back"),
    path(STAFF, pages_payments.lists, name="payments"),
    path(f"{STAFF}accept", pages_payments.accept_many, name="payments-accept"),
    path(f"{STAFF}aid-register/", pages_registers.aid, name="aid-register"),
    path(f"{STAFF}aid-register/file", pages_registers.aid_file, name="aid-register-file"),
    path(f"{STAFF}invoices/", pages_registers.invoices, name="invoices"),
    path(f"{STAFF}invoices/<uuid:key>", pages_registers.invoice_file, name="invoice-file"),
    path(f"{STAFF}archive/", pages_archive.undelivered, name="archive"),
    path(f"{STAFF}archive/<str:number>/again", pages_archive.again, name="archive-again"),
    path(f"{STAFF}changes/<str:number>/", pages_change_desk.desk, name="change-desk"),
    path(f"{STAFF}changes/<str:number>/do", pages_change_desk.do, name="change-do"),
    path(f"{STAFF}<str:number>/", pages_payments.one_case, name="payments-case"),
    path(f"{STAFF}<str:number>/change/", pages_payments.tell, name="payments-tell"),
    path(f"{STAFF}<str:number>/payslip/<uuid:key>", pages_payments.payslip, name="payments-payslip"),
    path(f"{STAFF}<str:number>/<int:part>/", pages_payments.instalment, name="payments-instalment"),
]
