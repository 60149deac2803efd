# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ennakko.kernel.audit"
    label = "audit"

    def ready(self) -> None:
        from ennakko.kernel.access.changes import record_changes_with
        from ennakko.kernel.audit.actions import record_access_change

        record_changes_with(record_access_change)
