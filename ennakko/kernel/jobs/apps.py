# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ennakko.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        from ennakko.kernel.jobs.kernel_jobs import KERNEL_JOBS
        from ennakko.kernel.jobs.queries import snapshots_in_use
        from ennakko.kernel.jobs.registry import register_jobs
        from ennakko.kernel.registers.snapshots import keep_while_referenced

        register_jobs(*KERNEL_JOBS)
        keep_while_referenced(snapshots_in_use)
