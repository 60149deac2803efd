# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ennakko.kernel.cases"
    label = "cases"

    def ready(self) -> None:
        from ennakko.kernel.cases.retention import JOBS
        from ennakko.kernel.jobs.registry import register_jobs

        register_jobs(*JOBS)
