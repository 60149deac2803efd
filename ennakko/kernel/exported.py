# SPDX-License-Identifier: EUPL-1.2
"""Lets an app's package name offer its functions (`audit.write`) though its models load only after Django is ready."""

from collections.abc import Callable
from importlib import import_module
from sys import modules


def exported_from(package: str, **names: tuple[str, ...]) -> Callable[[str], object]:
    """A module `__getattr__` that looks names up in the package: `exported_from(__name__, actions=("write",))`."""
    home = {name: module for module, group in names.items() for name in group}

    def found(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it offers {', '.join(sorted(home))}")
        module = import_module(f"{package}.{home[name]}")
        offered = module if home[name] == name else getattr(module, name)
        # From now on the package has it itself: what every request calls is not looked up anew each time.
        setattr(modules[package], name, offered)
        return offered

    return found
