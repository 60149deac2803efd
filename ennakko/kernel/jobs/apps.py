# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ennakko.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        from ennakko.kernel.jobs.kernel_jobs import KERNEL_JOBS
        from ennakko.kernel.jobs.registry import register_jobs

        register_jobs(*KERNEL_JOBS)
