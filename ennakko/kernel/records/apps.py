# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.apps import AppConfig

FIELDS = {
    "received": ("number", "due", "link"),
    "longer": ("number", "due", "because", "link"),
    "answered": ("number", "link"),
}


class RecordsConfig(AppConfig):
    name = "ennakko.kernel.records"
    label = "records"

    def ready(self) -> None:
        from ennakko.kernel.jobs.registry import register_jobs
        from ennakko.kernel.messages.templates import register_templates
        from ennakko.kernel.records import access  # noqa: F401 — puts its roles and actions in the tables
        from ennakko.kernel.records.asking import SERVICE
        from ennakko.kernel.records.plans import OWN_PLAN, register_plans
        from ennakko.kernel.records.retention import JOBS

        register_jobs(*JOBS)
        register_plans(SERVICE, OWN_PLAN)
        register_templates(service=SERVICE, folder=Path(__file__).parent / "messages", fields=FIELDS)
