# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "ennakko.kernel.offers"
    label = "offers"

    def ready(self) -> None:
        from ennakko.kernel.jobs.registry import register_jobs
        from ennakko.kernel.messages import protection_also_from
        from ennakko.kernel.offers.jobs import JOBS
        from ennakko.kernel.offers.queries import snapshots_in_use
        from ennakko.kernel.registers.residents import protected_in_register
        from ennakko.kernel.registers.snapshots import keep_while_referenced

        protection_also_from(protected_in_register)
        register_jobs(*JOBS)
        keep_while_referenced(snapshots_in_use)
