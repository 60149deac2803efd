# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's figures and permits, and every enabled service with its rules, jobs and offers."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from ennakko.kernel.registers import PermitTable, set_permits
from ennakko.municipalities import profile
from ennakko.rules.parameters import ParameterBook, set_default_book


def wire() -> None:
    """Figures first, then the services that stand on them."""
    municipality = profile.load(settings.MUNICIPALITY)
    folders = [Path(settings.ROOT) / "ennakko" / "services" / name for name in settings.SERVICES]
    national = [path for folder in folders if (path := folder / "law" / "parameters.toml").exists()]
    set_default_book(ParameterBook.load(*national, *municipality.parameter_files))
    # Rules first: permits name the facts that services' own law declares.
    _import("law.rules")
    set_permits(PermitTable.load(municipality.permits_file))
    _import("service")


def _import(module: str) -> None:
    for name in settings.SERVICES:
        if find_spec(f"ennakko.services.{name}.{module}") is not None:
            import_module(f"ennakko.services.{name}.{module}")
