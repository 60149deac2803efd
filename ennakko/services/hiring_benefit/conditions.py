# SPDX-License-Identifier: EUPL-1.2
"""The conditions of the benefit as the parameter book has them on a day: figures of the law and of the city."""

from datetime import date
from typing import Any

from ennakko.rules.parameters import NotDecided, default_book

SERVICE = "hiring-benefit"


def value(name: str, on: date) -> Any:
    """A parameter of the service on a day; `NotDecided` where nobody has decided. EvaluationError outside its rows."""
    return default_book().value(f"{SERVICE}.{name}", on)


def decided(name: str, on: date) -> Any | None:
    """The same, None where nobody has decided."""
    found = value(name, on)
    return None if isinstance(found, NotDecided) else found
