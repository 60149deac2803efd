# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ennakko.kernel.cases"
    label = "cases"

    def ready(self) -> None:
        from ennakko.kernel.cases.jobs import JOBS
        from ennakko.kernel.cases.letter_archive import complete_case
        from ennakko.kernel.cases.parties import FIELDS
        from ennakko.kernel.cases.serving import follow_sent
        from ennakko.kernel.jobs.registry import register_jobs
        from ennakko.kernel.messages.sent import when_sent
        from ennakko.kernel.messages.templates import register_templates
        from ennakko.kernel.records.completing import completed_by

        register_jobs(*JOBS)
        when_sent("case", follow_sent)
        completed_by("case", complete_case)
        register_templates(service="cases", folder=Path(__file__).parent / "messages", fields=FIELDS)
