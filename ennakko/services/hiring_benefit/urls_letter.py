# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter's addresses: neither code nor person stands in one."""

from django.urls import path

from ennakko.services.hiring_benefit import pages_letter

urlpatterns = [
    path("hiring-benefit/letter/", pages_letter.own, name="letter"),
    path("hiring-benefit/letter/withdraw", pages_letter.withdraw, name="letter-withdraw"),
    path("hiring-benefit/letter/paper/", pages_letter.paper, name="letter-paper"),
    path("hiring-benefit/letter/letter.pdf", pages_letter.pdf, name="letter-pdf"),
    path("hiring-benefit/letter/counter/", pages_letter.counter, name="letter-counter"),
    path("hiring-benefit/letters/", pages_letter.available, name="available"),
]
