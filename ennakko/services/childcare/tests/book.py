# SPDX-License-Identifier: EUPL-1.2
"""The figures that the tests of the law decide by: national law's own."""

from pathlib import Path

from ennakko.rules.parameters import ParameterBook
from ennakko.services.childcare.law import rules

BOOK = ParameterBook.load(Path(rules.__file__).parent / "parameters.toml")
