# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class SummerVoucherConfig(AppConfig):
    name = "ennakko.services.summer_voucher"
    label = "summer_voucher"
