# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path
from types import ModuleType

from django.apps import AppConfig
from django.conf import settings


class UiConfig(AppConfig):
    name = "ennakko.kernel.ui"
    label = "ui"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        """Compile translations that changed since the last start, so that no page mixes languages.

        Before any app's models are imported: Django reads the default language for their constraints, and keeps it.
        """
        super().__init__(app_name, app_module)
        package = Path(settings.ROOT) / "ennakko"
        if any(_stale(source) for source in package.rglob("locale/*/LC_MESSAGES/django.po")):
            from ennakko.kernel.ui.catalogues import compile_all  # Babel only when there is work for it

            compile_all(package, only_stale=True)


def _stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
