# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "ennakko.kernel.payments"
    label = "payments"

    def ready(self) -> None:
        from ennakko.kernel.jobs.registry import register_jobs
        from ennakko.kernel.payments import access  # noqa: F401 — puts its actions in the table
        from ennakko.kernel.payments.jobs import JOBS
        from ennakko.kernel.payments.retention import SEALED
        from ennakko.kernel.resealing import register_sealed

        register_jobs(*JOBS)
        register_sealed(SEALED)
