# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ennakko.kernel.documents"
    label = "documents"

    def ready(self) -> None:
        from ennakko.kernel.documents.jobs import JOBS
        from ennakko.kernel.jobs.registry import register_jobs

        register_jobs(*JOBS)
