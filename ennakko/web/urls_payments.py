# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the payments' pages."""

from django.urls import path

from ennakko.web import pages_payment_batch, pages_payments

urlpatterns = [
    path("payments/", pages_payments.payments, name="payments"),
    path("payments/batches.csv", pages_payments.batches_csv, name="payment-batches-csv"),
    path("payments/make", pages_payments.make_now, name="payment-make"),
    path("payments/lines/", pages_payments.lines, name="payment-lines"),
    path("payments/lines.csv", pages_payments.lines_csv, name="payment-lines-csv"),
    path("payments/lines/<int:number>/", pages_payments.line, name="payment-line"),
    path("payments/batches/<str:reference>/", pages_payment_batch.batch, name="payment-batch"),
    path("payments/batches/<str:reference>/release", pages_payment_batch.release, name="payment-release"),
    path("payments/batches/<str:reference>/send", pages_payment_batch.send, name="payment-send"),
    path("payments/batches/<str:reference>/delivered", pages_payment_batch.delivered, name="payment-delivered"),
    path("payments/batches/<str:reference>/dissolve", pages_payment_batch.dissolve, name="payment-dissolve"),
    path("payments/batches/<str:reference>/outcome", pages_payment_batch.outcome, name="payment-outcome"),
    path("payments/batches/<str:reference>/file", pages_payment_batch.download, name="payment-file"),
    path("payments/recoveries/<int:number>/", pages_payment_batch.recovery, name="payment-recovery"),
    path("payments/confirmations/<int:number>/", pages_payment_batch.odd, name="payment-odd"),
]
